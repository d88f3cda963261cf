import { z } from 'zod';
import { accountId, DEFAULT_LIMIT, given, paging, position } from '../engine/inputs.js';
import { helpers, watchers } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { query } from '../engine/use-case.js';
import { eventSearch } from './event-log.inputs.js';
import { EventDetail, EventTypeView, EventView, TimelineEntry } from './event-log.shapes.js';

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
  input: z.strictObject({ ...paging, ...eventSearch }),
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

export const showTimeline = query({
  route: 'GET /accounts/:account/timeline',
  about: {
    ja: 'アカウントの経過（契約・解約・停止・書類・メモなど、新しい順）',
    en: 'What happened with an account: contracts, cancellations, suspension, papers, notes; newest first',
  },
  effect: 'read',
  roles: helpers,
  waits: 'own',
  input: z.strictObject({ ...paging, account: accountId }),
  cli: { usage: 'account timeline' },
  answer: pageOf(TimelineEntry),
  run: ({ eventLog }, { account, ...page }) =>
    eventLog.timeline({ account, limit: DEFAULT_LIMIT, ...given(page) }),
});
