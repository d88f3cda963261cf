import type { Instant } from './instant.js';
import type { Rejected } from './refusals.js';
import type { Nothing } from './unchanged.js';

export type Outcome<Event, Code extends string = string> =
  | { readonly kind: 'events'; readonly events: readonly Event[] }
  | Nothing
  | Rejected<Code>;

/**
 * Pure: state and command in, outcome out. `now` and every outside fact are on the command (STYLE: Habits 1).
 */
export interface Decider<Command, Event, State, Code extends string = string> {
  /** e.g. `wallet`; names the decider in logs and docs. */
  readonly name: string;
  decide(command: Command, state: State): Outcome<Event, Code>;
  /**
   * Never decides, never reads a clock. May change `state` in place and return it: states are never shared.
   */
  evolve(state: State, event: Event): State;
  /** The state of a stream without an event: a new one each time, because `evolve` may change it. */
  fresh(): State;
}

/**
 * Turns an event of the domain into its stored form and back; every stored version stays readable for ever.
 */
export interface Codec<Event> {
  encode(event: Event): { readonly type: string; readonly data: unknown };
  /** @throws Error for a type this codec does not know: a log written by a newer program. */
  decode(type: string, data: unknown): Event;
  /** The business instant of the event: what the envelope calls `occurredAt`. */
  occurredAt(event: Event): Instant;
}

export const happened = <Event>(...events: Event[]): Outcome<Event, never> => ({ kind: 'events', events });
