import { Decimal } from 'decimal.js';
import { amountText } from './amount-text.js';
import { InvalidInput } from './invalid-input.js';
import { divideRounded, mulDivRounded, type Rounding } from './rounding.js';
import { valueProblems } from './value-problems.js';

declare const money: unique symbol;

/** JPY as a safe integer of 1/10,000 yen: `Money.of('8')` is 80_000. Range: +-900,719,925,474.0991 yen. */
export type Money = number & { readonly [money]: true };

export const MONEY_SCALE = 4;
const UNITS_PER_YEN = 10_000;
/** Of whole yen in a text. */
const PLACES_AT_MOST = 15;
const [MINUS, POINT, ZERO] = [0x2d, 0x2e, 0x30];

Decimal.set({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 });

const DECIMAL_ROUNDING: Record<Rounding, Decimal.Rounding> = {
  up: Decimal.ROUND_UP,
  half_up: Decimal.ROUND_HALF_UP,
  down: Decimal.ROUND_DOWN,
  floor: Decimal.ROUND_FLOOR,
  ceil: Decimal.ROUND_CEIL,
};

/** An amount that the ledger cannot hold. A decision that meets it is refused; anywhere else it is a bug. */
export class MoneyOutOfRange extends RangeError {
  override readonly name = 'MoneyOutOfRange';
}

function checked(units: number): Money {
  if (!Number.isSafeInteger(units)) throw new MoneyOutOfRange(`amount out of range: ${units} units`);
  return (units === 0 ? 0 : units) as Money;
}

/** The digit at a place of a text; negative when there is another character, or none. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** @throws InvalidInput naming `field` unless the text is a plain decimal with at most 4 decimals. */
function parse(text: string, field = 'amount'): Money {
  const isNegative = text.charCodeAt(0) === MINUS;
  const from = isNegative ? 1 : 0;
  let at = from;
  let size = 0;
  // A replay reads millions of amounts: digit by digit, without a text in between.
  for (let d = digitAt(text, at); d >= 0; d = digitAt(text, ++at)) size = size * 10 + d;
  const places = at - from;
  let decimals = 0;
  if (text.charCodeAt(at) === POINT) {
    for (let d = digitAt(text, at + 1); d >= 0; d = digitAt(text, ++at + 1)) {
      size = size * 10 + d;
      decimals++;
    }
    // A point without digits is none of ours.
    if (decimals > 0) at++;
  }
  if (at !== text.length || places < 1 || places > PLACES_AT_MOST || decimals > MONEY_SCALE)
    throw InvalidInput.of(field, valueProblems.NOT_AN_AMOUNT, { example: '1234.5' });
  for (let d = decimals; d < MONEY_SCALE; d++) size *= 10;
  if (!Number.isSafeInteger(size)) {
    throw InvalidInput.of(field, valueProblems.AMOUNT_TOO_LARGE, { most: '900,719,925,474' });
  }
  return checked(isNegative ? -size : size);
}

/**
 * As a person types it: `１，０００円` as well, which no stored text has.
 * @throws InvalidInput naming `field` for what is no amount, or may be two: `1,00`
 */
const typed = (text: string, field = 'amount'): Money => parse(amountText(text) ?? text, field);

/**
 * The canonical text: no exponent, no trailing zeros, no separators. `Money.text(Money.of('8.50'))` is `8.5`.
 */
function text(amount: Money): string {
  if (amount % UNITS_PER_YEN === 0) return String(amount / UNITS_PER_YEN);
  const size = Math.abs(amount);
  const fraction = size % UNITS_PER_YEN;
  const whole = (size - fraction) / UNITS_PER_YEN;
  const digits = String(fraction + UNITS_PER_YEN)
    .slice(1)
    .replace(/0+$/, '');
  return `${amount < 0 ? '-' : ''}${whole}.${digits}`;
}

/** For people: grouped thousands, a fixed number of decimals, half-up; never parsed back. `1,059.4110`. */
function display(amount: Money, decimals: 0 | 2 | 4 = 4): string {
  const rounded = decimals === 4 ? amount : divideRounded(amount, 10 ** (MONEY_SCALE - decimals), 'half_up');
  const base = 10 ** decimals;
  const size = Math.abs(rounded);
  const fraction = size % base;
  const whole = String((size - fraction) / base).replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = decimals === 0 ? '' : `.${String(fraction).padStart(decimals, '0')}`;
  return `${rounded < 0 ? '-' : ''}${whole}${digits}`;
}

