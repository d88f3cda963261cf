import {
  type AccountId,
  assertNever,
  type Decider,
  happened,
  type Instant,
  Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import { paymentRefusals } from '../payment/payment.refusals.js';
import type { DepositEnd, DepositEvent, DepositOutcome } from './deposit.events.js';
import { type DepositRejection, depositRefusals, depositUnchanged } from './deposit.refusals.js';
import type { DepositParkedFor, Match } from './matching.js';

type Seen = Extract<DepositEvent, { type: 'DepositSeen' }>;
/** What the bank told. */
export type ToldDeposit = Omit<Seen, 'type' | 'at'>;

/**
 * `matched`: it pays an order, or staff said what it is; it is being booked. `parked`: staff have to look.
 * `settled`: it is a lot, waits at its payment, went back, or was noted. `taken_back`: the bank took it back
 * after it was booked: staff have to look. `cancelled`: the bank took it back before.
 */
export type DepositPhase = 'matched' | 'parked' | 'settled' | 'taken_back' | 'cancelled';

export interface DepositState {
  told: ToldDeposit | null;
  phase: DepositPhase;
  /** Why it waits for staff, or waited. */
  why: DepositParkedFor | null;
  /** Where it goes; null: nobody knows yet. */
  goes: {
    readonly end: DepositEnd;
    readonly payment: string | null;
    readonly account: AccountId | null;
  } | null;
  outcome: DepositOutcome | null;
  lot: string | null;
}

interface At {
  readonly now: Instant;
}
/** The order that staff name: an outside fact. */
export interface NamedOrder {
  readonly account: AccountId;
  readonly amount: Money;
  readonly isByTransfer: boolean;
  /** It waits for its money, or has expired and this came in time. */
  readonly isPayable: boolean;
}
export type DepositCommand =
  | (At & ToldDeposit & { readonly type: 'SeeDeposit'; readonly match: Match })
  | (At & {
      readonly type: 'ResolveDeposit';
      readonly end: DepositEnd;
      readonly payment: string | null;
      /** Null: there is no such order. */
      readonly order: NamedOrder | null;
      readonly account: AccountId | null;
      /** Whether the account can still be credited: an outside fact. */
      readonly accountIsOpen: boolean;
      readonly reason: string;
    })
  | (At & { readonly type: 'SettleDeposit'; readonly outcome: DepositOutcome; readonly lot: string | null })
  | (At & { readonly type: 'TakeBackDeposit'; readonly cancellation: string });

type Decision = Outcome<DepositEvent, string>;
type Of<Type extends DepositCommand['type']> = Extract<DepositCommand, { type: Type }>;

export const depositStream = (deposit: string): string => `deposit-${deposit}`;
export const depositOfStream = (stream: string): string => stream.slice('deposit-'.length);

function see({ type: _type, now: at, match, ...told }: Of<'SeeDeposit'>, state: DepositState): Decision {
  if (state.told) return nothing(depositUnchanged.SEEN_ALREADY);
  const seen: DepositEvent = { type: 'DepositSeen', at, ...told };
  if (match.kind === 'matched') {
    const { payment, account } = match.order;
    return happened<DepositEvent>(seen, { type: 'DepositMatched', at, payment, account, by: match.by });
  }
  const { why, account } = match;
  const candidates = match.candidates.map(({ payment }) => payment);
  return happened<DepositEvent>(seen, { type: 'DepositParked', at, why, account, candidates });
}

/** Why staff cannot name this order; undefined where they can. */
function wrongOrder(order: NamedOrder | null, amount: Money): Decision | undefined {
  if (!order) return rejected(paymentRefusals.NO_SUCH_PAYMENT);
  if (!order.isByTransfer) return rejected(depositRefusals.ORDER_NOT_BY_TRANSFER);
  if (!order.isPayable) return rejected(depositRefusals.ORDER_NOT_PAYABLE);
  if (order.amount === amount) return undefined;
  const amounts = { ordered: Money.text(order.amount), amount: Money.text(amount) };
  return rejected(depositRefusals.ORDER_OF_OTHER_AMOUNT, amounts);
}

/** Whether there is money to decide on: none of a cancellation, nor of what the bank took back. */
const isMoney = ({ phase }: DepositState, { isCancellation }: ToldDeposit): boolean =>
  phase !== 'taken_back' && !isCancellation;

function resolve(command: Of<'ResolveDeposit'>, state: DepositState): Decision {
  const { now: at, end, payment, order, reason } = command;
  const { told, phase } = state;
  if (!told) return rejected(depositRefusals.NO_SUCH_DEPOSIT);
  if (phase !== 'parked' && phase !== 'taken_back') return rejected(depositRefusals.DEPOSIT_NOT_OPEN);
  if (end !== 'noted' && !isMoney(state, told)) return rejected(depositRefusals.DEPOSIT_IS_NO_MONEY);
  if (end === 'noted' && isMoney(state, told) && told.twin === null)
    return rejected(depositRefusals.DEPOSIT_IS_MONEY);
  const wrong = end === 'order' ? wrongOrder(order, told.amount) : undefined;
  if (wrong) return wrong;
  if (end === 'account' && !command.accountIsOpen) return rejected(paymentRefusals.ACCOUNT_ENDED);
  const account = end === 'order' ? order!.account : end === 'account' ? command.account : null;
  const to = { payment: end === 'order' ? payment : null, account };
  return happened<DepositEvent>({ type: 'DepositResolved', at, end, ...to, reason });
}

function settle({ now: at, outcome, lot }: Of<'SettleDeposit'>, { told, phase }: DepositState): Decision {
  if (!told) return rejected(depositRefusals.NO_SUCH_DEPOSIT);
  if (phase !== 'matched') return nothing(depositUnchanged.SETTLED_ALREADY);
  return happened<DepositEvent>({ type: 'DepositSettled', at, outcome, lot });
}

/** What is on its way to its lot may be there already: it counts as booked. */
function takeBack({ now: at, cancellation }: Of<'TakeBackDeposit'>, state: DepositState): Decision {
  const { told, phase, outcome } = state;
  if (!told) return rejected(depositRefusals.NO_SUCH_DEPOSIT);
  if (phase === 'taken_back' || phase === 'cancelled') return nothing(depositUnchanged.TAKEN_BACK_ALREADY);
  const isDone = phase === 'settled' && outcome === 'noted';
  const wasBooked = phase !== 'parked' && !isDone;
  return happened<DepositEvent>({ type: 'DepositTakenBack', at, cancellation, wasBooked });
}

function decide(command: DepositCommand, state: DepositState): Decision {
  switch (command.type) {
    case 'SeeDeposit':
      return see(command, state);
    case 'ResolveDeposit':
      return resolve(command, state);
    case 'SettleDeposit':
      return settle(command, state);
    case 'TakeBackDeposit':
      return takeBack(command, state);
    default:
      return assertNever(command);
  }
}

function evolve(state: DepositState, event: DepositEvent): DepositState {
  switch (event.type) {
    case 'DepositSeen': {
      const { type: _type, at: _at, ...told } = event;
      state.told = told;
      break;
    }
    case 'DepositMatched':
      state.phase = 'matched';
      state.goes = { end: 'order', payment: event.payment, account: event.account };
      break;
    case 'DepositParked':
      state.phase = 'parked';
      state.why = event.why;
      break;
    case 'DepositResolved':
      state.phase = 'matched';
      state.goes = { end: event.end, payment: event.payment, account: event.account };
      break;
    case 'DepositSettled':
      state.phase = 'settled';
      state.outcome = event.outcome;
      state.lot = event.lot;
      break;
    case 'DepositTakenBack':
      state.phase = event.wasBooked ? 'taken_back' : 'cancelled';
      break;
    default:
      assertNever(event);
  }
  return state;
}

export const deposit: Decider<DepositCommand, DepositEvent, DepositState, DepositRejection> = {
  name: 'deposit',
  fresh: () => ({ told: null, phase: 'parked', why: null, goes: null, outcome: null, lot: null }),
  decide: decide as Decider<DepositCommand, DepositEvent, DepositState, DepositRejection>['decide'],
  evolve,
};
