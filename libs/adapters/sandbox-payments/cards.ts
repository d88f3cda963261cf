import type { Decline } from '#ports';

/** What comes of a card that is typed on the page. `challenge`: its issuer asks for a code (3-D Secure). */
export type FirstUse = 'paid' | 'challenge' | Decline;
/** What comes of the same card when it is charged later by its token. */
export type LaterUse = 'paid' | Decline;

export interface TestCard {
  readonly number: string;
  readonly brand: string;
  readonly first: FirstUse;
  readonly later: LaterUse;
  readonly ja: string;
  readonly en: string;
}

const card = (number: string, brand: string, first: FirstUse, later: LaterUse, ja: string, en: string) => ({
  ...{ number, brand, first, later, ja, en },
});

/** Brands whose cards are not taken when the issuer has no 3-D Secure (PAY-04). */
const NEED_3D_SECURE = ['VISA', 'MASTERCARD', 'JCB'];

/** The issuer has no 3-D Secure: whether that is in the way depends on the brand. */
const without3dSecure = (number: string, brand: string): TestCard =>
  NEED_3D_SECURE.includes(brand)
    ? card(number, brand, 'no_3d_secure', 'no_3d_secure', '3Dセキュア未対応', 'issuer without 3-D Secure')
    : card(number, brand, 'paid', 'paid', '3Dセキュア未対応（利用可）', 'no 3-D Secure, accepted');

/** The only numbers that are taken: nobody shall try out the number of a real card here. */
export const TEST_CARDS: readonly TestCard[] = [
  card('4242424242424242', 'VISA', 'paid', 'paid', '支払い成功', 'succeeds'),
  card('5555555555554444', 'MASTERCARD', 'paid', 'paid', '支払い成功', 'succeeds'),
  card('3566002020360505', 'JCB', 'paid', 'paid', '支払い成功', 'succeeds'),
  card('378282246310005', 'AMEX', 'paid', 'paid', '支払い成功', 'succeeds'),
  card('30569309025904', 'DINERS', 'paid', 'paid', '支払い成功', 'succeeds'),
  card('4000002500003155', 'VISA', 'challenge', 'paid', '3Dセキュアの本人認証', '3-D Secure challenge'),
  card(
    '4000000000000036',
    'VISA',
    'authentication_failed',
    'declined',
    '3Dセキュアで本人認証を拒否',
    '3-D Secure refused',
  ),
  card('4000000000000002', 'VISA', 'declined', 'declined', 'カード会社が拒否', 'declined'),
  card('4000000000009995', 'VISA', 'insufficient_funds', 'insufficient_funds', '限度額超過', 'no funds'),
  card('4000000000000069', 'VISA', 'expired_card', 'expired_card', '有効期限切れ', 'expired'),
  card('4000000000000341', 'VISA', 'paid', 'declined', '登録後の請求を拒否', 'declined once registered'),
  card(
    '4000002760003184',
    'VISA',
    'challenge',
    'authentication_required',
    '毎回本人認証が必要',
    'authentication each time',
  ),
  without3dSecure('4000000000000077', 'VISA'),
  without3dSecure('5105105105105100', 'MASTERCARD'),
  without3dSecure('3530111333300000', 'JCB'),
  without3dSecure('371449635398431', 'AMEX'),
];

/** Whether the last digit fits the others (ISO/IEC 7812): it does not when one was mistyped. */
export function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map(digit => digit.charCodeAt(0) - 48);
  const sum = digits.reduce((total, digit, i) => {
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return /^\d{12,19}$/.test(number) && sum % 10 === 0;
}

export const testCard = (number: string): TestCard | undefined =>
  TEST_CARDS.find(one => one.number === number);
