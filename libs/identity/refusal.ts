import type { Rejection } from '#kernel';

/** A refusal of a rule that is no decider: a value to be handed on. */
export const refusal = <Code extends string>(
  code: Code,
  message: string,
  details?: Readonly<Record<string, string>>,
): Rejection<Code> => (details ? { code, message, details } : { code, message });
