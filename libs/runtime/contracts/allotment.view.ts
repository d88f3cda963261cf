import {
  type AllotUnits,
  type Book,
  isTicked,
  type ReductionOn,
  sharesAt,
  terminalsFor,
  totalOf,
  unitsOf,
} from '#contracts';
import type { Unique } from '#identity';
import { BusinessDay, type Instant, type Sentence } from '#kernel';
import type { AllotmentView } from './contracts.shapes.js';

const NAMES: Readonly<Record<string, Sentence>> = {
  calls: { ja: 'SIPトランク2 同時通話数', en: 'Simultaneous calls of SIP trunk 2' },
  fax: { ja: 'クラウドFAX チャネル', en: 'Channels of cloud FAX' },
};

interface Pool extends Pick<AllotUnits, 'circle' | 'pool'> {
  readonly uniques: readonly Unique[];
}

/** What is in contract, what of it ends when, and which terminal has how many: all as of an instant. */
export function allotmentView(
  book: Book,
  { circle, pool, uniques }: Pool,
  { now, reductionOn }: { readonly now: Instant; readonly reductionOn: ReductionOn },
): AllotmentView {
  const day = BusinessDay.of(now);
  const units = unitsOf(book, circle, pool, day);
  const shares = sharesAt(book, { circle, pool }, now, reductionOn);
  const counts = new Map(shares.map(({ unique, count }) => [unique, count]));
  const names = new Map(uniques.map(({ unique, name }) => [unique, name]));
  const terminals = terminalsFor(book, { circle, pool, uniques: [...names.keys()] }, day);
  const ends = units.flatMap(({ ending }) => ending?.endsOn ?? []).sort((a, b) => a - b);
  const unit = units[0];
  const named = NAMES[pool] ?? { ja: unit?.nameJa ?? pool, en: unit?.nameEn ?? pool };
  return {
    ...{ circle, pool, nameJa: named.ja, nameEn: named.en, contracted: units.length },
    allotted: totalOf(shares),
    ticked: isTicked(pool),
    ending: [...Map.groupBy(ends, endsOn => endsOn)].map(([endsOn, { length: count }]) => ({
      endsOn: BusinessDay.text(endsOn),
      count,
    })),
    uniques: terminals.map(unique => ({
      ...{ unique, name: names.get(unique) ?? unique, count: counts.get(unique) ?? 0 },
    })),
  };
}
