import { type AccountId, DAY_MS, type Instant, PhoneNumber, problem } from '#kernel';
import type { LineProblem } from './csv.js';
import { callProblems } from './problems.js';
import type { CallDirection } from './tariff.js';

/** The forms of call files that are read. */
export const CDR_FORMATS = ['csv', 'freeswitch-json'] as const;
export type CdrFormat = (typeof CDR_FORMATS)[number];

/**
 * One finished call leg that may cost money, as the switch reported it. Instants are exact to the
 * millisecond.
 */
export interface Cdr {
  /** The switch's id of the leg, as `checkCallId` takes it: a call is charged once per id, for ever. */
  readonly callId: string;
  /** Who pays. */
  readonly account: AccountId;
  /** The account's own number that called or was called, in its one form (`PhoneNumber`). */
  readonly number: string;
  readonly direction: CallDirection;
  /** The caller as signalled; may be empty or a word (非通知). */
  readonly from: string;
  /** As dialled, whatever stands there; `PhoneNumber.read` says which number it is. */
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
export const MAX_CALL_MS = 31 * DAY_MS;

/** start <= answer <= end, or what is wrong with them. */
export function timesProblem(start: Instant, answer: Instant | null, end: Instant): LineProblem | null {
  if (answer !== null && answer < start)
    return { field: 'answer', problem: problem(callProblems.BEFORE_START) };
  if (end < start) return { field: 'end', problem: problem(callProblems.BEFORE_START) };
  if (answer !== null && end < answer) return { field: 'end', problem: problem(callProblems.BEFORE_ANSWER) };
  if (end - start > MAX_CALL_MS) return { field: 'end', problem: problem(callProblems.CALL_TOO_LONG) };
  return null;
}

/** A number in its one form, or the text as it stands where it is none (非通知). */
export const foldedNumber = (written: string): string => PhoneNumber.read(written) ?? written;

/**
 * One short text for one body: two CDRs with the same id and the same text are the same report, with another
 * text a conflict; a number written in another way is no other one. No field holds a tab. Its SHA-256 is
 * stored.
 */
export const canonicalCdr = (cdr: Cdr): string =>
  bodyText(cdr, cdr.number, foldedNumber(cdr.from), foldedNumber(cdr.to));

/** As earlier versions made the text of a call that they stored: from numbers as they were written. */
export function formerTexts(cdr: Cdr): string[] {
  const { number, from, to } = cdr;
  const abroad = number.startsWith('010');
  const e164 = abroad ? `+${number.slice(3)}` : PhoneNumber.isJapanese(number) ? `+81${number.slice(1)}` : '';
  return [number, ...(e164 === '' ? [] : [e164])].map(own => bodyText(cdr, own, from, to));
}

function bodyText(cdr: Cdr, number: string, from: string, to: string): string {
  const { account, direction, startedAt, answeredAt, endedAt, hangupCause } = cdr;
  const times = `${startedAt}\t${answeredAt ?? ''}\t${endedAt}`;
  return `${cdr.callId}\t${account}\t${number}\t${direction}\t${from}\t${to}\t${times}\t${hangupCause}`;
}
