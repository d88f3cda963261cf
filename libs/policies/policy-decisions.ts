import {
  type BusinessDay,
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { POLICIES, type PolicyName, type PolicyState } from './policies.js';

/** Events of the stream `policies`. */
export const policyEvents = defineEvents(
  { context: 'contracts', stream: 'policies' },
  {
    PolicyDecided: event(
      { name: fact.id<PolicyName>(), value: fact.text, validFrom: fact.day },
      {
        word: { ja: '規則の値を適用開始日とともに決めた。', en: 'A rule has this value from this day on.' },
        sentence: {
          ja: '規則 {name} の値を {validFrom} から「{value}」とした。',
          en: 'Policy {name} is "{value}" from {validFrom} on.',
        },
      },
    ),
  },
);
export type PolicyEvent = EventOf<typeof policyEvents>;
export type PolicyCommand = {
  readonly type: 'DecidePolicy';
  readonly now: Instant;
  readonly name: PolicyName;
  readonly value: string;
  readonly validFrom: BusinessDay;
};
export const policyRefusals = defineRefusals({
  POLICY_VALUE_INVALID: {
    status: 422,
    ja: '{name} は {form} の形で入力してください。',
    en: 'The policy {name} must have the form {form}',
  },
});

/** Why a command may have nothing to do. */
const policyUnchanged = defineUnchanged({
  SAME_VALUE: {
    ja: 'この適用日の値は、既にこのとおりに決まっています。',
    en: 'this value is decided already',
  },
});
export type PolicyRejection = CodeOf<typeof policyRefusals>;

export const POLICY_STREAM = 'policies';

function decide(command: PolicyCommand, state: PolicyState): Outcome<PolicyEvent, PolicyRejection> {
  const { now: at, name, value, validFrom } = command;
  if (!POLICIES[name].form.test(value))
    return rejected(policyRefusals.POLICY_VALUE_INVALID, { name, form: POLICIES[name].form.source });
  const last = state[name]?.findLast(version => version.validFrom === validFrom);
  if (last?.value === value) return nothing(policyUnchanged.SAME_VALUE);
  return happened<PolicyEvent>({ type: 'PolicyDecided', at, name, value, validFrom });
}

/** What was decided of the policies, and from when it holds. */
export const policyDecisions: Decider<PolicyCommand, PolicyEvent, PolicyState, PolicyRejection> = {
  name: 'policy',
  fresh: () => ({}),
  decide,
  evolve: (state, event) => ({
    ...state,
    [event.name]: [...(state[event.name] ?? []), { value: event.value, validFrom: event.validFrom }],
  }),
};
