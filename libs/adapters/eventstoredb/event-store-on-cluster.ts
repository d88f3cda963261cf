import { checkRequest, subscribeByReading } from '#adapters/shared';
import { InvalidInput, problem, type StoredEvent } from '#kernel';
import {
  type AppendLimit,
  type AppendRequest,
  type AppendResult,
  type ChainProof,
  decodeMeta,
  type IndexedEvent,
  type ReadOptions,
  type RecordedCommand,
  StoreUnavailable,
  type SubscribeOptions,
  type Subscription,
} from '#ports';
import type { Appender } from './appender.js';
import { checkChain } from './chain-check.js';
import type { ClusterClient } from './cluster-client.js';
import { Doorbell } from './doorbell.js';
import { asUnavailable, LogDamaged } from './errors.js';
import type { EventStoreDbStore } from './eventstoredb.types.js';
import { clusterFindings } from './findings.js';
import type { LogIndex } from './log-index.js';
import type { LogReader } from './log-reader.js';
import { textsOf } from './numbering.js';
import { OlderEvents } from './older-events.js';
import type { RawEvent } from './protocol.js';
import { recordedCommands } from './recorded-commands.js';

const FIND_MAX = 10_000;

export interface ClusterStoreParts {
  readonly client: ClusterClient;
  readonly reader: LogReader;
  readonly index: LogIndex;
  readonly appender: Appender;
  /** Ends the tries of reads that are under way. */
  readonly stop: AbortController;
}

function check(requests: readonly AppendRequest[]): void {
  for (const request of requests) {
    checkRequest(request);
    if (request.events.some(event => event.type.startsWith('$')))
      throw new InvalidInput('type', "must not begin with $: such events are the cluster's own");
  }
}

/** The record of truth in an EventStoreDB cluster. */
export class EventStoreOnCluster implements EventStoreDbStore {
  private readonly subscriptions = new Set<Subscription>();
  private readonly working = new Set<Promise<unknown>>();
  private doorbell: Doorbell | undefined;
  private closed = false;

  constructor(private readonly parts: ClusterStoreParts) {}

