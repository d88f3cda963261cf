import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import type { Clock } from '#ports';
import { type Caller, PROJECTIONS, type Product } from '#runtime';
import { type JourneyHome, journeysOn } from '#testing';

const fixtures = join(import.meta.dirname, '../fixtures/statement-002');
const A1 = parseAccountId('A1');
const october = BusinessMonth.parse('2025-10');
const clock = { now: () => Instant.parse('2025-11-05T10:00:00.000+09:00') };

/**
 * What a provider's month asks of the product, whatever it stands on: charge, import, hold and settle, close,
 * invoice, replay. Every way of running passes it unchanged.
 *
 * @param open gives an empty product with the clock; it is ended after use
 */
export function journeySuite(name: string, open: (clock: Clock) => Promise<JourneyHome>): void {
  describe(`a provider's journeys: ${name}`, () => {
    monthOfCalls(open);
    runningCalls(open);
  });
}

function monthOfCalls(open: (clock: Clock) => Promise<JourneyHome>): void {
  describe('one month of calls, from the file to the invoice', () => {
    let sequence = 0;
    const caller = (commandId = `test-${++sequence}`): Caller => ({
      actor: { id: 'staff:test', reason: 'journey' },
      commandId,
    });
    let home: JourneyHome;
    let product: Product;
    beforeAll(async () => {
      home = await open(clock);
      product = home.product;
    });
    afterAll(() => home.end());

    it('opens an account with the tariff of the file', async () => {
      const tariff = readFileSync(join(fixtures, 'tariff.csv'), 'utf8');
      expect(await product.catalogue.importTariffCsv('tariff.csv', tariff, caller())).toMatchObject({
        problems: [],
        tariffs: [{ tariff: 'std', version: 1 }],
      });
      const opened = await product.accounts.open(
        {
          account: A1,
          name: '株式会社見本',
          openedOn: BusinessDay.parse('2025-10-01'),
          numbers: ['05012345678'],
          tariff: 'std',
          incomingDiscount: Money.of('0.5'),
        },
        caller(),
      );
      expect(opened).toMatchObject({ kind: 'done', value: { account: 'A1', numbers: ['05012345678'] } });
    });

    it('charges and imports', async () => {
      const at = Instant.parse('2025-10-01T09:00:00.000+09:00');
      const charged = await product.prepaid.charge(
        { account: A1, amount: Money.of('200000'), method: 'card', at, lot: 'L1' },
        caller(),
      );
      expect(charged).toMatchObject({ kind: 'done', value: { lot: 'L1', expiresOn: '2026-03-30' } });
      const report = await product.cdr.importFile(join(fixtures, 'cdr.csv'), 'csv', caller());
      expect(report.counts).toEqual({
        read: 6152,
        charged: 3016,
        noted: 3136,
        duplicates: 0,
        suspended: 0,
        skipped: 0,
      });
      const again = await product.cdr.importFile(join(fixtures, 'cdr.csv'), 'csv', caller());
      expect(again.counts).toMatchObject({ charged: 0, noted: 0, duplicates: 6152 });
    });

    it('gives the printed statement', async () => {
      const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
      expect(await product.closing.statement(A1, october)).toEqual(expected);
    });

    closingAndProof(() => product, caller);
  });
}

