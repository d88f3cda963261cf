import type { DatabaseSync } from 'node:sqlite';
import { breathe, checkRequest, Signal, subscribeByReading } from '#adapters/shared';
import { InvalidInput, problem, type SaidProblem, type StoredEvent } from '#kernel';
import {
  type AppendRequest,
  type AppendResult,
  type ChainProof,
  type ReadOptions,
  type RecordedCommand,
  StoreUnavailable,
  type SubscribeOptions,
  type Subscription,
  storeProblems,
} from '#ports';
import { checkChain } from './chain-check.js';
import { type ChainThread, checkChainInThread } from './chain-thread.js';
import { CommandIndex, RecordedCommands } from './command-index.js';
import { inTransaction, storeError } from './database.js';
import { EventReader } from './event-reader.js';
import { EventWriter, type OnStored } from './event-writer.js';
import { GroupCommit } from './group-commit.js';
import { damagesInThread, damagesOf } from './page-check.js';
import type { SqliteEventStore } from './sqlite-store.types.js';

const PAGE = 1_000;
/** From so many ids on, those not stored are found out together. */
const LEARN_FROM = 16;
const FIND_MAX = 10_000;
/** A log shorter than this is proven sooner than a thread begins. */
const THREAD_FROM = 20_000;
/** How often a store that is only read looks for what another process has stored. */
const LOOK_MS = 50;

export interface EventStoreParts {
  readonly file: string;
  /** Absent for a store that is only read. */
  readonly writer: DatabaseSync | undefined;
  readonly reader: DatabaseSync;
  /** Asked before every append: what runs in its transaction. */
  readonly onStored: () => OnStored | undefined;
  /** The highest position that a read model has counted. */
  readonly knownHead: () => number;
  /** Told how many events a commit stored. */
  readonly onCommitted?: (events: number) => void;
}

