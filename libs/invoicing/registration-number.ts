/**
 * Why a registration number (登録番号) deserves a second look. A warning, never a refusal: the invoice itself is
 * valid (J-01).
 */
export type RegistrationNumberWarning = 'REGISTRATION_NUMBER_FORM' | 'REGISTRATION_NUMBER_CHECK_DIGIT';

/**
 * The check digit of a corporate number: 9 - (sum of the 12 digits, weighted 1, 2, 1, 2, ... from the right)
 * mod 9 (法人番号の指定等に関する省令 第二条).
 */
export function corporateCheckDigit(twelveDigits: string): number {
  let sum = 0;
  for (let i = 0; i < twelveDigits.length; i++) {
    const fromRight = twelveDigits.length - i;
    sum += (twelveDigits.charCodeAt(i) - 48) * (fromRight % 2 === 1 ? 1 : 2);
  }
  return 9 - (sum % 9);
}

/**
 * `T` and 13 digits, the first of them the check digit of the rest. A sole proprietor's number has no public
 * check digit rule, so a wrong digit can be a proprietor's right number: hence a warning. null: nothing to
 * remark.
 */
export function registrationNumberWarning(text: string): RegistrationNumberWarning | null {
  const digits = /^T(\d{13})$/.exec(text)?.[1];
  if (digits === undefined) return 'REGISTRATION_NUMBER_FORM';
  const isRight = digits.charCodeAt(0) - 48 === corporateCheckDigit(digits.slice(1));
  return isRight ? null : 'REGISTRATION_NUMBER_CHECK_DIGIT';
}
