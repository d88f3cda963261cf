import { z } from 'zod';
import { JOB_STATES } from '#ports';
import { count, shape, text, time } from './shapes.js';

// What the API answers about jobs. A spec compares it with what the product really gives.

export const Job = shape(
  'Job',
  z.object({
    job: text.meta({ description: 'Name and key.', example: 'close-month/2026-10' }),
    name: text,
    key: text,
    state: z.enum(JOB_STATES).meta({ description: 'A parked job has failed for good: staff decide.' }),
    dueAt: time,
    attempts: count,
    attemptsAtMost: count,
    progress: z.object({ done: count, total: count, what: text }).nullable(),
    reason: text.nullable().meta({ description: 'Why the last attempt failed, `CODE: message`.' }),
    payload: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])),
    createdAt: time,
  }),
);
export const ChangedJob = shape('ChangedJob', z.object({ job: text }));

export const Clock = shape(
  'Clock',
  z.object({
    trusted: z.boolean(),
    shown: time.meta({ description: 'What the clock of this process shows.' }),
    believed: time.nullable().meta({ description: 'What it should show; null while it is trusted.' }),
    why: z
      .enum(['jumped', 'ahead'])
      .nullable()
      .meta({ description: 'Against steady time, or when the process started, of the newest event.' }),
    message: text.nullable().meta({ description: 'What to do.' }),
  }),
);