/** The month is closed once, and everything agrees with everything. */
function closingAndProof(theProduct: () => Product, caller: () => Caller): void {
  it('closes the month once', async () => {
    const product = theProduct();
    const dry = await product.closing.run({ month: october, dryRun: true }, caller());
    const run = await product.closing.run({ month: october, dryRun: false }, caller());
    expect(run).toMatchObject({
      kind: 'done',
      value: { invoices: 1, accounts: [{ outcome: 'closed', invoice: '202510-000001', net: '128916' }] },
    });
    if (dry.kind !== 'done' || run.kind !== 'done') throw new Error('not closed');
    expect(dry.value.total).toBe(run.value.total);
    const again = await product.closing.run({ month: october, dryRun: false }, caller());
    expect(again).toMatchObject({
      kind: 'done',
      value: { accounts: [{ outcome: 'already_closed' }], total: run.value.total },
    });
    expect((await product.closing.invoices()).rows).toHaveLength(1);
  });

  it('proves the books', async () => {
    const product = theProduct();
    const trial = await product.prepaid.trialBalance();
    expect(trial.debit).toBe(trial.credit);
    expect(await product.closing.reconcile(october)).toEqual([]);
    expect(await product.audit.verify()).toMatchObject({ ok: true });
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
    expect(
      await product.audit.replay({ asOf: Instant.parse('2025-10-15T12:00:00.000+09:00') }),
    ).toMatchObject({ ok: true, problems: [] });
    const balance = (await product.prepaid.balance(A1))!;
    const run = await product.closing.run({ month: october, dryRun: false }, caller());
    if (run.kind !== 'done') throw new Error('not closed');
    expect(Money.text(Money.add(Money.of(balance.posted), Money.of(run.value.total)))).toBe('200000');
    const tree = await product.audit.explain('202510-000001');
    expect(tree!.causes.length).toBeGreaterThan(4);
    // Two replays of the whole log, on servers that may be busy.
  }, 120_000);
}

/** Calls that are held for while they run; the books are proven at the end, and every read model rebuilt. */
function runningCalls(open: (clock: Clock) => Promise<JourneyHome>): void {
  const journey = journeysOn(open, '2025-10-01T09:00:00.000+09:00');

  journey(
    'a running call is held for, settled, and on the invoice',
    async ({ clock: time, api, books, product }) => {
      await api.tariff('03,一般通話,8,180,standard', '0011,特別,1000,60,out_of_scope');
      await api.openAccount('A1', '2025-10-01').expecting('NumberClaimed', 'AccountOpened', 'NumberAssigned');
      await api.charge('A1', '3000', 'card', { lot: 'L1' }).expecting('WalletOpened', 'LotCredited');
      time.to('2025-10-02T10:00:00.000+09:00');
      await api.hold('A1', 'h1', '2000').expecting('FundsHeld');
      expect(await api.balance('A1')).toMatchObject({ posted: '3000', held: '2000', available: '1000' });
      await api.hold('A1', 'h2', '1000.0001').refused('INSUFFICIENT_FUNDS');
      time.to('2025-10-02T10:02:00.000+09:00');
      const call = {
        id: 'c1',
        account: 'A1',
        to: '0011234567',
        at: '2025-10-02T10:00:00.000+09:00',
        seconds: 61,
      };
      const settled = await api.settle('h1', call).expecting('CallCharged');
      expect(settled).toMatchObject({ net: '2000', category: '特別' });
      expect(await api.balance('A1')).toMatchObject({ posted: '1000', held: '0', available: '1000' });
      // What was just done is in the lists at once, whoever keeps them.
      const { rows } = await product.prepaid.history(A1);
      expect(rows.map(row => [row.item, row.amount, row.postedAfter])).toEqual([
        ['call', '-2000', '1000'],
        ['charge', '3000', '3000'],
      ]);
      time.to('2025-11-01T00:00:00.000+09:00');
      const report = await api
        .close('2025-10')
        .expecting(
          ...['CloseRunStarted', 'InvoiceNumberAssigned', 'CloseDrafted', 'BillingMonthClosed'],
          ...['InvoiceIssued', 'MonthClosed', 'AccountClosed', 'CloseRunCompleted'],
        );
      expect(report.accounts).toMatchObject([{ outcome: 'closed', invoice: '202510-000001', total: '2000' }]);
      expect(await books.standing('breakage')).toBe('0');
      expect(await product.audit.rebuild()).toMatchObject({ projections: PROJECTIONS.length });
    },
  );
}
