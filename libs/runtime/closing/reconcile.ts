import type { UsageStatement } from '#invoicing';
import { type AccountId, BusinessMonth, MoneyTotal } from '#kernel';
import { grossOf, type WalletEvent } from '#ledger';
import type { EventStore } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import { unbalancedAccounts } from '../prepaid/journal.queries.js';
import type { ReadModels } from '../projecting/read-models.js';
import { billedCalls } from '../reports/calls.queries.js';
import { billedUsage } from '../reports/usage.queries.js';
import type { Difference } from './closing.shapes.js';
import { invoiceTotals } from './invoices.queries.js';
import { differing, saying } from './reconcile-problems.js';
import { receivedAgainstLots } from './reconcile-received.js';
import { statementsAgainstInvoices } from './reconcile-statements.js';

const by = <Row extends { account: string }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map(row => [row.account, row]));
const text = (units: number | bigint): string => MoneyTotal.text(MoneyTotal.fromUnits(units));

const FIELDS = {
  net: { ja: '税抜金額', en: 'net' },
  tax: { ja: '税額', en: 'tax' },
  calls: { ja: '通話数', en: 'calls' },
};

interface ReconcileParts {
  readonly events: EventStore;
  readonly readModels: ReadModels;
  readonly statement: (account: AccountId, month: BusinessMonth) => Promise<UsageStatement | undefined>;
}

/**
 * Compares, per account and billing month, what must be the same told by different books: single calls
 * against usage sums, usage against what the close booked, the close against the invoice, statements against
 * invoices, the whole journal against itself; and, of all months, what came in against lots and what is
 * parked. Positions name events to look at. Empty: all agree.
 */
export async function reconcileMonth(
  { events, readModels, statement }: ReconcileParts,
  month: BusinessMonth,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const usage = by(await billedUsage(readModels, month));
  for (const call of await billedCalls(readModels, month)) {
    const counted = usage.get(call.account);
    for (const field of ['net', 'tax', 'calls'] as const) {
      if (counted?.[field] === call[field]) continue;
      const show = (n: number | bigint | undefined): string =>
        field === 'calls' ? String(n ?? 0) : text(n ?? 0);
      differences.push(
        difference(
          'calls-usage',
          call.account,
          saying(differing.CALLS_USAGE, { field: FIELDS[field] }),
          show(call[field]),
          show(counted?.[field]),
          [],
        ),
      );
    }
  }
  differences.push(
    ...(await closesAgainstInvoices(events, readModels, month)),
    ...(await statementsAgainstInvoices(readModels, month, statement)),
    ...(await journalAgainstItself(readModels)),
    ...(await receivedAgainstLots(readModels)),
  );
  return differences;
}

async function closesAgainstInvoices(
  events: EventStore,
  readModels: ReadModels,
  month: BusinessMonth,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const invoice of await invoiceTotals(readModels, month)) {
    const booked = await bookedAtClose(events, invoice.account, month);
    if (booked && booked.total === invoice.total && booked.sum === invoice.total) continue;
    const found = booked ? text(booked.sum) : '0';
    const positions = booked ? [invoice.position, booked.position] : [invoice.position];
    differences.push(
      difference(
        'invoice-ledger',
        invoice.account,
        saying(differing.INVOICE_LEDGER, { number: invoice.number }),
        text(invoice.total),
        found,
        positions,
      ),
    );
  }
  return differences;
}

/**
 * The month's debits as the wallet's own events add up to at the close: debits - discounts + rounding
 * difference.
 */
async function bookedAtClose(
  events: EventStore,
  account: string,
  month: BusinessMonth,
): Promise<{ total: number; sum: number; position: number } | undefined> {
  const id = `close/${account}/${BusinessMonth.text(month)}/wallet`;
  const found = (await events.findCommands([id])).get(id);
  if (!found) return undefined;
  let sum = 0;
  for await (const stored of events.readStream(found.stream)) {
    if (stored.position >= found.firstPosition + found.count) break;
    sum += billed(decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent, month);
  }
  let total = 0;
  for await (const stored of events.readAll({ from: found.firstPosition, limit: found.count })) {
    const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
    if (event.type === 'BillingMonthClosed') total = event.total;
  }
  return { total, sum, position: found.firstPosition };
}

/**
 * What an event adds to the bill of a month. A stream's opening balance carries what earlier streams
 * gathered.
 */
function billed(event: WalletEvent, month: BusinessMonth): number {
  switch (event.type) {
    case 'WalletOpened': {
      const carried = event.carried?.usage.find(usage => usage.month === month);
      const counted = grossOf(carried?.counters ?? []);
      return counted + (carried?.unreturned ?? 0);
    }
    case 'CallDebited':
    case 'Debited':
      return event.billingMonth === month ? event.net + event.tax : 0;
    case 'DebitReversed':
      if (event.billingMonth !== month) return 0;
      return event.unreturned - event.net - event.tax + grossOf(event.discounts);
    case 'IncomingDiscountGranted':
      return event.billingMonth === month ? event.unreturned - event.net - event.tax : 0;
    case 'RoundingDifferenceBooked':
      return event.billingMonth === month ? event.amount : 0;
    default:
      return 0;
  }
}

async function journalAgainstItself(readModels: ReadModels): Promise<Difference[]> {
  return (await unbalancedAccounts(readModels)).map(row =>
    difference(
      'trial-balance',
      row.account,
      saying(differing.TRIAL_BALANCE),
      text(row.debit),
      text(row.credit),
      [],
    ),
  );
}

const difference = (
  check: string,
  account: string,
  said: Pick<Difference, 'message' | 'messageJa'>,
  expected: string,
  found: string,
  positions: number[],
): Difference => ({
  check,
  account,
  ...said,
  expected,
  found,
  positions,
});
