import { z } from 'zod';
import { accountId, type Given, instant, words } from '../engine/inputs.js';

/** The parts of the product that record events; stored types begin with them. */
const EVENT_CONTEXTS = ['contracts', 'rating', 'ledger', 'invoicing', 'identity', 'operations'] as const;

/** What the browser of the log asks for, all of it together. */
export const eventSearch = {
  stream: words(200).optional().meta({ description: 'Name of a stream, e.g. `wallet-A1_2026-10`.' }),
  type: words(100).optional().meta({ description: 'A stored type, see GET /event-types.' }),
  contexts: z
    .string()
    .max(200)
    .transform(text => text.split(','))
    .pipe(z.array(z.enum(EVENT_CONTEXTS)).max(EVENT_CONTEXTS.length))
    .optional()
    .meta({
      description: `Of these parts of the product alone, with commas: ${EVENT_CONTEXTS.join(', ')}.`,
    }),
  // What a close run says of it among others is told by its close too.
  account: accountId.optional().meta({
    description: 'Events of its streams: account, wallet, closes, invoices, numbers and API keys.',
  }),
  command: words(500).optional().meta({
    description: 'Id of the command that recorded them, or the Idempotency-Key it was asked with.',
  }),
  from: instant.optional().meta({ description: 'Recorded at or after.' }),
  to: instant.optional().meta({ description: 'Recorded at or before.' }),
};
export type EventSearch = Given<z.output<z.ZodObject<typeof eventSearch>>>;
