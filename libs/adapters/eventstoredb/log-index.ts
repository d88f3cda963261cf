import { Signal } from '#adapters/shared';
import { problem, type StoredEvent } from '#kernel';
import {
  type IndexedEvent,
  type LogIndexDiffers,
  type LogIndexStore,
  type LogPlace,
  StoreUnavailable,
} from '#ports';
import { LogDamaged } from './errors.js';
import { clusterFindings } from './findings.js';
import { IndexSaver } from './index-saver.js';
import { KnownCommands } from './known-commands.js';
import type { LogReader } from './log-reader.js';
import { type NumberedEvent, Numbering } from './numbering.js';
import { Tail } from './tail.js';

/** A read that gave so many events was one of a busy log: the next one waits a little and brings more. */
const BUSY_EVENTS = 4;
/** From the end of such a read to the next, for those who wait for it, and when there is only news. */
const BUSY_PAUSE_MS = 2;
const NEWS_PAUSE_MS = 20;
/** The index waits for its store when so many entries are not saved. */
const UNSAVED_MAX = 50_000;
const UNTIL_SEEN_MS = 10_000;
/** Before, between and after the read under way and the next one. */
const LOOKS_FOR_STORED = 3;

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/**
 * What one process knows of the whole log: the position and hash of every event, and which commands are
 * stored. It is brought up to date by reads of the log from where it stands to the end; whatever tells it
 * that there is news is only a hint.
 */
export class LogIndex {
  private readonly tail = new Tail();
  private readonly commands: KnownCommands;
  private readonly saver: IndexSaver;
  private numbering: Numbering;
  private head: IndexedEvent | undefined;
  /** Up to here the log was read, events of others included. */
  private scanned: LogPlace | undefined;
  private opened = false;
  private running: Promise<void> | undefined;
  private following: Promise<void> | undefined;
  private busy = false;
  private soon: NodeJS.Timeout | undefined;
  private closed = false;
  private telling: NodeJS.Immediate | undefined;
  private readonly expected = new Map<string, () => void>();
  /** Fires when events were added. */
  readonly signal = new Signal();

  constructor(
    private readonly reader: LogReader,
    private readonly store: LogIndexStore,
  ) {
    this.numbering = new Numbering(reader.namespace);
    this.saver = new IndexSaver({ tail: this.tail, store, reader, position: () => this.position });
    this.commands = new KnownCommands(this.tail, store, this.saver);
  }

  get position(): number {
    return this.head?.position ?? 0;
  }

  /** The store knows other events than this process reads: somebody changed the log. */
  get differs(): LogIndexDiffers | undefined {
    return this.saver.differs;
  }

  get headHash(): string {
    return this.head?.hash ?? '0'.repeat(64);
  }

