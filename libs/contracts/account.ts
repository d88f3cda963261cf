import {
  type AccountId,
  assertNever,
  BusinessDay,
  BusinessMonth,
  type Codec,
  type Decider,
  happened,
  Instant,
  Money,
  nothing,
  nothingSecretIn,
  type Outcome,
  rejected,
} from '#kernel';
import { agreedFrom, type Dated, heldAt } from './dated.js';

/** Events of `account-<id>`: the contract and billing party (アカウント, ACC-01). */
export type AccountEvent =
  | {
      readonly type: 'AccountOpened';
      readonly at: Instant;
      readonly account: AccountId;
      readonly name: string;
      /** Names the first month of the wallet's books. */
      readonly openedOn: BusinessDay;
      readonly tariff: string;
    }
  | {
      readonly type: 'NumberAssigned';
      readonly at: Instant;
      readonly account: AccountId;
      readonly number: string;
    }
  | {
      readonly type: 'TariffAssigned';
      readonly at: Instant;
      readonly account: AccountId;
      readonly tariff: string;
    }
  | {
      readonly type: 'IncomingDiscountAgreed';
      readonly at: Instant;
      readonly account: AccountId;
      /** 着割: yen per minute of incoming talk; 0 ends it. */
      readonly perMinute: Money;
    };

export type AccountCommand =
  | {
      readonly type: 'OpenAccount';
      readonly now: Instant;
      readonly account: AccountId;
      readonly name: string;
      readonly openedOn: BusinessDay;
      readonly numbers: readonly string[];
      readonly tariff: string;
      readonly incomingDiscount: Money;
    }
  | { readonly type: 'AssignNumber'; readonly now: Instant; readonly number: string }
  | { readonly type: 'AssignTariff'; readonly now: Instant; readonly tariff: string }
  | { readonly type: 'AgreeIncomingDiscount'; readonly now: Instant; readonly perMinute: Money };

export const ACCOUNT_REJECTIONS = [
  'NO_SUCH_ACCOUNT',
  'ACCOUNT_EXISTS',
  'NAME_REQUIRED',
  'DISCOUNT_NEGATIVE',
] as const;
export type AccountRejection = (typeof ACCOUNT_REJECTIONS)[number];

export interface OpenAccount {
  readonly phase: 'open';
  readonly account: AccountId;
  readonly name: string;
  readonly openedOn: BusinessDay;
  readonly numbers: readonly string[];
  /** The newest agreements, and all of them: late calls are priced by what held when they began. */
  readonly tariff: string;
  readonly tariffs: readonly Dated<string>[];
  readonly incomingDiscount: Money;
  readonly discounts: readonly Dated<Money>[];
}
export type AccountState = { readonly phase: 'none' } | OpenAccount;

/** The tariff that prices a call that began at an instant, whenever the call is reported. */
export const tariffAt = (account: OpenAccount, startedAt: Instant): string =>
  heldAt(account.tariffs, startedAt);

/** 着割 of a month: what is agreed at its end. A later agreement changes no month that is over. */
export const incomingDiscountOf = (account: OpenAccount, month: BusinessMonth): Money =>
  heldAt(account.discounts, BusinessMonth.end(month));

export const accountStream = (account: AccountId): string => `account-${account}`;

type Decision = Outcome<AccountEvent, AccountRejection>;

function open(command: Extract<AccountCommand, { type: 'OpenAccount' }>, state: AccountState): Decision {
  if (state.phase === 'open') return rejected('ACCOUNT_EXISTS', `account ${command.account} exists already`);
  if (command.name.trim() === '') return rejected('NAME_REQUIRED', 'an account needs a name');
  if (command.incomingDiscount < 0)
    return rejected('DISCOUNT_NEGATIVE', 'the incoming-time discount cannot be negative');
  const { now: at, account, name, openedOn, tariff } = command;
  return happened<AccountEvent>(
    { type: 'AccountOpened', at, account, name: name.trim(), openedOn, tariff },
    ...command.numbers.map(number => ({ type: 'NumberAssigned' as const, at, account, number })),
    ...(command.incomingDiscount > 0
      ? [{ type: 'IncomingDiscountAgreed' as const, at, account, perMinute: command.incomingDiscount }]
      : []),
  );
}

