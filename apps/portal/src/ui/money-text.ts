import { amountText } from '#kernel/amount-text';

/** The parts of an amount as it is written: `−`, `1,234`, `.5`. */
export interface MoneyParts {
  readonly sign: '' | '−';
  readonly whole: string;
  /** With its point, or empty. */
  readonly fraction: string;
}

const FORM = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * An amount of the API (`'-1234.5'`) in its parts, digits as they are: money is never a number here, so
 * nothing is rounded.
 * @param decimals so many decimals at least, as the document says
 * @returns null for what is no amount
 */
export function moneyParts(text: string, decimals = 0): MoneyParts | null {
  const found = FORM.exec(text);
  if (!found) return null;
  const [, minus, whole = '0', fraction = ''] = found;
  const filled = fraction.padEnd(decimals, '0');
  const isZero = /^0*$/.test(whole + filled);
  return {
    sign: minus === '-' && !isZero ? '−' : '',
    whole: whole.replace(/\B(?=(\d{3})+$)/g, ','),
    fraction: filled === '' ? '' : `.${filled}`,
  };
}

/** `1,234.50`; what is no amount is given back as it is. */
export function moneyText(text: string, decimals = 0): string {
  const parts = moneyParts(text, decimals);
  return parts ? parts.sign + parts.whole + parts.fraction : text;
}

/** How many decimals an amount has. */
export const decimalsOf = (text: string): number => FORM.exec(text)?.[3]?.length ?? 0;

/** 1/10,000 yen, exact: amounts of the API have at most 4 decimals. */
const UNITS = 4;

/**
 * An amount in 1/10,000 yen, for comparing and adding.
 * @throws RangeError for what is no amount with at most 4 decimals
 */
export function toUnits(text: string): bigint {
  const found = FORM.exec(text);
  const fraction = found?.[3] ?? '';
  if (!found || fraction.length > UNITS) throw new RangeError(`no amount: ${text}`);
  const units = BigInt(found[2] + fraction.padEnd(UNITS, '0'));
  return found[1] === '-' ? -units : units;
}

/** Units of 1/10,000 yen as the API writes them, without needless zeros. */
export function fromUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(UNITS + 1, '0');
  const fraction = digits.slice(-UNITS).replace(/0+$/, '');
  const text = digits.slice(0, -UNITS) + (fraction === '' ? '' : `.${fraction}`);
  return units < 0n ? `-${text}` : text;
}

/** The exact sum of amounts. */
export const sumOf = (amounts: readonly string[]): string =>
  fromUnits(amounts.reduce((sum, amount) => sum + toUnits(amount), 0n));

export const compareMoney = (a: string, b: string): number => {
  const difference = toUnits(a) - toUnits(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** An amount as a place on a chart: exact enough for a pixel, never for a figure. */
export const toScale = (text: string): number => Number(toUnits(text)) / 10 ** UNITS;

/** As people type an amount: `１，０００円` is `1000`. What is none, or may be two, stays as it is: no amount. */
export const plainAmount = (text: string): string => amountText(text) ?? text;

/** Whether the API takes it for an amount of yen. */
export const isAmount = (text: string): boolean => amountText(text) !== null;
