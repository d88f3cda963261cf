import { setTimeout as pause } from 'node:timers/promises';
import { problem } from '#kernel';
import { type EventStore, type ReadStore, StoreUnavailable, storeProblems } from '#ports';
import type { Progress } from '../product.views.js';
import { nextRebuild, standing } from './projections.js';
import { PROJECTIONS } from './read-models.js';

const LOOK_MS = 100;
/** Without any event counted for so long nobody is at work. */
const STANDSTILL_MS = 60_000;

/**
 * Has every read model built anew by the workers, beside those that queries see, and waits until they are
 * switched. Can be called by any process; a second call while one is under way joins in by building once
 * more.
 * @throws StoreUnavailable `UNAVAILABLE` when no worker counts anything for a minute; what was prepared is
 * built as soon as one runs
 */
export async function rebuildBeside(
  { events, readModels }: { readonly events: EventStore; readonly readModels: ReadStore },
  progress?: Progress,
  projections = PROJECTIONS,
): Promise<{ projections: number; events: number }> {
  const fresh = nextRebuild(await standing(readModels, projections));
  for (const projection of fresh) await readModels.prepare(projection);
  const wanted = new Map(fresh.map(projection => [projection.name, projection.version]));
  const head = await events.headPosition();
  let before = '';
  for (let still = 0; still < STANDSTILL_MS; still += LOOK_MS) {
    const rows = (await readModels.checkpoints()).filter(row => wanted.has(row.projection));
    const old = rows.filter(row => row.version < wanted.get(row.projection)!);
    if (old.length === 0) return { projections: fresh.length, events: head };
    const built = rows.filter(row => row.version >= wanted.get(row.projection)!).map(row => row.position);
    progress?.(Math.min(head, ...built), head, 'read models');
    const now = JSON.stringify(rows);
    if (now !== before) still = 0;
    before = now;
    await pause(LOOK_MS);
  }
  throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NO_WORKER));
}
