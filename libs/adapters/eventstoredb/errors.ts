import { convertToCommandError, ErrorType, isCommandError } from '@eventstore/db-client';
import { problem } from '#kernel';
import { Damaged, StoreUnavailable, storeProblems } from '#ports';

/** What went wrong, in the client's words; undefined for what is no answer of a server. */
function errorTypeOf(error: unknown): ErrorType | undefined {
  const converted = error instanceof Error ? convertToCommandError(error) : error;
  return converted instanceof Error && isCommandError(converted) ? converted.type : undefined;
}

/** The event is there and is not one of ours, or is not what it was: no retry will change that. */
export class LogDamaged extends Damaged {
  override readonly name = 'LogDamaged';
}

/** The server takes no write, or no event, of this size: nothing of it was stored. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  /** @param most bytes of one write, as the server says; undefined when it does not */
  constructor(readonly most: number | undefined) {
    super('the write is too large for the server');
  }
}

/**
 * Trying again cannot help. Everything else may pass: a node that restarts, an election, a lost connection,
 * a deadline.
 */
export function isFinal(error: unknown): boolean {
  if (error instanceof StoreUnavailable || error instanceof LogDamaged) return true;
  const type = errorTypeOf(error);
  return type === ErrorType.ACCESS_DENIED || type === ErrorType.STREAM_DELETED;
}

/** As the port says it. The client's own texts never hold credentials; they are calls' details. */
export function asUnavailable(error: unknown, doing: string): Error {
  if (error instanceof StoreUnavailable || error instanceof LogDamaged) return error;
  const type = errorTypeOf(error);
  const said = error instanceof Error ? error.message : String(error);
  const why =
    type === ErrorType.ACCESS_DENIED
      ? problem(storeProblems.LOGIN_MAY_NOT, { doing })
      : problem(storeProblems.PLACE_SAYS, { place: doing, said });
  return new StoreUnavailable('UNAVAILABLE', why);
}

export interface Patience {
  /** At most so many tries; 1..100. */
  readonly attempts: number;
  /** Milliseconds before the second try; each further wait doubles, up to 2 seconds. */
  readonly backoffMs: number;
  /** When it is aborted nobody waits for the result any more: no further try. */
  readonly signal?: AbortSignal;
}

const BACKOFF_MAX_MS = 2_000;

/** Waits before try `attempt` + 1, shorter or longer by chance so that many clients do not come at once. */
export function backOff({ backoffMs }: Patience, attempt: number): Promise<void> {
  const most = Math.min(BACKOFF_MAX_MS, backoffMs * 2 ** (attempt - 1));
  const ms = most * (0.5 + Math.random() / 2);
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** Does what has no effect (a read) until it succeeds. @throws StoreUnavailable after the last try. */
export async function patiently<Result>(
  patience: Patience,
  doing: string,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (isFinal(error) || attempt >= patience.attempts || patience.signal?.aborted)
        throw asUnavailable(error, doing);
      await backOff(patience, attempt);
    }
  }
}
