import type { BodyOf } from './client.js';

export type ChargeMethod = BodyOf<'POST', '/api/v1/accounts/{account}/charges'>['method'];

/**
 * The names of a union of the API, in the order in which they are offered:
 * `namesOf<Role>({ billing: 1, admin: 1 })`. One too many or too few does not compile.
 */
export const namesOf = <Name extends string>(names: Readonly<Record<Name, 1>>): readonly Name[] =>
  Object.keys(names) as Name[];

/** Whether a text is one of the names. */
export const isOneOf = <Name extends string>(
  names: readonly Name[],
  text: string | undefined,
): text is Name => names.some(name => name === text);
