import { breathe } from '#adapters/shared';
import { problem, type SaidProblem } from '#kernel';
import { type ChainProof, HashChain, hexOf, logFindings, wordsOf } from '#ports';
import type { EventReader, RawEvent } from './event-reader.js';
import { chainFindings } from './findings.js';

/** Events between two turns of the event loop, and between two reports of progress. */
const PAGE = 10_000;

interface Walk {
  readonly chain: HashChain;
  /** The revision that comes next in each stream. */
  readonly revisions: Map<number, number>;
  position: number;
}

/** What is wrong with an event, undefined when it is the one that was appended. */
function problemOf(event: RawEvent, walk: Walk, reader: EventReader): SaidProblem | undefined {
  const expected = walk.position + 1;
  if (event.position !== expected)
    return problem(chainFindings.EVENT_SKIPPED, { position: expected, next: event.position });
  const revision = walk.revisions.get(event.streamId) ?? 0;
  if (event.revision !== revision) {
    const stream = reader.nameOf(event.streamId);
    return problem(logFindings.REVISION_MISPLACED, { revision: event.revision, stream, expected: revision });
  }
  if (event.canonical === null) return problem(chainFindings.EVENT_NAMELESS);
  if (walk.chain.nextBytes(event.canonical) !== event.hash) return problem(chainFindings.HASH_DIFFERS);
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
): Promise<ChainProof> {
  const broken = (said: SaidProblem): ChainProof => ({
    kind: 'broken',
    position: walk.position + 1,
    problem: said,
  });
  const walk: Walk = { chain: new HashChain(), revisions: new Map(), position: 0 };
  try {
    // Read first: while others append, the log is always at least as long as what was counted before.
    const known = knownHead();
    const head = reader.headPosition();
    while (walk.position < head) {
      const from = walk.position;
      for (const event of reader.raw(from + 1, Math.min(PAGE, head - from))) {
        const found = problemOf(event, walk, reader);
        if (found !== undefined) return broken(found);
        walk.position = event.position;
      }
      if (walk.position === from) return broken(problem(logFindings.EVENT_MISSING, { position: from + 1 }));
      onProgress?.(walk.position, head);
      await breathe();
    }
    if (known > walk.position)
      return broken(problem(chainFindings.LOG_CUT, { position: walk.position, known }));
  } catch (error) {
    return broken(problem(chainFindings.LOG_UNREADABLE, { said: wordsOf(error) }));
  }
  return { kind: 'ok', events: walk.position, headHash: hexOf(walk.chain.head) };
}
