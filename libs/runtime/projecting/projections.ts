import type { Projection, StoredEvent } from '#kernel';
import type { EventStore, ReadStore, RowChange } from '#ports';
import { decodeEvent, projected } from '../engine/codecs.js';
import type { Progress } from '../product.views.js';
import { PROJECTIONS } from './read-models.js';
import { RowBuffer } from './row-buffer.js';

const typesOf = new Map<string, ReadonlySet<string>>(
  PROJECTIONS.map(({ name, handles }) => [name, new Set(handles)]),
);

/**
 * The rows that some events change in each of the projections. Events that nobody handles are not even
 * decoded.
 */
export function changesOf(
  projections: readonly Projection[],
  events: readonly StoredEvent[],
): { projection: Projection; changes: readonly RowChange[] }[] {
  const buffers = projections.map(projection => ({
    projection,
    rows: new RowBuffer(projection.tables),
    types: typesOf.get(projection.name) ?? new Set(projection.handles),
  }));
  for (const stored of events) {
    let event: unknown = stored.fact;
    for (const { projection, rows, types } of buffers) {
      if (!types.has(stored.type) || projection.concerns?.(stored.meta) === false) continue;
      event ??= decodeEvent(stored.stream, stored.type, stored.data);
      projection.apply(projected(stored, event), rows);
    }
  }
  return buffers.map(({ projection, rows }) => ({ projection, changes: rows.drain() }));
}

/** Rebuilds of one version of a projection: its tables are numbered version x 1,000 + rebuild. */
export const REBUILDS_AT_MOST = 1_000;

/**
 * The projections as they stand in a store: each in its newest rebuild, or in its first when it is not there
 * yet.
 */
export async function standing(
  readModels: ReadStore,
  projections: readonly Projection[] = PROJECTIONS,
): Promise<Projection[]> {
  const checkpoints = await readModels.checkpoints();
  return projections.map(projection => {
    const first = projection.version * REBUILDS_AT_MOST;
    const built = checkpoints
      .filter(
        c => c.projection === projection.name && c.version >= first && c.version < first + REBUILDS_AT_MOST,
      )
      .map(c => c.version);
    return { ...projection, version: Math.max(first, ...built) };
  });
}

/** The same projections, to be built again beside what stands. */
export const nextRebuild = (projections: readonly Projection[]): Projection[] =>
  projections.map(projection => ({ ...projection, version: projection.version + 1 }));

const CATCH_UP_BATCH = 5_000;

/**
 * Brings read models up to the log's head: new ones and new versions from the first event, beside what
 * queries see. `atHead` runs the moment they are there, before anything else can be appended. Returns how
 * many events were read.
 */
export async function catchUp(
  events: EventStore,
  readModels: ReadStore,
  projections: readonly Projection[],
  atHead: () => void,
  progress?: Progress,
): Promise<number> {
  let read = 0;
  const behind: { projection: Projection; position: number }[] = [];
  for (const projection of projections) {
    behind.push({ projection, position: (await readModels.prepare(projection)).position });
  }
  for (;;) {
    const head = await events.headPosition();
    const from = Math.min(...behind.map(b => b.position));
    if (from >= head) {
      atHead();
      return read;
    }
    const batch = await batchAfter(events, from, CATCH_UP_BATCH);
    const to = batch.at(-1)!.position;
    for (const entry of behind) {
      if (entry.position >= to) continue;
      const fresh = batch.filter(e => e.position > entry.position);
      const [result] = changesOf([entry.projection], fresh);
      await readModels.apply(entry.projection, entry.position, to, result!.changes);
      entry.position = to;
    }
    read += batch.length;
    progress?.(to, head, 'read models');
  }
}

async function batchAfter(events: EventStore, position: number, limit: number): Promise<StoredEvent[]> {
  const batch: StoredEvent[] = [];
  for await (const stored of events.readAll({ from: position + 1, limit })) batch.push(stored);
  if (batch.length === 0)
    throw new Error(`the log has no event after position ${position} although its head is later`);
  return batch;
}
