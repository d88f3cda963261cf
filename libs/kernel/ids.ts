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

/**
 * How the ids begin that Daicho derives by itself: of calls, closes, imports, jobs and the turns of wallets.
 */
const DERIVED = /^(account|cdr|cdr-hold|close|close-month|closeRun|demo|expire-lots|import|wallet-[^/]*)\//;

/**
 * A command id that somebody outside chose. One that looks like a derived id is refused: it would make a call
 * or a close look done that was not. @throws InvalidInput
 */
export function parseOwnCommandId(text: string, field = 'Idempotency-Key'): string {
  const id = parseCommandId(text, field);
  const reserved = DERIVED.exec(id)?.[0];
  if (reserved)
    throw new InvalidInput(field, `must not begin with ${reserved}: such ids are given by Daicho`);
  return id;
}