/** The record of truth in `daicho.db`: appends through one connection, reads through another. */
export class EventStoreOnSqlite implements SqliteEventStore {
  private readonly reader: EventReader;
  private readonly commands: CommandIndex;
  private readonly recorded: RecordedCommands;
  private readonly eventWriter: EventWriter | undefined;
  private readonly queue: GroupCommit;
  private readonly signal = new Signal();
  private readonly subscriptions = new Set<Subscription>();
  private readonly proofs = new Set<ChainThread>();
  private readonly look: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly parts: EventStoreParts) {
    const { writer, reader } = parts;
    this.reader = new EventReader(reader);
    this.commands = new CommandIndex(writer ?? reader, writer !== undefined);
    this.recorded = new RecordedCommands(reader);
    this.eventWriter = writer && new EventWriter(writer, this.commands);
    this.queue = new GroupCommit(requests => this.commit(requests));
    if (!writer) this.look = setInterval(() => this.signal.fire(), LOOK_MS).unref();
  }

  async append(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    this.assertOpen();
    if (!this.eventWriter)
      throw new StoreUnavailable(
        'STORE_READ_ONLY',
        problem(storeProblems.READING_ONLY, { file: this.parts.file }),
      );
    for (const request of requests) checkRequest(request);
    return requests.length === 0 ? [] : this.queue.submit(requests);
  }

  private commit(requests: readonly AppendRequest[]): AppendResult[] {
    const before = this.eventWriter!.head;
    const results = this.translating(() => this.eventWriter!.append(requests, this.parts.onStored()));
    this.parts.onCommitted?.(this.eventWriter!.head - before);
    this.signal.fire();
    return results;
  }

  readStream(stream: string, { from = 0, limit }: ReadOptions = {}): AsyncIterable<StoredEvent> {
    return this.pages(from, limit, (at, count) => this.reader.streamPage(stream, at, count));
  }

  readAll({ from = 1, limit }: ReadOptions = {}): AsyncIterable<StoredEvent> {
    return this.pages(Math.max(from, 1), limit, (at, count) => this.reader.page(at, count));
  }

  /** Revisions and positions have no gaps, so the next page begins at `from` plus what was read. */
  private async *pages(
    from: number,
    limit: number | undefined,
    read: (from: number, limit: number) => StoredEvent[],
  ): AsyncGenerator<StoredEvent> {
    let left = limit ?? Number.POSITIVE_INFINITY;
    for (let at = from; left > 0; ) {
      this.assertOpen();
      const wanted = Math.min(PAGE, left);
      const events = this.translating(() => read(at, wanted));
      yield* events;
      if (events.length < wanted) return;
      at += events.length;
      left -= events.length;
      await breathe();
    }
  }

  async streamRevision(stream: string): Promise<number> {
    this.assertOpen();
    return this.translating(() => this.reader.streamRevision(stream));
  }

  async headPosition(): Promise<number> {
    this.assertOpen();
    return this.translating(() => this.reader.headPosition());
  }

  headHash(): string {
    this.assertOpen();
    return this.translating(() => this.reader.headHash());
  }

  async findCommands(commandIds: readonly string[]): Promise<Map<string, RecordedCommand>> {
    this.assertOpen();
    if (commandIds.length > FIND_MAX) throw new InvalidInput('commandIds', `must be at most ${FIND_MAX}`);
    return this.translating(() => {
      if (!this.eventWriter) this.commands.follow();
      const found = new Map<string, RecordedCommand>();
      if (commandIds.length > LEARN_FROM) this.commands.learnAbsent(commandIds);
      for (const id of commandIds) {
        const position = this.commands.find(id);
        if (position > 0) found.set(id, this.recorded.read(id, position));
      }
      return found;
    });
  }

  subscribe(
    options: SubscribeOptions,
    handler: (events: readonly StoredEvent[]) => Promise<void>,
  ): Subscription {
    this.assertOpen();
    const subscription = subscribeByReading(options, handler, {
      page: (from, limit) => this.translating(() => this.reader.page(from, limit)),
      signal: this.signal,
      isClosed: () => this.closed,
    });
    this.subscriptions.add(subscription);
    // Who follows a store that another process writes stays alive for it; who only reads may end.
    this.look?.ref();
    const forget = (): void => {
      this.subscriptions.delete(subscription);
      if (this.subscriptions.size === 0) this.look?.unref();
    };
    subscription.ended.then(forget, forget);
    return subscription;
  }

  scan(from: number, to: number, onEvent: (event: StoredEvent) => void): void {
    this.assertOpen();
    this.translating(() => this.reader.scan(from, to, onEvent));
  }

  facts(from: number, to: number, onFact: (stream: string, type: string, data: string) => void): void {
    this.assertOpen();
    this.translating(() => this.reader.facts(from, to, onFact));
  }

  async verifyChain(onProgress?: (position: number, head: number) => void): Promise<ChainProof> {
    this.assertOpen();
    const found = await this.verifyApart(onProgress);
    if (found) return found;
    this.assertOpen();
    return checkChain(new EventReader(this.parts.reader), this.parts.knownHead, onProgress);
  }

  async damages(): Promise<readonly SaidProblem[]> {
    this.assertOpen();
    const { file } = this.parts;
    let isLong = true;
    try {
      isLong = this.reader.headPosition() >= THREAD_FROM;
    } catch {
      // Then there is something to find, wherever it is looked for.
    }
    return (isLong ? await damagesInThread(file) : undefined) ?? damagesOf(file);
  }

  /** undefined: the log is short, or no thread can begin here. */
  private async verifyApart(
    onProgress?: (position: number, head: number) => void,
  ): Promise<ChainProof | undefined> {
    let known: number;
    try {
      known = this.parts.knownHead();
      if (this.reader.headPosition() < THREAD_FROM) return undefined;
    } catch {
      // The check in place says what cannot be read.
      return undefined;
    }
    const thread = checkChainInThread({ file: this.parts.file, known }, onProgress);
    this.proofs.add(thread);
    return thread.found.finally(() => this.proofs.delete(thread));
  }

  /**
   * Commits what waits, ends the subscriptions and completes the command index; the connections are the
   * owner's to close.
   */
  async close(): Promise<void> {
    if (this.closed) return;
    this.queue.drain();
    this.closed = true;
    clearInterval(this.look);
    for (const proof of this.proofs) proof.stop();
    await Promise.all([...this.subscriptions].map(subscription => subscription.stop()));
    const { writer } = this.parts;
    if (!writer) return;
    try {
      inTransaction(writer, () => this.commands.moveAll());
    } catch {
      // A full disk: the next opening reads these commands from the events.
    }
  }

  private assertOpen(): void {
    if (this.closed)
      throw new StoreUnavailable(
        'STORE_CLOSED',
        problem(storeProblems.CLOSED_STORE, { file: this.parts.file }),
      );
  }

  private translating<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.parts.file);
    }
  }
}
