import type { DatabaseSync } from 'node:sqlite';
import type { StoredEvent } from '#kernel';
import {
  type AppendRequest,
  type AppendResult,
  canonicalHead,
  encodeMeta,
  HashChain,
  hexOf,
  type NewEvent,
  NO_STREAM,
} from '#ports';
import type { CommandIndex } from './command-index.js';
import { arrays, inTransaction } from './database.js';
import { InsertRows } from './insert-rows.js';

/** Streams whose last revision is kept in memory. */
const STREAMS_KEPT = 200_000;

interface StreamHead {
  readonly id: number;
  revision: number;
}

/** What one transaction has done so far; becomes fact with the commit. */
interface Batch {
  readonly commands: Map<string, number>;
  readonly stored: StoredEvent[] | undefined;
}

/** Called inside the transaction with all its events. */
export type OnStored = (events: readonly StoredEvent[]) => void;

/**
 * The one writer of the log: checks, numbers, hashes and inserts, all in one transaction per call.
 * Synchronous.
 */
export class EventWriter {
  private readonly chain: HashChain;
  private position = 0;
  private nextStreamId = 1;
  private readonly streams = new Map<string, StreamHead>();
  private readonly types = new Map<string, number>();
  private readonly insertEvent: InsertRows;
  private readonly insertStream;
  private readonly insertType;
  private readonly streamHead;

  constructor(
    private readonly db: DatabaseSync,
    private readonly commands: CommandIndex,
  ) {
    this.chain = new HashChain();
    this.insertEvent = new InsertRows(db, 'INSERT INTO events VALUES', 7);
    this.insertStream = db.prepare('INSERT INTO streams VALUES (?, ?)');
    this.insertType = db.prepare('INSERT INTO event_types VALUES (?, ?)');
    this.streamHead = arrays(
      db.prepare(
        `SELECT s.id, (SELECT max(revision) FROM events WHERE stream_id = s.id)
        FROM streams s WHERE s.name = ?`,
      ),
    );
    this.reload();
  }

  get head(): number {
    return this.position;
  }

  get headHash(): string {
    return hexOf(this.chain.head);
  }

  /**
   * Takes everything kept in memory from the file again: at the start, and after a transaction that was
   * rolled back.
   */
  private reload(): void {
    this.streams.clear();
    this.types.clear();
    this.insertEvent.discard();
    const last = this.db.prepare('SELECT position, hash FROM events ORDER BY position DESC LIMIT 1').get();
    this.position = (last?.['position'] as number | undefined) ?? 0;
    this.chain.reset((last?.['hash'] as Uint8Array | undefined) ?? new HashChain().head);
    const streams = this.db.prepare('SELECT max(id) AS last FROM streams').get();
    this.nextStreamId = ((streams?.['last'] as number | null) ?? 0) + 1;
    for (const row of this.db.prepare('SELECT id, name FROM event_types').all()) {
      this.types.set(row['name'] as string, row['id'] as number);
    }
  }

  /**
   * Stores those of the checked requests that can be stored; `onStored` runs before the commit.
   * @throws the error of SQLite or of `onStored`: then nothing was stored.
   */
  append(requests: readonly AppendRequest[], onStored?: OnStored): AppendResult[] {
    const restoreCommands = this.commands.save();
    try {
      const before = this.position;
      const batch: Batch = { commands: new Map(), stored: onStored ? [] : undefined };
      const results = inTransaction(this.db, () => {
        const answers = requests.map(request => this.appendOne(request, batch));
        this.insertEvent.flush();
        if (this.position > before) {
          this.commands.moveSlice(this.position - before);
          onStored?.(batch.stored!);
        }
        return answers;
      });
      this.commands.add(batch.commands, this.position);
      this.trimStreams();
      return results;
    } catch (error) {
      restoreCommands();
      this.reload();
      throw error;
    }
  }

  private appendOne(request: AppendRequest, batch: Batch): AppendResult {
    const known = this.duplicateIn(request, batch);
    if (known !== undefined) return { kind: 'duplicate', commandId: known };
    const head = this.headOf(request.stream);
    const actualRevision = head?.revision ?? NO_STREAM;
    if (actualRevision !== request.expectedRevision) return { kind: 'conflict', actualRevision };
    const stream = head ?? this.createStream(request.stream);
    const firstPosition = this.position + 1;
    let previous: string | undefined;
    for (const event of request.events) {
      this.store(request.stream, stream, event, batch);
      const { commandId } = event.meta;
      if (commandId !== previous) batch.commands.set((previous = commandId), this.position);
    }
    return { kind: 'appended', firstPosition, lastPosition: this.position, revision: stream.revision };
  }

  private duplicateIn({ events }: AppendRequest, batch: Batch): string | undefined {
    let previous: string | undefined;
    for (const { meta } of events) {
      if (meta.commandId === previous) continue;
      previous = meta.commandId;
      if (batch.commands.has(previous) || this.commands.find(previous) > 0) return previous;
    }
    return undefined;
  }

  private store(name: string, stream: StreamHead, event: NewEvent, batch: Batch): void {
    const { type, data, meta } = event;
    const position = ++this.position;
    const revision = ++stream.revision;
    const metaText = encodeMeta(meta);
    const hash = this.chain.next(`${canonicalHead(position, name, revision, type)}${metaText}\n`, data);
    this.insertEvent.add([position, stream.id, revision, this.typeId(type), data, metaText, hash]);
    batch.stored?.push({
      position,
      stream: name,
      revision,
      type,
      data,
      meta,
      hash: hexOf(hash),
      fact: event.fact,
    });
  }

  private headOf(name: string): StreamHead | undefined {
    const kept = this.streams.get(name);
    if (kept) return kept;
    const row = this.streamHead.get(name) as unknown as [number, number | null] | undefined;
    if (!row) return undefined;
    const head = { id: row[0], revision: row[1] ?? NO_STREAM };
    this.streams.set(name, head);
    return head;
  }

  private createStream(name: string): StreamHead {
    const head = { id: this.nextStreamId++, revision: NO_STREAM };
    this.insertStream.run(head.id, name);
    this.streams.set(name, head);
    return head;
  }

  private typeId(name: string): number {
    let id = this.types.get(name);
    if (id === undefined) {
      id = this.types.size + 1;
      this.insertType.run(id, name);
      this.types.set(name, id);
    }
    return id;
  }

  /** Only between transactions: rows of a running one may not have reached the table yet. */
  private trimStreams(): void {
    let surplus = this.streams.size - STREAMS_KEPT;
    for (const name of this.streams.keys()) {
      if (surplus-- <= 0) return;
      this.streams.delete(name);
    }
  }
}
