/**
 * A value from outside that is not of the allowed form. The edges turn it into problem+json or exit code 2.
 */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  /**
   * @param field the name of the field as the sender knows it, e.g. `amount` or `line 7, start`
   * @param problem what is wrong and which form is allowed, in one sentence without personal data
   */
  constructor(
    readonly field: string,
    readonly problem: string,
    readonly code = 'INVALID_INPUT',
  ) {
    super(`${field}: ${problem}`);
  }
}

/**
 * For the default arm of an exhaustive switch: a compile error when a case is missing, a bug when it is ever
 * reached.
 */
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
