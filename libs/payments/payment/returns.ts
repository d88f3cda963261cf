import { type Instant, Money } from '#kernel';
import type { PaymentEvent } from './payment.events.js';
import { type Accepted, keyOf, type OrderedPayment, type PaymentState } from './payment.state.js';

// Money that a gateway gave back: a dispute that was lost, a refund at the gateway. What had become a lot is
// taken back from the wallet, once per yen; parked money that staff returned is their own doing.

interface Said {
  readonly now: Instant;
  readonly gateway: string;
  readonly reference: string;
  /** All that has gone back so far. */
  readonly returned: Money;
}

interface Credited {
  readonly lot: string;
  readonly amount: Money;
}

const sumOf = (all: readonly { readonly amount: Money }[]): Money => Money.sum(all.map(one => one.amount));

/** The lots that the money of one payment of a gateway became, oldest first. */
function creditedBy(state: PaymentState, accepted: Accepted | null, key: string): Credited[] {
  const own = accepted && keyOf(accepted) === key ? [accepted] : [];
  const parked = state.parked.filter(one => keyOf(one) === key && one.end === 'credited');
  return [...own, ...parked.map(one => ({ lot: one.parked, amount: one.amount }))];
}

/** @param accepted what is accepted now, also by the same evidence */
export function decideReturned(
  state: PaymentState,
  { payment }: OrderedPayment,
  accepted: Accepted | null,
  { now: at, gateway, reference, returned }: Said,
): PaymentEvent[] {
  const key = keyOf({ gateway, reference });
  const notCredited = state.parked.filter(one => keyOf(one) === key && one.end !== 'credited');
  const known = state.returns.filter(one => keyOf(one) === key);
  let left = Money.subtract(Money.subtract(returned, sumOf(notCredited)), sumOf(known));
  let count = state.returns.length;
  return creditedBy(state, accepted, key).flatMap(({ lot, amount }): PaymentEvent[] => {
    const gone = sumOf(known.filter(one => one.lot === lot));
    const back = Money.min(left, Money.subtract(amount, gone));
    if (back <= 0) return [];
    left = Money.subtract(left, back);
    const name = `${payment}.b${++count}`;
    return [{ type: 'MoneyReturned', at, gateway, reference, back: name, lot, amount: back }];
  });
}
