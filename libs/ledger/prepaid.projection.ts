import { Money, type Projection, type RowSink } from '#kernel';
import { issuedAtOf } from './wallet/lots.js';
import type { WalletEvent } from './wallet/wallet.events.js';
import type { LotPart } from './wallet/wallet.facts.js';
import { accountOfWallet } from './wallet/wallet.state.js';

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
];

const sumOf = (parts: readonly LotPart[]): Money => {
  let sum = 0;
  for (const part of parts) sum += part.amount;
  return Money.fromUnits(sum);
};

/** A discount comes to the lots, or is taken from them when too much had been granted. */
const signOf = (e: Extract<WalletEvent, { type: 'IncomingDiscountGranted' }>): 1 | -1 =>
  e.net + e.tax < 0 ? -1 : 1;

interface Entry {
  readonly item: string;
  /** Effect on the posted balance, signed. */
  readonly amount: number;
  readonly ref: string;
  readonly detail: string;
  /** What it cost, or gave back (below zero); null where the event prices nothing. */
  readonly net: number | null;
  readonly tax: number | null;
  /** Also of what has no tax of its own: `gross + unreturned = owed - amount`. */
  readonly gross: number | null;
  /** Effect on what is owed, signed. */
  readonly owed: number;
  /** Of what was given back: what no lot takes any more. */
  readonly unreturned: number;
  /** The debit that a reversal takes back. */
  readonly debit: string;
}

const NOTHING = { ref: '', detail: '', net: null, tax: null, gross: null, owed: 0, unreturned: 0, debit: '' };

// Not `-0`: what is nothing has no sign.
const minus = (amount: number): number => 0 - amount;

const priced = (net: number, tax: number) => ({ net, tax, gross: net + tax });

function reversalOf(e: Extract<WalletEvent, { type: 'DebitReversed' }>): Entry {
  let [net, tax] = [minus(e.net), minus(e.tax)];
  for (const discount of e.discounts) {
    net += discount.net;
    tax += discount.tax;
  }
  return {
    item: 'reversal',
    amount: sumOf(e.parts),
    ref: e.reversal,
    detail: e.category,
    ...priced(net, tax),
    owed: minus(e.receivable),
    unreturned: sumOf(e.expired) + e.unreturned,
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
    case 'LotExpired':
      return { ...NOTHING, item: 'expiry', amount: minus(e.amount), ref: e.lot };
    case 'Adjusted':
      return adjustmentOf(e);
    case 'IncomingDiscountGranted': {
      const moved = { amount: signOf(e) * sumOf(e.parts), owed: minus(e.receivable) };
      const unreturned = sumOf(e.expired) + e.unreturned;
      return { ...NOTHING, item: 'discount', ...moved, ...priced(minus(e.net), minus(e.tax)), unreturned };
    }
    case 'RoundingDifferenceBooked': {
      const amount = e.amount > 0 ? minus(sumOf(e.parts)) : sumOf(e.parts);
      const unreturned = sumOf(e.expired) + e.unreturned;
      return { ...NOTHING, item: 'rounding', amount, gross: e.amount, owed: e.receivable, unreturned };
    }
    default:
      return null;
  }
}

class WalletRows {
  constructor(
    private readonly account: string,
    private readonly rows: RowSink,
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

  newLot(
    lot: string,
    facts: { kind: string; method: string; amount: Money; at: number; expiresOn: number },
  ): void {
    const { kind, method, amount, at, expiresOn } = facts;
    const row = { account: this.account, lot, kind, method, credited: amount, remaining: amount };
    this.rows.insert('lots', { ...row, issued_at: at, expires_on: expiresOn });
  }
}

function move(e: WalletEvent, w: WalletRows): void {
  switch (e.type) {
    case 'LotCredited':
      w.newLot(e.lot, {
        kind: e.kind,
        method: e.method,
        amount: e.amount,
        at: issuedAtOf(e),
        expiresOn: e.expiresOn,
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
    case 'CallCharged':
    case 'Debited':
      w.lots(e.parts, -1);
      w.wallet(-sumOf(e.parts), e.receivable);
      break;
    case 'DebitReversed':
      w.lots(e.parts, 1);
      w.wallet(sumOf(e.parts), -e.receivable);
      break;
    case 'IncomingDiscountGranted': {
      const sign = signOf(e);
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
        w.newLot(e.adjustment, {
          kind: 'bonus',
          method: 'adjustment',
          amount: e.amount,
          at: issuedAtOf(e),
          expiresOn: e.expiresOn ?? 0,
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
export const prepaid: Projection = {
  name: 'prepaid',
  version: 2,
  tables: [
    {
      name: 'wallets',
      columns: { account: 'text', month: 'integer', posted: 'integer', receivable: 'integer' },
      key: ['account'],
    },
    {
      name: 'lots',
      columns: {
        account: 'text',
        lot: 'text',
        kind: 'text',
        method: 'text',
        credited: 'integer',
        remaining: 'integer',
        issued_at: 'integer',
        expires_on: 'integer',
      },
      key: ['account', 'lot'],
    },
    {
      name: 'prepaid_history',
      columns: {
        account: 'text',
        position: 'integer',
        at: 'integer',
        item: 'text',
        amount: 'integer',
        ref: 'text',
        detail: 'text',
        net: 'integer?',
        tax: 'integer?',
        gross: 'integer?',
        owed: 'integer',
        unreturned: 'integer',
        debit: 'text',
      },
      key: ['account', 'position'],
    },
  ],
  handles: WALLET_EVENT_TYPES,
  apply({ event, stream, position }, rows) {
    const e = event as WalletEvent;
    const account = accountOfWallet(stream);
    if (e.type === 'WalletOpened') {
      rows.merge('wallets', { account }, { set: { month: e.month }, add: { posted: 0, receivable: 0 } });
      return;
    }
    move(e, new WalletRows(account, rows));
    const entry = entryOf(e);
    if (entry) rows.insert('prepaid_history', { account, position, at: e.at, ...entry });
  },
};
