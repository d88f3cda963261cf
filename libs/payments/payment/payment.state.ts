import { type AccountId, assertNever, type Instant, Money } from '#kernel';
import type { PaymentMethod } from '../methods.js';
import type { ParkedFor, PaymentEvent } from './payment.events.js';

/** How it can be paid, as the gateway answered. */
export interface Instructions {
  readonly reference: string;
  readonly page: string | null;
  readonly chain: string | null;
  readonly numbers: readonly { readonly kind: string; readonly value: string }[];
  readonly transferTo: {
    readonly bank: string;
    readonly branch: string;
    readonly kind: 'ordinary' | 'current';
    readonly number: string;
    readonly holder: string;
  } | null;
}

/** One asking of a gateway. */
export interface Attempt {
  readonly attempt: string;
  readonly gateway: string;
  readonly environment: 'test' | 'live';
  readonly begunAt: Instant;
  /** The gateway's id; null as long as no answer has come: nobody knows whether it happened. */
  readonly reference: string | null;
  /** How it can be paid. */
  readonly instructions: Instructions | null;
  /** Why it came to nothing; null as long as it may still be paid. */
  readonly ended: string | null;
}

type EvidenceTaken = Extract<PaymentEvent, { type: 'EvidenceTaken' }>;
/** The newest that is known of one payment of a gateway. */
export type Evidence = Pick<EvidenceTaken, 'state' | 'received' | 'returned'>;

export interface Parked {
  readonly parked: string;
  readonly gateway: string;
  readonly reference: string;
  readonly amount: Money;
  readonly why: ParkedFor;
  /** When it was paid: a lot that it becomes is issued then. */
  readonly paidAt: Instant;
  /** What staff decided. */
  readonly end: 'credited' | 'returned' | null;
  readonly reason: string | null;
  /** It is done. */
  readonly settled: boolean;
}

/** Money of a lot that went back to whoever paid. */
export interface ReturnedMoney {
  readonly back: string;
  readonly gateway: string;
  readonly reference: string;
  readonly lot: string;
  readonly amount: Money;
  /** Its value is taken from the wallet. */
  readonly settled: boolean;
}

export interface Accepted {
  readonly gateway: string;
  readonly reference: string;
  readonly amount: Money;
  readonly lot: string;
  readonly paidAt: Instant;
}

/**
 * `open`: it can be paid. `accepted`: its money is there and becomes a lot. `completed`: the lot is there.
 * `cancelled` and `expired`: nobody is asked to pay any more; money that comes all the same is never lost.
 */
export type PaymentPhase = 'open' | 'accepted' | 'completed' | 'cancelled' | 'expired';

export interface OrderedPayment {
  readonly payment: string;
  readonly account: AccountId;
  readonly method: PaymentMethod;
  readonly amount: Money;
  readonly chain: string | null;
  readonly orderedAt: Instant;
  readonly payableUntil: Instant;
  /** A registered card, by our id of it. */
  readonly card: string | null;
  /** The gateway shall keep the card that is typed. */
  readonly keepsCard: boolean;
  /** Charged by itself, with nobody before a browser. */
  readonly recharge: boolean;
}

export interface PaymentState {
  order: OrderedPayment | null;
  phase: PaymentPhase;
  attempts: Attempt[];
  /** By `<gateway>/<reference>`. */
  readonly evidence: Map<string, Evidence>;
  /** What was decided on, by `<gateway>/<reference>`: accepted and parked. */
  readonly decided: Map<string, Money>;
  accepted: Accepted | null;
  parked: Parked[];
  returns: ReturnedMoney[];
  readonly notifications: Set<string>;
}

export const freshPayment = (): PaymentState => ({
  order: null,
  phase: 'open',
  attempts: [],
  evidence: new Map(),
  decided: new Map(),
  accepted: null,
  parked: [],
  returns: [],
  notifications: new Set(),
});

export const paymentStream = (payment: string): string => `payment-${payment}`;
export const paymentOfStream = (stream: string): string => stream.slice('payment-'.length);

/** The payment that an attempt is of; attempts are numbered. */
export const paymentOfAttempt = (attempt: string): string => attempt.slice(0, attempt.lastIndexOf('-'));

/** By what a credit goes: the gateway and its own id of the payment, never that of a notification. */
export const keyOf = ({ gateway, reference }: { readonly gateway: string; readonly reference: string }) =>
  `${gateway}/${reference}`;

