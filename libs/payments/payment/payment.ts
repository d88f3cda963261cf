import {
  type AccountId,
  assertNever,
  type Decider,
  happened,
  Instant,
  type Money,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';
import type { PaymentMethod } from '../methods.js';
import { type TakeEvidence, takeEvidence } from './evidence.js';
import type { ParkedFor, PaymentEvent } from './payment.events.js';
import { type PaymentRejection, paymentRefusals, paymentUnchanged } from './payment.refusals.js';
import {
  evolvePayment,
  freshPayment,
  type Instructions,
  liveAttempt,
  mayStillBePaid,
  type OrderedPayment,
  type PaymentState,
} from './payment.state.js';

/** Where an attempt is asked. */
interface Asked {
  readonly gateway: string;
  readonly environment: 'test' | 'live';
}

interface At {
  readonly now: Instant;
}
export type PaymentCommand =
  | (At &
      Asked & {
        readonly type: 'OrderPayment';
        readonly payment: string;
        readonly account: AccountId;
        readonly method: PaymentMethod;
        /** Whole yen within the limits of the method, which the caller has checked. */
        readonly amount: Money;
        readonly chain: string | null;
        readonly payableUntil: Instant;
        readonly policy: string;
        /** A registered card, by our id of it; of `card` only. */
        readonly card?: string | undefined;
        /** The gateway shall keep the card that is typed. */
        readonly keepsCard?: true | undefined;
        /** Charged by itself, with nobody before a browser: `card` is given. */
        readonly recharge?: true | undefined;
      })
  /** Another way to pay the same order, when the one before came to nothing. */
  | (At & Asked & { readonly type: 'BeginAttempt' })
  | (At & Instructions & { readonly type: 'AnswerAttempt'; readonly attempt: string })
  | (At & { readonly type: 'HearNotification'; readonly gateway: string; readonly notification: string })
  | TakeEvidence
  /** Its lot is there. */
  | (At & { readonly type: 'CompletePayment'; readonly lot: string })
  /** The wallet does not take it. */
  | (At & { readonly type: 'ParkAccepted'; readonly why: Exclude<ParkedFor, 'second_payment'> })
  /** It is certain that nobody can pay it any more. */
  | (At & { readonly type: 'EndAttempt'; readonly attempt: string; readonly why: string })
  | (At & { readonly type: 'CancelPayment' })
  | (At & { readonly type: 'ExpirePayment' })
  | (At & {
      readonly type: 'ResolveParked';
      readonly parked: string;
      readonly end: 'credited' | 'returned';
      readonly reason: string;
      /** Whether the account can still be credited: an outside fact. */
      readonly accountIsOpen: boolean;
    })
  /** The value of what went back is taken from the wallet. */
  | (At & { readonly type: 'SettleReturn'; readonly back: string })
  /** What was decided of parked money is done. */
  | (At & { readonly type: 'SettleParked'; readonly parked: string });

type Decision = Outcome<PaymentEvent, PaymentRejection>;
type Of<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;

const attemptOf = (payment: string, nth: number): string => `${payment}-${nth}`;

function order(command: Of<'OrderPayment'>, { order: known }: PaymentState): Decision {
  if (known) return nothing(paymentUnchanged.KNOWN_ALREADY);
  const { now: at, payment, account, method, amount, chain, payableUntil, policy } = command;
  const { gateway, environment, card, keepsCard, recharge } = command;
  const byCard = { ...(card && { card }), ...(keepsCard && { keepsCard }), ...(recharge && { recharge }) };
  return happened<PaymentEvent>(
    { type: 'PaymentOrdered', at, payment, account, method, amount, chain, payableUntil, policy, ...byCard },
    { type: 'AttemptBegun', at, attempt: attemptOf(payment, 1), gateway, environment },
  );
}

/** Why an order cannot be paid in a new way; undefined when it can. */
function notPayable(
  state: PaymentState,
  { payableUntil }: OrderedPayment,
  now: Instant,
): Decision | undefined {
  if (liveAttempt(state)) return rejected(paymentRefusals.ATTEMPT_UNDER_WAY);
  if (state.phase !== 'open') return rejected(paymentRefusals.PAYMENT_NOT_OPEN);
  if (now > payableUntil)
    return rejected(paymentRefusals.DEADLINE_PASSED, { until: Instant.text(payableUntil) });
  return undefined;
}

function begin(
  { now: at, gateway, environment }: Of<'BeginAttempt'>,
  state: PaymentState,
  of: OrderedPayment,
) {
  const refusal = notPayable(state, of, at);
  if (refusal) return refusal;
  const attempt = attemptOf(of.payment, state.attempts.length + 1);
  return happened<PaymentEvent>({ type: 'AttemptBegun', at, attempt, gateway, environment });
}

/** What is known of how to pay it: a slip comes after the page, and stays when the page is gone. */
function told(before: Instructions | null, command: Instructions): Instructions {
  const { reference, page, chain, numbers, transferTo } = command;
  return {
    reference,
    page: page ?? before?.page ?? null,
    chain: chain ?? before?.chain ?? null,
    numbers: numbers.length > 0 ? numbers : (before?.numbers ?? []),
    transferTo: transferTo ?? before?.transferTo ?? null,
  };
}

const numbersText = ({ numbers }: Instructions): string =>
  numbers.map(({ kind, value }) => `${kind}=${value}`).join();

/** An account stays what it was: its number says which one it is. */
const saysTheSame = (one: Instructions, other: Instructions): boolean =>
  one.page === other.page &&
  one.chain === other.chain &&
  numbersText(one) === numbersText(other) &&
  one.transferTo?.number === other.transferTo?.number;

function answer(command: Of<'AnswerAttempt'>, { attempts }: PaymentState): Decision {
  const { now: at, attempt, reference } = command;
  const known = attempts.find(one => one.attempt === attempt);
  if (!known) return rejected(paymentRefusals.UNKNOWN_ATTEMPT);
  const before = known.instructions;
  const now = told(before, command);
  // An attempt has one payment of the gateway: another one is not its own.
  if (before && (before.reference !== reference || saysTheSame(now, before)))
    return nothing(paymentUnchanged.ATTEMPT_ANSWERED);
  return happened<PaymentEvent>({ type: 'AttemptAnswered', at, attempt, ...now });
}

function hear({ now: at, gateway, notification }: Of<'HearNotification'>, state: PaymentState): Decision {
  if (state.notifications.has(`${gateway}/${notification}`)) return nothing(paymentUnchanged.KNOWN_ALREADY);
  return happened<PaymentEvent>({ type: 'PaymentNotified', at, gateway, notification });
}

function complete({ now: at, lot }: Of<'CompletePayment'>, { phase, accepted }: PaymentState): Decision {
  if (phase === 'completed') return nothing(paymentUnchanged.COMPLETED_ALREADY);
  if (phase !== 'accepted' || accepted?.lot !== lot) return rejected(paymentRefusals.PAYMENT_NOT_OPEN);
  return happened<PaymentEvent>({ type: 'PaymentCompleted', at, lot });
}

function parkAccepted(
  { now: at, why }: Of<'ParkAccepted'>,
  state: PaymentState,
  of: OrderedPayment,
): Decision {
  const { phase, accepted } = state;
  if (phase !== 'accepted' || !accepted) return rejected(paymentRefusals.PAYMENT_NOT_OPEN);
  const { gateway, reference, amount, paidAt } = accepted;
  const parked = `${of.payment}.${state.parked.length + 1}`;
  return happened<PaymentEvent>({
    type: 'MoneyParked',
    at,
    ...{ gateway, reference, parked, amount, paidAt, why },
  });
}

function end({ now: at, attempt, why }: Of<'EndAttempt'>, { attempts }: PaymentState): Decision {
  const known = attempts.find(one => one.attempt === attempt);
  if (!known) return rejected(paymentRefusals.UNKNOWN_ATTEMPT);
  if (known.ended !== null) return nothing(paymentUnchanged.ATTEMPT_OVER);
  return happened<PaymentEvent>({ type: 'AttemptEnded', at, attempt, why });
}

function cancel({ now: at }: Of<'CancelPayment'>, state: PaymentState): Decision {
  if (state.phase === 'cancelled') return nothing(paymentUnchanged.CANCELLED_ALREADY);
  if (state.phase !== 'open') return rejected(paymentRefusals.PAYMENT_NOT_OPEN);
  if (mayStillBePaid(state)) return rejected(paymentRefusals.ATTEMPT_UNDER_WAY);
  return happened<PaymentEvent>({ type: 'PaymentCancelled', at });
}

function expire(
  { now: at }: Of<'ExpirePayment'>,
  state: PaymentState,
  { payableUntil }: OrderedPayment,
): Decision {
  if (state.phase !== 'open') return nothing(paymentUnchanged.KNOWN_ALREADY);
  if (at <= payableUntil || mayStillBePaid(state))
    return rejected(paymentRefusals.STILL_PAYABLE, { until: Instant.text(payableUntil) });
  return happened<PaymentEvent>({ type: 'PaymentExpired', at });
}

function resolve(command: Of<'ResolveParked'>, { parked: all }: PaymentState): Decision {
  const { now: at, parked, end: outcome, reason } = command;
  const known = all.find(one => one.parked === parked);
  if (!known || known.end !== null) return rejected(paymentRefusals.NOT_PARKED);
  if (outcome === 'credited' && !command.accountIsOpen) return rejected(paymentRefusals.ACCOUNT_ENDED);
  return happened<PaymentEvent>({ type: 'ParkedResolved', at, parked, end: outcome, reason });
}

function settle({ now: at, parked }: Of<'SettleParked'>, { parked: all }: PaymentState): Decision {
  const known = all.find(one => one.parked === parked);
  if (!known || known.end === null) return rejected(paymentRefusals.NOT_PARKED);
  if (known.settled) return nothing(paymentUnchanged.KNOWN_ALREADY);
  return happened<PaymentEvent>({ type: 'ParkedSettled', at, parked });
}

function settleReturn({ now: at, back }: Of<'SettleReturn'>, { returns }: PaymentState): Decision {
  const known = returns.find(one => one.back === back);
  if (!known || known.settled) return nothing(paymentUnchanged.KNOWN_ALREADY);
  return happened<PaymentEvent>({ type: 'ReturnSettled', at, back });
}

function decide(command: PaymentCommand, state: PaymentState): Decision {
  if (command.type === 'OrderPayment') return order(command, state);
  if (state.order === null) return rejected(paymentRefusals.NO_SUCH_PAYMENT);
  switch (command.type) {
    case 'BeginAttempt':
      return begin(command, state, state.order);
    case 'AnswerAttempt':
      return answer(command, state);
    case 'HearNotification':
      return hear(command, state);
    case 'TakeEvidence':
      return takeEvidence(command, state);
    case 'CompletePayment':
      return complete(command, state);
    case 'ParkAccepted':
      return parkAccepted(command, state, state.order);
    case 'EndAttempt':
      return end(command, state);
    case 'CancelPayment':
      return cancel(command, state);
    case 'ExpirePayment':
      return expire(command, state, state.order);
    case 'ResolveParked':
      return resolve(command, state);
    case 'SettleReturn':
      return settleReturn(command, state);
    case 'SettleParked':
      return settle(command, state);
    default:
      return assertNever(command);
  }
}

export const payment: Decider<PaymentCommand, PaymentEvent, PaymentState, PaymentRejection> = {
  name: 'payment',
  decide,
  evolve: evolvePayment,
  fresh: freshPayment,
};
