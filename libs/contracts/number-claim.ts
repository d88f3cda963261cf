import {
  type AccountId,
  type Decider,
  defineEvents,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';

/** Events of `number-<digits>`: a telephone number belongs to one account at a time. */
export const numberEvents = defineEvents(
  { context: 'contracts', stream: 'number-<digits>' },
  {
    NumberClaimed: event(
      { number: fact.text, account: fact.id<AccountId>() },
      {
        word: {
          ja: '電話番号の持ち主が決まった。',
          en: 'The number belongs to this account, and to no other one.',
        },
        sentence: {
          ja: '電話番号 {number} はアカウント {account} のものになった。',
          en: 'Number {number} belongs to account {account}.',
        },
      },
    ),
  },
);
export type NumberEvent = EventOf<typeof numberEvents>;

export type NumberCommand = {
  readonly type: 'ClaimNumber';
  readonly now: Instant;
  readonly number: string;
  readonly account: AccountId;
};

export const NUMBER_REJECTIONS = ['NUMBER_TAKEN'] as const;
export type NumberRejection = (typeof NUMBER_REJECTIONS)[number];
export interface NumberState {
  readonly owner: AccountId | null;
}

export const numberStream = (number: string): string => `number-${number}`;

function decide(command: NumberCommand, state: NumberState): Outcome<NumberEvent, NumberRejection> {
  if (state.owner === command.account) return nothing('the number belongs to this account already');
  if (state.owner !== null) return rejected('NUMBER_TAKEN', 'the number belongs to another account');
  return happened<NumberEvent>({
    type: 'NumberClaimed',
    at: command.now,
    number: command.number,
    account: command.account,
  });
}

export const numberClaim: Decider<NumberCommand, NumberEvent, NumberState, NumberRejection> = {
  name: 'number',
  initial: { owner: null },
  fresh: () => ({ owner: null }),
  decide,
  evolve: (_state, event) => ({ owner: event.account }),
};
