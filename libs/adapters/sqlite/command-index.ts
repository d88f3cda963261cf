import type { DatabaseSync } from 'node:sqlite';
import { problem, type SaidProblem } from '#kernel';
import type { RecordedCommand } from '#ports';
import { commandIdOf, decodeMeta } from '#ports';
import { arrays } from './database.js';
import { readFact } from './event-schema.js';
import { fileFindings } from './findings.js';
import { InsertRows } from './insert-rows.js';

/** So many newly stored commands wait in memory before they are sorted and moved into the table. */
const WAITING_MAX = 65_536;
/** At least so many move per transaction once a move has begun. */
const MOVE_MIN = 16;

/**
 * A 53-bit number made of a command id (two 32-bit multiplicative mixers, as cyrb53). The seed is the
 * store's own, so nobody outside can choose ids that collide; a collision costs one more look and is never
 * an answer: ids are compared as texts.
 */
function keyOf(commandId: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < commandId.length; i++) {
    const c = commandId.charCodeAt(i);
    a = Math.imul(a ^ c, 2_654_435_761);
    b = Math.imul(b ^ c, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}

/** A reader of another process's file forgets what it followed beyond this: the table holds it by then. */
const FOLLOWED_MAX = 4 * WAITING_MAX;

/** Ids known not to be stored: each is asked twice, before its command is decided and in its append. */
const ABSENT_MAX = 65_536;

/** Keys of one question of `learnAbsent`. */
const KEYS_ASKED = 128;

interface Move {
  /** Keys ascending, so that neighbours share a page. */
  readonly entries: readonly (readonly [key: number, position: number])[];
  readonly commands: ReadonlyMap<string, number>;
  /** All commands up to this position are in the table when the move is done. */
  readonly through: number;
  done: number;
}

/**
 * Which commands are stored, whatever their age. The truth are the events; this finds them. Random keys
 * written one by one would touch a page each, so new commands wait in memory and move to the table in
 * sorted runs, a slice in each append's transaction. `commands_indexed` remembers through which position
 * the table is complete; what came later is read from the events when the store opens (at most two runs of
 * 65,536 commands).
 */
export class CommandIndex {
  private readonly seed: number;
  private indexedThrough = 0;
  private seenThrough = 0;
  private waiting = new Map<string, number>();
  private move: Move | undefined;
  private readonly absent = new Set<string>();
  private readonly positions;
  private readonly storedKeys;
  private readonly metaAt;
  private readonly metaFrom;
  private readonly insert: InsertRows | undefined;

  /** @param waitingMax so many commands wait before a move begins */
  constructor(
    private readonly db: DatabaseSync,
    writable: boolean,
    private readonly waitingMax = WAITING_MAX,
  ) {
    this.seed = readFact(db, 'command_seed');
    this.positions = arrays(db.prepare('SELECT position FROM commands WHERE key = ?'));
    const asked = Array(KEYS_ASKED).fill('?').join(',');
    this.storedKeys = arrays(db.prepare(`SELECT key FROM commands WHERE key IN (${asked})`));
    this.metaAt = arrays(db.prepare('SELECT meta FROM events WHERE position = ?'));
    this.metaFrom = arrays(
      db.prepare('SELECT position, meta FROM events WHERE position > ? ORDER BY position'),
    );
    this.insert = writable ? new InsertRows(db, 'INSERT OR IGNORE INTO commands VALUES', 2) : undefined;
    this.restart();
    this.follow();
  }

  private restart(): void {
    this.indexedThrough = readFact(this.db, 'commands_indexed');
    this.seenThrough = this.indexedThrough;
    this.waiting = new Map();
  }

  /** Takes in the events that were stored since: at the start, and on a file that another process writes. */
  follow(): void {
    if (this.waiting.size > FOLLOWED_MAX) this.restart();
    this.absent.clear();
    let previous = '';
    for (const row of this.metaFrom.iterate(this.seenThrough) as Iterable<unknown>) {
      const [position, meta] = row as [number, string];
      // Damaged pages may lead in circles.
      if (position <= this.seenThrough) throw new Error(`event ${position} stands twice in the log`);
      const commandId = commandIdOf(meta);
      if (commandId !== previous && !this.waiting.has(commandId)) this.waiting.set(commandId, position);
      previous = commandId;
      this.seenThrough = position;
    }
  }

  /** Position of the command's first event, 0 when it is not stored. */
  find(commandId: string): number {
    const recent = this.waiting.get(commandId) ?? this.move?.commands.get(commandId);
    if (recent !== undefined) return recent;
    if (this.absent.has(commandId)) return 0;
    for (const row of this.positions.all(keyOf(commandId, this.seed))) {
      const [position] = row as unknown as [number];
      const meta = (this.metaAt.get(position) as unknown as [string] | undefined)?.[0];
      if (meta !== undefined && commandIdOf(meta) === commandId) return position;
    }
    if (this.absent.size >= ABSENT_MAX) this.absent.clear();
    this.absent.add(commandId);
    return 0;
  }

  /**
   * Learns in a few questions which of many ids are not stored, so that `find` need not ask for each. Sorted,
   * so that neighbours share a page.
   */
  learnAbsent(commandIds: readonly string[]): void {
    const unknown = commandIds.filter(id => !this.waiting.has(id) && !this.move?.commands.has(id));
    const keys = unknown.map(id => keyOf(id, this.seed));
    const sorted = Float64Array.from(keys).sort();
    const stored = new Set<number>();
    for (let at = 0; at < sorted.length; at += KEYS_ASKED) {
      const some = Array.from(sorted.subarray(at, at + KEYS_ASKED));
      while (some.length < KEYS_ASKED) some.push(-1);
      for (const row of this.storedKeys.all(...some)) stored.add((row as unknown as [number])[0]);
    }
    if (this.absent.size + unknown.length > ABSENT_MAX) this.absent.clear();
    for (const [i, id] of unknown.entries()) if (!stored.has(keys[i]!)) this.absent.add(id);
  }

  /** What a transaction may change; the result brings it back when it is rolled back. */
  save(): () => void {
    const { indexedThrough, waiting, move } = this;
    const done = move?.done ?? 0;
    return () => {
      this.insert?.discard();
      this.indexedThrough = indexedThrough;
      this.waiting = waiting;
      this.move = move;
      if (move) move.done = done;
    };
  }

  /** Inside an append's transaction: moves the next slice of a run that is under way. */
  moveSlice(appended: number): void {
    if (!this.move && this.waiting.size >= this.waitingMax) this.beginMove();
    if (this.move) this.continueMove(Math.max(MOVE_MIN, 2 * appended));
  }

  /** After the commit of an append. */
  add(commands: ReadonlyMap<string, number>, lastPosition: number): void {
    for (const [id, position] of commands) {
      this.waiting.set(id, position);
      this.absent.delete(id);
    }
    this.seenThrough = lastPosition;
  }

  /**
   * Inside a transaction, when the store closes: everything goes to the table, so the next opening reads
   * nothing.
   */
  moveAll(): void {
    if (this.move) this.continueMove(Number.POSITIVE_INFINITY);
    if (this.seenThrough === this.indexedThrough) return;
    this.beginMove();
    this.continueMove(Number.POSITIVE_INFINITY);
  }

  private beginMove(): void {
    const entries: (readonly [number, number])[] = [];
    for (const [id, position] of this.waiting) entries.push([keyOf(id, this.seed), position]);
    entries.sort((a, b) => a[0] - b[0]);
    this.move = { entries, commands: this.waiting, through: this.seenThrough, done: 0 };
    this.waiting = new Map();
  }

  private continueMove(count: number): void {
    const { move, insert } = this;
    if (!move || !insert) return;
    const end = Math.min(move.entries.length, move.done + count);
    for (; move.done < end; move.done++) insert.add(move.entries[move.done]!);
    insert.flush();
    if (end < move.entries.length) return;
    this.db.prepare("UPDATE store_facts SET value = ? WHERE name = 'commands_indexed'").run(move.through);
    this.indexedThrough = move.through;
    this.move = undefined;
  }
}

/**
 * What the table of commands lacks, undefined when nothing: a command that is not found is done twice. Rows
 * too many cost a look and are no answer.
 */
export function missingCommand(db: DatabaseSync): SaidProblem | undefined {
  const [seed, through] = [readFact(db, 'command_seed'), readFact(db, 'commands_indexed')];
  const first = arrays(db.prepare('SELECT min(position) FROM commands WHERE key = ?'));
  const events = arrays(
    db.prepare('SELECT position, meta FROM events WHERE position <= ? ORDER BY position'),
  );
  let previous = '';
  for (const row of events.iterate(through) as Iterable<unknown>) {
    const [position, meta] = row as [number, string];
    const commandId = commandIdOf(meta);
    if (commandId === previous) continue;
    previous = commandId;
    const found = (first.get(keyOf(commandId, seed)) as unknown as [number | null])[0];
    if (found === null || found > position) return problem(fileFindings.COMMAND_MISSING, { position });
  }
  return undefined;
}

/**
 * Fills the table from a log that came in without it, a run at a time: a log of any length fits into memory.
 * Inside a transaction.
 */
export function indexWholeLog(db: DatabaseSync, run = WAITING_MAX): void {
  const seed = readFact(db, 'command_seed');
  const insert = new InsertRows(db, 'INSERT OR IGNORE INTO commands VALUES', 2);
  const metaFrom = arrays(
    db.prepare('SELECT position, meta FROM events WHERE position > ? ORDER BY position LIMIT ?'),
  );
  let [through, previous] = [0, ''];
  for (;;) {
    const entries: (readonly [key: number, position: number])[] = [];
    const from = through;
    for (const row of metaFrom.iterate(from, run) as Iterable<unknown>) {
      const [position, meta] = row as [number, string];
      const commandId = commandIdOf(meta);
      if (commandId !== previous) entries.push([keyOf(commandId, seed), position]);
      previous = commandId;
      through = position;
    }
    if (through === from) break;
    entries.sort((a, b) => a[0] - b[0]);
    for (const entry of entries) insert.add(entry);
    insert.flush();
  }
  db.prepare("UPDATE store_facts SET value = ? WHERE name = 'commands_indexed'").run(through);
}

/** What the events say about a command. `firstPosition` is its first event's. */
export class RecordedCommands {
  private readonly rows;

  constructor(db: DatabaseSync) {
    this.rows = arrays(
      db.prepare(`SELECT e.meta, s.name FROM events e JOIN streams s ON s.id = e.stream_id
        WHERE e.position >= ? ORDER BY e.position LIMIT 10001`),
    );
  }

  read(commandId: string, firstPosition: number): RecordedCommand {
    let count = 0;
    let bodyHash = '';
    let stream = '';
    for (const row of this.rows.iterate(firstPosition) as Iterable<unknown>) {
      const [meta, name] = row as [string, string];
      if (commandIdOf(meta) !== commandId) break;
      if (count++ > 0) continue;
      bodyHash = decodeMeta(meta).bodyHash;
      stream = name;
    }
    return { commandId, bodyHash, stream, firstPosition, count };
  }
}
