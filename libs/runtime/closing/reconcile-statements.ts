import { type InvoiceDocument, taxInWords, type UsageStatement } from '#invoicing';
import {
  type AccountId,
  BusinessMonth,
  MoneyTotal,
  percentText,
  type Sentence,
  type TaxCategory,
} from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';
import { type UsageSums, usageAround } from '../reports/usage.queries.js';
import { closesOfMonths } from './closes.queries.js';
import type { Difference } from './closing.shapes.js';
import { invoicesOfMonths } from './invoices.queries.js';
import { differing, saying } from './reconcile-problems.js';

/** What one line of a statement and one line of an invoice have in common. */
interface Bridge {
  readonly account: AccountId;
  readonly usageMonth: string;
  readonly billingMonth: string;
  readonly name: Sentence;
  used: MoneyTotal;
  billed: MoneyTotal;
  position: number | null;
}

interface Papers {
  /** Closed accounts by billing month, with their invoice if there is one. */
  readonly closed: ReadonlySet<string>;
  readonly documents: readonly (InvoiceDocument & { readonly position: number })[];
}

const { add, parse: yen, text, zero } = MoneyTotal;
const accountMonth = (account: string, month: string): string => `${account} ${month}`;

/**
 * Compares the statements of use with the invoices, line by line: what was used in the month against the
 * lines for it, on the month's own invoice and, for calls that came after its close, on later ones; and the
 * late lines of the month's own invoices against the statements of the months they are of (DECISIONS: Calls).
 * What is not closed yet is on no invoice and is not compared.
 */
export async function statementsAgainstInvoices(
  readModels: ReadModels,
  month: BusinessMonth,
  statement: (account: AccountId, month: BusinessMonth) => Promise<UsageStatement | undefined>,
): Promise<Difference[]> {
  const used = await usageAround(readModels, month);
  const papers = await papersOf(readModels, month, used);
  const differences = bridged(used, papers, BusinessMonth.text(month)).flatMap(differenceOf);
  for (const account of accountsOf(used, papers, month)) {
    const found = await discountDifference(account, month, { used, papers, statement });
    if (found) differences.push(found);
  }
  return differences;
}

async function papersOf(
  readModels: ReadModels,
  month: BusinessMonth,
  used: readonly UsageSums[],
): Promise<Papers> {
  const months = [...new Set([month, ...used.map(row => row.billing_month)])];
  const closes = await closesOfMonths(readModels, months);
  return {
    closed: new Set(closes.map(close => accountMonth(close.account, close.month))),
    documents: await invoicesOfMonths(readModels, months),
  };
}

function bridged(used: readonly UsageSums[], { closed, documents }: Papers, month: string): Bridge[] {
  const found = new Map<string, Bridge>();
  const at = (of: Omit<Bridge, 'used' | 'billed' | 'position'>): Bridge => {
    const key = JSON.stringify([of.account, of.billingMonth, of.usageMonth, of.name]);
    const known = found.get(key) ?? { ...of, used: zero, billed: zero, position: null };
    found.set(key, known);
    return known;
  };
  const nameOf = (category: string, tax: TaxCategory, rate: number): Sentence => ({
    ja: `${category} ${taxInWords(tax, rate, 'ja')}`,
    en: `${category} ${tax}${rate === 0 ? '' : ` ${percentText(rate)}%`}`,
  });
  for (const row of used) {
    const [usageMonth, billingMonth] = [row.usage_month, row.billing_month].map(BusinessMonth.text);
    if (!closed.has(accountMonth(row.account, billingMonth!))) continue;
    const name = nameOf(row.category, row.tax_category, row.tax_rate);
    const bridge = at({ account: row.account, usageMonth: usageMonth!, billingMonth: billingMonth!, name });
    bridge.used = add(bridge.used, row.net);
  }
  for (const document of documents) {
    for (const line of document.lines) {
      if (line.kind !== 'usage' || (line.usageMonth !== month && document.month !== month)) continue;
      const name = nameOf(line.category, line.taxCategory, line.taxRate);
      const of = { account: document.account as AccountId, usageMonth: line.usageMonth, name };
      const bridge = at({ ...of, billingMonth: document.month });
      bridge.billed = add(bridge.billed, yen(line.net));
      bridge.position = document.position;
    }
  }
  return [...found.values()];
}

function differenceOf(bridge: Bridge): Difference[] {
  if (bridge.used === bridge.billed) return [];
  const { account, usageMonth, billingMonth, name } = bridge;
  return [
    {
      check: 'statement-invoice',
      account,
      ...saying(differing.STATEMENT_INVOICE, { name, usageMonth, billingMonth }),
      expected: text(bridge.used),
      found: text(bridge.billed),
      positions: bridge.position === null ? [] : [bridge.position],
    },
  ];
}

function accountsOf(used: readonly UsageSums[], { closed, documents }: Papers, month: BusinessMonth) {
  const name = BusinessMonth.text(month);
  const all = [...used, ...documents].map(one => one.account as AccountId);
  return [...new Set(all)].filter(account => closed.has(accountMonth(account, name)));
}

/**
 * The discount of a month of use, as its statement shows it, against what its own and later invoices gave.
 * What came late is settled by the next close: until then nothing is compared.
 */
async function discountDifference(
  account: AccountId,
  month: BusinessMonth,
  from: {
    readonly used: readonly UsageSums[];
    readonly papers: Papers;
    readonly statement: (account: AccountId, month: BusinessMonth) => Promise<UsageStatement | undefined>;
  },
): Promise<Difference | undefined> {
  const { closed, documents } = from.papers;
  const ofMonth = from.used.filter(row => row.account === account && row.usage_month === month);
  const isPending = ofMonth.some(
    row => !closed.has(accountMonth(account, BusinessMonth.text(row.billing_month))),
  );
  if (isPending) return undefined;
  const shown = await from.statement(account, month);
  if (!shown) return undefined;
  const name = BusinessMonth.text(month);
  const lines = documents
    .filter(document => document.account === account)
    .flatMap(({ lines, position }) =>
      lines
        .filter(line => line.kind === 'discount' && line.usageMonth === name)
        .map(line => ({ net: yen(line.net), position })),
    );
  const given = MoneyTotal.sum(lines.map(line => line.net));
  if (given === yen(shown.incomingDiscount.amount)) return undefined;
  return {
    check: 'statement-invoice',
    account,
    ...saying(differing.DISCOUNT_INVOICE, { month: name }),
    expected: shown.incomingDiscount.amount,
    found: text(given),
    positions: [...new Set(lines.map(line => line.position))],
  };
}
