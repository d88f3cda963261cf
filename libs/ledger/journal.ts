import { assertNever, type BasisPoints, Money, percentText } from '#kernel';
import type { LedgerAccount } from './chart.js';
import type { ChargeMethod } from './wallet/lots.js';
import type { WalletEvent } from './wallet/wallet.events.js';
import type { LotPart, UsageCounter } from './wallet/wallet.facts.js';

/** One line of a journal entry: one side is zero, the other above it. */
export interface Posting {
  readonly account: LedgerAccount;
  readonly debit: Money;
  readonly credit: Money;
}

/**
 * Collects the lines of one entry; what is zero leaves no line, what is negative stands on the other side.
 */
class Entry {
  readonly postings: Posting[] = [];

  debit(account: LedgerAccount, amount: Money): void {
    if (amount < 0) this.postings.push({ account, debit: Money.zero, credit: Money.negate(amount) });
    else if (amount > 0) this.postings.push({ account, debit: amount, credit: Money.zero });
  }

  credit(account: LedgerAccount, amount: Money): void {
    this.debit(account, Money.negate(amount));
  }

  /** Value that leaves lots. */
  fromLots(parts: readonly LotPart[]): void {
    this.debit('prepaid_liability:paid', sumOfKind(parts, 'paid'));
    this.debit('prepaid_liability:bonus', sumOfKind(parts, 'bonus'));
  }

  /** Value that comes back to lots, or would have if they had not expired. */
  toLots(parts: readonly LotPart[], expired: readonly LotPart[]): void {
    this.credit('prepaid_liability:paid', sumOfKind(parts, 'paid'));
    this.credit('prepaid_liability:bonus', sumOfKind(parts, 'bonus'));
    this.credit('breakage', Money.add(sumOfKind(expired, 'paid'), sumOfKind(expired, 'bonus')));
  }
}

function sumOfKind(parts: readonly LotPart[], kind: LotPart['kind']): Money {
  let sum = Money.zero;
  for (const part of parts) if (part.kind === kind) sum = Money.add(sum, part.amount);
  return sum;
}

function revenueOf(kind: UsageCounter['kind'], category: string): LedgerAccount {
  switch (kind) {
    case 'usage':
      return `usage_revenue:${category}`;
    case 'recurring':
      return 'recurring_revenue';
    case 'device':
      return 'device_revenue';
    case 'other':
      return 'other_revenue';
    case 'discount':
      return 'incoming_discount';
    default:
      return assertNever(kind);
  }
}

const clearingOf = (method: ChargeMethod): LedgerAccount =>
  method === 'bonus' ? 'bonus_expense' : `payment_clearing:${method}`;

const taxAccounts = new Map<BasisPoints, LedgerAccount>();
function taxPayable(rate: BasisPoints): LedgerAccount {
  let account = taxAccounts.get(rate);
  if (account === undefined) {
    account = `tax_payable:${percentText(rate)}`;
    taxAccounts.set(rate, account);
  }
  return account;
}

/** An adjustment is untaxed value given or taken: prepaid value itself is (J-09). */
function adjusted(entry: Entry, event: Extract<WalletEvent, { type: 'Adjusted' }>): void {
  entry.debit('adjustment', event.amount);
  if (event.amount > 0) {
    entry.credit('prepaid_liability:bonus', event.amount);
    return;
  }
  entry.fromLots(event.parts);
  entry.debit('receivable', event.receivable);
}

function rounded(entry: Entry, event: Extract<WalletEvent, { type: 'RoundingDifferenceBooked' }>): void {
  entry.credit('rounding_difference', event.amount);
  if (event.amount > 0) entry.fromLots(event.parts);
  else entry.toLots(event.parts, event.expired);
  entry.debit('receivable', event.receivable);
  entry.credit('rounding_difference', event.unreturned);
}

function reversed(entry: Entry, event: Extract<WalletEvent, { type: 'DebitReversed' }>): void {
  entry.debit(revenueOf(event.kind, event.category), event.net);
  entry.debit(taxPayable(event.taxRate), event.tax);
  for (const discount of event.discounts) {
    entry.credit('incoming_discount', discount.net);
    entry.credit(taxPayable(discount.taxRate), discount.tax);
  }
  entry.toLots(event.parts, event.expired);
  entry.credit('receivable', event.receivable);
  entry.credit('rounding_difference', event.unreturned);
}

/**
 * Prepaid value is untaxed when it is bought; the tax arises with the debit, expired value bears none
 * (J-09).
 */
export function postingsOf(event: WalletEvent): readonly Posting[] {
  const entry = new Entry();
  switch (event.type) {
    case 'CallDebited':
    case 'Debited':
      entry.fromLots(event.parts);
      entry.debit('receivable', event.receivable);
      entry.credit(revenueOf(event.type === 'Debited' ? event.kind : 'usage', event.category), event.net);
      entry.credit(taxPayable(event.taxRate), event.tax);
      break;
    case 'LotCredited':
      entry.debit(clearingOf(event.method), event.amount);
      entry.credit(`prepaid_liability:${event.kind}`, event.amount);
      break;
    case 'ChargeTakenBack':
      entry.fromLots(event.parts);
      entry.debit('receivable', event.receivable);
      entry.credit(clearingOf(event.method), event.amount);
      break;
    case 'ReceivablePaid':
      entry.fromLots(event.parts);
      entry.credit('receivable', event.amount);
      break;
    case 'ReceivablePaymentReturned':
      entry.debit('receivable', event.amount);
      entry.toLots(event.parts, event.expired);
      break;
    case 'DebitReversed':
      reversed(entry, event);
      break;
    case 'LotExpired':
      entry.debit(`prepaid_liability:${event.kind}`, event.amount);
      entry.credit('breakage', event.amount);
      break;
    case 'Adjusted':
      adjusted(entry, event);
      break;
    case 'IncomingDiscountGranted':
      entry.debit('incoming_discount', event.net);
      entry.debit(taxPayable(event.taxRate), event.tax);
      if (Money.add(event.net, event.tax) < 0) entry.fromLots(event.parts);
      else entry.toLots(event.parts, event.expired);
      entry.credit('receivable', event.receivable);
      entry.credit('rounding_difference', event.unreturned);
      break;
    case 'RoundingDifferenceBooked':
      rounded(entry, event);
      break;
    case 'WalletOpened':
    case 'WalletClosed':
    case 'FundsHeld':
    case 'HoldExtended':
    case 'HoldReleased':
    case 'CallNoted':
    case 'BillingMonthClosed':
    case 'ServiceSuspended':
    case 'ServiceResumed':
      break;
    default:
      assertNever(event);
  }
  return entry.postings;
}
