import { z } from 'zod';
import { JOB_STATES } from '#ports';
import { count, shape, text, time, type ViewOf } from '../engine/shapes.js';

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
export type JobRow = ViewOf<typeof Job>;
