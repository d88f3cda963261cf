import type { DatabaseSync } from 'node:sqlite';
import type { AccountId, Instant } from '#kernel';
import { problem } from '#kernel';
import {
  type PersonalKind,
  type SealedKey,
  type SealedRecord,
  type SealedRows,
  StoreUnavailable,
  storeProblems,
} from '#ports';
import { inTransaction, storeError } from './database.js';
import { eraseIn, noteErased, openPersonalFile, openPersonalIfAny, personalFile } from './personal-file.js';

type Row = Readonly<Record<string, unknown>>;

const keyOf = (row: Row): SealedKey => ({
  account: row['account'] as AccountId,
  id: row['id'] as string,
  sealed: row['sealed'] as string | null,
});

const recordOf = (row: Row): SealedRecord => ({
  account: row['account'] as AccountId,
  ref: row['ref'] as string,
  kind: row['kind'] as PersonalKind,
  sealed: row['sealed'] as Uint8Array,
  mac: row['mac'] as string,
  at: row['at'] as Instant,
  kept: row['kept'] === 1,
});

const KEY = 'SELECT account, id, sealed FROM personal_key WHERE account = ?';
const RECORD = 'SELECT * FROM personal_record WHERE account = ?';

/** Sealed personal data in `personal.db`, beside the store of events: no replay and no rebuild touches it. */
class SqlitePersonalRows implements SealedRows {
  private db: DatabaseSync | undefined;

  constructor(
    private readonly directory: string,
    private readonly readOnly: boolean,
  ) {}

  async key(account: AccountId): Promise<SealedKey | undefined> {
    const row = this.ask(db => db.prepare(KEY).get(account));
    return row && keyOf(row);
  }

  async addKey({ account, id, sealed }: SealedKey): Promise<SealedKey> {
    return this.write(db => {
      db.prepare('INSERT INTO personal_key VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(account, id, sealed);
      return keyOf(db.prepare(KEY).get(account)!);
    });
  }

  async addRecord(record: SealedRecord): Promise<SealedRecord | undefined> {
    const { account, ref, kind, sealed, mac, at, kept } = record;
    return this.write(db => {
      if (db.prepare(KEY).get(account)?.['sealed'] == null) return undefined;
      db.prepare('INSERT INTO personal_record VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING').run(
        account,
        ref,
        kind,
        sealed,
        mac,
        at,
        kept ? 1 : 0,
      );
      return recordOf(db.prepare(`${RECORD} AND ref = ?`).get(account, ref)!);
    });
  }

  async record(account: AccountId, ref: string): Promise<SealedRecord | undefined> {
    const row = this.ask(db => db.prepare(`${RECORD} AND ref = ?`).get(account, ref));
    return row && recordOf(row);
  }

  async keep(account: AccountId, refs: readonly string[]): Promise<void> {
    this.write(db => {
      const kept = db.prepare('UPDATE personal_record SET kept = 1 WHERE account = ? AND ref = ?');
      for (const ref of refs) kept.run(account, ref);
    });
  }

  async orphans(before: Instant, most: number) {
    const found = this.ask(db =>
      db
        .prepare('SELECT account, ref FROM personal_record WHERE kept = 0 AND at < ? ORDER BY at LIMIT ?')
        .all(before, most),
    );
    return (found ?? []).map(row => ({ account: row['account'] as AccountId, ref: row['ref'] as string }));
  }

  async drop(account: AccountId, ref: string): Promise<void> {
    this.write(db => {
      db.prepare('DELETE FROM personal_record WHERE account = ? AND ref = ? AND kept = 0').run(account, ref);
    });
  }

  async destroy(account: AccountId): Promise<void> {
    const key = await this.key(account);
    if (key?.sealed != null) noteErased(this.directory, key.id);
    this.write(db => eraseIn(db, account));
  }

  async accounts(): Promise<readonly SealedKey[]> {
    const rows = this.ask(db => db.prepare('SELECT * FROM personal_key ORDER BY account').all());
    return (rows ?? []).map(keyOf);
  }

  async recordsOf(account: AccountId): Promise<readonly SealedRecord[]> {
    return (this.ask(db => db.prepare(`${RECORD} ORDER BY at, ref`).all(account)) ?? []).map(recordOf);
  }

  async close(): Promise<void> {
    if (this.db?.isOpen) this.db.close();
  }

  /** The file is made with the first record: most stores of calls and charges hold none. */
  private ask<Value>(question: (db: DatabaseSync) => Value): Value | undefined {
    try {
      this.db ??= openPersonalIfAny(this.directory, this.readOnly);
      return this.db && question(this.db);
    } catch (error) {
      throw storeError(error, personalFile(this.directory));
    }
  }

  private write<Result>(work: (db: DatabaseSync) => Result): Result {
    const file = personalFile(this.directory);
    if (this.readOnly)
      throw new StoreUnavailable('STORE_READ_ONLY', problem(storeProblems.READING_ONLY, { file }));
    try {
      this.db ??= openPersonalFile(this.directory);
      const db = this.db;
      return inTransaction(db, () => work(db));
    } catch (error) {
      throw storeError(error, file);
    }
  }
}

export const openSqlitePersonalRows = (directory: string, readOnly = false): SealedRows =>
  new SqlitePersonalRows(directory, readOnly);
