import {
  type AccountId,
  assertNever,
  BusinessDay,
  BusinessMonth,
  type Decider,
  defineEvents,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { type AccountRejection, accountRefusals, accountUnchanged } from './account.refusals.js';
import { accountNumberEvents } from './account-numbers.js';
import { STANDARD_PRICE_LIST } from './catalogue/price-list.js';
import { agreedFrom, type Dated, heldAt } from './dated.js';

/** Events of `account-<id>`: the contract and billing party (アカウント, ACC-01). */
export const accountEvents = defineEvents(
  { context: 'contracts', stream: 'account-<account>' },
  {
    AccountOpened: event(
      {
        account: fact.id<AccountId>(),
        name: fact.text,
        /** Names the first month of the wallet's books. */
        openedOn: fact.day,
        tariff: fact.text,
      },
      {
        word: {
          ja: 'アカウントを開設した。',
          en: 'An account was opened; the month of `openedOn` is the first of its wallet.',
        },
        sentence: {
          ja: 'アカウント {account}（{name}）を {openedOn} 付け、料金表 {tariff} で開設した。',
          en: 'Account {account} ({name}) was opened as of {openedOn} with tariff {tariff}.',
        },
      },
    ),
    ...accountNumberEvents,
    TariffAssigned: event(
      { account: fact.id<AccountId>(), tariff: fact.text },
      {
        word: {
          ja: 'アカウントの料金表を変更した。',
          en:
            'Calls that begin from this instant on are priced with this tariff, however late they are ' +
            'reported.',
        },
        sentence: {
          ja: 'アカウント {account} の料金表を {tariff} にした。',
          en: 'Account {account} has tariff {tariff} from now on.',
        },
      },
    ),
    PriceListAssigned: event(
      { account: fact.id<AccountId>(), priceList: fact.text },
      {
        word: {
          ja: 'アカウントの価格表を変更した。',
          en: 'From this instant on the account buys and pays what is monthly by this price list.',
        },
        sentence: {
          ja: 'アカウント {account} の価格表を {priceList} にした。',
          en: 'Account {account} has price list {priceList} from now on.',
        },
      },
    ),
    IncomingDiscountAgreed: event(
      {
        account: fact.id<AccountId>(),
        /** 着割: yen per minute of incoming talk; 0 ends it. */
        perMinute: fact.money,
      },
      {
        word: {
          ja: '着割（着信時間割引）の単価を決めた。その月から適用し、0で終了。',
          en: 'The discount in yen per minute of incoming talk was agreed, from this month on; 0 ends it.',
        },
        sentence: {
          ja: 'アカウント {account} の着割を1分あたり {perMinute|yen} とした。',
          en: 'An incoming-time discount of {perMinute|yen} per minute was agreed with account {account}.',
        },
      },
    ),
    AccountNoted: event(
      { account: fact.id<AccountId>(), text: fact.text },
      {
        word: {
          ja: 'アカウントに担当者のメモを残した。顧客には表示されない。',
          en: 'Staff noted something about the account; customers do not see it.',
        },
        sentence: {
          ja: 'アカウント {account} にメモ「{text}」を残した。',
          en: 'A note was left on account {account}: {text}',
        },
      },
    ),
  },
);
export type AccountEvent = EventOf<typeof accountEvents>;

/** A number with the claim that makes it the account's own, as its stream counts them. */
export interface NumberClaim {
  readonly number: string;
  readonly claim: number;
}

export type AccountCommand =
  | {
      readonly type: 'OpenAccount';
      readonly now: Instant;
      readonly account: AccountId;
      readonly name: string;
      readonly openedOn: BusinessDay;
      readonly numbers: readonly NumberClaim[];
      readonly tariff: string;
      readonly incomingDiscount: Money;
    }
  | ({ readonly type: 'AssignNumber'; readonly now: Instant; readonly order?: string } & NumberClaim)
  /** After the number's own stream has ended this claim. */
  | ({ readonly type: 'UnassignNumber'; readonly now: Instant } & NumberClaim)
  /** Also for an account that was never opened. */
  | ({ readonly type: 'WithdrawClaim'; readonly now: Instant; readonly account: AccountId } & NumberClaim)
  | { readonly type: 'AssignTariff'; readonly now: Instant; readonly tariff: string }
  | { readonly type: 'AssignPriceList'; readonly now: Instant; readonly priceList: string }
  | { readonly type: 'AgreeIncomingDiscount'; readonly now: Instant; readonly perMinute: Money }
  | { readonly type: 'NoteAccount'; readonly now: Instant; readonly text: string };

interface Claims {
  /** By number the newest claim that was withdrawn; absent as long as none was. */
  readonly withdrawn?: ReadonlyMap<string, number>;
  /** Numbers that an order bought, also those whose contract is over; absent as long as none did. */
  readonly bought?: ReadonlySet<string>;
}

export interface OpenAccount extends Claims {
  readonly phase: 'open';
  readonly account: AccountId;
  readonly name: string;
  readonly openedOn: BusinessDay;
  readonly numbers: readonly string[];
  /** The newest agreements, and all of them: late calls are priced by what held when they began. */
  readonly tariff: string;
  readonly tariffs: readonly Dated<string>[];
  /** Those that the account was given, in order; none: the standard. */
  readonly priceLists: readonly Dated<string>[];
  readonly incomingDiscount: Money;
  readonly discounts: readonly Dated<Money>[];
}
export type AccountState = ({ readonly phase: 'none' } & Claims) | OpenAccount;

/** What has become of a claim: whoever finds it `pending` may withdraw it. */
export function standingOf(
  { number, claim }: NumberClaim,
  state: AccountState,
): 'assigned' | 'withdrawn' | 'pending' {
  if (state.phase === 'open' && state.numbers.includes(number)) return 'assigned';
  return (state.withdrawn?.get(number) ?? 0) >= claim ? 'withdrawn' : 'pending';
}

/** The tariff that prices a call that began at an instant, whenever the call is reported. */
export const tariffAt = (account: OpenAccount, startedAt: Instant): string =>
  heldAt(account.tariffs, startedAt);

/** The price list of an account at an instant: the standard until it was given another. */
export const priceListAt = (account: OpenAccount, at: Instant): string =>
  account.priceLists.findLast(({ from }) => from <= at)?.value ?? STANDARD_PRICE_LIST;

/** 着割 of a month: what is agreed at its end. A later agreement changes no month that is over. */
export const incomingDiscountOf = (account: OpenAccount, month: BusinessMonth): Money =>
  heldAt(account.discounts, BusinessMonth.end(month));

export const accountStream = (account: AccountId): string => `account-${account}`;

type Decision = Outcome<AccountEvent, AccountRejection>;

const claimWithdrawn: Decision = rejected(accountRefusals.CLAIM_WITHDRAWN);

function withdraw(
  command: Extract<AccountCommand, { type: 'WithdrawClaim' }>,
  state: AccountState,
): Decision {
  const { now: at, account, number, claim } = command;
  switch (standingOf(command, state)) {
    case 'assigned':
      return rejected(accountRefusals.NUMBER_ASSIGNED);
    case 'withdrawn':
      return nothing(accountUnchanged.WITHDRAWN_BEFORE);
    default: {
      const open = state.phase === 'open';
      return happened<AccountEvent>({ type: 'NumberClaimWithdrawn', at, account, number, claim, open });
    }
  }
}

function open(command: Extract<AccountCommand, { type: 'OpenAccount' }>, state: AccountState): Decision {
  if (state.phase === 'open') return rejected(accountRefusals.ACCOUNT_EXISTS, { account: command.account });
  if (command.name.trim() === '') return rejected(accountRefusals.NAME_REQUIRED);
  if (command.incomingDiscount < 0) return rejected(accountRefusals.DISCOUNT_NEGATIVE);
  if (command.numbers.some(claim => standingOf(claim, state) === 'withdrawn')) return claimWithdrawn;
  const { now: at, account, name, openedOn, tariff } = command;
  return happened<AccountEvent>(
    { type: 'AccountOpened', at, account, name: name.trim(), openedOn, tariff },
    ...command.numbers.map(({ number }) => ({ type: 'NumberAssigned' as const, at, account, number })),
    ...(command.incomingDiscount > 0
      ? [{ type: 'IncomingDiscountAgreed' as const, at, account, perMinute: command.incomingDiscount }]
      : []),
  );
}

function decide(command: AccountCommand, state: AccountState): Decision {
  if (command.type === 'OpenAccount') return open(command, state);
  if (command.type === 'WithdrawClaim') return withdraw(command, state);
  if (state.phase === 'none') return rejected(accountRefusals.NO_SUCH_ACCOUNT);
  const { account } = state;
  const at = command.now;
  switch (command.type) {
    case 'AssignNumber':
      if (state.numbers.includes(command.number)) return nothing(accountUnchanged.ASSIGNED_TO_THIS);
      if (standingOf(command, state) === 'withdrawn') return claimWithdrawn;
      return happened<AccountEvent>({
        type: 'NumberAssigned',
        ...{ at, account, number: command.number },
        ...(command.order !== undefined && { order: command.order }),
      });
    case 'UnassignNumber': {
      const { number, claim } = command;
      if (!state.numbers.includes(number)) return nothing(accountUnchanged.NUMBER_NOT_ASSIGNED);
      return happened<AccountEvent>({ type: 'NumberUnassigned', at, account, number, claim });
    }
    case 'AssignTariff':
      if (state.tariff === command.tariff) return nothing(accountUnchanged.SAME_TARIFF);
      return happened<AccountEvent>({ type: 'TariffAssigned', at, account, tariff: command.tariff });
    case 'AssignPriceList': {
      const { priceList } = command;
      if (priceListAt(state, at) === priceList) return nothing(accountUnchanged.SAME_PRICE_LIST);
      return happened<AccountEvent>({ type: 'PriceListAssigned', at, account, priceList });
    }
    case 'AgreeIncomingDiscount':
      if (command.perMinute < 0) return rejected(accountRefusals.DISCOUNT_NEGATIVE);
      if (state.incomingDiscount === command.perMinute) return nothing(accountUnchanged.SAME_DISCOUNT);
      return happened<AccountEvent>({
        type: 'IncomingDiscountAgreed',
        at,
        account,
        perMinute: command.perMinute,
      });
    case 'NoteAccount':
      return happened<AccountEvent>({ type: 'AccountNoted', at, account, text: command.text });
    default:
      return assertNever(command);
  }
}

/** A number that comes again by hand is no longer one that an order bought. */
function boughtAfter({ bought }: Claims, event: Extract<AccountEvent, { type: 'NumberAssigned' }>): Claims {
  const { number, order } = event;
  if (order !== undefined) return { bought: new Set(bought).add(number) };
  if (!bought?.has(number)) return {};
  return { bought: new Set([...bought].filter(one => one !== number)) };
}

function evolve(state: AccountState, event: AccountEvent): AccountState {
  if (event.type === 'AccountOpened') {
    const { at: from, account, name, openedOn, tariff } = event;
    return {
      ...state,
      phase: 'open',
      account,
      name,
      openedOn,
      numbers: [],
      tariff,
      tariffs: [{ from, value: tariff }],
      priceLists: [],
      incomingDiscount: Money.zero,
      discounts: [{ from, value: Money.zero }],
    };
  }
  if (event.type === 'NumberClaimWithdrawn')
    return { ...state, withdrawn: new Map(state.withdrawn).set(event.number, event.claim) };
  if (state.phase === 'none') return state;
  switch (event.type) {
    case 'NumberAssigned':
      return { ...state, ...boughtAfter(state, event), numbers: [...state.numbers, event.number] };
    case 'NumberUnassigned': {
      const { number, claim } = event;
      const withdrawn = new Map(state.withdrawn).set(number, claim);
      return { ...state, numbers: state.numbers.filter(one => one !== number), withdrawn };
    }
    case 'TariffAssigned':
      return { ...state, tariff: event.tariff, tariffs: agreedFrom(state.tariffs, event.at, event.tariff) };
    case 'PriceListAssigned':
      return { ...state, priceLists: agreedFrom(state.priceLists, event.at, event.priceList) };
    case 'IncomingDiscountAgreed':
      return {
        ...state,
        incomingDiscount: event.perMinute,
        discounts: agreedFrom(state.discounts, event.at, event.perMinute),
      };
    case 'AccountNoted':
      return state;
    default:
      return assertNever(event);
  }
}

export const account: Decider<AccountCommand, AccountEvent, AccountState, AccountRejection> = {
  name: 'account',
  fresh: () => ({ phase: 'none' }),
  decide,
  evolve,
};
