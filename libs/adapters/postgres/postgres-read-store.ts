import { setTimeout as wait } from 'node:timers/promises';
import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { assertTablesAreOurs } from '#adapters/shared';
import { canonicalJson, type Projection, type TableSpec } from '#kernel';
import { migrateToLatest } from '#migrations';
import {
  type AnyTables,
  Overtaken,
  type ProjectionCheckpoint,
  type ProjectionClaim,
  type ProjectionMove,
  type ReadStore,
  type RowChange,
  StoreUnavailable,
} from '#ports';
import { Claims } from './claims.js';
import { Connections } from './connections.js';
import { type PostgresOptions, type PostgresSettings, settingsOf } from './postgres-options.js';
import { dropStatements, tableStatements, viewStatements, writeChanges } from './read-tables.js';

export interface PostgresReadStore extends ReadStore {
  claim(projection: string): Promise<ProjectionClaim | undefined>;
  /** An empty read store in a schema of its own beside this one, for a replay; `discard` drops it. */
  scratch(): Promise<{ readModels: ReadStore; discard(): Promise<void> }>;
  /**
   * The read models as they stand at one position while projections go on: one read transaction, until it is
   * released. @throws StoreUnavailable when they were at no moment of some seconds all at the same position
   */
  still(): Promise<{ readModels: ReadStore; head: number; release(): Promise<void> }>;
}

interface CheckpointRow extends ProjectionCheckpoint {
  readonly active: number;
  readonly tables: string;
}

/**
 * So often, and so many milliseconds apart, a moment is looked for at which all read models stand together.
 */
const STILL_TRIES = 1_000;
const STILL_PAUSE_MS = 5;

const CHECKPOINTS = `SELECT projection, version, position, active, tables FROM projection_checkpoints
  ORDER BY projection COLLATE "C", version`;
/** Rows are locked in one order, so that two workers who move several never wait for each other. */
const MOVE = `WITH given AS (
    SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::bigint[])
      AS given(projection, version, was, becomes)),
  due AS (
    SELECT projection, version FROM projection_checkpoints JOIN given USING (projection, version)
    ORDER BY projection COLLATE "C", version FOR UPDATE OF projection_checkpoints)
  UPDATE projection_checkpoints AS kept SET position = given.becomes
  FROM given JOIN due USING (projection, version)
  WHERE kept.projection = given.projection AND kept.version = given.version AND kept.position = given.was
  RETURNING kept.projection, kept.version`;

/** @throws Overtaken when one of the checkpoints is not where its move begins. */
async function moveCheckpoints(client: pg.ClientBase, moves: readonly ProjectionMove[]): Promise<void> {
  const { rows } = await client.query<{ projection: string; version: number }>(MOVE, [
    moves.map(({ projection }) => projection.name),
    moves.map(({ projection }) => projection.version),
    moves.map(({ from }) => from),
    moves.map(({ to }) => to),
  ]);
  if (rows.length === moves.length) return;
  const late = moves.find(
    ({ projection: { name, version } }) =>
      !rows.some(moved => moved.projection === name && moved.version === version),
  );
  if (late) throw new Overtaken(late.projection, late.from);
}

let scratches = 0;

class ReadStoreOnPostgres implements PostgresReadStore {
  readonly db: Kysely<AnyTables>;
  private readonly to: Connections;
  private readonly claims: Claims;

  constructor(
    private readonly settings: PostgresSettings,
    readerPool?: pg.PoolConfig,
  ) {
    const to = new Connections(settings, readerPool);
    this.to = to;
    this.claims = new Claims(settings);
    // Kysely borrows connections; the pool is the store's to end.
    const pool = { connect: () => to.connection(to.readers), end: async () => undefined };
    this.db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  }

  private async rows(client: pg.ClientBase | pg.Pool): Promise<CheckpointRow[]> {
    return (await client.query(CHECKPOINTS)).rows as CheckpointRow[];
  }

  prepare(projection: Projection): Promise<ProjectionCheckpoint> {
    const { name, version, tables } = projection;
    const specs = canonicalJson(tables);
    return this.to.patiently(() =>
      this.to.alone(async client => {
        const rows = await this.rows(client);
        const known = rows.find(row => row.projection === name && row.version === version);
        if (known) {
          if (known.tables === specs) return { projection: name, version, position: known.position };
          throw new Error(`projection ${name} changed its tables but not its version ${version}`);
        }
        assertTablesAreOurs(projection, rows);
        for (const spec of tables)
          for (const statement of tableStatements(spec, version)) await client.query(statement);
        await client.query('INSERT INTO projection_checkpoints VALUES ($1, $2, 0, 0, $3)', [
          name,
          version,
          specs,
        ]);
        return { projection: name, version, position: 0 };
      }),
    );
  }

