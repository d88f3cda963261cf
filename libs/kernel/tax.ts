import { Decimal } from 'decimal.js';
import { MONEY_SCALE, Money } from './money.js';
import type { Rounding } from './rounding.js';

/** How a line is taxed (DECISIONS: Money). 課税 10 %, 軽減 8 %, 免税 (international calls, J-05), 不課税. */
export const TAX_CATEGORIES = ['standard', 'reduced', 'export_exempt', 'out_of_scope'] as const;
export type TaxCategory = (typeof TAX_CATEGORIES)[number];

export const isTaxCategory = (text: string): text is TaxCategory =>
  (TAX_CATEGORIES as readonly string[]).includes(text);

/**
 * How an issuer rounds the tax to whole yen, once per rate and invoice: fixed per issuer and printed (J-01).
 * What is given back is rounded as what was charged: towards zero with `floor`, away from it with `ceil`.
 */
export const TAX_ROUNDINGS = ['floor', 'half_up', 'ceil'] as const;
export type TaxRounding = (typeof TAX_ROUNDINGS)[number];

/** A tax rate in hundredths of a percent: 10 % is 1000. Zero for export-exempt and out-of-scope lines. */
export type BasisPoints = number;
const BASIS_POINTS_IN_ONE = 10_000;

/** A rate in percent as people say it: 1000 is `10`, 1050 is `10.5`. */
export const percentText = (rate: BasisPoints): string => new Decimal(rate).div(100).toString();

/** net x rate, computed with decimal.js and rounded once to `decimals` (0..4) decimals of a yen. */
export const taxOf = (
  net: Money,
  rate: BasisPoints,
  rounding: Rounding = 'half_up',
  decimals = MONEY_SCALE,
): Money => Money.times(net, new Decimal(rate).div(BASIS_POINTS_IN_ONE).toFixed(), rounding, decimals);

/** The tax of one debit, at 4 decimals: `taxOf` by integers, because every call of an import is taxed. */
export const taxOfDebit = (net: Money, rate: BasisPoints): Money =>
  Money.shareByIntegers(net, rate, BASIS_POINTS_IN_ONE, 'half_up');