function decide(command: AccountCommand, state: AccountState): Decision {
  if (command.type === 'OpenAccount') return open(command, state);
  if (state.phase === 'none') return rejected('NO_SUCH_ACCOUNT', 'there is no such account');
  const { account } = state;
  const at = command.now;
  switch (command.type) {
    case 'AssignNumber':
      if (state.numbers.includes(command.number))
        return nothing('the number is assigned to this account already');
      return happened<AccountEvent>({ type: 'NumberAssigned', at, account, number: command.number });
    case 'AssignTariff':
      if (state.tariff === command.tariff) return nothing('the account has this tariff already');
      return happened<AccountEvent>({ type: 'TariffAssigned', at, account, tariff: command.tariff });
    case 'AgreeIncomingDiscount':
      if (command.perMinute < 0)
        return rejected('DISCOUNT_NEGATIVE', 'the incoming-time discount cannot be negative');
      if (state.incomingDiscount === command.perMinute) return nothing('this discount is agreed already');
      return happened<AccountEvent>({
        type: 'IncomingDiscountAgreed',
        at,
        account,
        perMinute: command.perMinute,
      });
    default:
      return assertNever(command);
  }
}

function evolve(state: AccountState, event: AccountEvent): AccountState {
  if (event.type === 'AccountOpened') {
    const { at: from, account, name, openedOn, tariff } = event;
    return {
      phase: 'open',
      account,
      name,
      openedOn,
      numbers: [],
      tariff,
      tariffs: [{ from, value: tariff }],
      incomingDiscount: Money.zero,
      discounts: [{ from, value: Money.zero }],
    };
  }
  if (state.phase === 'none') return state;
  switch (event.type) {
    case 'NumberAssigned':
      return { ...state, numbers: [...state.numbers, event.number] };
    case 'TariffAssigned':
      return { ...state, tariff: event.tariff, tariffs: agreedFrom(state.tariffs, event.at, event.tariff) };
    case 'IncomingDiscountAgreed':
      return {
        ...state,
        incomingDiscount: event.perMinute,
        discounts: agreedFrom(state.discounts, event.at, event.perMinute),
      };
    default:
      return assertNever(event);
  }
}

export const account: Decider<AccountCommand, AccountEvent, AccountState, AccountRejection> = {
  name: 'account',
  initial: { phase: 'none' },
  fresh: () => ({ phase: 'none' }),
  decide,
  evolve,
};

interface Stored {
  readonly at: string;
  readonly account: AccountId;
  readonly name: string;
  readonly openedOn: string;
  readonly number: string;
  readonly tariff: string;
  readonly perMinute: string;
}

export const accountCodec: Codec<AccountEvent> = {
  secrets: nothingSecretIn(
    'contracts.AccountOpened.v1',
    'contracts.NumberAssigned.v1',
    'contracts.TariffAssigned.v1',
    'contracts.IncomingDiscountAgreed.v1',
  ),
  occurredAt: event => event.at,
  encode(event) {
    const at = Instant.text(event.at);
    const { account } = event;
    switch (event.type) {
      case 'AccountOpened':
        return {
          type: 'contracts.AccountOpened.v1',
          data: {
            at,
            account,
            name: event.name,
            openedOn: BusinessDay.text(event.openedOn),
            tariff: event.tariff,
          },
        };
      case 'NumberAssigned':
        return { type: 'contracts.NumberAssigned.v1', data: { at, account, number: event.number } };
      case 'TariffAssigned':
        return { type: 'contracts.TariffAssigned.v1', data: { at, account, tariff: event.tariff } };
      case 'IncomingDiscountAgreed':
        return {
          type: 'contracts.IncomingDiscountAgreed.v1',
          data: { at, account, perMinute: Money.text(event.perMinute) },
        };
      default:
        return assertNever(event);
    }
  },
  decode(type, data) {
    const d = data as Stored;
    const at = Instant.parse(d.at);
    const { account } = d;
    switch (type) {
      case 'contracts.AccountOpened.v1':
        return {
          type: 'AccountOpened',
          at,
          account,
          name: d.name,
          openedOn: BusinessDay.parse(d.openedOn),
          tariff: d.tariff,
        };
      case 'contracts.NumberAssigned.v1':
        return { type: 'NumberAssigned', at, account, number: d.number };
      case 'contracts.TariffAssigned.v1':
        return { type: 'TariffAssigned', at, account, tariff: d.tariff };
      case 'contracts.IncomingDiscountAgreed.v1':
        return { type: 'IncomingDiscountAgreed', at, account, perMinute: Money.parse(d.perMinute) };
      default:
        throw new Error(`unknown event type ${type}: written by a newer version of Daicho?`);
    }
  },
};
