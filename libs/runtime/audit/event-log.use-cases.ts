import { z } from 'zod';
import { accountId, DEFAULT_LIMIT, given, instant, paging, position, words } from '../engine/inputs.js';
import { watchers } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { query } from '../engine/use-case.js';
import { EVENT_CONTEXTS } from './event-browser.types.js';
import { EventDetail, EventTypeView, EventView } from './event-log.shapes.js';

export const listEvents = query({
  route: 'GET /events',
  about: {
    ja: 'ログのイベント（新しい順、内容の説明つき）',
    en: 'Events of the log, newest first, each with what it says',
  },
  description:
    'A search looks through 20,000 events of the log at a time: a page may have fewer rows than asked ' +
    'for, or none, and still a `next` to go on with.',
  effect: 'read',
  roles: watchers,
  waits: 'own',
  input: z.strictObject({
    ...paging,
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
    account: accountId.optional().meta({
      description: 'Events of its streams: account, wallet, closes, invoices, numbers and API keys.',
    }),
    command: words(500).optional().meta({
      description: 'Id of the command that recorded them, or the Idempotency-Key it was asked with.',
    }),
    from: instant.optional().meta({ description: 'Recorded at or after.' }),
    to: instant.optional().meta({ description: 'Recorded at or before.' }),
  }),
  answer: pageOf(EventView),
  run: ({ eventLog }, filter) => eventLog.list({ limit: DEFAULT_LIMIT, ...given(filter) }),
});

export const showEvent = query({
  route: 'GET /events/:position',
  about: {
    ja: 'イベント1件の全体と、同じストリームの前後',
    en: 'One event, whole, and where its stream goes on',
  },
  effect: 'read',
  roles: watchers,
  input: z.strictObject({ position }),
  answer: EventDetail,
  sought: 'EVENT',
  run: ({ eventLog }, { position: at }) => eventLog.at(at),
});

export const listEventTypes = query({
  route: 'GET /event-types',
  about: { ja: 'イベントの種類とその意味', en: 'Every type of event and what it says' },
  effect: 'read',
  roles: watchers,
  input: z.strictObject({}),
  answer: allOf(EventTypeView),
  run: async ({ eventLog }) => ({ rows: await eventLog.types() }),
});
