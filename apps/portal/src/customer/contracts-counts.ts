import type { Contract } from './contracts-questions.js';

/** How many contracts of a product there are, and how many of them end (HIS-03, HIS-04). */
export interface ProductCount extends Pick<Contract, 'product' | 'kind' | 'nameJa' | 'nameEn'> {
  readonly count: number;
  readonly endingNow: number;
  readonly endingLater: number;
}

/**
 * Products in contract in the order in which the first of each began.
 * @param month the running one, `2026-11`: what ends with it is counted apart
 */
export function countsOf(contracts: readonly Contract[], month: string): readonly ProductCount[] {
  const current = contracts.filter(({ status }) => status !== 'ended');
  return [...Map.groupBy(current, ({ product }) => product)].map(([product, all]) => {
    const { kind, nameJa, nameEn } = all.at(-1)!;
    const ends = all.flatMap(({ endsOn }) => endsOn ?? []);
    const endingNow = ends.filter(day => day.startsWith(month)).length;
    const count = all.length;
    return { product, kind, nameJa, nameEn, count, endingNow, endingLater: ends.length - endingNow };
  });
}
