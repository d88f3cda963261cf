/**
 * The only ways a number is ever rounded (DECISIONS: Money). Integers in, integers out, no float between.
 * `up` and `half_up` go away from zero, `down` towards zero; `floor` and `ceil` go by the number line.
 */
export const ROUNDINGS = ['up', 'half_up', 'down', 'floor', 'ceil'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/**
 * numerator / denominator, rounded once to a whole number. Exact for any safe integers.
 * @throws RangeError when an operand is not a safe integer or the denominator is not positive.
 */
export function divideRounded(numerator: number, denominator: number, rounding: Rounding): number {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0) {
    throw new RangeError(`not exact: ${numerator} / ${denominator}`);
  }
  const remainder = numerator % denominator;
  const quotient = (numerator - remainder) / denominator;
  if (remainder === 0) return quotient;
  const sign = numerator < 0 ? -1 : 1;
  switch (rounding) {
    case 'down':
      return quotient;
    case 'up':
      return quotient + sign;
    case 'half_up':
      return Math.abs(remainder) >= denominator - Math.abs(remainder) ? quotient + sign : quotient;
    case 'floor':
      return sign < 0 ? quotient - 1 : quotient;
    case 'ceil':
      return sign > 0 ? quotient + 1 : quotient;
  }
}

/**
 * factor x numerator / denominator, rounded once; goes through BigInt where the product leaves the safe
 * integers.
 * @throws RangeError when an operand is not a safe integer, the denominator is not positive or the result is
 * not safe.
 */
export function mulDivRounded(
  factor: number,
  numerator: number,
  denominator: number,
  rounding: Rounding,
): number {
  if (
    !Number.isSafeInteger(factor) ||
    !Number.isSafeInteger(numerator) ||
    !Number.isSafeInteger(denominator)
  ) {
    throw new RangeError(`not exact: ${factor} x ${numerator} / ${denominator}`);
  }
  const product = factor * numerator;
  if (Number.isSafeInteger(product)) return divideRounded(product, denominator, rounding);
  const result = Number(divideBigRounded(BigInt(factor) * BigInt(numerator), BigInt(denominator), rounding));
  if (!Number.isSafeInteger(result))
    throw new RangeError(`out of range: ${factor} x ${numerator} / ${denominator}`);
  return result;
}

/** The same division for integers of any size. @throws RangeError when the denominator is not positive. */
export function divideBigRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator <= 0n) throw new RangeError(`not exact: ${numerator} / ${denominator}`);
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const sign = numerator < 0n ? -1n : 1n;
  const size = remainder < 0n ? -remainder : remainder;
  switch (rounding) {
    case 'down':
      return quotient;
    case 'up':
      return quotient + sign;
    case 'half_up':
      return size * 2n >= denominator ? quotient + sign : quotient;
    case 'floor':
      return sign < 0n ? quotient - 1n : quotient;
    case 'ceil':
      return sign > 0n ? quotient + 1n : quotient;
  }
}
