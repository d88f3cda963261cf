import { Instant, Money } from '#kernel';
import { type Attempt, liveAttempt, type OrderedPayment, type PaymentState } from '#payments';
import type { PaymentView, STANDINGS } from './payments.shapes.js';

type Standing = (typeof STANDINGS)[number];

/** What the customer sees, and what comes next. */
function standingOf({ phase, parked }: PaymentState, live: Attempt | undefined): Standing {
  if (phase !== 'open') return phase;
  if (parked.some(one => one.end === null)) return 'checking';
  if (!live) return 'may_try_again';
  if (!live.instructions) return 'confirming';
  const { numbers, transferTo } = live.instructions;
  return numbers.length > 0 || transferTo !== null ? 'waits_for_money' : 'waits_for_customer';
}

export function paymentView(state: PaymentState, order: OrderedPayment): PaymentView {
  const live = state.phase === 'open' ? liveAttempt(state) : undefined;
  const { page = null, chain = order.chain, numbers = [], transferTo = null } = live?.instructions ?? {};
  return {
    ...{ payment: order.payment, account: order.account, method: order.method, phase: state.phase },
    ...{ amount: Money.text(order.amount), orderedAt: Instant.text(order.orderedAt) },
    payableUntil: Instant.text(order.payableUntil),
    lot: state.accepted?.lot ?? null,
    recharge: order.recharge,
    standing: standingOf(state, live),
    returned: Money.text(Money.sum(state.returns.map(one => one.amount))),
    decline: live ? null : (state.attempts.at(-1)?.ended ?? null),
    ...{ page, chain, numbers: [...numbers], transferTo },
  };
}
