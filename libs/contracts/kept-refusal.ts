import { type Details, fact } from '#kernel';

/** Why something came to nothing, as it was told: the same request is told the same, for ever. */
export interface KeptRefusal {
  readonly code: string;
  /** What the refusal names; older logs have the code alone. */
  readonly details?: Details;
}

/** Facts of a refusal by name, in an event beside its code. */
export const refusalDetails = fact.optional(fact.json<Details>('record'));
