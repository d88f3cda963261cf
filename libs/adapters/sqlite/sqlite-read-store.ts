import type { DatabaseSync } from 'node:sqlite';
import type { CompiledQuery, Kysely } from 'kysely';
import { assertTablesAreOurs } from '#adapters/shared';
import { canonicalJson, type Projection, problem, type TableSpec } from '#kernel';
import {
  type AnyTables,
  Overtaken,
  type ProjectionCheckpoint,
  type RowChange,
  StoreUnavailable,
  storeProblems,
} from '#ports';
import { inTransaction, storeError } from './database.js';
import { kyselyOn } from './kysely-node-sqlite.js';
import { createTable, createView, dropTable, dropView, TableWriter } from './read-tables.js';
import type { SqliteReadStore } from './sqlite-store.types.js';

interface CheckpointRow extends ProjectionCheckpoint {
  readonly active: number;
  readonly tables: string;
}

const CHECKPOINTS = 'SELECT projection, version, position, active, tables FROM projection_checkpoints';

export interface ReadStoreParts {
  readonly file: string;
  /** Absent for a store that is only read. */
  readonly writer: DatabaseSync | undefined;
  readonly reader: DatabaseSync;
}

/**
 * Read models in `daicho.db`: written through the log's own connection, so that one transaction can hold
 * both.
 */
export class ReadStoreOnSqlite implements SqliteReadStore {
  readonly db: Kysely<AnyTables>;
  private readonly tableWriters = new Map<string, TableWriter>();
  private readonly moveCheckpoint;
  private closed = false;

  constructor(private readonly parts: ReadStoreParts) {
    this.db = kyselyOn(parts.reader);
    this.moveCheckpoint = parts.writer?.prepare(
      'UPDATE projection_checkpoints SET position = ? WHERE projection = ? AND version = ? AND position = ?',
    );
  }

  async prepare(projection: Projection): Promise<ProjectionCheckpoint> {
    const { name, version, tables } = projection;
    return this.writing(db => {
      const specs = canonicalJson(tables);
      const known = this.rows(db).find(row => row.projection === name && row.version === version);
      if (known) {
        if (known.tables === specs) return { projection: name, version, position: known.position };
        throw new Error(`projection ${name} changed its tables but not its version ${version}`);
      }
      assertTablesAreOurs(projection, this.rows(db));
      for (const spec of tables) createTable(db, spec, version);
      db.prepare('INSERT INTO projection_checkpoints VALUES (?, ?, 0, 0, ?)').run(name, version, specs);
      return { projection: name, version, position: 0 };
    });
  }

  async apply(
    projection: Projection,
    from: number,
    to: number,
    changes: readonly RowChange[],
  ): Promise<void> {
    this.writing(() => this.applyNow(projection, from, to, changes));
  }

  /** The same inside a transaction of the caller, who rolls back when it throws. */
  applyNow(projection: Projection, from: number, to: number, changes: readonly RowChange[]): void {
    const { name, version } = projection;
    const moved = this.moveCheckpoint?.run(to, name, version, from);
    if (moved?.changes !== 1) {
      throw new Overtaken(projection, from);
    }
    if (changes.length > 0) this.writerOf(projection).apply(changes);
  }

  /** Forgets what a failed transaction had collected. */
  discard(): void {
    for (const writer of this.tableWriters.values()) writer.discard();
  }

  async activate(projection: Projection): Promise<void> {
    const { name, version, tables } = projection;
    this.writing(db => {
      const rows = this.rows(db).filter(row => row.projection === name);
      if (!rows.some(row => row.version === version))
        throw new Error(`projection ${name} version ${version} is not prepared`);
      for (const old of rows.filter(row => row.version < version)) {
        for (const spec of JSON.parse(old.tables) as TableSpec[]) {
          dropView(db, spec.name);
          dropTable(db, spec.name, old.version);
        }
        db.prepare('DELETE FROM projection_checkpoints WHERE projection = ? AND version = ?').run(
          name,
          old.version,
        );
        this.tableWriters.delete(`${name} ${old.version}`);
      }
      for (const spec of tables) createView(db, spec, version);
      db.prepare('UPDATE projection_checkpoints SET active = (version = ?) WHERE projection = ?').run(
        version,
        name,
      );
    });
  }

  async checkpoints(): Promise<ProjectionCheckpoint[]> {
    this.assertOpen();
    try {
      return this.rows(this.parts.reader).map(({ projection, version, position }) => ({
        projection,
        version,
        position,
      }));
    } catch (error) {
      throw storeError(error, this.parts.file);
    }
  }

  async query<Result>(query: CompiledQuery<Result>): Promise<Result[]> {
    this.assertOpen();
    try {
      return (await this.db.executeQuery(query)).rows;
    } catch (error) {
      throw storeError(error, this.parts.file);
    }
  }

  tableNames(): string[] {
    this.assertOpen();
    const rows = this.parts.reader
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
      .all();
    return rows.map(row => row['name'] as string);
  }

  /** The highest position that a read model has counted, 0 for none. */
  highestCheckpoint(): number {
    return Math.max(0, ...this.rows(this.parts.reader).map(row => row.position));
  }

  /** The connections are the owner's to close. */
  async close(): Promise<void> {
    this.closed = true;
  }

  private rows(db: DatabaseSync): CheckpointRow[] {
    return db.prepare(`${CHECKPOINTS} ORDER BY projection, version`).all() as unknown as CheckpointRow[];
  }

  private writerOf(projection: Projection): TableWriter {
    const id = `${projection.name} ${projection.version}`;
    let writer = this.tableWriters.get(id);
    if (!writer) this.tableWriters.set(id, (writer = new TableWriter(this.parts.writer!, projection)));
    return writer;
  }

  private writing<Result>(work: (db: DatabaseSync) => Result): Result {
    this.assertOpen();
    const { writer, file } = this.parts;
    if (!writer) throw new StoreUnavailable('STORE_READ_ONLY', problem(storeProblems.READING_ONLY, { file }));
    try {
      return inTransaction(writer, () => work(writer));
    } catch (error) {
      this.discard();
      throw storeError(error, file);
    }
  }

  private assertOpen(): void {
    if (this.closed)
      throw new StoreUnavailable(
        'STORE_CLOSED',
        problem(storeProblems.CLOSED_STORE, { file: this.parts.file }),
      );
  }
}
