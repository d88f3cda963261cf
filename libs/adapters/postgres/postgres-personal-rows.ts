import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { AccountId, Instant } from '#kernel';
import { migratePersonal } from '#migrations';
import type { PersonalKind, SealedKey, SealedRecord, SealedRows } from '#ports';
import { Connections } from './connections.js';
import { type PostgresOptions, settingsOf } from './postgres-options.js';

interface KeyRow {
  readonly account: AccountId;
  readonly id: string;
  readonly sealed: string | null;
}
interface RecordRow {
  readonly account: AccountId;
  readonly ref: string;
  readonly kind: PersonalKind;
  readonly sealed: Buffer;
  readonly mac: string;
  readonly at: number;
  readonly kept: boolean;
}

const KEY = 'SELECT account, id, sealed FROM personal_key WHERE account = $1';
const RECORD = 'SELECT account, ref, kind, sealed, mac, at, kept FROM personal_record WHERE account = $1';

const recordOf = (row: RecordRow): SealedRecord => ({ ...row, at: row.at as Instant });

/** Sealed personal data of a cluster, in the schema of its read models and beside them. */
class PostgresPersonalRows implements SealedRows {
  constructor(private readonly to: Connections) {}

  async key(account: AccountId): Promise<SealedKey | undefined> {
    return (await this.ask<KeyRow>(KEY, [account]))[0];
  }

  addKey({ account, id, sealed }: SealedKey): Promise<SealedKey> {
    return this.write(async client => {
      await client.query('INSERT INTO personal_key VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        account,
        id,
        sealed,
      ]);
      return (await client.query<KeyRow>(KEY, [account])).rows[0]!;
    });
  }

  addRecord(record: SealedRecord): Promise<SealedRecord | undefined> {
    const { account, ref, kind, sealed, mac, at, kept } = record;
    return this.write(async client => {
      // Whoever destroys the key waits for this record, or this record finds no key.
      const key = (await client.query<KeyRow>(`${KEY} FOR SHARE`, [account])).rows[0];
      if (key?.sealed == null) return undefined;
      await client.query(
        'INSERT INTO personal_record VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING',
        [account, ref, kind, Buffer.from(sealed), mac, at, kept],
      );
      return recordOf((await client.query<RecordRow>(`${RECORD} AND ref = $2`, [account, ref])).rows[0]!);
    });
  }

  async record(account: AccountId, ref: string): Promise<SealedRecord | undefined> {
    const [row] = await this.ask<RecordRow>(`${RECORD} AND ref = $2`, [account, ref]);
    return row && recordOf(row);
  }

  keep(account: AccountId, refs: readonly string[]): Promise<void> {
    return this.write(async client => {
      await client.query(
        'UPDATE personal_record SET kept = true WHERE account = $1 AND ref = ANY($2::text[])',
        [account, refs],
      );
    });
  }

  orphans(before: Instant, most: number) {
    return this.ask<{ account: AccountId; ref: string }>(
      'SELECT account, ref FROM personal_record WHERE NOT kept AND at < $1 ORDER BY at LIMIT $2',
      [before, most],
    );
  }

  drop(account: AccountId, ref: string): Promise<void> {
    return this.write(async client => {
      await client.query('DELETE FROM personal_record WHERE account = $1 AND ref = $2 AND NOT kept', [
        account,
        ref,
      ]);
    });
  }

  destroy(account: AccountId): Promise<void> {
    return this.write(async client => {
      await client.query(
        `INSERT INTO personal_key VALUES ($1, '', NULL) ON CONFLICT (account) DO UPDATE SET sealed = NULL`,
        [account],
      );
      await client.query('DELETE FROM personal_record WHERE account = $1', [account]);
    });
  }

  accounts(): Promise<readonly SealedKey[]> {
    return this.ask<KeyRow>('SELECT account, id, sealed FROM personal_key ORDER BY account', []);
  }

  async recordsOf(account: AccountId): Promise<readonly SealedRecord[]> {
    return (await this.ask<RecordRow>(`${RECORD} ORDER BY at, ref`, [account])).map(recordOf);
  }

  close(): Promise<void> {
    return this.to.close();
  }

  /** Creates the schema and the tables where they are missing. */
  async migrate(): Promise<void> {
    const db = new Kysely({ dialect: new PostgresDialect({ pool: this.to.writers }) });
    try {
      await migratePersonal(db, this.to.settings.schema);
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  private async ask<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    this.to.assertOpen();
    try {
      return (await this.to.readers.query<Row>(sql, values)).rows;
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  /** What is answered is on the disk: these connections do not wait for it by themselves. */
  private async write<Result>(work: (client: pg.ClientBase) => Promise<Result>): Promise<Result> {
    try {
      return await this.to.transaction(async client => {
        await client.query('SET LOCAL synchronous_commit = on');
        return work(client);
      });
    } catch (error) {
      throw this.to.meaning(error);
    }
  }
}

/**
 * Sealed personal data on PostgreSQL, for any number of processes.
 * @throws InvalidInput for options of another form, StoreUnavailable when the server cannot be reached
 */
export async function openPostgresPersonalRows(options: PostgresOptions): Promise<SealedRows> {
  const rows = new PostgresPersonalRows(new Connections(settingsOf({ readers: 2, writers: 2, ...options })));
  try {
    await rows.migrate();
    return rows;
  } catch (error) {
    await rows.close();
    throw error;
  }
}
