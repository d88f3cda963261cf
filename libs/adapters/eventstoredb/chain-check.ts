import { problem } from '#kernel';
import { type ChainProof, logFindings } from '#ports';
import { LogDamaged } from './errors.js';
import { clusterFindings } from './findings.js';
import type { LogIndex } from './log-index.js';
import type { LogReader } from './log-reader.js';
import type { NumberedEvent } from './numbering.js';

/** The index is asked at every so many events; between two of them only when they differ. */
const CHECKPOINT_EVERY = 256;

/**
 * Reads the log from its first event, numbers and hashes it anew, and compares with what the index kept when
 * it first saw the events: a changed, lost, added or moved event gives another hash from there on.
 */
export async function checkChain(
  reader: LogReader,
  index: LogIndex,
  onProgress?: (position: number, head: number) => void,
): Promise<ChainProof> {
  const damaged = index.differs ? undefined : await damageOnTheWay(index);
  const { differs } = index;
  if (differs) return { kind: 'broken', position: differs.position, problem: differs.said };
  const known = index.position;
  const revisions = new Map<string, number>();
  let window: NumberedEvent[] = [];
  let position = 0;
  let headHash = '0'.repeat(64);
  try {
    for await (const page of reader.numbered(undefined)) {
      for (const event of page) {
        const { stored } = event;
        const revision = revisions.get(stored.stream) ?? 0;
        if (stored.revision !== revision) {
          const facts = { revision: stored.revision, stream: stored.stream, expected: revision };
          const said = problem(logFindings.REVISION_MISPLACED, facts);
          const differing = await firstDiffering([...window, event], index);
          return differing ?? { kind: 'broken', position: stored.position, problem: said };
        }
        revisions.set(stored.stream, revision + 1);
        ({ position, hash: headHash } = stored);
        window.push(event);
        if (window.length < CHECKPOINT_EVERY && position !== known) continue;
        const differing = await firstDiffering(window, index);
        if (differing) return differing;
        window = [];
      }
      onProgress?.(position, Math.max(known, position));
    }
  } catch (error) {
    if (!(error instanceof LogDamaged)) throw error;
    const differing = await firstDiffering(window, index);
    return differing ?? { kind: 'broken', position: position + 1, problem: error.said };
  }
  if (position < known) {
    const differing = await firstDiffering(window, index);
    const said = problem(clusterFindings.EVENTS_LOST, { position, known });
    return differing ?? { kind: 'broken', position: position + 1, problem: said };
  }
  if (damaged) return { kind: 'broken', position: position + 1, problem: damaged.said };
  return { kind: 'ok', events: position, headHash };
}

/** What the index meets on its way to the end of the log; the proof says at which event, where it can. */
async function damageOnTheWay(index: LogIndex): Promise<LogDamaged | undefined> {
  try {
    await index.catchUp();
    return undefined;
  } catch (error) {
    if (error instanceof LogDamaged) return error;
    throw error;
  }
}

/** Since every hash holds all before it, a window whose last one agrees is right as a whole. */
async function firstDiffering(
  window: readonly NumberedEvent[],
  index: LogIndex,
): Promise<ChainProof | undefined> {
  const agrees = async ({ entry }: NumberedEvent): Promise<boolean> => {
    const kept = await index.at(entry.position);
    return kept === undefined || kept.hash === entry.hash;
  };
  const last = window.at(-1);
  if (!last || (await agrees(last))) return undefined;
  for (const event of window) {
    if (await agrees(event)) continue;
    const { position } = event.entry;
    return { kind: 'broken', position, problem: problem(clusterFindings.EVENT_CHANGED) };
  }
  return undefined;
}
