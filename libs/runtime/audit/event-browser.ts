import { accountStream, numberStream } from '#contracts';
import { apiKeyStream } from '#identity';
import { accountCloseStream, invoiceStream } from '#invoicing';
import {
  type AccountId,
  actorOfId,
  BusinessMonth,
  Instant,
  outsideId,
  type StoredEvent,
  saidId,
} from '#kernel';
import { walletStream } from '#ledger';
import type { Clock, EventStore } from '#ports';
import { numbersOfAccount, openedOnOf } from '../accounts/accounts.queries.js';
import { invoicesOfAccount } from '../closing/invoices.queries.js';
import { STORED_TYPES } from '../engine/codecs.js';
import { cursorOf, keyOfCursor, limitOf } from '../engine/paging.js';
import { keysOfAccount } from '../keys/api-keys.queries.js';
import { lastMonthOf } from '../prepaid/prepaid.queries.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { EventSearch } from './event-log.inputs.js';
import type { EventDetail, EventTypeView, EventView, TimelineEntry } from './event-log.shapes.js';
import { describeEvent } from './event-sentences.js';
import { chainBackward, firstFrom, logBackward, merged, streamBackward } from './events-backward.js';
import { readableData, readableStream } from './readable-event.js';
import { actingPeople } from './staff-acts.queries.js';
import { timelinePage } from './timeline.queries.js';

/** Events looked at for one page; the cursor goes on where it stopped. */
const LOOKED_AT_MOST = 20_000;
/** One machine's clock may be so far ahead of another's: recorded times are in order but for this. */
const CLOCKS_APART_MS = 600_000;
/** Elements of an array that a list shows; one event by itself is shown whole. */
const ELEMENTS_SHOWN = 50;

/** People and keys whose commands of one said id are looked for. */
const ACTORS_AT_MOST = 5_000;

/** The streams of an account; those of its wallet with the last month first. */
interface AccountStreams {
  readonly wallet: readonly string[];
  readonly others: readonly string[];
  readonly all: ReadonlySet<string>;
}

function viewOf(stored: StoredEvent, elements: number): EventView {
  const { position, stream, revision, type, meta, hash } = stored;
  const data = readableData(stored, elements);
  const { ja, en } = describeEvent(type, data);
  return {
    position,
    stream: readableStream(stream),
    revision,
    type,
    occurredAt: meta.occurredAt,
    recordedAt: meta.recordedAt,
    actor: meta.actor,
    reason: meta.reason ?? null,
    commandId: meta.commandId,
    correlationId: meta.correlationId,
    hash,
    data,
    descriptionJa: ja,
    descriptionEn: en,
  };
}

/** The log newest first, searched by its own order, its streams and its commands: no index of its own. */
export class EventBrowser {
  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  /**
   * Newest first. A search looks through a bounded piece of the log at a time, so a page may have few rows,
   * or none, and still a `next`.
   */
  async list(request: PageRequest & EventSearch = {}): Promise<Page<EventView>> {
    const limit = limitOf(request);
    const cursor = keyOfCursor<[number]>(request, 1)?.[0];
    const below = Math.min(cursor ?? Number.MAX_SAFE_INTEGER, await this.endOf(request.to));
    const earliest = request.from === undefined ? '' : Instant.text(before(request.from));
    const own = request.account === undefined ? undefined : await this.streamsOf(request.account);
    const rows: EventView[] = [];
    let looked = 0;
    for await (const stored of this.source(request, own, below)) {
      // Times are written alike, so texts compare as times do.
      if (stored.meta.recordedAt < earliest) return { rows, next: null };
      if (matches(stored, request) && (!own || own.all.has(stored.stream))) {
        if (rows.length === limit) return { rows, next: cursorOf([rows.at(-1)!.position]) };
        rows.push(viewOf(stored, ELEMENTS_SHOWN));
      }
      if (++looked === LOOKED_AT_MOST) return { rows, next: cursorOf([stored.position]) };
    }
    return { rows, next: null };
  }

  async at(position: number): Promise<EventDetail | undefined> {
    for await (const stored of this.events.readAll({ from: position, limit: 1 })) {
      const { stream, revision } = stored;
      const [previous, next] = await Promise.all([
        this.positionIn(stream, revision - 1),
        this.positionIn(stream, revision + 1),
      ]);
      return { ...viewOf(stored, Number.MAX_SAFE_INTEGER), previous, next };
    }
    return undefined;
  }

