import { InvalidInput } from './invalid-input.js';
import { valueProblems } from './value-problems.js';

/** The caller's id of an account: 1-32 of A-Z a-z 0-9 . - (no underscore: streams use it as a separator). */
export type AccountId = string & { readonly __account: true };

export function parseAccountId(text: string, field = 'account'): AccountId {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/.test(text)) {
    throw InvalidInput.of(field, valueProblems.NOT_AN_ACCOUNT);
  }
  return text as AccountId;
}

/** 1-200 printable ASCII characters without spaces. */
export function parseCommandId(text: string, field = 'Idempotency-Key'): string {
  if (!/^[\x21-\x7e]{1,200}$/.test(text)) {
    throw InvalidInput.of(field, valueProblems.NOT_AN_ID, { most: 200 });
  }
  return text;
}

/**
 * How derived ids begin in logs in which ids from outside still stand as they were said: a request that is
 * repeated is also looked for there. New ones need no place here, for none can be said from outside.
 */
const DERIVED = /^(account|cdr|cdr-hold|close|close-month|closeRun|demo|expire-lots|import|wallet-[^/]*)\//;

/**
 * A command id that somebody outside chose. One that looks like a derived id is refused: in an older log it
 * would make a call or a close look done that was not. @throws InvalidInput
 */
export function parseOwnCommandId(text: string, field = 'Idempotency-Key'): string {
  const id = parseCommandId(text, field);
  const reserved = DERIVED.exec(id)?.[0];
  if (reserved) throw InvalidInput.of(field, valueProblems.RESERVED_ID, { beginning: reserved });
  return id;
}

const OUTSIDE = /^@(\S+) (.+)$/;

/**
 * A command id that somebody outside chose, as the log has it: each actor has ids of its own, so nobody uses
 * up those of others. Nobody can say a blank, and no id that Daicho derives begins with @: what is said
 * outside is never the id of anything else.
 * @param actor without blanks
 * @param said as `parseOwnCommandId` takes it
 */
export const outsideId = (actor: string, said: string): string => `@${actor} ${said}`;

/** The id of one step of a command: the same whenever the command is repeated. */
export const stepId = (commandId: string, step: string): string =>
  OUTSIDE.test(commandId) ? `${commandId} ${step}` : `${commandId}/${step}`;

/** A command id without whose it is: as it was said outside. So stood ids, and steps, in older logs. */
export function saidId(commandId: string): string {
  const [, , said] = OUTSIDE.exec(commandId) ?? [];
  return said === undefined ? commandId : said.replaceAll(' ', '/');
}

/** Who chose the command id outside; undefined for one of Daicho's own. */
export const actorOfId = (commandId: string): string | undefined => OUTSIDE.exec(commandId)?.[1];
