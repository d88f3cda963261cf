import { InvalidInput } from './invalid-input.js';
import { MONEY_SCALE, Money } from './money.js';
import { valueProblems } from './value-problems.js';

/**
 * A sum over many wallets, or over years of one: exact, however large. Units of 1/10,000 yen: a number within
 * the range of `Money`, a bigint beyond it, as read stores give their sums.
 */
export type MoneyTotal = Money | bigint;

const UNITS_PER_YEN = 10n ** BigInt(MONEY_SCALE);
const TOTAL_TEXT = /^(-?)(\d{1,40})(?:\.(\d{1,4}))?$/;

/** A whole number in its one form: a number while it is exact, a bigint beyond. */
export function wholeNumber(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** The exact sum of two whole numbers of any size, in its one form. */
export function addWhole(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return wholeNumber(BigInt(a) + BigInt(b));
}

const add = (a: MoneyTotal, b: MoneyTotal): MoneyTotal => addWhole(a, b) as MoneyTotal;

const negate = (total: MoneyTotal): MoneyTotal =>
  typeof total === 'number' ? Money.negate(total) : (wholeNumber(-total) as MoneyTotal);

/** As `Money.text`: no exponent, no separators, no trailing zeros. */
function text(total: MoneyTotal): string {
  if (typeof total === 'number') return Money.text(total);
  const size = total < 0n ? -total : total;
  const fraction = String(size % UNITS_PER_YEN)
    .padStart(MONEY_SCALE, '0')
    .replace(/0+$/, '');
  return `${total < 0n ? '-' : ''}${size / UNITS_PER_YEN}${fraction === '' ? '' : `.${fraction}`}`;
}

/** @throws InvalidInput naming `field` unless the text is a plain decimal with at most 4 decimals */
function parse(given: string, field = 'total'): MoneyTotal {
  const [, sign, whole, fraction = ''] = TOTAL_TEXT.exec(given) ?? [];
  if (whole === undefined) throw InvalidInput.of(field, valueProblems.NOT_AN_AMOUNT, { example: '1234.5' });
  const size = BigInt(whole) * UNITS_PER_YEN + BigInt(fraction.padEnd(MONEY_SCALE, '0'));
  return wholeNumber(sign === '-' ? -size : size) as MoneyTotal;
}

export const MoneyTotal = {
  zero: Money.zero as MoneyTotal,
  /** From whole units of 1/10,000 yen, as read models keep and add them. */
  fromUnits(units: number | bigint): MoneyTotal {
    return typeof units === 'number' ? Money.fromUnits(units) : (wholeNumber(units) as MoneyTotal);
  },
  add,
  subtract: (a: MoneyTotal, b: MoneyTotal): MoneyTotal => add(a, negate(b)),
  negate,
  sum(totals: Iterable<MoneyTotal>): MoneyTotal {
    let sum = MoneyTotal.zero;
    for (const total of totals) sum = add(sum, total);
    return sum;
  },
  text,
  parse,
};
