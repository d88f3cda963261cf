import { BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import type { WalletEvent } from './wallet.events.js';
import { type StoredEventOf, WALLET_STORED_TYPES } from './wallet.stored.js';
import { callFacts, callPrice, lotFacts, parts, walletBalance } from './wallet-facts.decode.js';

// Hand-written literals: a replay decodes 200,000 events a second.

type EventOf<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;

const walletOpened = (e: StoredEventOf<'WalletOpened'>): EventOf<'WalletOpened'> => ({
  type: 'WalletOpened',
  at: Instant.parse(e.at),
  account: e.account,
  month: BusinessMonth.parse(e.month),
  carried: e.carried === null ? null : walletBalance(e.carried),
});

/** A field that most events of their type do not have. */
const issuedAt = (e: { readonly issuedAt?: string }): { readonly issuedAt?: Instant } =>
  e.issuedAt === undefined ? {} : { issuedAt: Instant.parse(e.issuedAt) };

const lotCredited = (e: StoredEventOf<'LotCredited'>): EventOf<'LotCredited'> => ({
  type: 'LotCredited',
  at: Instant.parse(e.at),
  lot: e.lot,
  kind: e.kind,
  method: e.method,
  amount: Money.parse(e.amount),
  expiresOn: BusinessDay.parse(e.expiresOn),
  policy: e.policy,
  ...issuedAt(e),
});

const receivablePaid = (e: StoredEventOf<'ReceivablePaid'>): EventOf<'ReceivablePaid'> => ({
  type: 'ReceivablePaid',
  at: Instant.parse(e.at),
  amount: Money.parse(e.amount),
  parts: parts(e.parts),
});

const receivablePaymentReturned = (
  e: StoredEventOf<'ReceivablePaymentReturned'>,
): EventOf<'ReceivablePaymentReturned'> => ({
  type: 'ReceivablePaymentReturned',
  at: Instant.parse(e.at),
  amount: Money.parse(e.amount),
  parts: parts(e.parts),
  expired: parts(e.expired),
});

const fundsHeld = (e: StoredEventOf<'FundsHeld'>): EventOf<'FundsHeld'> => ({
  type: 'FundsHeld',
  at: Instant.parse(e.at),
  hold: e.hold,
  purpose: e.purpose,
  amount: Money.parse(e.amount),
  parts: parts(e.parts),
});

const holdExtended = (e: StoredEventOf<'HoldExtended'>): EventOf<'HoldExtended'> => ({
  type: 'HoldExtended',
  at: Instant.parse(e.at),
  hold: e.hold,
  amount: Money.parse(e.amount),
  parts: parts(e.parts),
});

const holdReleased = (e: StoredEventOf<'HoldReleased'>): EventOf<'HoldReleased'> => ({
  type: 'HoldReleased',
  at: Instant.parse(e.at),
  hold: e.hold,
  parts: parts(e.parts),
});

const callCharged = (e: StoredEventOf<'CallCharged'>): EventOf<'CallCharged'> => ({
  type: 'CallCharged',
  at: Instant.parse(e.at),
  call: callFacts(e.call),
  price: callPrice(e.price),
  category: e.category,
  taxCategory: e.taxCategory,
  taxRate: e.taxRate,
  billingMonth: BusinessMonth.parse(e.billingMonth),
  net: Money.parse(e.net),
  tax: Money.parse(e.tax),
  hold: e.hold,
  parts: parts(e.parts),
  receivable: Money.parse(e.receivable),
});

const callNoted = (e: StoredEventOf<'CallNoted'>): EventOf<'CallNoted'> => ({
  type: 'CallNoted',
  at: Instant.parse(e.at),
  call: callFacts(e.call),
  why: e.why,
  category: e.category,
  billingMonth: BusinessMonth.parse(e.billingMonth),
  hold: e.hold,
});

const debited = (e: StoredEventOf<'Debited'>): EventOf<'Debited'> => ({
  type: 'Debited',
  at: Instant.parse(e.at),
  debit: e.debit,
  kind: e.kind,
  category: e.category,
  taxCategory: e.taxCategory,
  taxRate: e.taxRate,
  billingMonth: BusinessMonth.parse(e.billingMonth),
  net: Money.parse(e.net),
  tax: Money.parse(e.tax),
  parts: parts(e.parts),
  receivable: Money.parse(e.receivable),
});

const debitReversed = (e: StoredEventOf<'DebitReversed'>): EventOf<'DebitReversed'> => ({
  type: 'DebitReversed',
  at: Instant.parse(e.at),
  reversal: e.reversal,
  debit: e.debit,
  reason: e.reason,
  kind: e.kind,
  category: e.category,
  taxCategory: e.taxCategory,
  taxRate: e.taxRate,
  billingMonth: BusinessMonth.parse(e.billingMonth),
  usageMonth: BusinessMonth.parse(e.usageMonth),
  net: Money.parse(e.net),
  tax: Money.parse(e.tax),
  parts: parts(e.parts),
  expired: parts(e.expired),
  receivable: Money.parse(e.receivable),
  durationMs: e.durationMs,
  revived: e.revived.map(lotFacts),
});

const lotExpired = (e: StoredEventOf<'LotExpired'>): EventOf<'LotExpired'> => ({
  type: 'LotExpired',
  at: Instant.parse(e.at),
  lot: e.lot,
  kind: e.kind,
  amount: Money.parse(e.amount),
});

const adjusted = (e: StoredEventOf<'Adjusted'>): EventOf<'Adjusted'> => ({
  type: 'Adjusted',
  at: Instant.parse(e.at),
  adjustment: e.adjustment,
  amount: Money.parse(e.amount),
  reason: e.reason,
  approvedBy: e.approvedBy,
  expiresOn: e.expiresOn === null ? null : BusinessDay.parse(e.expiresOn),
  parts: parts(e.parts),
  receivable: Money.parse(e.receivable),
  ...issuedAt(e),
});

const incomingDiscountGranted = (
  e: StoredEventOf<'IncomingDiscountGranted'>,
): EventOf<'IncomingDiscountGranted'> => ({
  type: 'IncomingDiscountGranted',
  at: Instant.parse(e.at),
  billingMonth: BusinessMonth.parse(e.billingMonth),
  taxCategory: e.taxCategory,
  taxRate: e.taxRate,
  net: Money.parse(e.net),
  tax: Money.parse(e.tax),
  parts: parts(e.parts),
  expired: parts(e.expired),
  receivable: Money.parse(e.receivable),
});

const roundingDifferenceBooked = (
  e: StoredEventOf<'RoundingDifferenceBooked'>,
): EventOf<'RoundingDifferenceBooked'> => ({
  type: 'RoundingDifferenceBooked',
  at: Instant.parse(e.at),
  billingMonth: BusinessMonth.parse(e.billingMonth),
  amount: Money.parse(e.amount),
  parts: parts(e.parts),
  expired: parts(e.expired),
  receivable: Money.parse(e.receivable),
});

const billingMonthClosed = (e: StoredEventOf<'BillingMonthClosed'>): EventOf<'BillingMonthClosed'> => ({
  type: 'BillingMonthClosed',
  at: Instant.parse(e.at),
  month: BusinessMonth.parse(e.month),
  invoice: e.invoice,
  total: Money.parse(e.total),
});

const walletClosed = (e: StoredEventOf<'WalletClosed'>): EventOf<'WalletClosed'> => ({
  type: 'WalletClosed',
  at: Instant.parse(e.at),
  next: BusinessMonth.parse(e.next),
  closing: walletBalance(e.closing),
});

/** The event of stored data. @throws Error for a type that this program does not know. */
export function decodeWalletEvent(type: string, data: unknown): WalletEvent {
  switch (type) {
    case WALLET_STORED_TYPES.CallCharged:
      return callCharged(data as StoredEventOf<'CallCharged'>);
    case WALLET_STORED_TYPES.WalletOpened:
      return walletOpened(data as StoredEventOf<'WalletOpened'>);
    case WALLET_STORED_TYPES.LotCredited:
      return lotCredited(data as StoredEventOf<'LotCredited'>);
    case WALLET_STORED_TYPES.ReceivablePaid:
      return receivablePaid(data as StoredEventOf<'ReceivablePaid'>);
    case WALLET_STORED_TYPES.ReceivablePaymentReturned:
      return receivablePaymentReturned(data as StoredEventOf<'ReceivablePaymentReturned'>);
    case WALLET_STORED_TYPES.FundsHeld:
      return fundsHeld(data as StoredEventOf<'FundsHeld'>);
    case WALLET_STORED_TYPES.HoldExtended:
      return holdExtended(data as StoredEventOf<'HoldExtended'>);
    case WALLET_STORED_TYPES.HoldReleased:
      return holdReleased(data as StoredEventOf<'HoldReleased'>);
    case WALLET_STORED_TYPES.CallNoted:
      return callNoted(data as StoredEventOf<'CallNoted'>);
    case WALLET_STORED_TYPES.Debited:
      return debited(data as StoredEventOf<'Debited'>);
    case WALLET_STORED_TYPES.DebitReversed:
      return debitReversed(data as StoredEventOf<'DebitReversed'>);
    case WALLET_STORED_TYPES.LotExpired:
      return lotExpired(data as StoredEventOf<'LotExpired'>);
    case WALLET_STORED_TYPES.Adjusted:
      return adjusted(data as StoredEventOf<'Adjusted'>);
    case WALLET_STORED_TYPES.IncomingDiscountGranted:
      return incomingDiscountGranted(data as StoredEventOf<'IncomingDiscountGranted'>);
    case WALLET_STORED_TYPES.RoundingDifferenceBooked:
      return roundingDifferenceBooked(data as StoredEventOf<'RoundingDifferenceBooked'>);
    case WALLET_STORED_TYPES.BillingMonthClosed:
      return billingMonthClosed(data as StoredEventOf<'BillingMonthClosed'>);
    case WALLET_STORED_TYPES.WalletClosed:
      return walletClosed(data as StoredEventOf<'WalletClosed'>);
    default:
      throw new Error(`unknown stored event type: ${type}`);
  }
}
