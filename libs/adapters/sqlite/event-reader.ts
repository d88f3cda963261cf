import type { DatabaseSync } from 'node:sqlite';
import { type EventMeta, problem, type StoredEvent } from '#kernel';
import { Damaged, decodeMeta, hexOf, NO_STREAM } from '#ports';
import { arrays } from './database.js';
import { chainFindings } from './findings.js';

/** Names of streams kept in memory while reading. */
const NAMES_KEPT = 100_000;

const COLUMNS = 'position, stream_id, revision, type_id, data, meta, hash';
type EventRow = [number, number, number, number, string, string, Uint8Array];
type RawRow = [number, number, number, Uint8Array | null, string];

/** An event as it lies in the file, for the proof of the chain. */
export interface RawEvent {
  readonly position: number;
  readonly streamId: number;
  readonly revision: number;
  /**
   * The canonical bytes, put together from the bytes in the file; null when its stream or type has no name.
   */
  readonly canonical: Uint8Array | null;
  /** Hexadecimal digits. */
  readonly hash: string;
}

/** A scanned event: meta data and hash are decoded only when somebody asks. */
class ScannedEvent implements StoredEvent {
  constructor(
    readonly position: number,
    readonly stream: string,
    readonly revision: number,
    readonly type: string,
    readonly data: string,
    private readonly metaText: string,
    private readonly hashBytes: Uint8Array,
  ) {}

  get meta(): EventMeta {
    return decodeMeta(this.metaText);
  }

  get hash(): string {
    return hexOf(this.hashBytes);
  }
}

/** Reads the log through one connection; every call sees all that was committed before it. Synchronous. */
export class EventReader {
  private readonly streamNames = new Map<number, string>();
  private readonly typeNames = new Map<number, string>();
  private readonly pageOfAll;
  private readonly pageOfStream;
  private readonly rawEvents;
  private readonly range;
  private readonly factsOfRange;
  private readonly streamName;
  private readonly typeName;
  private readonly revision;
  private readonly head;

  constructor(db: DatabaseSync) {
    const query = (sql: string) => arrays(db.prepare(sql));
    this.pageOfAll = query(`SELECT ${COLUMNS} FROM events WHERE position >= ? ORDER BY position LIMIT ?`);
    this.pageOfStream = query(
      `SELECT ${COLUMNS} FROM events WHERE stream_id = (SELECT id FROM streams WHERE name = ?)
      AND revision >= ? ORDER BY revision LIMIT ?`,
    );
    this.range = query(`SELECT ${COLUMNS} FROM events WHERE position BETWEEN ? AND ? ORDER BY position`);
    this.factsOfRange = query(
      'SELECT stream_id, type_id, data FROM events WHERE position BETWEEN ? AND ? ORDER BY position',
    );
    // One value a row: what SQLite joins need not be handed over piece by piece.
    this.rawEvents = query(`SELECT e.position, e.stream_id, e.revision, CAST(
        e.position || char(10) || s.name || char(10) || e.revision || char(10) || t.name || char(10) ||
        e.meta || char(10) || e.data AS BLOB), lower(hex(e.hash))
      FROM events e LEFT JOIN streams s ON s.id = e.stream_id LEFT JOIN event_types t ON t.id = e.type_id
      WHERE e.position >= ? ORDER BY e.position LIMIT ?`);
    this.streamName = query('SELECT name FROM streams WHERE id = ?');
    this.typeName = query('SELECT name FROM event_types WHERE id = ?');
    this.revision = query(
      'SELECT max(revision) FROM events WHERE stream_id = (SELECT id FROM streams WHERE name = ?)',
    );
    this.head = query('SELECT position, hash FROM events ORDER BY position DESC LIMIT 1');
  }

  headPosition(): number {
    return (this.head.get() as unknown as [number] | undefined)?.[0] ?? 0;
  }

  headHash(): string {
    const row = this.head.get() as unknown as [number, Uint8Array] | undefined;
    return row ? hexOf(row[1]) : '0'.repeat(64);
  }

  streamRevision(stream: string): number {
    return (this.revision.get(stream) as unknown as [number | null] | undefined)?.[0] ?? NO_STREAM;
  }

  /** At most `limit` events from a position on. */
  page(from: number, limit: number): StoredEvent[] {
    return (this.pageOfAll.all(from, limit) as unknown as EventRow[]).map(row => this.stored(row));
  }

  /** At most `limit` events of a stream from a revision on. */
  streamPage(stream: string, from: number, limit: number): StoredEvent[] {
    return (this.pageOfStream.all(stream, from, limit) as unknown as EventRow[]).map(row => this.stored(row));
  }

  /** Every event of the range, in one read transaction. */
  scan(from: number, to: number, onEvent: (event: StoredEvent) => void): void {
    for (const row of this.range.iterate(from, to) as Iterable<unknown>) {
      const [position, streamId, revision, typeId, data, meta, hash] = row as EventRow;
      onEvent(
        new ScannedEvent(position, this.nameOf(streamId), revision, this.typeOf(typeId), data, meta, hash),
      );
    }
  }

  /** Of every event of the range only what a fold needs: reading less is faster by a third. */
  facts(from: number, to: number, onFact: (stream: string, type: string, data: string) => void): void {
    for (const row of this.factsOfRange.iterate(from, to) as Iterable<unknown>) {
      const [streamId, typeId, data] = row as [number, number, string];
      onFact(this.nameOf(streamId), this.typeOf(typeId), data);
    }
  }

  /** The bytes of at most `limit` events from a position on. */
  *raw(from: number, limit: number): Generator<RawEvent> {
    for (const row of this.rawEvents.iterate(from, limit) as Iterable<unknown>) {
      const [position, streamId, revision, canonical, hash] = row as RawRow;
      yield { position, streamId, revision, canonical, hash };
    }
  }

  /** Name of a stream by its number. @throws Damaged when there is none. */
  nameOf(streamId: number): string {
    return this.lookUp(this.streamNames, this.streamName, streamId, 'STREAM_NAMELESS');
  }

  typeOf(typeId: number): string {
    return this.lookUp(this.typeNames, this.typeName, typeId, 'TYPE_NAMELESS');
  }

  private lookUp(
    kept: Map<number, string>,
    query: typeof this.streamName,
    id: number,
    nameless: 'STREAM_NAMELESS' | 'TYPE_NAMELESS',
  ): string {
    const known = kept.get(id);
    if (known !== undefined) return known;
    const name = (query.get(id) as unknown as [string] | undefined)?.[0];
    if (name === undefined) throw new Damaged(problem(chainFindings[nameless], { id }));
    if (kept.size >= NAMES_KEPT) kept.clear();
    kept.set(id, name);
    return name;
  }

  private stored([position, streamId, revision, typeId, data, meta, hash]: EventRow): StoredEvent {
    return {
      position,
      stream: this.nameOf(streamId),
      revision,
      type: this.typeOf(typeId),
      data,
      meta: decodeMeta(meta),
      hash: hexOf(hash),
    };
  }
}
