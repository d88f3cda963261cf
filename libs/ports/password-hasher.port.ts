/** The longest password that is hashed, in UTF-8 bytes: longer ones would only cost time. */
export const PASSWORD_BYTES_MAX = 1024;

/** More hashes wait for their turn than could be made in the time that people wait. Try again later. */
export class HasherBusy extends Error {
  override readonly name = 'HasherBusy';
}

/**
 * Slow hashes of passwords. Every adapter passes `passwordHasherContract` of `#testing`. A hash is one line
 * of text that holds its own parameters and salt; it may be stored, the password never.
 */
export interface PasswordHasher {
  /**
   * A new hash with a salt of its own: two hashes of one password differ.
   * @throws InvalidInput naming `password`: empty, or more than 1,024 bytes of UTF-8
   * @throws HasherBusy
   */
  hash(password: string): Promise<string>;
  /**
   * False too for a password that could never be hashed and for a text that is no hash of ours: it takes the
   * time of a hash in each of these cases.
   * @throws HasherBusy, and nothing else
   */
  verify(hash: string, password: string): Promise<boolean>;
  /** For a login that is not known: costs what `verify` costs, and is always false. @throws HasherBusy */
  verifyUnknown(password: string): Promise<false>;
  /**
   * Whether a hash was made with weaker parameters than those of today, so that it ought to be made again at
   * the next right password. True too for a text that is no hash of ours.
   */
  isWeak(hash: string): boolean;
}
