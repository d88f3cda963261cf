import { Money, type Projection, type RowSink } from '#kernel';
import { issuedAtOf, type LotPart, type WalletEvent } from './wallet.events.js';
import { accountOfWallet } from './wallet.streams.js';

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
}

/**
 * What an event looks like in the prepaid history (PRX-02, PRX-03). Calls are shown from `calls`; holds move
 * nothing.
 */
function entryOf(e: WalletEvent): Entry | null {
  switch (e.type) {
    case 'LotCredited':
      return { item: `charge:${e.method}`, amount: e.amount, ref: e.lot, detail: '' };
    case 'ReceivablePaid':
      return { item: 'receivable_paid', amount: -e.amount, ref: '', detail: '' };
    case 'ReceivablePaymentReturned':
      return { item: 'receivable_paid', amount: sumOf(e.parts), ref: '', detail: '' };
    case 'Debited':
      return { item: e.kind, amount: -sumOf(e.parts), ref: e.debit, detail: e.category };
    case 'DebitReversed':
      return { item: 'reversal', amount: sumOf(e.parts), ref: e.reversal, detail: e.category };
    case 'LotExpired':
      return { item: 'expiry', amount: -e.amount, ref: e.lot, detail: '' };
    case 'Adjusted':
      return {
        item: 'adjustment',
        amount: e.amount > 0 ? e.amount : -sumOf(e.parts),
        ref: e.adjustment,
        detail: e.reason,
      };
    case 'IncomingDiscountGranted':
      return { item: 'discount', amount: signOf(e) * sumOf(e.parts), ref: '', detail: '' };
    case 'RoundingDifferenceBooked':
      return {
        item: 'rounding',
        amount: e.amount > 0 ? -sumOf(e.parts) : sumOf(e.parts),
        ref: '',
        detail: '',
      };
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
  version: 1,
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
