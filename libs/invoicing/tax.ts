import { type BasisPoints, Money, type TaxCategory, type TaxRounding, taxOf } from '#kernel';
import { compareTax } from '#ledger';

export interface Taxed {
  readonly taxCategory: TaxCategory;
  readonly taxRate: BasisPoints;
  readonly net: Money;
}

/**
 * The base of one tax category and rate, and its tax in whole yen; tax 0 for export-exempt and out-of-scope.
 */
export interface TaxSubtotal extends Taxed {
  readonly tax: Money;
}

export const isTaxable = (category: TaxCategory): boolean =>
  category === 'standard' || category === 'reduced';

/**
 * Tax of an invoice's whole base at one rate: the only rounding to whole yen (J-01: 105 x 3 at 10 %, floor ->
 * 31). A base below zero, which only a return has, is taxed as its mirror: what was taxed 31 gives 31 back.
 */
export const taxOfBase = (net: Money, taxRate: BasisPoints, rounding: TaxRounding): Money =>
  net < 0 ? Money.negate(taxOfBase(Money.negate(net), taxRate, rounding)) : taxOf(net, taxRate, rounding, 0);

/** Nets added up per tax category and rate, in the order of `compareTax`. */
function netPerTax(lines: Iterable<Taxed>): Taxed[] {
  const groups = new Map<string, Taxed>();
  for (const { taxCategory, taxRate, net } of lines) {
    const key = `${taxCategory} ${taxRate}`;
    groups.set(key, { taxCategory, taxRate, net: Money.add(net, groups.get(key)?.net ?? Money.zero) });
  }
  return [...groups.values()].sort(compareTax);
}

/**
 * Subtotals with the tax rounded once each. The old standard rate of 8 % and the reduced 8 % are two rates in
 * law (their national shares differ), hence the category is part of the key.
 */
export function taxSubtotals(lines: Iterable<Taxed>, rounding: TaxRounding): TaxSubtotal[] {
  return netPerTax(lines).map(group => ({
    ...group,
    tax: isTaxable(group.taxCategory) ? taxOfBase(group.net, group.taxRate, rounding) : Money.zero,
  }));
}
