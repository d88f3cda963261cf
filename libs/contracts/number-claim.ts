import {
  type AccountId,
  assertNever,
  type Codec,
  type Decider,
  happened,
  Instant,
  nothing,
  nothingSecretIn,
  type Outcome,
  rejected,
} from '#kernel';

/** Events of `number-<digits>`: a telephone number belongs to one account at a time. */
export type NumberEvent = {
  readonly type: 'NumberClaimed';
  readonly at: Instant;
  readonly number: string;
  readonly account: AccountId;
};

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

export const numberCodec: Codec<NumberEvent> = {
  secrets: nothingSecretIn('contracts.NumberClaimed.v1'),
  occurredAt: event => event.at,
  encode(event) {
    switch (event.type) {
      case 'NumberClaimed':
        return {
          type: 'contracts.NumberClaimed.v1',
          data: { at: Instant.text(event.at), number: event.number, account: event.account },
        };
      default:
        return assertNever(event.type);
    }
  },
  decode(type, data) {
    if (type !== 'contracts.NumberClaimed.v1')
      throw new Error(`unknown event type ${type}: written by a newer version of Daicho?`);
    const d = data as { at: string; number: string; account: AccountId };
    return { type: 'NumberClaimed', at: Instant.parse(d.at), number: d.number, account: d.account };
  },
};