  get appendLimit(): AppendLimit {
    return this.parts.appender.size;
  }

  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    this.assertOpen();
    check(requests);
    return requests.length === 0 ? [] : this.tracked(this.parts.appender.append(requests));
  }

  async appendInOrder(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    this.assertOpen();
    check(requests);
    return requests.length === 0 ? [] : this.tracked(this.parts.appender.appendInOrder(requests));
  }

  async *readStream(stream: string, { from = 0, limit }: ReadOptions = {}): AsyncGenerator<StoredEvent> {
    let left = limit ?? Number.POSITIVE_INFINITY;
    for (let at = from; left > 0; ) {
      this.assertOpen();
      const page = await this.translating(() => this.parts.reader.stream(stream, at, left));
      const last = page.events.at(-1);
      if (!last) return;
      const entries = await this.translating(() =>
        this.entriesOf(stream, page.events[0]!.revision, last.revision),
      );
      for (const raw of page.events) yield this.storedFrom(raw, entries.get(raw.revision));
      if (page.end) return;
      at = last.revision + 1;
      left -= page.events.length;
    }
  }

  /** Positions and hashes of a stream's events; the index catches up when it has not seen the last. */
  private async entriesOf(stream: string, from: number, to: number): Promise<Map<number, IndexedEvent>> {
    const { index } = this.parts;
    await index.seen(stream, to);
    return new Map((await index.ofStream(stream, from, to)).map(entry => [entry.revision, entry]));
  }

  private storedFrom(raw: RawEvent, entry: IndexedEvent | undefined): StoredEvent {
    const { stream, metaText, data } = textsOf(raw, this.parts.reader.namespace);
    const { revision, type } = raw;
    if (!entry) throw new LogDamaged(problem(clusterFindings.NOT_IN_LOG, { stream, revision }));
    const { position, hash } = entry;
    return { position, stream, revision, type, data, meta: decodeMeta(metaText), hash };
  }

  async streamRevision(stream: string): Promise<number> {
    this.assertOpen();
    return this.translating(() => this.parts.reader.revision(stream));
  }

  async *readAll({ from = 1, limit }: ReadOptions = {}): AsyncGenerator<StoredEvent> {
    let left = limit ?? Number.POSITIVE_INFINITY;
    if (left <= 0) return;
    this.assertOpen();
    const first = Math.max(from, 1);
    const start = await this.translating(() => this.before(first));
    if (start === undefined) return;
    for await (const page of this.parts.reader.numbered(start.entry, left)) {
      for (const { stored } of page) {
        yield stored;
        if (--left <= 0) return;
      }
      this.assertOpen();
    }
  }

  /** The entry before a position; undefined when the log does not reach it. */
  private async before(position: number): Promise<{ entry: IndexedEvent | undefined } | undefined> {
    if (position === 1) return { entry: undefined };
    const { index } = this.parts;
    if (position - 1 > index.position) await index.catchUp();
    const entry = await index.at(position - 1);
    return entry && { entry };
  }

  async headPosition(): Promise<number> {
    this.assertOpen();
    await this.translating(() => this.parts.index.catchUp());
    return this.parts.index.position;
  }

  headHash(): string {
    this.assertOpen();
    return this.parts.index.headHash;
  }

  async findCommands(commandIds: readonly string[]): Promise<Map<string, RecordedCommand>> {
    this.assertOpen();
    if (commandIds.length > FIND_MAX) throw new InvalidInput('commandIds', `must be at most ${FIND_MAX}`);
    const { index } = this.parts;
    await this.translating(() => index.catchUp());
    const entries = await this.translating(() => index.ofCommands([...new Set(commandIds)]));
    return this.translating(() =>
      recordedCommands(entries.values(), (from, limit) => this.page(from, limit)),
    );
  }

  /** At most `limit` events from a position on, from memory where they are recent. */
  private async page(from: number, limit: number): Promise<readonly StoredEvent[]> {
    const recent = this.parts.index.recent(from, limit);
    if (recent) return recent;
    const events: StoredEvent[] = [];
    for await (const event of this.readAll({ from, limit })) events.push(event);
    return events;
  }

  subscribe(
    options: SubscribeOptions,
    handler: (events: readonly StoredEvent[]) => Promise<void>,
  ): Subscription {
    this.assertOpen();
    const { index, client, reader } = this.parts;
    const ring = (): void => index.catchUpSoon();
    this.doorbell ??= new Doorbell(client, reader.namespace, ring);
    ring();
    let stopped = false;
    const older = new OlderEvents(
      (from, limit) => this.page(from, limit),
      () => stopped || this.closed,
    );
    const subscription = subscribeByReading(options, handler, {
      page: (from, limit) => index.recent(from, limit) ?? older.page(from, limit),
      signal: index.signal,
      isClosed: () => this.closed,
    });
    const own: Subscription = {
      ended: subscription.ended,
      stop: () => {
        stopped = true;
        return subscription.stop();
      },
    };
    this.subscriptions.add(own);
    const forget = (): void => void this.subscriptions.delete(own);
    own.ended.then(forget, forget);
    return own;
  }

  async verifyChain(onProgress?: (position: number, head: number) => void): Promise<ChainProof> {
    this.assertOpen();
    return this.translating(() => checkChain(this.parts.reader, this.parts.index, onProgress));
  }

  /** Lets appends that are under way come to their end, ends the subscriptions, then the connection. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.allSettled(this.working);
    this.parts.stop.abort();
    await Promise.all([...this.subscriptions].map(subscription => subscription.stop()));
    await this.doorbell?.stop();
    await this.parts.index.close();
    await this.parts.client.close();
  }

  private assertOpen(): void {
    if (this.closed) throw new StoreUnavailable('STORE_CLOSED', 'the event store is closed');
  }

  private async tracked<Result>(work: Promise<Result>): Promise<Result> {
    this.working.add(work);
    try {
      return await work;
    } finally {
      this.working.delete(work);
    }
  }

  private async translating<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof InvalidInput ? error : asUnavailable(error, 'the event store');
    }
  }
}
