import type { Rejection } from '#kernel';
import type { IdentityPolicy } from './identity-policy.js';
import { refusal } from './refusal.js';

export const LOGIN_ID_REJECTIONS = [
  'LOGIN_ID_LENGTH',
  'LOGIN_ID_CHARACTERS',
  'LOGIN_ID_ONLY_DIGITS',
] as const;
export type LoginIdRejection = (typeof LOGIN_ID_REJECTIONS)[number];

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
    return refusal('LOGIN_ID_LENGTH', `a login id has ${least} to ${most} characters`);
  if (!ALLOWED.test(loginId))
    return refusal('LOGIN_ID_CHARACTERS', 'a login id has letters a-z A-Z, digits and @ - _ . only');
  if (/^\d+$/.test(loginId)) return refusal('LOGIN_ID_ONLY_DIGITS', 'a login id cannot be of digits only');
  return undefined;
}

/**
 * What two spellings of one login id have in common: ids that differ in case only would be mistaken for each
 * other, so they are one.
 */
export const sameLoginId = (loginId: string): string => loginId.toLowerCase();
