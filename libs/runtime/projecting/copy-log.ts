import { problem, problemInEnglish, problemSaid, type SaidProblem, type StoredEvent } from '#kernel';
import {
  type AppendRequest,
  type AppendResult,
  canonicalHead,
  type EventStore,
  encodeMeta,
  HashChain,
  hexOf,
  type LogProof,
  storeProblems,
} from '#ports';
import { CommandRuns } from '../engine/command-runs.js';
import type { Progress } from '../product.views.js';

/** The log that a copy grows into. Nobody else may write into it meanwhile. */
export interface CopyTarget {
  readonly events: EventStore;
  readonly proof: LogProof;
  /**
   * Stores each request behind the one before it, whatever their streams; none of a command twice. What comes
   * behind one that is not stored is not stored either, or the target is refused from then on.
   */
  appendInOrder(requests: readonly AppendRequest[]): Promise<AppendResult[]>;
}

export interface CopyOptions {
  /** Complete commands are appended together from so many events on; 1..10,000, default 2,000. */
  readonly batchEvents?: number;
  readonly progress?: Progress;
}

export interface CopyReport {
  /** Events of the copy: those of the source when the copy began. */
  readonly events: number;
  /** Those of them that this run brought; the others were there from a run before. */
  readonly copied: number;
  /** Hash of the last event in both logs. */
  readonly headHash: string;
}

/** Why a copy was not made, or not to its end. What was copied stays and is right up to there. */
class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
  constructor(
    readonly code:
      | 'SOURCE_EMPTY'
      | 'SOURCE_BROKEN'
      | 'TARGET_HOLDS_OTHER_EVENTS'
      | 'TARGET_IS_AHEAD'
      | 'COPY_DIFFERS',
    readonly said: SaidProblem,
  ) {
    super(problemInEnglish(said));
  }
}

const BATCH_EVENTS = 2_000;

/**
 * Copies a log, event by event the same: positions, streams, revisions, texts and hashes. An event is hashed
 * anew before it is appended, so a source that was tampered with is noticed before the target is spoilt; each
 * batch is read back and compared; at the end the target proves its whole chain. Interrupted anywhere, the
 * same call goes on where the target ends. Events that are appended to the source meanwhile are left out.
 * @throws CopyRefused; StoreUnavailable when one of the logs cannot be read or written
 */
export async function copyLog(
  source: EventStore,
  target: CopyTarget,
  options: CopyOptions = {},
): Promise<CopyReport> {
  const { progress } = options;
  const [head, there] = [await source.headPosition(), await target.events.headPosition()];
  if (head === 0) throw new CopyRefused('SOURCE_EMPTY', problem(storeProblems.SOURCE_EMPTY));
  await assertSameSoFar(source, target.events, Math.min(head, there));
  if (there > head)
    throw new CopyRefused('TARGET_IS_AHEAD', problem(storeProblems.TARGET_IS_AHEAD, { there, head }));
  progress?.(there, head, 'copy');
  const last = await eventAt(source, there);
  const chain = new HashChain(last && Buffer.from(last.hash, 'hex'));
  const runs = new CommandRuns();
  const append = async (batch: readonly (readonly StoredEvent[])[]): Promise<void> => {
    if (batch.length === 0) return;
    const last = await appendBatch(batch, target);
    progress?.(last, head, 'copy');
  };
  const batchEvents = options.batchEvents ?? BATCH_EVENTS;
  let expected = there + 1;
  if (there < head)
    for await (const event of source.readAll({ from: expected, limit: head - there })) {
      assertChain(event, expected++, chain);
      runs.add(event);
      if (runs.complete >= batchEvents) await append(runs.takeComplete());
    }
  if (expected <= head)
    throw new CopyRefused('SOURCE_BROKEN', problem(storeProblems.SOURCE_ENDS, { expected, head }));
  await append(runs.takeAll());
  const headHash = hexOf(chain.head);
  await assertProven(target, { events: head, headHash }, progress);
  return { events: head, copied: head - there, headHash };
}

async function eventAt(events: EventStore, position: number): Promise<StoredEvent | undefined> {
  if (position > 0) for await (const event of events.readAll({ from: position, limit: 1 })) return event;
  return undefined;
}

/**
 * Two logs with the same hash at a position are the same up to there.
 * @throws CopyRefused naming the first position where they differ
 */
async function assertSameSoFar(source: EventStore, target: EventStore, common: number): Promise<void> {
  const differs = async (position: number): Promise<boolean> =>
    (await eventAt(source, position))?.hash !== (await eventAt(target, position))?.hash;
  if (common === 0 || !(await differs(common))) return;
  let [same, other] = [0, common];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (await differs(middle)) other = middle;
    else same = middle;
  }
  throw new CopyRefused(
    'TARGET_HOLDS_OTHER_EVENTS',
    problem(storeProblems.TARGET_HOLDS_OTHER_EVENTS, { position: other }),
  );
}

/** @throws CopyRefused when the event's hash is not that of its content behind the events before it */
function assertChain(event: StoredEvent, expected: number, chain: HashChain): void {
  const { position, stream, revision, type, meta, data, hash } = event;
  const head = `${canonicalHead(position, stream, revision, type)}${encodeMeta(meta)}\n`;
  if (position === expected && hexOf(chain.next(head, data)) === hash) return;
  throw new CopyRefused('SOURCE_BROKEN', problem(storeProblems.SOURCE_CHANGED, { position: expected }));
}

/** Appends, and reads back what stands there now. Returns the last position. */
async function appendBatch(runs: readonly (readonly StoredEvent[])[], target: CopyTarget): Promise<number> {
  const events = runs.flat();
  const [first, last] = [events[0]!, events.at(-1)!];
  const results = await target.appendInOrder(runs.map(requestOf));
  const failed = results.find(result => result.kind !== 'appended');
  if (failed)
    throw differing(
      failed.kind === 'duplicate'
        ? problem(storeProblems.TARGET_HAS_COMMAND, { command: failed.commandId })
        : problem(storeProblems.TARGET_WRITTEN),
    );
  let at = 0;
  for await (const { position, hash } of target.events.readAll({
    from: first.position,
    limit: events.length,
  })) {
    const wanted = events[at++]!;
    if (position !== wanted.position || hash !== wanted.hash)
      throw differing(problem(storeProblems.TARGET_DIFFERS, { position: wanted.position }));
  }
  if (at < events.length)
    throw differing(problem(storeProblems.TARGET_LACKS, { position: events[at]!.position }));
  return last.position;
}

const differing = (said: SaidProblem): CopyRefused => new CopyRefused('COPY_DIFFERS', said);

function requestOf(run: readonly StoredEvent[]): AppendRequest {
  const { stream, revision } = run[0]!;
  const events = run.map(({ type, data, meta }) => ({ type, data, meta }));
  return { stream, expectedRevision: revision - 1, events };
}

async function assertProven(
  target: CopyTarget,
  { events, headHash }: Pick<CopyReport, 'events' | 'headHash'>,
  progress: Progress | undefined,
): Promise<void> {
  const proof = await target.proof.verifyChain((position, head) => progress?.(position, head, 'hash chain'));
  if (proof.kind === 'broken') {
    const said = problemSaid(proof.problem);
    throw differing(problem(storeProblems.TARGET_BROKEN, { position: proof.position, said }));
  }
  if (proof.events !== events || proof.headHash !== headHash)
    throw differing(
      problem(storeProblems.TARGET_ENDS_OTHERWISE, {
        ...{ there: proof.events, thereHash: proof.headHash },
        ...{ events, headHash },
      }),
    );
}
