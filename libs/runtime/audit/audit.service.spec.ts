import { openSqliteStore } from '#adapters/sqlite';
import { Instant, Money } from '#kernel';
import { openProduct } from '#nest';
import { B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import { TARIFF_HEADER } from '../../../test/support/small-provider.js';
import type { Product } from '../product.js';
import { standing } from '../projecting/projections.js';

let books: SmallBooks;
beforeEach(async () => {
  books = await smallBooks();
});
afterEach(() => books.home.end());

async function exported(format: 'jsonl' | 'hledger' | 'csv', request?: { from?: number; to?: number }) {
  let text = '';
  for await (const piece of books.product.audit.export(format, request)) text += piece;
  return text;
}
const sum = (texts: readonly string[]): string => Money.text(Money.sum(texts.map(text => Money.of(text))));

/** A category with a comma and quotation marks. */
const QUOTED = `${TARIFF_HEADER}
std,03,東京,"特別, ""夜""",0,5,60,60,60,2020-01-01,standard
`;

describe('the export for auditors', () => {
  it('as JSON lines is the log, event by event, each chained to the one before', async () => {
    const lines = (await exported('jsonl')).trimEnd().split('\n');
    const events = lines.map(line => JSON.parse(line) as { position: number; hash: string; data: object });
    expect(events.map(event => event.position)).toEqual(events.map((_, i) => i + 1));
    expect(events).toHaveLength((await books.product.health()).head);
    expect(new Set(events.map(event => event.hash)).size).toBe(events.length);
    expect(events.every(event => typeof event.data === 'object')).toBe(true);
  });

  it('may be a part of it', async () => {
    const lines = (await exported('jsonl', { from: 3, to: 5 })).trimEnd().split('\n');
    expect(lines.map(line => (JSON.parse(line) as { position: number }).position)).toEqual([3, 4, 5]);
  });

  it('as CSV has equal sides: in all, for every event and as the trial balance', async () => {
    const [header, ...lines] = (await exported('csv')).trimEnd().split('\n');
    expect(header).toBe('position,date,account,ledger_account,debit,credit,type');
    const rows = lines.map(
      line => line.split(',') as [string, string, string, string, string, string, string],
    );
    const sideOf = (side: 4 | 5, of = rows) => sum(of.map(row => row[side]));
    for (const position of new Set(rows.map(row => row[0]))) {
      const entry = rows.filter(row => row[0] === position);
      expect([position, sideOf(4, entry)]).toEqual([position, sideOf(5, entry)]);
    }
    const trial = await books.product.prepaid.trialBalance();
    expect(sideOf(4)).toBe(trial.debit);
    for (const row of trial.rows) {
      const own = rows.filter(one => one[3] === row.ledgerAccount);
      expect([row.ledgerAccount, sideOf(4, own), sideOf(5, own)]).toEqual([
        row.ledgerAccount,
        row.debit,
        row.credit,
      ]);
    }
  });

  it('as CSV keeps its columns, whatever a category is called', async () => {
    await books.product.catalogue.importTariffCsv('q.csv', QUOTED, { actor: { id: 't' }, commandId: 'q' });
    await books.api
      .calls({ id: 'q1', account: 'B2', to: '0312345678', at: '2025-03-10T10:00:00.000+09:00', seconds: 60 })
      .expecting('CdrImportStarted', 'WalletClosed', 'WalletOpened', 'CallCharged', 'CdrImportCompleted');
    expect(await exported('csv')).toContain(',B2,"usage_revenue:特別, ""夜""",0,5,ledger.CallCharged.v1\n');
  });

  it('as an hledger journal balances in every transaction', async () => {
    const text = await exported('hledger');
    const transactions = text.trimEnd().split('\n\n');
    expect(transactions.length).toBeGreaterThan(8);
    for (const transaction of transactions) {
      const [head, ...postings] = transaction.split('\n');
      expect(head).toMatch(/^\d{4}-\d{2}-\d{2} [A-Z]\w+ (A1|B2) {2}; event:\d+, hash:[0-9a-f]{12}$/);
      const amounts = postings.map(line => /^ {4}(\S+(?: \S+)*) {2}(-?[\d.]+) JPY$/.exec(line)![2]!);
      expect(amounts.length).toBeGreaterThan(1);
      expect(sum(amounts)).toBe('0');
    }
  });
});

describe('the replay', () => {
  it.each([undefined, '2024-12-31', '2025-01-15', '2025-02-10', '2025-03-10'])(
    'as of %s finds no difference',
    async day =>
      expect(
        await books.product.audit.replay(day ? { asOf: Instant.parse(`${day}T12:00:00.000+09:00`) } : {}),
      ).toMatchObject({ ok: true, problems: [] }),
  );

  it('finds none when value was credited on a day before the first month of an account', async () => {
    await books.api
      .charge('B2', '100', 'bank_transfer', { at: '2025-03-01T12:00:00.000+09:00' })
      .expecting(...['WalletClosed', 'WalletOpened', 'LotCredited', 'ReceivablePaid']);
    await books.api
      .openAccount('C3', '2025-02-15')
      .expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
    await books.api
      .charge('C3', '500', 'bank_transfer', { lot: 'L1', at: '2025-01-20T12:00:00.000+09:00' })
      .expecting('WalletOpened', 'LotCredited');
    for (const day of ['2025-01-20', '2025-01-25', '2025-02-01', '2025-02-20'])
      expect(
        await books.product.audit.replay({ asOf: Instant.parse(`${day}T12:00:00.000+09:00`) }),
      ).toMatchObject({ problems: [] });
    const c3 = B2.replace('B2', 'C3') as typeof B2;
    expect(
      await books.product.prepaid.balance(c3, Instant.parse('2025-01-25T12:00:00.000+09:00')),
    ).toMatchObject({ posted: '500' });
  });
});

/** Changes rows behind the product's back, as a fault of a disk or a hand would, and opens it again. */
async function tampered(
  table: string,
  key: object,
  add: Readonly<Record<string, number>>,
  set: Readonly<Record<string, string>> = {},
): Promise<Product> {
  await books.product.close();
  const store = await openSqliteStore({ directory: books.home.directory });
  const projections = await standing(store.readModels);
  const owner = projections.find(one => one.tables.some(spec => spec.name === table))!;
  const { position } = await store.readModels.prepare(owner);
  const change = { kind: 'merge' as const, table, key: key as never, set, add };
  await store.readModels.apply(owner, position, position, [change]);
  await store.close();
  return openProduct({ directory: books.home.directory, clock: books.clock });
}

describe('a planted difference', () => {
  let product: Product;
  afterEach(() => product.close());

  it('in a balance is named by the replay, and gone after a rebuild', async () => {
    product = await tampered('wallets', { account: 'A1' }, { posted: 10_000 });
    const found = await product.audit.replay({});
    expect(found.ok).toBe(false);
    expect(found.problems).toEqual([expect.stringContaining('wallets account=A1: posted')]);
    await product.audit.rebuild();
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  });

  it('in a column of seals or hashes is named without its value', async () => {
    const caller = { actor: { id: 'staff:tanaka' }, commandId: 'key-1' };
    const made = await books.product.keys.create({ role: 'staff', account: null, label: 'x' }, caller);
    if (made.kind !== 'done') throw new Error(JSON.stringify(made));
    const { key } = made.value;
    product = await tampered('api_keys', { key }, {}, { secret_hash: 'not-what-it-was' });
    expect((await product.audit.replay({})).problems).toEqual([
      `api_keys key=${key}: secret_hash (hidden) / replay (hidden)`,
    ]);
  });

  it('in usage sums is found by the reconciliation of its month only', async () => {
    const key = {
      account: 'A1',
      usage_month: 2025 * 12,
      billing_month: 2025 * 12,
      direction: 'out',
      why: 'charged',
      category: '一般通話',
      tax_category: 'standard',
      tax_rate: 1000,
    };
    product = await tampered('usage', key, { net: 10_000 });
    expect(await product.closing.reconcile((2025 * 12) as never)).toMatchObject([
      { check: 'calls-usage', account: 'A1', expected: '24', found: '25' },
      // The statement is made of these sums, the invoice is not.
      {
        ...{ check: 'statement-invoice', account: 'A1', expected: '25', found: '24' },
        messageJa: expect.stringContaining('2025-01 に請求した 一般通話 課税 10%：'),
      },
    ]);
    expect(await product.closing.reconcile((2025 * 12 + 1) as never)).toEqual([]);
  });

  it('in an invoice is found against the debits of the wallet, with the events to look at', async () => {
    product = await tampered('invoices', { number: '202501-000001' }, { total: 10_000 });
    const [found, ...more] = await product.closing.reconcile((2025 * 12) as never);
    expect(found).toMatchObject({ check: 'invoice-ledger', account: 'A1', expected: '27', found: '26' });
    expect(found).toMatchObject({
      message: expect.stringMatching(/^invoice \S+ and the debits of the month differ$/),
      messageJa: expect.stringMatching(/^請求書 \S+ とその月の利用額が一致しません。$/),
    });
    expect(found!.positions).toHaveLength(2);
    expect(more).toEqual([]);
  });

  it('in the journal is found in every month', async () => {
    const key = { account: 'B2', month: 2025 * 12 + 1, ledger_account: 'receivable' };
    product = await tampered('journal_balances', key, { debit: 1 });
    for (const month of [2025 * 12, 2025 * 12 + 1])
      expect(await product.closing.reconcile(month as never)).toMatchObject([
        { check: 'trial-balance', account: 'B2', expected: '8.8001', found: '8.8' },
      ]);
  });
});
