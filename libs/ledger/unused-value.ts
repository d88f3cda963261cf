import { BusinessDay, MoneyTotal } from '#kernel';
import type { LotKind, LotState } from './wallet/wallet.facts.js';

// What customers have paid or were given and have not used: a liability (DECISIONS: J-08).

/** Paid value and value given free of charge, apart. */
export type ValueByKind = Readonly<Record<LotKind, MoneyTotal>>;

/**
 * Days from the day of the report to the last day of a lot, the most of each class; `null` is more than that.
 * What is below zero is worthless and its breakage is not booked yet, or a hold keeps it.
 */
const AGE_CLASSES = [-1, 30, 60, 90, 120, 150, 180, null] as const;
export type AgeClass = (typeof AGE_CLASSES)[number];

export interface UnusedValue {
  readonly total: ValueByKind;
  /** By day of issue, ascending. */
  readonly byIssueDay: readonly (ValueByKind & { readonly issuedOn: BusinessDay })[];
  /** By days until it expires, in the order of `AGE_CLASSES`; all of them. */
  readonly byAge: readonly (ValueByKind & { readonly days: AgeClass })[];
}

const NONE: ValueByKind = { paid: MoneyTotal.zero, bonus: MoneyTotal.zero };
const plus = (sum: ValueByKind, { kind, posted }: LotState): ValueByKind => ({
  ...sum,
  [kind]: MoneyTotal.add(sum[kind], posted),
});
const ageOf = (days: number): AgeClass => AGE_CLASSES.find(most => most === null || days <= most)!;

/** Adds up lots of many wallets as they stood at the end of a day, one wallet after another. */
export class UnusedValues {
  private total = NONE;
  private readonly issued = new Map<BusinessDay, ValueByKind>();
  private readonly ages = new Map<AgeClass, ValueByKind>();

  constructor(private readonly day: BusinessDay) {}

  /** A lot with what is posted of it, held parts included. */
  add(lot: LotState): void {
    if (lot.posted <= 0) return;
    const [issuedOn, age] = [BusinessDay.of(lot.issuedAt), ageOf(lot.expiresOn - this.day)];
    this.total = plus(this.total, lot);
    this.issued.set(issuedOn, plus(this.issued.get(issuedOn) ?? NONE, lot));
    this.ages.set(age, plus(this.ages.get(age) ?? NONE, lot));
  }

  sums(): UnusedValue {
    const days = [...this.issued].sort(([one], [other]) => one - other);
    return {
      total: this.total,
      byIssueDay: days.map(([issuedOn, value]) => ({ issuedOn, ...value })),
      byAge: AGE_CLASSES.map(age => ({ days: age, ...(this.ages.get(age) ?? NONE) })),
    };
  }
}

/** The last 31 March or 30 September that is over: as of when the law asks for the report (J-08). */
export function lastReportDay(today: BusinessDay): BusinessDay {
  const { year } = BusinessDay.parts(today);
  const days = [`${year - 1}-09-30`, `${year}-03-31`, `${year}-09-30`].map(text => BusinessDay.parse(text));
  return days.findLast(day => day < today)!;
}
