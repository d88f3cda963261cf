import { type CodeOf, defineRefusals, type Rejection, rejection } from '#kernel';
import type { IdentityPolicy } from './identity-policy.js';

export const loginIdRefusals = defineRefusals({
  LOGIN_ID_LENGTH: {
    status: 422,
    field: 'loginId',
    ja: 'ログインIDは{least}～{most}文字で入力してください。',
    en: 'A login id has {least} to {most} characters.',
  },
  LOGIN_ID_CHARACTERS: {
    status: 422,
    field: 'loginId',
    ja: 'ログインIDに使えるのは半角英数字と @ - _ . です。',
    en: 'A login id has letters a-z A-Z, digits and @ - _ . only.',
  },
  LOGIN_ID_ONLY_DIGITS: {
    status: 422,
    field: 'loginId',
    ja: '数字のみのログインIDは使えません。',
    en: 'A login id cannot be of digits only.',
  },
});
export type LoginIdRejection = CodeOf<typeof loginIdRefusals>;

/** a-z A-Z 0-9 and @ - _ . (003 p.64; ID-05 decides for p.83 as well). */
const ALLOWED = /^[A-Za-z0-9@._-]*$/;

/**
 * Why a login id that somebody chose cannot be taken; undefined when it can (ACC-14, ACC-15; ID-01 to ID-06).
 * Ids of ten digits are issued by Daicho and never pass here.
 */
export function loginIdProblem(
  loginId: string,
  { loginId: { least, most } }: Pick<IdentityPolicy, 'loginId'>,
): Rejection<LoginIdRejection> | undefined {
  if (loginId.length < least || loginId.length > most)
    return rejection(loginIdRefusals.LOGIN_ID_LENGTH, { least: String(least), most: String(most) });
  if (!ALLOWED.test(loginId)) return rejection(loginIdRefusals.LOGIN_ID_CHARACTERS);
  if (/^\d+$/.test(loginId)) return rejection(loginIdRefusals.LOGIN_ID_ONLY_DIGITS);
  return undefined;
}

/**
 * What two spellings of one login id have in common: ids that differ in case only would be mistaken for each
 * other, so they are one.
 */
export const sameLoginId = (loginId: string): string => loginId.toLowerCase();
