import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { problem } from '#kernel';
import { migrateToLatest } from '#migrations';
import { StoreUnavailable, storeProblems } from '#ports';
import { backUp } from './backup.js';
import { CheckpointThread } from './checkpoint-thread.js';
import { databaseFile, openReader, openWriter, storeError } from './database.js';
import { checkEventTables, prepareEventTables } from './event-schema.js';
import type { OnStored } from './event-writer.js';
import { kyselyOn } from './kysely-node-sqlite.js';
import { EventStoreOnSqlite } from './sqlite-event-store.js';
import { ReadStoreOnSqlite } from './sqlite-read-store.js';
import type { SqliteStore, SqliteStoreOptions, TransactionHook } from './sqlite-store.types.js';
import { lockStore, type StoreLock } from './store-lock.js';
import { assertUnmarked } from './store-mark.js';

interface Opened {
  readonly writer: DatabaseSync | undefined;
  readonly reader: DatabaseSync;
  readonly lock: StoreLock | undefined;
}

function openForReading(file: string): Opened {
  if (!existsSync(file))
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NO_STORE_HERE, { file }));
  const reader = openReader(file);
  try {
    checkEventTables(reader, file);
    return { writer: undefined, reader, lock: undefined };
  } catch (error) {
    reader.close();
    throw error;
  }
}

async function openForWriting(options: SqliteStoreOptions, file: string): Promise<Opened> {
  const { directory, maxBytes, moving = false } = options;
  const lock = lockStore(directory);
  let writer: DatabaseSync | undefined;
  try {
    if (!moving) assertUnmarked(directory);
    writer = openWriter(directory, maxBytes);
    prepareEventTables(writer, file);
    await migrateToLatest(kyselyOn(writer));
    return { writer, reader: openReader(file), lock };
  } catch (error) {
    writer?.close();
    lock.release();
    throw error;
  }
}

/**
 * Opens (and creates) the embedded store: events and read models in one file.
 * @throws StoreUnavailable `STORE_IN_USE` when another process writes this directory, `STORE_MOVED` or
 * `COPY_INCOMPLETE` when it is marked so, `UNAVAILABLE` when the file is no store.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const file = databaseFile(options.directory);
  try {
    const opened = options.readOnly ? openForReading(file) : await openForWriting(options, file);
    return assemble(opened, file, options.inTransaction);
  } catch (error) {
    const told = storeError(error, file);
    if (!options.readOnly || told instanceof StoreUnavailable) throw told;
    const said = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.FILE_DAMAGED, { file, said }));
  }
}

function assemble(
  { writer, reader, lock }: Opened,
  file: string,
  firstHook: TransactionHook | undefined,
): SqliteStore {
  let hook = firstHook;
  const readModels = new ReadStoreOnSqlite({ file, writer, reader });
  const project: OnStored = events => {
    const before = events[0]!.position - 1;
    try {
      hook?.(events, (projection, changes, position) =>
        readModels.applyNow(projection, before, position, changes),
      );
    } catch (error) {
      readModels.discard();
      throw error;
    }
  };
  const checkpoints = writer && new CheckpointThread(file);
  const events = new EventStoreOnSqlite({
    file,
    writer,
    reader,
    onStored: () => (hook ? project : undefined),
    knownHead: () => readModels.highestCheckpoint(),
    ...(checkpoints ? { onCommitted: count => checkpoints.stored(count) } : {}),
  });
  return {
    events,
    readModels,
    projectInTransaction(next) {
      hook = next;
    },
    backup: target => backUp(file, target),
    async close() {
      if (!reader.isOpen) return;
      await events.close();
      await checkpoints?.stop();
      await readModels.close();
      reader.close();
      writer?.close();
      lock?.release();
    },
  };
}
