import {
  type AccountId,
  type BusinessDay,
  type BusinessMonth,
  column,
  type Instant,
  Money,
  type MoneyTotal,
  projection,
  type RowOf,
  type RowsInto,
  table,
} from '#kernel';
import { accountOfWallet, issuedAtOf, type LotKind, type LotPart, type WalletEvent } from '#ledger';

const walletsTable = table({
  name: 'wallets',
  columns: {
    account: column.text<AccountId>(),
    month: column.integer<BusinessMonth>(),
    posted: column.integer<MoneyTotal>(),
    receivable: column.integer<MoneyTotal>(),
    /** From when on the service is suspended for what is owed. */
    suspended_since: column.integerOrNull<Instant>(),
  },
  key: ['account'],
});

const lotsTable = table({
  name: 'lots',
  columns: {
    account: column.text<AccountId>(),
    lot: 'text',
    kind: column.text<LotKind>(),
    method: 'text',
    credited: column.integer<Money>(),
    remaining: column.integer<Money>(),
    issued_at: column.integer<Instant>(),
    expires_on: column.integer<BusinessDay>(),
  },
  key: ['account', 'lot'],
});

const historyTable = table({
  name: 'prepaid_history',
  columns: {
    account: column.text<AccountId>(),
    position: 'integer',
    at: column.integer<Instant>(),
    item: 'text',
    /** Effect on the posted balance, signed. */
    amount: column.integer<Money>(),
    ref: 'text',
    detail: 'text',
    /** What it cost, or gave back (below zero); null where the event prices nothing. */
    net: column.integerOrNull<Money>(),
    tax: column.integerOrNull<Money>(),
    /** Also of what has no tax of its own: `gross + unreturned = owed - amount`. */
    gross: column.integerOrNull<Money>(),
    /** Effect on what is owed, signed. */
    owed: column.integer<Money>(),
    /** Of what was given back: what no lot takes any more. */
    unreturned: column.integer<Money>(),
    /** The debit that a reversal takes back. */
    debit: 'text',
  },
  key: ['account', 'position'],
});

type Rows = RowsInto<typeof walletsTable | typeof lotsTable>;
type LotRow = RowOf<typeof lotsTable>;

/** Stored types that move value or begin a month. */
const WALLET_EVENT_TYPES = [
  'ledger.WalletOpened.v1',
  'ledger.WalletOpened.v2',
  'ledger.LotCredited.v1',
  'ledger.ReceivablePaid.v1',
  'ledger.ReceivablePaymentReturned.v1',
  'ledger.CallCharged.v1',
  'ledger.Debited.v1',
  'ledger.DebitReversed.v1',
  'ledger.DebitReversed.v2',
  'ledger.LotExpired.v1',
  'ledger.Adjusted.v1',
  'ledger.IncomingDiscountGranted.v1',
  'ledger.IncomingDiscountGranted.v2',
  'ledger.RoundingDifferenceBooked.v1',
  'ledger.RoundingDifferenceBooked.v2',
  'ledger.ChargeTakenBack.v1',
  'ledger.ServiceSuspended.v1',
  'ledger.ServiceResumed.v1',
];

const sumOf = (parts: readonly LotPart[]): Money => {
  let sum = 0;
  for (const part of parts) sum += part.amount;
  return Money.fromUnits(sum);
};

/** A discount comes to the lots, or is taken from them when too much had been granted. */
const isTaken = (e: Extract<WalletEvent, { type: 'IncomingDiscountGranted' }>): boolean => e.net + e.tax < 0;

/** What a row of the history tells of an event, place and time apart. */
type Entry = Omit<RowOf<typeof historyTable>, 'account' | 'position' | 'at'>;

const { add, negate: minus, zero } = Money;
const NOTHING = {
  ...{ ref: '', detail: '', debit: '' },
  ...{ net: null, tax: null, gross: null, owed: zero, unreturned: zero },
};

const priced = (net: Money, tax: Money) => ({ net, tax, gross: add(net, tax) });

function reversalOf(e: Extract<WalletEvent, { type: 'DebitReversed' }>): Entry {
  let [net, tax] = [minus(e.net), minus(e.tax)];
  for (const discount of e.discounts) {
    net = add(net, discount.net);
    tax = add(tax, discount.tax);
  }
  return {
    item: 'reversal',
    amount: sumOf(e.parts),
    ref: e.reversal,
    detail: e.category,
    ...priced(net, tax),
    owed: minus(e.receivable),
    unreturned: add(sumOf(e.expired), e.unreturned),
    debit: e.debit,
  };
}

/** An adjustment up is a lot of its own, one down costs what it takes and what it leaves owed. */
const adjustmentOf = (e: Extract<WalletEvent, { type: 'Adjusted' }>): Entry => ({
  ...NOTHING,
  item: 'adjustment',
  amount: e.amount > 0 ? e.amount : minus(sumOf(e.parts)),
  ref: e.adjustment,
  detail: e.reason,
  gross: e.amount > 0 ? null : minus(e.amount),
  owed: e.receivable,
});

/**
 * What an event looks like in the prepaid history (PRX-02, PRX-03). Calls are shown from `calls`; holds move
 * nothing.
 */
