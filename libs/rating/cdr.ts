import type { AccountId, Instant } from '#kernel';
import type { LineProblem } from './csv.js';
import type { CallDirection } from './tariff.js';

/**
 * One finished call leg that may cost money, as the switch reported it. Instants are exact to the
 * millisecond.
 */
export interface Cdr {
  /** The switch's id of the leg, 1-200 characters: a call is charged once per id, for ever. */
  readonly callId: string;
  /** Who pays. */
  readonly account: AccountId;
  /** The account's own number that called or was called. */
  readonly number: string;
  readonly direction: CallDirection;
  /** The caller as signalled; may be empty or a word (非通知). */
  readonly from: string;
  /** As dialled. */
  readonly to: string;
  readonly startedAt: Instant;
  /** null = unanswered. */
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant;
  readonly hangupCause: string;
}

/** Milliseconds of talk: answer to hang-up, never a rounded figure of the switch; 0 when unanswered. */
export const talkMs = (cdr: Pick<Cdr, 'answeredAt' | 'endedAt'>): number =>
  cdr.answeredAt === null ? 0 : cdr.endedAt - cdr.answeredAt;

/** No call lasts longer: a clock of the switch was wrong. */
export const MAX_CALL_MS = 31 * 86_400_000;

/** start <= answer <= end, or what is wrong with them. */
export function timesProblem(start: Instant, answer: Instant | null, end: Instant): LineProblem | null {
  if (answer !== null && answer < start) return { field: 'answer', problem: 'is before start' };
  if (end < start) return { field: 'end', problem: 'is before start' };
  if (answer !== null && end < answer)
    return { field: 'end', problem: 'is before answer: the duration would be negative' };
  if (end - start > MAX_CALL_MS) return { field: 'end', problem: 'is more than 31 days after start' };
  return null;
}

/**
 * One short text for one body: two CDRs with the same id and the same text are the same report, with another
 * text a conflict. No field holds a tab. Its SHA-256 is stored.
 */
export function canonicalCdr(cdr: Cdr): string {
  const { account, number, direction, from, to, startedAt, answeredAt, endedAt, hangupCause } = cdr;
  const times = `${startedAt}\t${answeredAt ?? ''}\t${endedAt}`;
  return `${cdr.callId}\t${account}\t${number}\t${direction}\t${from}\t${to}\t${times}\t${hangupCause}`;
}
