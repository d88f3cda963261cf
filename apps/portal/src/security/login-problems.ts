import { Problem } from '../api/problem.js';

/** The field that a refusal is about, where the form has one of that name. */
const FIELDS: readonly (readonly [begins: string, field: string])[] = [
  ['CURRENT_PASSWORD', 'current'],
  ['PASSWORD_', 'password'],
  ['LOGIN_ID_', 'loginId'],
  ['CONTACT_', 'value'],
  ['CODE_', 'code'],
];

/** A refusal about passwords, login ids and contacts, at the field that it is about. */
export function placedLoginProblem(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const field = FIELDS.find(([begins]) => error.code.startsWith(begins))?.[1];
  return field === undefined ? error : new Problem({ ...error.body, field }, error.retryAfterS);
}
