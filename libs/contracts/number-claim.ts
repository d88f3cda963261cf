import {
  type AccountId,
  assertNever,
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
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
    NumberReleased: event(
      { number: fact.text, account: fact.id<AccountId>() },
      {
        word: {
          ja: '電話番号が空いた。割り当てに至らなかった取得を取り消した。',
          en: 'The number is free again: the account that had claimed it did not get it.',
        },
        sentence: {
          ja: '電話番号 {number} は、アカウント {account} に割り当てられなかったため、空きに戻った。',
          en: 'Number {number} was not assigned to account {account} and is free again.',
        },
        act: false,
      },
    ),
  },
);
export type NumberEvent = EventOf<typeof numberEvents>;

interface OfAccount {
  readonly now: Instant;
  readonly number: string;
  readonly account: AccountId;
}
export type NumberCommand =
  | (OfAccount & { readonly type: 'ClaimNumber' })
  /** Ends this one claim; the account has withdrawn it in its own stream before. */
  | (OfAccount & { readonly type: 'ReleaseNumber'; readonly claim: number });

export const numberRefusals = defineRefusals({
  NUMBER_TAKEN: {
    status: 409,
    field: 'number',
    ja: 'この電話番号は別のお客様に割り当てられています。',
    en: 'The number belongs to another account.',
  },
});

/** Why a command may have nothing to do. */
const numberUnchanged = defineUnchanged({
  OWNED_BY_THIS: {
    ja: 'この電話番号は、既にこのアカウントのものです。',
    en: 'the number belongs to this account already',
  },
  CLAIM_ENDED: { ja: 'この電話番号の確保は、既に終わっています。', en: 'this claim has ended already' },
});
export type NumberRejection = CodeOf<typeof numberRefusals>;
export interface NumberState {
  readonly owner: AccountId | null;
  /** How often it was claimed: names the claim that holds now, so that an older one is never taken for it. */
  readonly claims: number;
}

export const numberStream = (number: string): string => `number-${number}`;

type Decision = Outcome<NumberEvent, NumberRejection>;

function decide(command: NumberCommand, state: NumberState): Decision {
  const { now: at, number, account } = command;
  switch (command.type) {
    case 'ClaimNumber':
      if (state.owner === account) return nothing(numberUnchanged.OWNED_BY_THIS);
      if (state.owner !== null) return rejected(numberRefusals.NUMBER_TAKEN);
      return happened<NumberEvent>({ type: 'NumberClaimed', at, number, account });
    case 'ReleaseNumber':
      if (state.owner !== account || state.claims !== command.claim)
        return nothing(numberUnchanged.CLAIM_ENDED);
      return happened<NumberEvent>({ type: 'NumberReleased', at, number, account });
    default:
      return assertNever(command);
  }
}

function evolve({ claims }: NumberState, event: NumberEvent): NumberState {
  switch (event.type) {
    case 'NumberClaimed':
      return { owner: event.account, claims: claims + 1 };
    case 'NumberReleased':
      return { owner: null, claims };
    default:
      return assertNever(event);
  }
}

export const numberClaim: Decider<NumberCommand, NumberEvent, NumberState, NumberRejection> = {
  name: 'number',
  fresh: () => ({ owner: null, claims: 0 }),
  decide,
  evolve,
};
