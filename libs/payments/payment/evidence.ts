import { type Instant, Money, nothing, type Outcome, rejected } from '#kernel';
import type { EVIDENCE_SOURCES, EVIDENCE_STATES, ParkedFor, PaymentEvent } from './payment.events.js';
import { type PaymentRejection, paymentRefusals, paymentUnchanged } from './payment.refusals.js';
import {
  type Attempt,
  type Evidence,
  keyOf,
  type OrderedPayment,
  type PaymentState,
} from './payment.state.js';
import { decideReturned } from './returns.js';

// What a gateway says, and what follows from it. Evidence only moves forward; each yen is decided on once.

/** What a gateway says of a payment: never believed blindly, never forgotten. */
export interface TakeEvidence {
  readonly type: 'TakeEvidence';
  readonly now: Instant;
  readonly attempt: string;
  readonly environment: 'test' | 'live';
  readonly reference: string;
  readonly source: (typeof EVIDENCE_SOURCES)[number];
  readonly state: (typeof EVIDENCE_STATES)[number];
  /** All that has come in so far, not what came last. */
  readonly received: Money;
  readonly returned: Money;
  /** When it was paid; null: the gateway does not say. */
  readonly paidAt: Instant | null;
  readonly decline: string | null;
  /** Whether the account can still be credited: an outside fact. */
  readonly accountIsOpen: boolean;
}

/** How far a payment has come. A later word of an earlier state is old news (FIELD 1.8, fault 6). */
const RANK: Readonly<Record<Evidence['state'], number>> = {
  waits_for_customer: 0,
  waits_for_money: 1,
  failed: 2,
  cancelled: 2,
  paid: 3,
};

const NOTHING_KNOWN: Evidence = { state: 'waits_for_customer', received: Money.zero, returned: Money.zero };

function forward(before: Evidence, { state, received, returned }: Evidence): Evidence {
  return {
    state: RANK[state] > RANK[before.state] ? state : before.state,
    received: received > before.received ? received : before.received,
    returned: returned > before.returned ? returned : before.returned,
  };
}

/** Why money that came in does not become a lot by itself; undefined when it does. */
function parkedFor(
  { phase }: PaymentState,
  { amount, payableUntil }: OrderedPayment,
  money: { readonly amount: Money; readonly before: Money; readonly paidAt: Instant },
  accountIsOpen: boolean,
): ParkedFor | undefined {
  if (phase === 'accepted' || phase === 'completed') return 'second_payment';
  if (phase === 'cancelled') return 'cancelled_order';
  if (!accountIsOpen) return 'account_closed';
  if (money.before !== 0 || money.amount !== amount) return 'different_amount';
  // What was paid in time and is heard of late is credited, also when the order has expired meanwhile.
  return money.paidAt > payableUntil ? 'after_deadline' : undefined;
}

/**
 * When it was paid, for its lot: as the gateway says, but not before the order and not after now. Its clock
 * may be ahead, and a lot of the future would be refused; a lot of the past would have expired.
 */
function paidWithin({ now, paidAt }: TakeEvidence, { orderedAt }: OrderedPayment): Instant {
  if (paidAt === null || paidAt > now) return now;
  return paidAt < orderedAt ? orderedAt : paidAt;
}

/** What becomes of money that has come in since the last time anything was heard. */
function decideMoney(
  state: PaymentState,
  order: OrderedPayment,
  command: TakeEvidence,
  { gateway, received }: { readonly gateway: string; readonly received: Money },
): PaymentEvent[] {
  const { now: at, reference, accountIsOpen } = command;
  const before = state.decided.get(keyOf({ gateway, reference })) ?? Money.zero;
  const amount = Money.subtract(received, before);
  if (amount <= 0) return [];
  const paidAt = paidWithin(command, order);
  const why = parkedFor(state, order, { amount, before, paidAt }, accountIsOpen);
  if (why === undefined) {
    const lot = `${order.payment}.${gateway}`;
    return [{ type: 'MoneyAccepted', at, gateway, reference, amount, lot, paidAt }];
  }
  const parked = `${order.payment}.${state.parked.length + 1}`;
  return [{ type: 'MoneyParked', at, gateway, reference, parked, amount, paidAt, why }];
}

/** An attempt that failed or was cancelled at the gateway makes room for another one. */
function ending(attempt: Attempt, { now: at, decline }: TakeEvidence, seen: Evidence): PaymentEvent[] {
  const isOver = seen.state === 'failed' || seen.state === 'cancelled';
  if (!isOver || attempt.ended !== null) return [];
  return [{ type: 'AttemptEnded', at, attempt: attempt.attempt, why: decline ?? seen.state }];
}

export function takeEvidence(
  command: TakeEvidence,
  state: PaymentState,
): Outcome<PaymentEvent, PaymentRejection> {
  const { now: at, reference, source, paidAt, decline } = command;
  const { order } = state;
  if (order === null) return rejected(paymentRefusals.NO_SUCH_PAYMENT);
  const attempt = state.attempts.find(one => one.attempt === command.attempt);
  if (!attempt) return rejected(paymentRefusals.UNKNOWN_ATTEMPT);
  if (attempt.environment !== command.environment) return rejected(paymentRefusals.TEST_AND_LIVE);
  const { gateway } = attempt;
  const known = state.evidence.get(keyOf({ gateway, reference }));
  const before = known ?? NOTHING_KNOWN;
  const seen = forward(before, command);
  const isNews =
    !known ||
    seen.state !== before.state ||
    seen.received !== before.received ||
    seen.returned !== before.returned;
  if (!isNews) return nothing(paymentUnchanged.KNOWN_ALREADY);
  const taken: PaymentEvent = {
    type: 'EvidenceTaken',
    at,
    ...{ gateway, reference, source, ...seen, paidAt, decline },
  };
  const money = decideMoney(state, order, command, { gateway, ...seen });
  const acceptedNow = money.find(event => event.type === 'MoneyAccepted') ?? state.accepted;
  const said = { now: at, gateway, reference, returned: seen.returned };
  const returned = decideReturned(state, order, acceptedNow, said);
  return {
    kind: 'events',
    events: [taken, ...money, ...returned, ...ending(attempt, command, seen)],
  };
}
