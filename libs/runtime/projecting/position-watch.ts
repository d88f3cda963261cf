import { setTimeout as pause } from 'node:timers/promises';
import { type Filling, type Projection, problem, problemSaid } from '#kernel';
import { type ReadStore, StoreUnavailable, storeProblems } from '#ports';

/** Between two looks at the checkpoints while somebody waits. */
const LOOK_MS = 5;
/** Between two looks while read models are built for the first time. */
const LOOK_AT_START_MS = 50;

interface Waiter {
  readonly position: number;
  readonly wake: () => void;
}

/**
 * How far the read models are that queries see, and a way to wait until they have counted an event. It looks
 * at the checkpoints, so it does not matter which process does the counting; it looks only while somebody
 * waits, once for all of them.
 */
export class PositionWatch {
  private seen = 0;
  private readonly waiters = new Set<Waiter>();
  private looking = false;

  constructor(
    private readonly readModels: ReadStore,
    private readonly projections: readonly Projection[],
  ) {}

  /** Position of the last event that every read model has counted; 0 when one has not begun. */
  async position(): Promise<number> {
    const shown = new Map<string, { version: number; position: number }>();
    for (const { projection, version, position } of await this.readModels.checkpoints()) {
      const other = shown.get(projection);
      // Queries see the oldest version: older ones are dropped the moment a newer one is shown.
      if (!other || version < other.version) shown.set(projection, { version, position });
    }
    const positions = this.projections.map(({ name }) => shown.get(name)?.position ?? 0);
    return positions.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...positions);
  }

  /**
   * True as soon as queries see the event at `position`; false when `timeoutMs` passed before. Errors of the
   * read store count as not yet.
   */
  async waitFor(position: number, timeoutMs: number): Promise<boolean> {
    if (this.seen >= position) return true;
    let waiter: Waiter | undefined;
    const counted = new Promise<boolean>(resolve => {
      waiter = { position, wake: () => resolve(true) };
      this.waiters.add(waiter);
    });
    const timeout = new AbortController();
    const late = pause(timeoutMs, false, { signal: timeout.signal }).catch(() => false);
    void this.look();
    try {
      return await Promise.race([counted, late]);
    } finally {
      timeout.abort();
      if (waiter) this.waiters.delete(waiter);
    }
  }

  /**
   * As `waitFor`, and by what the read models have now. They may be set back: a server that crashes loses its
   * last transactions, rows and checkpoints together, and builds them again. For what must not work on old
   * lists.
   */
  waitAnew(position: number, timeoutMs: number): Promise<boolean> {
    this.seen = 0;
    return this.waitFor(position, timeoutMs);
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    while (this.waiters.size > 0) {
      try {
        this.seen = Math.max(this.seen, await this.position());
      } catch {
        // The read store is away for a moment: those who wait have their own limits.
      }
      for (const waiter of [...this.waiters]) {
        if (waiter.position > this.seen) continue;
        this.waiters.delete(waiter);
        waiter.wake();
      }
      if (this.waiters.size > 0) await pause(LOOK_MS);
    }
    this.looking = false;
  }
}

/**
 * Waits until queries can name every table and find everything up to `position` in it.
 * @throws StoreUnavailable `UNAVAILABLE` after `timeoutMs`
 */
export async function untilReadable(
  watch: PositionWatch,
  readModels: ReadStore,
  projections: readonly Projection[],
  given: { readonly position: number; readonly timeoutMs: number; readonly stillWanted?: () => boolean },
): Promise<void> {
  const tables = projections.flatMap(projection => projection.tables.map(table => table.name));
  const { position, timeoutMs, stillWanted = () => true } = given;
  let said: Filling = problemSaid(problem(storeProblems.NOT_COUNTED, { position }));
  for (let left = Math.ceil(timeoutMs / LOOK_AT_START_MS); left > 0 && stillWanted(); left--) {
    if (await watch.waitFor(position, LOOK_AT_START_MS)) {
      try {
        for (const table of tables) await readModels.db.selectFrom(table).selectAll().limit(0).execute();
        return;
      } catch (error) {
        said = error instanceof Error ? error.message : String(error);
        await pause(LOOK_AT_START_MS);
      }
    }
  }
  throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NOT_READY, { said }));
}
