/** Chance that nobody can foresee. Every adapter passes `randomSourceContract` of `#testing`. */
export interface RandomSource {
  /**
   * So many half-width digits, all codes equally likely; leading zeros stay.
   * @param digits 4-12
   * @throws RangeError for another number of digits: a mistake of the program
   */
  code(digits: number): string;
  /** 43 characters of A-Z a-z 0-9 - _ : 256 bits, for the secrets of sessions and links. */
  token(): string;
  /** A ten-digit id of a circle or unique; leading zeros stay and count. */
  id10(): string;
}
