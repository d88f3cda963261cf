import { type EmergencyNumbers, type Instant, PhoneNumber, type TaxCategory } from '#kernel';
import { type Cdr, talkMs } from './cdr.js';
import { NO_RATE, type Priced, priceNumber } from './pricing.js';
import type { TariffIndex } from './tariff-index.js';

/** What the provider knows of numbers. */
export interface Directory {
  /** A number of any customer of this provider. Calls to it are free. */
  isOwnNumber(number: PhoneNumber): boolean;
  /** Left out: `PhoneNumber.isExtension`, 2 to 5 digits that are no special service. */
  isExtension?(number: PhoneNumber): boolean;
  /** Those of the day of a call that began then. Left out: 110, 118, 119. */
  emergencyNumbers?(startedAt: Instant): EmergencyNumbers;
}

/** What was dialled is no number: the call cannot be priced, and no shorter prefix prices it by accident. */
export const UNREADABLE_NUMBER = 'UNREADABLE_NUMBER' as const;

/**
 * - `emergency`: never charged, never held for, never blocked
 * - `unanswered`: 0 increments, 0 yen
 * - `incoming`: free unless the tariff has a `direction=in` row for the called number (0120, 0800)
 * - `internal`: an extension or a number of the same provider: free, counted as IP通話 (RT-11)
 * - `outgoing`: priced, or NO_RATE, or UNREADABLE_NUMBER
 */
export type CallKind = 'emergency' | 'unanswered' | 'incoming' | 'internal' | 'outgoing';

/** Statement categories of calls that no tariff row names. */
const INTERNAL_CATEGORY = 'IP通話';
const EMERGENCY_CATEGORY = '緊急通報';
const INCOMING_CATEGORY = '着信';
const UNANSWERED_CATEGORY = '不完了呼';

/** A call, or one about to be made: `answeredAt` of a call that has not ended is any instant. */
export type ClassifiedCall = Pick<Cdr, 'direction' | 'to' | 'startedAt' | 'answeredAt'>;

/** As the policy allows them, and hence as short as an extension. */
const EMERGENCY_LENGTH_MAX = 5;

/** What to do with a call. Emergency goes before everything else. */
export function kindOfCall(call: ClassifiedCall, to: PhoneNumber | null, directory: Directory): CallKind {
  if (isEmergency(call, to, directory)) return 'emergency';
  if (call.answeredAt === null) return 'unanswered';
  if (call.direction === 'in') return 'incoming';
  return to !== null && isFree(to, directory) ? 'internal' : 'outgoing';
}

function isEmergency(call: ClassifiedCall, to: PhoneNumber | null, directory: Directory): boolean {
  // No emergency number is longer; nothing more is asked of the other calls.
  if (to === null || to.length > EMERGENCY_LENGTH_MAX || call.direction !== 'out') return false;
  return PhoneNumber.isEmergency(to, directory.emergencyNumbers?.(call.startedAt));
}

function isFree(number: PhoneNumber, directory: Directory): boolean {
  const extension = directory.isExtension ? directory.isExtension(number) : PhoneNumber.isExtension(number);
  return extension || directory.isOwnNumber(number);
}

/**
 * For pricing without a store (`daicho rate`): no own numbers, and a short number is an extension unless the
 * tariff prices it.
 */
export const directoryOfTariff = (tariff: TariffIndex): Directory => ({
  isOwnNumber: () => false,
  isExtension: number => PhoneNumber.isExtension(number) && tariff.rowsFor('out', number) === null,
});

/** What the statement and the ledger need of a call. */
export interface RatedCall {
  readonly kind: CallKind;
  readonly category: string;
  readonly tax: TaxCategory;
  /** Talk time, answer to hang-up; 0 when unanswered. */
  readonly durationMs: number;
  /** null when no tariff row was asked: the call is free. */
  readonly priced: Priced | null;
}

const free = (kind: CallKind, category: string, durationMs: number): RatedCall => ({
  kind,
  category,
  tax: 'standard',
  durationMs,
  priced: null,
});

/** What was called; of an incoming call that no row prices by it, the account's own number behind it. */
function priceTo(cdr: Cdr, to: PhoneNumber | null, tariff: TariffIndex): Priced | typeof NO_RATE {
  const priced = to === null ? NO_RATE : priceNumber(tariff, cdr, to);
  if (priced !== NO_RATE || cdr.direction === 'out') return priced;
  const own = PhoneNumber.read(cdr.number);
  return own === null || own === to ? NO_RATE : priceNumber(tariff, cdr, own);
}

export type Rating = RatedCall | typeof NO_RATE | typeof UNREADABLE_NUMBER;
export const isRated = (rating: Rating): rating is RatedCall => typeof rating !== 'string';

/**
 * Classifies and prices one call. NO_RATE and UNREADABLE_NUMBER only for an answered outgoing call: of no
 * other one anything depends on them.
 */
export function rateCall(cdr: Cdr, tariff: TariffIndex, directory: Directory): Rating {
  const to = PhoneNumber.read(cdr.to);
  const kind = kindOfCall(cdr, to, directory);
  const durationMs = talkMs(cdr);
  // Nobody was spoken to, so nothing is counted as a call (DECISIONS: Calls).
  if (kind === 'emergency')
    return free(cdr.answeredAt === null ? 'unanswered' : kind, EMERGENCY_CATEGORY, durationMs);
  if (kind === 'internal') return free(kind, INTERNAL_CATEGORY, durationMs);
  const priced = priceTo(cdr, to, tariff);
  if (priced !== NO_RATE) {
    const { category, tax } = priced.row;
    return { kind, category, tax, durationMs, priced };
  }
  if (kind === 'outgoing') return to === null ? UNREADABLE_NUMBER : NO_RATE;
  return free(kind, kind === 'incoming' ? INCOMING_CATEGORY : UNANSWERED_CATEGORY, durationMs);
}
