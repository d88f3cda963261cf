import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { migrateLogIndex } from '#migrations';
import { type IndexedEvent, LogIndexDiffers, type LogIndexStore } from '#ports';
import { Connections } from './connections.js';
import { type PostgresOptions, settingsOf } from './postgres-options.js';

export interface PostgresLogIndex extends LogIndexStore {
  close(): Promise<void>;
}

/** Offsets of 64 bits are read as text: JavaScript's numbers cannot hold them. */
const ENTRY = `SELECT position, commit_at::text, prepare_at::text, stream, revision,
  encode(hash, 'hex') AS hash, command_id, opens_command FROM log_index`;

/** Entries that are there already are passed over; whether they are the same is asked afterwards. */
const SAVE = `INSERT INTO log_index
  SELECT position, commit_at, prepare_at, stream, revision, decode(hash, 'hex'), command_id, opens_command
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[],
    $8::boolean[])
    AS given(position, commit_at, prepare_at, stream, revision, hash, command_id, opens_command)
  ORDER BY position
  ON CONFLICT DO NOTHING`;

const FIRST_DIFFERING = `SELECT min(position) AS position
  FROM unnest($1::bigint[], $2::text[]) AS given(position, hash) LEFT JOIN log_index kept USING (position)
  WHERE kept.hash IS DISTINCT FROM decode(given.hash, 'hex')`;

interface EntryRow {
  readonly position: number;
  readonly commit_at: string;
  readonly prepare_at: string;
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
  readonly command_id: string;
  readonly opens_command: boolean;
}

const entryOf = (row: EntryRow): IndexedEvent => ({
  position: row.position,
  place: { commit: BigInt(row.commit_at), prepare: BigInt(row.prepare_at) },
  stream: row.stream,
  revision: row.revision,
  hash: row.hash,
  commandId: row.command_id,
  opensCommand: row.opens_command,
});

class LogIndexOnPostgres implements PostgresLogIndex {
  constructor(private readonly to: Connections) {}

  async head(): Promise<IndexedEvent | undefined> {
    return (await this.entries('ORDER BY position DESC LIMIT 1', []))[0];
  }

  async at(position: number): Promise<IndexedEvent | undefined> {
    return (await this.entries('WHERE position = $1', [position]))[0];
  }

  ofStream(stream: string, from: number, to: number): Promise<IndexedEvent[]> {
    const rows = 'WHERE stream = $1 AND revision BETWEEN $2 AND $3 ORDER BY revision';
    return this.entries(rows, [stream, from, to]);
  }

  async ofCommands(commandIds: readonly string[]): Promise<Map<string, IndexedEvent>> {
    const rows = 'WHERE opens_command AND command_id = ANY($1::text[]) ORDER BY position DESC';
    const found = await this.entries(rows, [commandIds]);
    // The first of a command comes last and stays.
    return new Map(found.map(entry => [entry.commandId, entry]));
  }

  /**
   * Several processes insert the same rows in the same order: the slower one waits for the transaction of the
   * quicker one and then passes them over. Nobody waits for a lock on the table, and none for each other.
   */
  async save(entries: readonly IndexedEvent[]): Promise<void> {
    const [first] = entries;
    if (!first) return;
    try {
      await this.to.transaction(async client => {
        const head = await client.query('SELECT coalesce(max(position), 0) AS position FROM log_index');
        const { position } = head.rows[0] as { position: number };
        if (first.position > position + 1)
          throw new Error(`entry ${first.position} of the log's index does not follow ${position}`);
        await insert(client, entries);
      });
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  close(): Promise<void> {
    return this.to.close();
  }

  /** Creates the schema and the table where they are missing. */
  async migrate(): Promise<void> {
    const db = new Kysely({ dialect: new PostgresDialect({ pool: this.to.writers }) });
    try {
      await migrateLogIndex(db, this.to.settings.schema);
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  private async entries(rows: string, values: unknown[]): Promise<IndexedEvent[]> {
    this.to.assertOpen();
    try {
      return (await this.to.readers.query(`${ENTRY} ${rows}`, values)).rows.map(entryOf);
    } catch (error) {
      throw this.to.meaning(error);
    }
  }
}

async function insert(client: pg.ClientBase, entries: readonly IndexedEvent[]): Promise<void> {
  const positions = entries.map(entry => entry.position);
  const hashes = entries.map(entry => entry.hash);
  const { rowCount } = await client.query(SAVE, [
    positions,
    entries.map(entry => entry.place.commit.toString()),
    entries.map(entry => entry.place.prepare.toString()),
    entries.map(entry => entry.stream),
    entries.map(entry => entry.revision),
    hashes,
    entries.map(entry => entry.commandId),
    entries.map(entry => entry.opensCommand),
  ]);
  if (rowCount === entries.length) return;
  const differing = (await client.query(FIRST_DIFFERING, [positions, hashes])).rows[0] as {
    position: number | null;
  };
  if (differing.position !== null) throw new LogIndexDiffers(differing.position);
}

/**
 * The index of a cluster's log on PostgreSQL, for any number of processes: one that starts goes on where the
 * index ends. One schema holds the index of one log.
 * @throws InvalidInput for options of another form, StoreUnavailable when the server cannot be reached
 */
export async function openPostgresLogIndex(options: PostgresOptions): Promise<PostgresLogIndex> {
  const index = new LogIndexOnPostgres(new Connections(settingsOf({ readers: 4, writers: 2, ...options })));
  try {
    await index.migrate();
    return index;
  } catch (error) {
    await index.close();
    throw error;
  }
}
