import { z } from 'zod';
import { count, shape, text, time, type ViewOf } from '../engine/shapes.js';

const neighbour = count.nullable().meta({ description: 'Position of its neighbour in the stream.' });
const logEvent = {
  position: count,
  stream: text,
  revision: count,
  type: text.meta({ example: 'ledger.LotCredited.v1' }),
  occurredAt: time,
  recordedAt: time,
  actor: text,
  reason: text.nullable(),
  commandId: text,
  correlationId: text,
  hash: text,
  data: z.record(text, z.unknown()).meta({
    description: 'The stored fact; secrets hidden, in lists arrays cut to 50 elements.',
  }),
  descriptionJa: text,
  descriptionEn: text,
};
export const EventView = shape('LogEvent', z.object(logEvent));
export type EventView = ViewOf<typeof EventView>;

/** One event with its neighbours in its stream; null at an end. */
export const EventDetail = shape(
  'LogEventDetail',
  z.object({ ...logEvent, previous: neighbour, next: neighbour }),
);
export type EventDetail = ViewOf<typeof EventDetail>;

export const TimelineEntry = shape(
  'TimelineEntry',
  z.object({
    position: count,
    at: time,
    type: text.meta({ example: 'contracts.CancellationAccepted.v1' }),
    by: text.meta({ description: 'Who did it, as the log names people.' }),
    name: text.nullable().meta({ description: 'Of whoever signed in.' }),
    reason: text.nullable(),
    descriptionJa: text,
    descriptionEn: text,
  }),
);
export type TimelineEntry = ViewOf<typeof TimelineEntry>;

export const EventTypeView = shape(
  'EventType',
  z.object({ type: text, stream: text, descriptionJa: text, descriptionEn: text }),
);
export type EventTypeView = ViewOf<typeof EventTypeView>;