  private async positionIn(stream: string, revision: number): Promise<number | null> {
    if (revision < 0) return null;
    for await (const { position } of this.events.readStream(stream, { from: revision, limit: 1 }))
      return position;
    return null;
  }

  /** What happened with an account. */
  timeline(request: PageRequest & { readonly account: AccountId }): Promise<Page<TimelineEntry>> {
    return timelinePage(this.events, this.readModels, request);
  }

  async types(): Promise<readonly EventTypeView[]> {
    return [...STORED_TYPES.values()].map(({ type, stream, ja, en }) => ({
      type,
      stream,
      descriptionJa: ja,
      descriptionEn: en,
    }));
  }

  /** The position after the last event that can have been recorded by an instant. */
  private async endOf(to: Instant | undefined): Promise<number> {
    const end = (await this.events.headPosition()) + 1;
    if (to === undefined) return end;
    const latest = Instant.text(Instant.plusMs(to, CLOCKS_APART_MS));
    return firstFrom(1, end, async position => {
      for await (const { meta } of this.events.readAll({ from: position, limit: 1 }))
        return meta.recordedAt > latest;
      return true;
    });
  }

  /** The smallest part of the log that has all that is asked for. */
  private source(
    { stream, command }: EventSearch,
    own: AccountStreams | undefined,
    below: number,
  ): AsyncIterable<StoredEvent> {
    if (command !== undefined) return this.ofCommand(command, below);
    if (stream !== undefined) return streamBackward(this.events, stream, below);
    if (!own) return logBackward(this.events, below);
    return merged([
      chainBackward(this.events, own.wallet, below),
      ...own.others.map(one => streamBackward(this.events, one, below)),
    ]);
  }

  private async *ofCommand(command: string, below: number): AsyncGenerator<StoredEvent> {
    const found = await this.events.findCommands([command, ...(await this.idsOf(command))]);
    const events: StoredEvent[] = [];
    for (const { firstPosition: from, count: limit } of found.values())
      for await (const stored of this.events.readAll({ from, limit }))
        if (stored.position < below) events.push(stored);
    yield* events.sort((a, b) => b.position - a.position);
  }

  /** The ids of commands that were asked for with these words, by whomever: each has ids of its own. */
  private async idsOf(said: string): Promise<string[]> {
    const actors = await actingPeople(this.readModels);
    return actors.slice(0, ACTORS_AT_MOST).map(actor => outsideId(actor, said));
  }

  private async streamsOf(account: AccountId): Promise<AccountStreams> {
    const { readModels } = this;
    const openedOn = await openedOnOf(readModels, account);
    if (openedOn === undefined) return { wallet: [], others: [], all: new Set() };
    const [numbers, invoices, keys, last] = await Promise.all([
      numbersOfAccount(readModels, account),
      invoicesOfAccount(readModels, account),
      keysOfAccount(readModels, account),
      lastMonthOf(readModels, account),
    ]);
    const first = BusinessMonth.ofDay(openedOn);
    const running = BusinessMonth.of(this.clock.now());
    const months: BusinessMonth[] = [];
    const newest = Math.max(running, last ?? first) as BusinessMonth;
    for (let month = newest; month >= first; month = BusinessMonth.plus(month, -1)) months.push(month);
    const wallet = months.map(month => walletStream(account, month));
    const others = [
      accountStream(account),
      ...numbers.map(({ number }) => numberStream(number)),
      ...invoices.map(({ number }) => invoiceStream(number)),
      ...months.map(month => accountCloseStream(account, month)),
      ...keys.map(({ key }) => apiKeyStream(key)),
    ];
    return { wallet, others, all: new Set([...wallet, ...others]) };
  }
}

const before = (instant: Instant): Instant => Instant.plusMs(instant, -CLOCKS_APART_MS);

/** An id as it stands in the log, or as it was said outside. */
const isCommand = (command: string, asked: string): boolean =>
  command === asked || (actorOfId(command) !== undefined && saidId(command) === asked);

function matches({ type, stream, meta }: StoredEvent, search: EventSearch): boolean {
  if (search.type !== undefined && type !== search.type) return false;
  const context = type.slice(0, type.indexOf('.'));
  if (search.contexts && !search.contexts.some(one => one === context)) return false;
  if (search.stream !== undefined && stream !== search.stream) return false;
  if (search.command !== undefined && !isCommand(meta.commandId, search.command)) return false;
  if (search.from !== undefined && Instant.parse(meta.recordedAt) < search.from) return false;
  return search.to === undefined || Instant.parse(meta.recordedAt) <= search.to;
}
