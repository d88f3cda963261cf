/**
 * What a dialled number is, by its digits alone: the numbering plan of Japan as far as money depends on it.
 */

/**
 * Police, coast guard, fire and ambulance: never blocked, held for or charged (DECISIONS: Prepaid ledger).
 */
const EMERGENCY = new Set(['110', '118', '119']);

const ZERO = 48;
const ONE = 49;
const PLUS = 43;

/**
 * The digits a tariff prefix is compared with: `+81 3…` becomes `03…`, another country's `+1…` becomes
 * `0101…`, and the caller-id prefixes 184 and 186 (withhold, present) are taken off. Everything else stays as
 * dialled.
 */
export function dialledDigits(dialled: string): string {
  const first = dialled.charCodeAt(0);
  if (first === ZERO || (first !== PLUS && first !== ONE)) return dialled;
  if (first === PLUS) return dialled.startsWith('+81') ? `0${dialled.slice(3)}` : `010${dialled.slice(1)}`;
  if (!dialled.startsWith('184') && !dialled.startsWith('186')) return dialled;
  const rest = dialled.slice(3);
  const begins = rest.charCodeAt(0);
  const number = begins === ZERO || begins === PLUS ? dialledDigits(rest) : rest;
  return begins === ZERO || begins === PLUS || EMERGENCY.has(rest) ? number : dialled;
}

/** One telephone number in one form, as it is dialled in Japan: `+815012345678` and `05012345678` are one. */
export const ownNumberForm = (number: string): string =>
  number.charCodeAt(0) === PLUS ? dialledDigits(number) : number;

/** 110, 118 or 119, also behind 184 or 186. */
export const isEmergencyNumber = (dialled: string): boolean =>
  dialled.length <= 6 && EMERGENCY.has(dialledDigits(dialled));

/**
 * An extension of the provider's own switch: 2 to 5 digits, or a feature code that begins with `*`. Three
 * digits that begin with 1 (104, 117, 171, 177 …) and `#` with digits (#9110) are services of other carriers,
 * hence outside.
 */
export function isExtensionNumber(dialled: string): boolean {
  if (dialled.length > 1 && dialled.charCodeAt(0) === 42) return true;
  if (dialled.length < 2 || dialled.length > 5) return false;
  if (dialled.length === 3 && dialled.charCodeAt(0) === ONE) return false;
  for (let i = 0; i < dialled.length; i++) {
    const c = dialled.charCodeAt(i);
    if (c < ZERO || c > 57) return false;
  }
  return true;
}
