import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { systemClock } from '#adapters/clock';
import { sealedPersonalData } from '#adapters/shared';
import {
  databaseFile,
  openSqliteJobQueue,
  openSqlitePersonalRows,
  openSqliteStore,
  type SqliteStore,
} from '#adapters/sqlite';
import { type Projection, problem, problemSaid } from '#kernel';
import { type Clock, type JobQueue, StoreUnavailable, storeProblems } from '#ports';
import {
  catchUp,
  changesOf,
  composeProduct,
  type IdentityPorts,
  nextRebuild,
  type PaymentPorts,
  type Product,
  type Progress,
  standing,
  trustOf,
  untrusted,
} from '#runtime';
import { openHeavyWork } from './heavy-work.js';
import { watchWrites } from './write-watch.js';

export interface OpenOptions {
  /** Holds everything the product keeps; created when missing. */
  readonly directory: string;
  /** Opens beside a running server, for questions only. */
  readonly readOnly?: boolean;
  /** The size in bytes beyond which the data file must not grow; without it the disk is the limit. */
  readonly maxBytes?: number;
  /** The queue of jobs; the directory's own `jobs.db` without one. */
  readonly jobs?: () => JobQueue;
  /** What logins need; without it nobody can sign in. */
  readonly identity?: IdentityPorts | undefined;
  /** Where customers pay; without it nobody can order prepaid value. */
  readonly payments?: PaymentPorts | undefined;
  /** The machine's clock without one. */
  readonly clock?: Clock;
  /** Told while read models are brought up to date at the start. */
  readonly progress?: Progress;
}

/** Read models change in the append's transaction: a client always reads its own writes. */
function projectWith(store: SqliteStore, projections: readonly Projection[]): void {
  store.projectInTransaction((events, apply) => {
    const position = events.at(-1)!.position;
    for (const { projection, changes } of changesOf(projections, events))
      apply(projection, changes, position);
  });
}

/** Builds what is missing in the read models, and lets them follow the log from then on. */
export async function bringUp(store: SqliteStore, progress?: Progress): Promise<void> {
  const projections = await standing(store.readModels);
  await catchUp(store.events, store.readModels, projections, () => projectWith(store, projections), progress);
  for (const projection of projections) await store.readModels.activate(projection);
}

async function rebuild(
  store: SqliteStore,
  progress?: Progress,
): Promise<{ projections: number; events: number }> {
  const old = await standing(store.readModels);
  const fresh = nextRebuild(old);
  const both = [...old, ...fresh];
  const events = await catchUp(
    store.events,
    store.readModels,
    fresh,
    () => projectWith(store, both),
    progress,
  );
  projectWith(store, fresh);
  for (const projection of fresh) await store.readModels.activate(projection);
  return { projections: fresh.length, events };
}

const SCRATCH = 'replay-';

/** A reader cannot build read models: those of another version would answer with yesterday's columns. */
async function assertReadModels(store: SqliteStore, directory: string): Promise<void> {
  const there = await store.readModels.checkpoints();
  const missing = (await standing(store.readModels)).filter(
    ({ name, version }) => !there.some(c => c.projection === name && c.version === version),
  );
  if (missing.length === 0) return;
  // Where a page is gone, all of them may seem to be missing.
  const damages = await store.events.damages();
  await store.close();
  const file = databaseFile(directory);
  if (damages.length > 0) {
    const all = damages.map(problemSaid);
    const said = { ja: all.map(({ ja }) => ja).join('、'), en: all.map(({ en }) => en).join('; ') };
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.FILE_FOUND_WRONG, { file, said }));
  }
  const names = missing.map(projection => projection.name).join(', ');
  throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.OTHER_READ_MODELS, { file, names }));
}

/** An empty store in a folder of its own, for a replay. */
export async function scratch(directory: string) {
  mkdirSync(join(directory, 'tmp'), { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(directory, 'tmp', SCRATCH));
  const store = await openSqliteStore({ directory: folder });
  return {
    readModels: store.readModels,
    async discard() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Removes what replays left behind that were killed. A folder whose store is in use belongs to one that runs:
 * an auditor's process beside this one.
 */
async function sweepScratches(directory: string): Promise<void> {
  const temporary = join(directory, 'tmp');
  const left = existsSync(temporary) ? readdirSync(temporary) : [];
  for (const name of left.filter(one => one.startsWith(SCRATCH))) {
    const folder = join(temporary, name);
    const abandoned = await openSqliteStore({ directory: folder }).catch(() => undefined);
    if (!abandoned) continue;
    await abandoned.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The read models of this moment while appends go on: one read transaction of a connection of its own. Until
 * it is released the log file beside the data file cannot be folded back: it is for a replay, not for keeps.
 */
async function still(directory: string) {
  const { readModels, events, close } = await openSqliteStore({ directory, readOnly: true });
  await sql`BEGIN`.execute(readModels.db);
  return { readModels, head: await events.headPosition(), release: close };
}

/**
 * The whole product on one data directory.
 * @throws StoreUnavailable `STORE_IN_USE` when another process writes this directory
 */
export async function openProduct(options: OpenOptions): Promise<Product> {
  const { directory, readOnly = false, maxBytes, clock = systemClock } = options;
  const store = await openSqliteStore({
    directory,
    readOnly,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
  if (readOnly) await assertReadModels(store, directory);
  else {
    await sweepScratches(directory);
    await bringUp(store, options.progress);
  }
  const watch = watchWrites(store.events, directory, maxBytes !== undefined);
  // An auditor looks at what is damaged, too.
  const trust = await trustOf(watch.events, clock).catch(error => {
    if (readOnly) return untrusted(clock);
    throw error;
  });
  const secrets = options.identity?.secrets;
  const product = composeProduct({
    events: watch.events,
    readModels: store.readModels,
    clock,
    trust,
    // The writer of a directory is one process: what was active before belongs to a dead one.
    identity: options.identity,
    payments: options.payments,
    personal: secrets && sealedPersonalData(openSqlitePersonalRows(directory, readOnly), secrets),
    work: openHeavyWork(),
    jobs: options.jobs ?? (() => openSqliteJobQueue({ directory, clock: trust, soleWorker: !readOnly })),
    audit: {
      proof: store.events,
      scratch: () => scratch(directory),
      still: () => still(directory),
      rebuild: progress => rebuild(store, progress),
      async backup(file) {
        const { events, bytes } = await store.backup(file);
        return { events, bytes };
      },
    },
    writeProblem: () => (readOnly ? 'STORE_READ_ONLY: opened for reading only' : watch.problem()),
    close: () => store.close(),
  });
  if (!readOnly) await product.parties.sweep();
  return product;
}
