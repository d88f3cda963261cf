import { InvalidInput } from './invalid-input.js';

/** The caller's id of an account: 1-32 of A-Z a-z 0-9 . - (no underscore: streams use it as a separator). */
export type AccountId = string & { readonly __account: true };

export function parseAccountId(text: string, field = 'account'): AccountId {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/.test(text)) {
    throw new InvalidInput(
      field,
      'must be 1-32 characters of A-Z a-z 0-9 . - and begin with a letter or digit',
    );
  }
  return text as AccountId;
}

/** 1-200 printable ASCII characters without spaces. */
export function parseCommandId(text: string, field = 'Idempotency-Key'): string {
  if (!/^[\x21-\x7e]{1,200}$/.test(text)) {
    throw new InvalidInput(field, 'must be 1-200 printable ASCII characters without spaces');
  }
  return text;
}

/** A telephone number as dialled: 2-20 digits, or + and digits (kept as given). */
export function parsePhoneNumber(text: string, field = 'number'): string {
  if (!/^\+?\d{2,20}$/.test(text)) {
    throw new InvalidInput(field, 'must be 2-20 digits without hyphens, like 05012345678');
  }
  return text;
}