function entryOf(e: WalletEvent): Entry | null {
  switch (e.type) {
    case 'LotCredited':
      return { ...NOTHING, item: `charge:${e.method}`, amount: e.amount, ref: e.lot };
    case 'ReceivablePaid':
      return { ...NOTHING, item: 'receivable_paid', amount: minus(e.amount), owed: minus(e.amount) };
    case 'ReceivablePaymentReturned': {
      const unreturned = sumOf(e.expired);
      return { ...NOTHING, item: 'receivable_paid', amount: sumOf(e.parts), owed: e.amount, unreturned };
    }
    case 'Debited': {
      const moved = { amount: minus(sumOf(e.parts)), owed: e.receivable };
      return {
        ...NOTHING,
        item: e.kind,
        ...moved,
        ref: e.debit,
        detail: e.category,
        ...priced(e.net, e.tax),
      };
    }
    case 'DebitReversed':
      return reversalOf(e);
    case 'ChargeTakenBack': {
      const moved = { amount: minus(sumOf(e.parts)), owed: e.receivable };
      return { ...NOTHING, item: 'chargeback', ...moved, ref: e.back, detail: e.method, gross: e.amount };
    }
    case 'LotExpired':
      return { ...NOTHING, item: 'expiry', amount: minus(e.amount), ref: e.lot };
    case 'Adjusted':
      return adjustmentOf(e);
    case 'IncomingDiscountGranted': {
      const moved = {
        amount: isTaken(e) ? minus(sumOf(e.parts)) : sumOf(e.parts),
        owed: minus(e.receivable),
      };
      const unreturned = add(sumOf(e.expired), e.unreturned);
      return { ...NOTHING, item: 'discount', ...moved, ...priced(minus(e.net), minus(e.tax)), unreturned };
    }
    case 'RoundingDifferenceBooked': {
      const amount = e.amount > 0 ? minus(sumOf(e.parts)) : sumOf(e.parts);
      const unreturned = add(sumOf(e.expired), e.unreturned);
      return { ...NOTHING, item: 'rounding', amount, gross: e.amount, owed: e.receivable, unreturned };
    }
    case 'ServiceSuspended':
      return { ...NOTHING, item: 'suspended', amount: zero };
    case 'ServiceResumed':
      return { ...NOTHING, item: 'resumed', amount: zero };
    default:
      return null;
  }
}

class WalletRows {
  constructor(
    private readonly account: AccountId,
    private readonly rows: Rows,
  ) {}

  wallet(posted: number, receivable: number): void {
    this.rows.merge('wallets', { account: this.account }, { add: { posted, receivable } });
  }

  /** Value that leaves (-1) or comes back to (1) lots. */
  lots(parts: readonly LotPart[], sign: 1 | -1): void {
    for (const part of parts) {
      this.rows.merge(
        'lots',
        { account: this.account, lot: part.lot },
        { add: { remaining: sign * part.amount } },
      );
    }
  }

  newLot(lot: Omit<LotRow, 'account' | 'remaining'>): void {
    this.rows.insert('lots', { account: this.account, ...lot, remaining: lot.credited });
  }
}

function move(e: WalletEvent, w: WalletRows): void {
  switch (e.type) {
    case 'LotCredited':
      w.newLot({
        lot: e.lot,
        kind: e.kind,
        method: e.method,
        credited: e.amount,
        issued_at: issuedAtOf(e),
        expires_on: e.expiresOn,
      });
      w.wallet(e.amount, 0);
      break;
    case 'ReceivablePaid':
      w.lots(e.parts, -1);
      w.wallet(-e.amount, -e.amount);
      break;
    case 'ReceivablePaymentReturned':
      w.lots(e.parts, 1);
      w.wallet(sumOf(e.parts), e.amount);
      break;
    case 'CallDebited':
    case 'ChargeTakenBack':
    case 'Debited':
      w.lots(e.parts, -1);
      w.wallet(-sumOf(e.parts), e.receivable);
      break;
    case 'DebitReversed':
      w.lots(e.parts, 1);
      w.wallet(sumOf(e.parts), -e.receivable);
      break;
    case 'IncomingDiscountGranted': {
      const sign = isTaken(e) ? -1 : 1;
      w.lots(e.parts, sign);
      w.wallet(sign * sumOf(e.parts), -e.receivable);
      break;
    }
    case 'LotExpired':
      w.lots([{ lot: e.lot, kind: e.kind, amount: e.amount }], -1);
      w.wallet(-e.amount, 0);
      break;
    case 'RoundingDifferenceBooked': {
      const sign = e.amount > 0 ? -1 : 1;
      w.lots(e.parts, sign);
      w.wallet(sign * sumOf(e.parts), e.receivable);
      break;
    }
    case 'Adjusted':
      if (e.amount > 0) {
        w.newLot({
          lot: e.adjustment,
          kind: 'bonus',
          method: 'adjustment',
          credited: e.amount,
          issued_at: issuedAtOf(e),
          expires_on: e.expiresOn ?? (0 as BusinessDay),
        });
        w.wallet(e.amount, 0);
      } else {
        w.lots(e.parts, -1);
        w.wallet(-sumOf(e.parts), e.receivable);
      }
      break;
  }
}

/**
 * What every wallet holds and owes, its lots, and its history without the calls (those are in `calls`). What
 * is set aside by holds is a matter of the moment: it is read from the wallet itself.
 */
export const prepaid = projection({
  name: 'prepaid',
  version: 5,
  tables: [walletsTable, lotsTable, historyTable],
  handles: WALLET_EVENT_TYPES,
  apply({ event, stream, position }, rows) {
    const e = event as WalletEvent;
    const account = accountOfWallet(stream);
    if (e.type === 'WalletOpened') {
      const set = { month: e.month, suspended_since: e.carried?.suspendedSince ?? null };
      rows.merge('wallets', { account }, { set, add: { posted: 0, receivable: 0 } });
      return;
    }
    if (e.type === 'ServiceSuspended' || e.type === 'ServiceResumed') {
      const since = e.type === 'ServiceSuspended' ? e.at : null;
      rows.merge('wallets', { account }, { set: { suspended_since: since } });
    }
    move(e, new WalletRows(account, rows));
    const entry = entryOf(e);
    if (entry) rows.insert('prepaid_history', { account, position, at: e.at, ...entry });
  },
});
