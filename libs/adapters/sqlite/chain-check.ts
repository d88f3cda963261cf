import { breathe } from '#adapters/shared';
import { HashChain, hexOf } from '#ports';
import type { EventReader, RawEvent } from './event-reader.js';
import type { ChainCheck } from './sqlite-store.types.js';

/** Events between two turns of the event loop, and between two reports of progress. */
const PAGE = 10_000;

interface Walk {
  readonly chain: HashChain;
  /** The revision that comes next in each stream. */
  readonly revisions: Map<number, number>;
  position: number;
}

/** What is wrong with an event, undefined when it is the one that was appended. */
function problemOf(event: RawEvent, walk: Walk, reader: EventReader): string | undefined {
  const expected = walk.position + 1;
  if (event.position !== expected)
    return `event ${expected} is missing; the next one stored is ${event.position}`;
  const revision = walk.revisions.get(event.streamId) ?? 0;
  if (event.revision !== revision) {
    return `revision ${event.revision} of ${reader.nameOf(event.streamId)} stands where ${revision} belongs`;
  }
  if (event.canonical === null) return 'its stream or its type has no name';
  if (walk.chain.nextBytes(event.canonical) !== event.hash) {
    return 'its content does not give the stored hash: data, meta data, type, stream or hash was changed';
  }
  walk.revisions.set(event.streamId, revision + 1);
  return undefined;
}

/**
 * Walks the log from the first event and recomputes every hash. Finds a changed byte in data, meta data,
 * type, stream name, revision or hash, a missing event, and a page that SQLite can no longer read; names
 * the first position concerned.
 * @param reader a fresh one: names kept from before would hide a change in the file
 * @param knownHead a position that was certainly stored (a checkpoint); a log that ends before it was cut
 */
export async function checkChain(
  reader: EventReader,
  knownHead: () => number,
  onProgress?: (position: number, head: number) => void,
): Promise<ChainCheck> {
  const walk: Walk = { chain: new HashChain(), revisions: new Map(), position: 0 };
  try {
    // Read first: while others append, the log is always at least as long as what was counted before.
    const known = knownHead();
    const head = reader.headPosition();
    while (walk.position < head) {
      const from = walk.position;
      for (const event of reader.raw(from + 1, Math.min(PAGE, head - from))) {
        const problem = problemOf(event, walk, reader);
        if (problem !== undefined) return { kind: 'broken', position: walk.position + 1, problem };
        walk.position = event.position;
      }
      if (walk.position === from)
        return { kind: 'broken', position: from + 1, problem: `event ${from + 1} is missing` };
      onProgress?.(walk.position, head);
      await breathe();
    }
    if (known > walk.position) {
      const problem = `the log ends at ${walk.position}, but read models have counted events up to ${known}`;
      return { kind: 'broken', position: walk.position + 1, problem };
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { kind: 'broken', position: walk.position + 1, problem: `cannot be read: ${said}` };
  }
  return { kind: 'ok', events: walk.position, headHash: hexOf(walk.chain.head) };
}
