import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Caller, Product } from '#runtime';

const fixtures = join(import.meta.dirname, '../fixtures/statement-002');
const A1 = parseAccountId('A1');
const october = BusinessMonth.parse('2025-10');
const clock = { now: () => Instant.parse('2025-11-05T10:00:00.000+09:00') };
let sequence = 0;
const caller = (commandId = `test-${++sequence}`): Caller => ({ actor: { id: 'staff:test', reason: 'journey' }, commandId });

describe('one month of calls, from the file to the invoice', () => {
  const directory = mkdtempSync(join(tmpdir(), 'daicho-journey-'));
  let product: Product;
  beforeAll(async () => {
    product = await openProduct({ directory, clock });
  });
  afterAll(async () => {
    await product.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('opens an account with the tariff of the file', async () => {
    const tariff = readFileSync(join(fixtures, 'tariff.csv'), 'utf8');
    expect(await product.catalogue.importTariffCsv('tariff.csv', tariff, caller())).toMatchObject({ problems: [], tariffs: [{ tariff: 'std', version: 1 }] });
    const opened = await product.accounts.open(
      { account: A1, name: '株式会社見本', openedOn: BusinessDay.parse('2025-10-01'), numbers: ['05012345678'], tariff: 'std', incomingDiscount: Money.of('0.5') },
      caller(),
    );
    expect(opened).toMatchObject({ kind: 'done', value: { account: 'A1', numbers: ['05012345678'] } });
  });

  it('charges and imports', async () => {
    const at = Instant.parse('2025-10-01T09:00:00.000+09:00');
    const charged = await product.prepaid.charge({ account: A1, amount: Money.of('200000'), method: 'card', at, lot: 'L1' }, caller());
    expect(charged).toMatchObject({ kind: 'done', value: { lot: 'L1', expiresOn: '2026-03-30' } });
    const report = await product.cdr.importFile(join(fixtures, 'cdr.csv'), 'csv', caller());
    expect(report.counts).toEqual({ read: 6152, charged: 3016, noted: 3136, duplicates: 0, suspended: 0, skipped: 0 });
    const again = await product.cdr.importFile(join(fixtures, 'cdr.csv'), 'csv', caller());
    expect(again.counts).toMatchObject({ charged: 0, noted: 0, duplicates: 6152 });
  });

  it('gives the printed statement', async () => {
    const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
    expect(await product.closing.statement(A1, october)).toEqual(expected);
  });

  it('closes the month once', async () => {
    const dry = await product.closing.run({ month: october, dryRun: true }, caller());
    const run = await product.closing.run({ month: october, dryRun: false }, caller());
    expect(run).toMatchObject({ kind: 'done', value: { invoices: 1, accounts: [{ outcome: 'closed', invoice: '202510-000001', net: '128916' }] } });
    if (dry.kind !== 'done' || run.kind !== 'done') throw new Error('not closed');
    expect(dry.value.total).toBe(run.value.total);
    const again = await product.closing.run({ month: october, dryRun: false }, caller());
    expect(again).toMatchObject({ kind: 'done', value: { accounts: [{ outcome: 'already_closed' }], total: run.value.total } });
    expect((await product.closing.invoices()).rows).toHaveLength(1);
  });

  it('proves the books', async () => {
    const trial = await product.prepaid.trialBalance();
    expect(trial.debit).toBe(trial.credit);
    expect(await product.closing.reconcile(october)).toEqual([]);
    expect(await product.audit.verify()).toMatchObject({ ok: true });
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
    expect(await product.audit.replay({ asOf: Instant.parse('2025-10-15T12:00:00.000+09:00') })).toMatchObject({ ok: true, problems: [] });
    const balance = (await product.prepaid.balance(A1))!;
    const run = await product.closing.run({ month: october, dryRun: false }, caller());
    if (run.kind !== 'done') throw new Error('not closed');
    expect(Money.text(Money.add(Money.of(balance.posted), Money.of(run.value.total)))).toBe('200000');
    const tree = await product.audit.explain('202510-000001');
    expect(tree!.causes.length).toBeGreaterThan(4);
  });
});
