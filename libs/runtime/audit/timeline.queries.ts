import type { AccountId, StoredEvent } from '#kernel';
import type { EventStore } from '#ports';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { TimelineEntry } from './event-log.shapes.js';
import { describeEvent } from './event-sentences.js';
import { eventAt } from './events-at.js';
import { readableData } from './readable-event.js';

/** Contracts, cancellations, suspension, papers, agreements and notes of an account, newest first. */
export async function timelinePage(
  events: EventStore,
  { db }: ReadModels,
  request: PageRequest & { readonly account: AccountId },
): Promise<Page<TimelineEntry>> {
  const limit = limitOf(request);
  const before = keyOfCursor<[number]>(request, 1);
  let query = db
    .selectFrom('account_timeline')
    .select('position')
    .where('account', '=', request.account)
    .orderBy('position', 'desc')
    .limit(limit + 1);
  if (before) query = query.where('position', '<', before[0]);
  const { rows, next } = pageOf(
    await query.execute(),
    limit,
    ({ position }) => position,
    row => [row.position],
  );
  const stored = await Promise.all(rows.map(position => eventAt(events, position)));
  const found = stored.filter(one => one !== undefined);
  const names = await namesOf({ db }, found);
  return { rows: found.map(one => entryOf(one, names.get(one.meta.actor) ?? null)), next };
}

function entryOf(stored: StoredEvent, name: string | null): TimelineEntry {
  const { position, type, meta } = stored;
  const { ja, en } = describeEvent(type, readableData(stored));
  return {
    ...{ position, type, at: meta.occurredAt, by: meta.actor, name, reason: meta.reason ?? null },
    ...{ descriptionJa: ja, descriptionEn: en },
  };
}

/** Names of those who sign in, by actor. */
async function namesOf(
  { db }: Pick<ReadModels, 'db'>,
  events: readonly StoredEvent[],
): Promise<ReadonlyMap<string, string>> {
  const logins = new Map<string, string>();
  for (const { meta } of events) {
    const [, login] = /^(?:staff|login):(.+)$/.exec(meta.actor) ?? [];
    if (login !== undefined) logins.set(login, meta.actor);
  }
  if (logins.size === 0) return new Map();
  const known = await db
    .selectFrom('logins')
    .select(['login', 'name'])
    .where('login', 'in', [...logins.keys()])
    .execute();
  return new Map(known.map(({ login, name }) => [logins.get(login)!, name]));
}