  /**
   * Resolves when the index holds everything that was in the log when this was called. One read serves all
   * who call while another is under way.
   * @throws StoreUnavailable when the log cannot be read; LogDamaged when it is not the log of the index.
   */
  catchUp(): Promise<void> {
    // One that has not begun will see all that there is now.
    if (this.following) return this.following;
    if (!this.running) {
      this.running = this.run().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    // The read under way may have passed the end before this call: only the next one is sure to see all.
    const next = (): Promise<void> => {
      this.following = undefined;
      return this.catchUp();
    };
    const later = (): Promise<void> => (this.busy ? pause(BUSY_PAUSE_MS).then(next) : next());
    this.following = this.running.then(later, later);
    return this.following;
  }

  /** Something was written, and nobody waits for it here: `catchUp`, soon. */
  catchUpSoon(): void {
    if (this.soon || this.closed) return;
    const read = (): void => {
      this.soon = undefined;
      this.catchUp().catch(() => undefined);
    };
    if (this.busy) this.soon = setTimeout(read, NEWS_PAUSE_MS);
    else read();
  }

  private async run(): Promise<void> {
    if (this.differs) throw new LogDamaged(this.differs.said);
    if (!this.opened) await this.open();
    for (;;) {
      const page = await this.reader.after(this.scanned);
      const before = this.position;
      this.busy = page.events.length >= BUSY_EVENTS;
      for (const raw of page.events) {
        const event = this.numbering.next(raw);
        if (event) this.add(event);
        this.scanned = raw.place;
        this.expected.get(raw.id)?.();
      }
      if (this.position > before) {
        this.tellFollowers();
        this.saver.saveSoon();
      }
      if (page.end) return;
      if (this.position - this.saver.through > UNSAVED_MAX) await this.saver.saveNow();
    }
  }

  /** Resolves `shown` when the log shows the event with this id, until `forget` is called. */
  expect(eventId: string): { readonly shown: Promise<void>; forget(): void } {
    const shown = new Promise<void>(resolve => this.expected.set(eventId, resolve));
    return { shown, forget: () => this.expected.delete(eventId) };
  }

  /**
   * Those who appended have their answers first: what they keep in memory is then up to date when the event
   * reaches those who follow the log, and is not taken for overtaken.
   */
  private tellFollowers(): void {
    this.telling ??= setImmediate(() => {
      this.telling = undefined;
      this.signal.fire();
    });
  }

  private add(event: NumberedEvent): void {
    this.tail.push(event);
    this.head = event.entry;
  }

  /** Goes on where the store's index ends, if that is an index of this log. */
  private async open(): Promise<void> {
    const head = await this.store.head();
    if (head) {
      const raw = await this.reader.at(head.place);
      if (raw?.stream !== `${this.reader.namespace}${head.stream}` || raw.revision !== head.revision) {
        const { stream, revision, position } = head;
        throw new LogDamaged(problem(clusterFindings.INDEX_OF_ANOTHER_LOG, { stream, revision, position }));
      }
    }
    this.head = head;
    this.scanned = head?.place;
    this.saver.through = head?.position ?? 0;
    this.numbering = new Numbering(this.reader.namespace, head);
    this.opened = true;
  }

  /** The entry at a position; undefined beyond the head. */
  async at(position: number): Promise<IndexedEvent | undefined> {
    return this.tail.at(position)?.entry ?? this.store.at(position);
  }

  /** Recent events from a position on, at most `limit`; undefined when they must be read from the log. */
  recent(from: number, limit: number): readonly StoredEvent[] | undefined {
    return from > this.position ? [] : this.tail.page(from, limit)?.map(event => event.stored);
  }

  /** True when this event of a stream was seen lately, so that all before it are in the index. */
  hasLately(stream: string, revision: number): boolean {
    return this.tail.ofStream(stream, revision) !== undefined;
  }

  /** The entry of an event that is in the log, which the index may have to catch up with. */
  async seen(stream: string, revision: number): Promise<IndexedEvent> {
    const [entry] = await this.ofStream(stream, revision, revision);
    return entry ?? this.soonSeen(stream, revision);
  }

  /** As `seen`, for an event that was stored just now: the log is looked at before the store is asked. */
  async soonSeen(stream: string, revision: number): Promise<IndexedEvent> {
    for (let waited = 0, ms = 1; waited < UNTIL_SEEN_MS; waited += ms, ms = Math.min(ms * 2, 100)) {
      // The read under way may show it already; only the one after it must.
      for (let look = 0; look < LOOKS_FOR_STORED; look++) {
        const recent = this.tail.ofStream(stream, revision);
        if (recent) return recent.entry;
        if (look < LOOKS_FOR_STORED - 1) await (this.running ?? this.catchUp());
      }
      const [entry] = await this.ofStream(stream, revision, revision);
      if (entry) return entry;
      await pause(ms);
    }
    throw new StoreUnavailable(
      'UNAVAILABLE',
      `${stream}@${revision} is stored, but the log of all events does not show it`,
    );
  }

  /** Entries of a stream's revisions, those that the index holds. */
  async ofStream(stream: string, from: number, to: number): Promise<IndexedEvent[]> {
    const entries: IndexedEvent[] = [];
    let recent = to;
    for (; recent >= from; recent--) {
      const event = this.tail.ofStream(stream, recent);
      if (!event) break;
      entries.unshift(event.entry);
    }
    if (recent < from || this.tail.first === 1) return entries;
    return [...(await this.store.ofStream(stream, from, recent)), ...entries];
  }

  /** First events of those commands that the index holds. */
  ofCommands(commandIds: readonly string[]): Promise<Map<string, IndexedEvent>> {
    return this.commands.ofCommands(commandIds, this.position);
  }

  /** Saves what is not saved yet, if the store takes it. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.soon);
    await this.running?.catch(() => undefined);
    await this.saver.close();
    this.signal.fire();
  }
}
