import { type AccountId, column, type Instant, type Money, projection, table } from '#kernel';
import {
  type PARKED_ENDS,
  type ParkedFor,
  type PaymentEvent,
  type PaymentMethod,
  type PaymentPhase,
  paymentOfStream,
} from '#payments';

const paymentsTable = table({
  name: 'payments',
  columns: {
    payment: 'text',
    account: column.text<AccountId>(),
    method: column.text<PaymentMethod>(),
    amount: column.integer<Money>(),
    phase: column.text<PaymentPhase>(),
    ordered_at: column.integer<Instant>(),
    payable_until: column.integer<Instant>(),
    lot: column.textOrNull<string>(),
    /** A card was charged by itself. */
    recharge: column.integer<0 | 1>(),
    /** The job goes on with it: it may still be paid, or its money is becoming a lot. */
    open: column.integer<0 | 1>(),
    position: 'integer',
  },
  key: ['payment'],
  indexes: [
    ['account', 'position'],
    ['open', 'payment'],
    ['method', 'payable_until'],
  ],
});

const parkedTable = table({
  name: 'parked_money',
  columns: {
    parked: 'text',
    payment: 'text',
    gateway: 'text',
    reference: 'text',
    amount: column.integer<Money>(),
    why: column.text<ParkedFor>(),
    parked_at: column.integer<Instant>(),
    /** What staff decided. */
    ends_as: column.textOrNull<(typeof PARKED_ENDS)[number]>(),
    /** Staff has yet to decide. */
    open: column.integer<0 | 1>(),
    /** Staff decided, and it is yet to be done: the job goes on with it. */
    settling: column.integer<0 | 1>(),
    position: 'integer',
  },
  key: ['parked'],
  indexes: [
    ['open', 'position'],
    ['settling', 'payment'],
    ['payment', 'position'],
  ],
});

/** Orders of prepaid value, and money that waits for staff. No page, no slip, no account of anybody. */
export const payments = projection({
  name: 'payments',
  version: 3,
  tables: [paymentsTable, parkedTable],
  handles: [
    'payments.PaymentOrdered.v1',
    'payments.MoneyAccepted.v1',
    'payments.MoneyParked.v1',
    'payments.MoneyReturned.v1',
    'payments.ReturnSettled.v1',
    'payments.PaymentCompleted.v1',
    'payments.PaymentCancelled.v1',
    'payments.PaymentExpired.v1',
    'payments.ParkedResolved.v1',
    'payments.ParkedSettled.v1',
  ],
  apply({ event, stream, position }, rows) {
    const e = event as PaymentEvent;
    const key = { payment: paymentOfStream(stream) };
    switch (e.type) {
      case 'PaymentOrdered':
        rows.insert('payments', {
          ...{ payment: e.payment, account: e.account, method: e.method, amount: e.amount },
          ...{ phase: 'open', ordered_at: e.at, payable_until: e.payableUntil, lot: null, open: 1 },
          recharge: e.recharge ? 1 : 0,
          position,
        });
        break;
      case 'MoneyAccepted':
        rows.merge('payments', key, { set: { phase: 'accepted', lot: e.lot, open: 1 } });
        break;
      case 'MoneyParked':
        rows.insert('parked_money', {
          ...{ ...key, parked: e.parked, gateway: e.gateway, reference: e.reference, amount: e.amount },
          ...{ why: e.why, parked_at: e.at, ends_as: null, open: 1, settling: 0, position },
        });
        // What the wallet did not take: see `ParkAccepted`.
        if (e.why === 'account_closed')
          rows.merge('payments', key, { set: { phase: 'cancelled', lot: null, open: 0 } });
        break;
      case 'MoneyReturned':
        rows.merge('payments', key, { set: { open: 1 } });
        break;
      case 'ReturnSettled':
        rows.merge('payments', key, { set: { open: 0 } });
        break;
      case 'PaymentCompleted':
        rows.merge('payments', key, { set: { phase: 'completed', open: 0 } });
        break;
      case 'PaymentCancelled':
        rows.merge('payments', key, { set: { phase: 'cancelled', open: 0 } });
        break;
      case 'PaymentExpired':
        rows.merge('payments', key, { set: { phase: 'expired', open: 0 } });
        break;
      case 'ParkedResolved':
        rows.merge('parked_money', { parked: e.parked }, { set: { ends_as: e.end, open: 0, settling: 1 } });
        break;
      case 'ParkedSettled':
        rows.merge('parked_money', { parked: e.parked }, { set: { settling: 0 } });
        break;
    }
  },
});