/** The attempt that may still be paid; there is at most one. */
export const liveAttempt = ({ attempts }: Pick<PaymentState, 'attempts'>): Attempt | undefined =>
  attempts.find(one => one.ended === null);

/** Whether money may still come: what came in, whatever its amount, is the end of an attempt. */
export function mayStillBePaid(state: PaymentState): boolean {
  const live = liveAttempt(state);
  if (!live || live.reference === null) return live !== undefined;
  const { gateway, reference } = live;
  return state.evidence.get(keyOf({ gateway, reference }))?.state !== 'paid';
}

type Of<Type extends PaymentEvent['type']> = Extract<PaymentEvent, { type: Type }>;

function orderOf(event: Of<'PaymentOrdered'>): OrderedPayment {
  const { payment, account, method, amount, chain, at: orderedAt, payableUntil } = event;
  const { card = null, keepsCard = false, recharge = false } = event;
  return { payment, account, method, amount, chain, orderedAt, payableUntil, card, keepsCard, recharge };
}

function beginAttempt(
  { attempts }: PaymentState,
  { attempt, gateway, environment, at: begunAt }: Of<'AttemptBegun'>,
): void {
  const unknown = { reference: null, instructions: null, ended: null };
  attempts.push({ attempt, gateway, environment, begunAt, ...unknown });
}

function changeAttempt(state: PaymentState, attempt: string, change: Partial<Attempt>): void {
  state.attempts = state.attempts.map(one => (one.attempt === attempt ? { ...one, ...change } : one));
}

function addDecided(state: PaymentState, money: Of<'MoneyAccepted'> | Of<'MoneyParked'>): void {
  const key = keyOf(money);
  state.decided.set(key, Money.add(state.decided.get(key) ?? Money.zero, money.amount));
}

function park(state: PaymentState, event: Of<'MoneyParked'>): void {
  const { parked, gateway, reference, amount, why, paidAt } = event;
  state.parked.push({
    parked,
    gateway,
    reference,
    amount,
    why,
    paidAt,
    end: null,
    reason: null,
    settled: false,
  });
  const { accepted } = state;
  // Accepted money that the wallet did not take is parked in its place; it was decided on before.
  if (
    state.phase === 'accepted' &&
    why !== 'second_payment' &&
    accepted &&
    keyOf(accepted) === keyOf(event)
  ) {
    state.accepted = null;
    state.phase = 'cancelled';
  } else addDecided(state, event);
}

export function evolvePayment(state: PaymentState, event: PaymentEvent): PaymentState {
  switch (event.type) {
    case 'PaymentOrdered':
      state.order = orderOf(event);
      break;
    case 'AttemptBegun':
      beginAttempt(state, event);
      break;
    case 'AttemptAnswered': {
      const { attempt, reference, page, chain, numbers, transferTo } = event;
      const instructions = { reference, page, chain, numbers, transferTo };
      changeAttempt(state, attempt, { reference, instructions });
      break;
    }
    case 'PaymentNotified':
      state.notifications.add(`${event.gateway}/${event.notification}`);
      break;
    case 'EvidenceTaken': {
      const { state: seen, received, returned } = event;
      state.evidence.set(keyOf(event), { state: seen, received, returned });
      break;
    }
    case 'MoneyAccepted': {
      const { gateway, reference, amount, lot, paidAt } = event;
      state.accepted = { gateway, reference, amount, lot, paidAt };
      state.phase = 'accepted';
      addDecided(state, event);
      break;
    }
    case 'MoneyParked':
      park(state, event);
      break;
    case 'MoneyReturned': {
      const { back, gateway, reference, lot, amount } = event;
      state.returns.push({ back, gateway, reference, lot, amount, settled: false });
      break;
    }
    case 'ReturnSettled':
      state.returns = state.returns.map(one => (one.back === event.back ? { ...one, settled: true } : one));
      break;
    case 'PaymentCompleted':
      state.phase = 'completed';
      break;
    case 'AttemptEnded':
      changeAttempt(state, event.attempt, { ended: event.why });
      break;
    case 'PaymentCancelled':
      state.phase = 'cancelled';
      break;
    case 'PaymentExpired':
      state.phase = 'expired';
      break;
    case 'ParkedResolved':
      state.parked = state.parked.map(one =>
        one.parked === event.parked ? { ...one, end: event.end, reason: event.reason } : one,
      );
      break;
    case 'ParkedSettled':
      state.parked = state.parked.map(one => (one.parked === event.parked ? { ...one, settled: true } : one));
      break;
    default:
      assertNever(event);
  }
  return state;
}
