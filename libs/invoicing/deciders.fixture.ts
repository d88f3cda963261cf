import { type Decider, Instant, type Outcome } from '#kernel';

export const now = Instant.parse('2025-11-01T03:00:00.000+09:00');
export const later = Instant.parse('2025-11-01T04:00:00.000+09:00');

/** Decides the commands one after another and folds what happened. */
export function run<C, E, S, R extends string>(decider: Decider<C, E, S, R>, ...commands: C[]) {
  let state = decider.fresh();
  const outcomes: Outcome<E, R>[] = [];
  for (const command of commands) {
    const outcome = decider.decide(command, state);
    outcomes.push(outcome);
    if (outcome.kind === 'events') for (const event of outcome.events) state = decider.evolve(state, event);
  }
  return { state, outcomes, last: outcomes.at(-1)! };
}

export const codeOf = <E, R extends string>(outcome: Outcome<E, R>): string =>
  outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind;
