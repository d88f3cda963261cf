import { expect } from '@jest/globals';
import type { Decider, Outcome, Rejection } from '#kernel';

/** What a command came to, to be named exactly. */
export interface Result<Event, Code extends string> {
  /** These events, in this order, and no other. */
  then(...events: readonly Event[]): void;
  thenRejected(code: Code, details?: Rejection['details']): void;
  /** @param reason in English */
  thenNothing(reason?: string): void;
  /** The outcome itself, for what the three cannot say. */
  readonly outcome: Outcome<Event, Code>;
}

export interface Given<Command, Event, State, Code extends string> {
  /** Decides the command after what was given. The events it brings are not applied. */
  when(command: Command): Result<Event, Code>;
  /** The state after what was given: for the questions that are asked of it. */
  readonly state: State;
}

/** A specification of a decider in sentences: `given(events).when(command).then(events)`. */
export interface DeciderSpec<Command, Event, State, Code extends string> {
  given(...events: readonly Event[]): Given<Command, Event, State, Code>;
  /**
   * The history as commands, each of which must bring events: for stories that would be long to tell in
   * events.
   */
  givenCommands(...commands: readonly Command[]): Given<Command, Event, State, Code>;
}

const some: unknown = expect.stringMatching(/./);

function resultOf<Event, Code extends string>(outcome: Outcome<Event, Code>): Result<Event, Code> {
  return {
    outcome,
    // biome-ignore lint/suspicious/noThenProperty: given/when/then is the sentence; no one awaits it
    then: (...events) => expect(outcome).toEqual({ kind: 'events', events }),
    thenRejected(code, details) {
      const rejection = details ? { code, details } : { code };
      expect(outcome).toMatchObject({ kind: 'rejected', rejection });
    },
    thenNothing: reason =>
      expect(outcome).toEqual({
        kind: 'nothing',
        reason: { code: some, ja: some, en: reason ?? some },
      }),
  };
}

/** Binds the sentences to one decider; every `given` begins with a fresh state. */
export function specOf<Command, Event, State, Code extends string>(
  decider: Decider<Command, Event, State, Code>,
): DeciderSpec<Command, Event, State, Code> {
  const stateOf = (events: readonly Event[]): State => events.reduce(decider.evolve, decider.fresh());
  const given = (...events: readonly Event[]): Given<Command, Event, State, Code> => ({
    when: command => resultOf(decider.decide(command, stateOf(events))),
    get state() {
      return stateOf(events);
    },
  });
  return {
    given,
    givenCommands(...commands) {
      const history: Event[] = [];
      for (const command of commands) {
        const outcome = decider.decide(command, stateOf(history));
        if (outcome.kind !== 'events') throw new Error(`not part of a history: ${JSON.stringify(outcome)}`);
        history.push(...outcome.events);
      }
      return given(...history);
    },
  };
}
