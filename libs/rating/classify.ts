import type { TaxCategory } from '#kernel';
import { type Cdr, talkMs } from './cdr.js';
import { dialledDigits, isEmergencyNumber, isExtensionNumber } from './dialled.js';
import { NO_RATE, type Priced, priceCall } from './pricing.js';
import type { TariffIndex } from './tariff-index.js';

/** What the provider knows of numbers. */
export interface Directory {
  /**
   * A number of any customer of this provider; digits as `dialledDigits` gives them. Calls to it are free.
   */
  isOwnNumber(digits: string): boolean;
  /** Left out: `isExtensionNumber`, 2 to 5 digits that are no special service. */
  isExtension?(digits: string): boolean;
}

/**
 * - `emergency`: never charged, never held for, never blocked
 * - `unanswered`: 0 increments, 0 yen
 * - `incoming`: free unless the tariff has a `direction=in` row for the called number (0120, 0800)
 * - `internal`: an extension or a number of the same provider: free, counted as IP通話 (RT-11)
 * - `outgoing`: priced, or NO_RATE
 */
export type CallKind = 'emergency' | 'unanswered' | 'incoming' | 'internal' | 'outgoing';

/** Statement categories of calls that no tariff row names. */
export const INTERNAL_CATEGORY = 'IP通話';
export const EMERGENCY_CATEGORY = '緊急通報';
export const INCOMING_CATEGORY = '着信';
export const UNANSWERED_CATEGORY = '不完了呼';

/** A call, or one about to be made: `answeredAt` of a call that has not ended is any instant. */
export type ClassifiedCall = Pick<Cdr, 'direction' | 'to' | 'answeredAt'>;

/** What to do with a call. Emergency goes before everything else. */
export function classifyCall(call: ClassifiedCall, directory: Directory): CallKind {
  if (call.direction === 'out' && isEmergencyNumber(call.to)) return 'emergency';
  if (call.answeredAt === null) return 'unanswered';
  if (call.direction === 'in') return 'incoming';
  return isFree(dialledDigits(call.to), directory) ? 'internal' : 'outgoing';
}

function isFree(digits: string, directory: Directory): boolean {
  const extension = directory.isExtension ? directory.isExtension(digits) : isExtensionNumber(digits);
  return extension || directory.isOwnNumber(digits);
}

/**
 * For pricing without a store (`daicho rate`): no own numbers, and a short number is an extension unless the
 * tariff prices it.
 */
export const directoryOfTariff = (tariff: TariffIndex): Directory => ({
  isOwnNumber: () => false,
  isExtension: digits => isExtensionNumber(digits) && !tariff.covers('out', digits),
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

function priceAs(kind: CallKind, cdr: Cdr, tariff: TariffIndex): RatedCall | typeof NO_RATE {
  let priced = priceCall(tariff, cdr);
  if (priced === NO_RATE && cdr.direction === 'in' && cdr.number !== cdr.to)
    priced = priceCall(tariff, cdr, cdr.number);
  if (priced === NO_RATE) return NO_RATE;
  return { kind, category: priced.row.category, tax: priced.row.tax, durationMs: talkMs(cdr), priced };
}

/** Classifies and prices one call. NO_RATE only for an answered outgoing call that no row prices. */
export function rateCall(cdr: Cdr, tariff: TariffIndex, directory: Directory): RatedCall | typeof NO_RATE {
  const kind = classifyCall(cdr, directory);
  switch (kind) {
    case 'emergency':
      return free(kind, EMERGENCY_CATEGORY, talkMs(cdr));
    case 'internal':
      return free(kind, INTERNAL_CATEGORY, talkMs(cdr));
    case 'outgoing':
      return priceAs(kind, cdr, tariff);
    case 'incoming': {
      const rated = priceAs(kind, cdr, tariff);
      return rated === NO_RATE ? free(kind, INCOMING_CATEGORY, talkMs(cdr)) : rated;
    }
    case 'unanswered': {
      const rated = priceAs(kind, cdr, tariff);
      return rated === NO_RATE ? free(kind, UNANSWERED_CATEGORY, 0) : rated;
    }
  }
}
