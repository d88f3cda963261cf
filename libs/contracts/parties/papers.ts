import { BusinessDay } from '#kernel';
import type { PartyKind } from './fields.js';

/**
 * What is known of a kind of identity paper (003 p.92). Kinds that are no longer issued may still be shown.
 */
interface PaperKindSaid {
  readonly of: PartyKind;
  /** One suffices, or another one is needed beside it. */
  readonly counts: 'alone' | 'together';
  /** It must not be older than so many months when it is uploaded. */
  readonly monthsAtMost: number | null;
}

export const PAPERS = {
  driving_licence: { of: 'individual', counts: 'alone', monthsAtMost: null },
  passport: { of: 'individual', counts: 'alone', monthsAtMost: null },
  residence_card: { of: 'individual', counts: 'alone', monthsAtMost: null },
  health_insurance_card: { of: 'individual', counts: 'together', monthsAtMost: null },
  residence_certificate: { of: 'individual', counts: 'together', monthsAtMost: null },
  resident_register_card: { of: 'individual', counts: 'together', monthsAtMost: null },
  utility_receipt: { of: 'individual', counts: 'together', monthsAtMost: 3 },
  company_register: { of: 'corporate', counts: 'together', monthsAtMost: 3 },
  representative_identity: { of: 'corporate', counts: 'together', monthsAtMost: null },
  company_notice: { of: 'corporate', counts: 'together', monthsAtMost: null },
} as const satisfies Readonly<Record<string, PaperKindSaid>>;
export type PaperKind = keyof typeof PAPERS;
export const PAPER_KINDS = Object.keys(PAPERS) as [PaperKind, ...PaperKind[]];

/** Why another paper is asked for. */
export const ASKED_AGAIN = [
  ...(['unclear', 'cut_off', 'back_missing', 'expired', 'too_old'] as const),
  ...(['other_name', 'other_address', 'wrong_kind', 'second_paper_missing'] as const),
] as const;
export type AskedAgain = (typeof ASKED_AGAIN)[number];

/** The last day of so many months: of 31 January and one month the last day of February. */
export function monthsLater(day: BusinessDay, months: number): BusinessDay {
  const { year, month, day: date } = BusinessDay.parts(day);
  const first = month - 1 + months;
  const [toYear, toMonth] = [year + Math.floor(first / 12), (first % 12) + 1];
  for (let last = date; ; last--) {
    const text = [toYear, toMonth, last].map(part => String(part).padStart(2, '0')).join('-');
    try {
      return BusinessDay.parse(text);
    } catch {
      if (last <= 28) throw new RangeError(`${text} is no day`);
    }
  }
}

/** What is wrong with a paper's dates on the day of its upload; undefined when they are good. */
export function paperProblem(
  kind: PaperKind,
  dates: { readonly issuedOn: BusinessDay | null; readonly validUntil: BusinessDay | null },
  today: BusinessDay,
): 'DATE_REQUIRED' | 'TOO_OLD' | 'EXPIRED' | undefined {
  const { monthsAtMost } = PAPERS[kind] as PaperKindSaid;
  const { issuedOn, validUntil } = dates;
  if (validUntil !== null && validUntil < today) return 'EXPIRED';
  if (monthsAtMost === null) return undefined;
  if (issuedOn === null) return 'DATE_REQUIRED';
  return issuedOn > today || today > monthsLater(issuedOn, monthsAtMost) ? 'TOO_OLD' : undefined;
}
