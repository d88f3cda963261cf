import { Problem } from '../api/problem.js';

/** The field that a refusal is about, where a form has one of that name. */
const FIELDS: Readonly<Record<string, string>> = {
  ACCOUNT_EXISTS: 'account',
  NUMBER_TAKEN: 'number',
  NO_SUCH_TARIFF: 'tariff',
  APPROVAL_REQUIRED: 'approver',
  APPROVER_IS_ACTOR: 'approver',
  APPROVER_NOT_ALLOWED: 'approver',
  NO_SUCH_DEBIT: 'debit',
  ALREADY_REVERSED: 'debit',
  LOGIN_ID_TAKEN: 'loginId',
  LOGIN_ID_LENGTH: 'loginId',
  LOGIN_ID_CHARACTERS: 'loginId',
  LOGIN_ID_ONLY_DIGITS: 'loginId',
};

/** A failed request, at the field that it is about. */
export function placed(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const field = FIELDS[error.code];
  return field === undefined ? error : new Problem({ ...error.body, field }, error.retryAfterS);
}
