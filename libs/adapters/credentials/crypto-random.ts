import { randomBytes, randomInt } from 'node:crypto';
import type { RandomSource } from '#ports';

const TOKEN_BYTES = 32;
const ID_DIGITS = 10;

/** `randomInt` draws again instead of folding, so no code is likelier than another. */
const digitsOf = (count: number): string => String(randomInt(10 ** count)).padStart(count, '0');

/** The operating system's generator. */
export const cryptoRandom: RandomSource = {
  code(digits) {
    if (!Number.isInteger(digits) || digits < 4 || digits > 12)
      throw new RangeError(`a code has 4-12 digits, not ${digits}`);
    return digitsOf(digits);
  },
  token: () => randomBytes(TOKEN_BYTES).toString('base64url'),
  id10: () => digitsOf(ID_DIGITS),
};
