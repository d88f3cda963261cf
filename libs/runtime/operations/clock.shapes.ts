import { z } from 'zod';
import { shape, text, time, type ViewOf } from '../engine/shapes.js';

/** Whether this process believes its clock. */
export const ClockView = shape(
  'Clock',
  z.object({
    trusted: z.boolean(),
    shown: time.meta({ description: 'What the clock of this process shows.' }),
    believed: time.nullable().meta({ description: 'What it should show; null while it is trusted.' }),
    why: z.enum(['jumped', 'ahead', 'unreadable']).nullable().meta({
      description:
        'Against steady time; when the process started, of the newest event; or the log cannot tell.',
    }),
    message: text.nullable().meta({ description: 'What to do.' }),
    messageJa: text.nullable(),
  }),
);
export type ClockView = ViewOf<typeof ClockView>;