  apply(projection: Projection, from: number, to: number, changes: readonly RowChange[]): Promise<void> {
    return this.applyTogether([{ projection, from, to, changes }]);
  }

  async applyTogether(moves: readonly ProjectionMove[]): Promise<void> {
    try {
      await this.to.transaction(async client => {
        // First, so that a slower worker waits here and then sees that it is too late.
        await moveCheckpoints(client, moves);
        for (const { projection, changes } of moves) await writeChanges(client, projection, changes);
      });
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  activate(projection: Projection): Promise<void> {
    const { name, version, tables } = projection;
    return this.to.patiently(() =>
      this.to.alone(async client => {
        const rows = (await this.rows(client)).filter(row => row.projection === name);
        const own = rows.find(row => row.version === version);
        if (!own) throw new Error(`projection ${name} version ${version} is not prepared`);
        const older = rows.filter(row => row.version < version);
        if (own.active === 1 && older.length === 0) return;
        const statements = older.flatMap(old =>
          (JSON.parse(old.tables) as TableSpec[]).flatMap(spec => dropStatements(spec, old.version)),
        );
        for (const spec of tables) statements.push(...viewStatements(spec, version));
        for (const statement of statements) await client.query(statement);
        await client.query('DELETE FROM projection_checkpoints WHERE projection = $1 AND version < $2', [
          name,
          version,
        ]);
        await client.query(
          'UPDATE projection_checkpoints SET active = (version = $2)::integer WHERE projection = $1',
          [name, version],
        );
      }),
    );
  }

  async checkpoints(): Promise<ProjectionCheckpoint[]> {
    this.to.assertOpen();
    try {
      const rows = await this.rows(this.to.readers);
      return rows.map(({ projection, version, position }) => ({ projection, version, position }));
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  claim(projection: string): Promise<ProjectionClaim | undefined> {
    return this.claims.claim(projection);
  }

  async query<Result>(query: CompiledQuery<Result>): Promise<Result[]> {
    this.to.assertOpen();
    try {
      return (await this.db.executeQuery(query)).rows;
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  async scratch(): Promise<{ readModels: ReadStore; discard(): Promise<void> }> {
    const schema = `replay_${process.pid}_${++scratches}`;
    const readModels = await openPostgresReadStore({ ...this.settings, schema, readers: 2, writers: 4 });
    return {
      readModels,
      discard: async () => {
        await readModels.close();
        await this.to.transaction(client => client.query(`DROP SCHEMA "${schema}" CASCADE`));
      },
    };
  }

  async still(): Promise<{ readModels: ReadStore; head: number; release(): Promise<void> }> {
    // One connection, never given up for being idle: all queries are in its transaction.
    const view = new ReadStoreOnPostgres({ ...this.settings, readers: 1 }, { idleTimeoutMillis: 0 });
    try {
      for (let tries = 0; tries < STILL_TRIES; tries++) {
        await view.to.readers.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        await view.to.readers.query('SET LOCAL idle_in_transaction_session_timeout = 0');
        const positions = new Set((await view.rows(view.to.readers)).map(row => row.position));
        const [head = 0] = positions;
        if (positions.size <= 1) return { readModels: view, head, release: () => view.close() };
        await view.to.readers.query('ROLLBACK');
        await wait(STILL_PAUSE_MS);
      }
    } catch (error) {
      await view.close();
      throw this.to.meaning(error);
    }
    await view.close();
    const problem =
      'the read models are at no moment all at the same event; try again when there is less to do';
    throw new StoreUnavailable('UNAVAILABLE', `PostgreSQL ${this.settings.place}: ${problem}`);
  }

  /** Creates the schema and its own tables where they are missing. */
  async migrate(): Promise<void> {
    const { schema } = this.settings;
    const db = new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool: this.to.writers }) });
    try {
      await migrateToLatest(db, schema);
    } catch (error) {
      throw this.to.meaning(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.to.close(), this.claims.close()]);
  }
}

/**
 * Read models on PostgreSQL: the same migrations, projections and tables as the embedded store, for any
 * number of processes.
 * @throws InvalidInput for options of another form, StoreUnavailable when the server cannot be reached
 */
export async function openPostgresReadStore(options: PostgresOptions): Promise<PostgresReadStore> {
  const store = new ReadStoreOnPostgres(settingsOf(options));
  try {
    await store.migrate();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