/** Units of the last kept decimal: 1 for four decimals, 10,000 for none. @throws RangeError outside 0..4. */
function stepOf(decimals: number): number {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > MONEY_SCALE) {
    throw new RangeError(`decimals of a yen are 0 to ${MONEY_SCALE}, not ${decimals}`);
  }
  return 10 ** (MONEY_SCALE - decimals);
}

/**
 * amount x factor, computed exactly with decimal.js and rounded once to `decimals` (0..4) decimals of a yen.
 * @param factor a decimal text of at most 40 digits, e.g. `0.1`
 * @throws RangeError when the factor is not such a text, or the result is out of range
 */
function times(amount: Money, factor: string, rounding: Rounding, decimals = MONEY_SCALE): Money {
  if (factor.length > 42 || !/^-?\d+(\.\d+)?$/.test(factor)) throw new RangeError(`not a factor: ${factor}`);
  const step = stepOf(decimals);
  const steps = new Decimal(amount).times(factor).div(step).toDecimalPlaces(0, DECIMAL_ROUNDING[rounding]);
  return checked(steps.times(step).toNumber());
}

/**
 * amount x numerator / denominator, computed with decimal.js and rounded once to `decimals` (0..4) decimals.
 * @throws RangeError when an operand is not a safe integer, the denominator not positive or the result out of
 * range
 */
function share(
  amount: Money,
  numerator: number,
  denominator: number,
  rounding: Rounding,
  decimals = MONEY_SCALE,
): Money {
  const step = stepOf(decimals);
  if (![numerator, denominator, denominator * step].every(Number.isSafeInteger) || denominator <= 0)
    throw new RangeError(`not exact: ${numerator} / ${denominator} of an amount`);
  // 60 digits tell every such fraction from a whole number and from a half: those lie 1e-20 away or are met.
  const exact = new Decimal(amount).times(numerator).div(new Decimal(denominator).times(step));
  return checked(exact.toDecimalPlaces(0, DECIMAL_ROUNDING[rounding]).times(step).toNumber());
}

/** The same by integers, for what is done once per call: a property test finds both equal. */
function shareByIntegers(
  amount: Money,
  numerator: number,
  denominator: number,
  rounding: Rounding,
  decimals = MONEY_SCALE,
): Money {
  const step = stepOf(decimals);
  if (!Number.isSafeInteger(denominator)) throw new RangeError(`not exact: a share of ${denominator}`);
  return checked(mulDivRounded(amount, numerator, denominator * step, rounding) * step);
}

export const Money = {
  zero: 0 as Money,
  /** From a decimal text of at most 4 decimals, as `text` gives it. @throws InvalidInput for any other */
  of: parse,
  typed,
  /** From an integer of 1/10,000 yen, as read models and indexes keep it. */
  fromUnits: checked,
  /** From a whole number of yen. @throws RangeError for anything else. */
  yen(yen: number): Money {
    if (!Number.isSafeInteger(yen)) throw new RangeError(`not a whole number of yen: ${yen}`);
    return checked(yen * UNITS_PER_YEN);
  },
  text,
  display,
  add: (a: Money, b: Money): Money => checked(a + b),
  subtract: (a: Money, b: Money): Money => checked(a - b),
  negate: (a: Money): Money => checked(-a),
  sum: (amounts: Iterable<Money>): Money => {
    let total = 0;
    for (const amount of amounts) total = checked(total + amount);
    return checked(total);
  },
  min: (a: Money, b: Money): Money => (a < b ? a : b),
  max: (a: Money, b: Money): Money => (a > b ? a : b),
  times,
  share,
  shareByIntegers,
  /** Rounded to whole yen. */
  toWholeYen: (amount: Money, rounding: Rounding): Money =>
    checked(divideRounded(amount, UNITS_PER_YEN, rounding) * UNITS_PER_YEN),
};
