import { createHash } from 'node:crypto';
import { renderInvoicePdf, renderStatementPdf } from '#adapters/pdf';
import { BusinessMonth, canonicalJson, parseAccountId } from '#kernel';
import type { Page, Product } from '#runtime';

/** Every row of a paged answer. */
export async function allRows<Row>(ask: (cursor?: string) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await ask(cursor);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    cursor = page.next;
  }
}

const at = (cursor?: string): { limit: number; cursor?: string } =>
  cursor === undefined ? { limit: 200 } : { limit: 200, cursor };

const withoutPosition = <Row extends { position: number }>({ position: _position, ...row }: Row) => row;

async function statements(product: Product, account: string, months: readonly string[]) {
  const found = await Promise.all(
    months.map(month => product.closing.statement(parseAccountId(account), BusinessMonth.parse(month))),
  );
  return found.map(statement => canonicalJson(statement));
}

async function invoices(product: Product) {
  const rows = await allRows(cursor => product.closing.invoices(at(cursor)));
  return Promise.all(
    rows.map(async row => ({ row, document: canonicalJson(await product.closing.invoice(row.number)) })),
  );
}

export interface Snapshot {
  readonly balances: unknown;
  readonly statements: readonly (readonly string[])[];
  readonly invoices: unknown;
  readonly trialBalance: unknown;
}

/** What customers and bookkeepers see: balances with lots, statements, invoices, trial balances. */
export async function snapshotOf(
  product: Product,
  accounts: readonly string[],
  months: readonly string[],
): Promise<Snapshot> {
  const ids = accounts.map(name => parseAccountId(name));
  await product.ready('head');
  return {
    balances: await Promise.all(ids.map(account => product.prepaid.balance(account))),
    statements: await Promise.all(accounts.map(account => statements(product, account, months))),
    invoices: await invoices(product),
    trialBalance: [
      await product.prepaid.trialBalance(),
      ...(await Promise.all(ids.map(account => product.prepaid.trialBalance(account)))),
    ],
  };
}

/**
 * Also every call, every row of the prepaid history and every waiting line, without their places in the log.
 */
export async function wholeSnapshotOf(
  product: Product,
  accounts: readonly string[],
  months: readonly string[],
) {
  const ids = accounts.map(name => parseAccountId(name));
  await product.ready('head');
  const history = await Promise.all(
    ids.map(account => allRows(cursor => product.prepaid.history(account, at(cursor)))),
  );
  const calls = await Promise.all(
    ids.map(account => allRows(cursor => product.prepaid.calls(account, at(cursor)))),
  );
  return {
    ...(await snapshotOf(product, accounts, months)),
    history: history.map(rows => rows.map(withoutPosition)),
    calls: calls.map(rows => rows.map(withoutPosition)),
    suspense: await allRows(cursor => product.cdr.suspense(at(cursor))),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** SHA-256 of the accounts' invoices (with and without decimals) and statements as PDF. */
export async function pdfHashes(
  product: Product,
  accounts: readonly string[],
  months: readonly string[],
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  await product.ready('head');
  const issued = await allRows(cursor => product.closing.invoices(at(cursor)));
  for (const { number } of issued.filter(row => accounts.includes(row.account))) {
    const document = (await product.closing.invoice(number))!;
    for (const decimals of [true, false])
      hashes[`${number} ${decimals}`] = sha256(
        await renderInvoicePdf(document, { language: 'ja', decimals }),
      );
  }
  for (const account of accounts) {
    for (const month of months) {
      const id = parseAccountId(account);
      const statement = (await product.closing.statement(id, BusinessMonth.parse(month)))!;
      const parties = { issuer: 'issuer', recipient: account, language: 'ja' } as const;
      hashes[`${account} ${month}`] = sha256(await renderStatementPdf(statement, parties));
    }
  }
  return hashes;
}
