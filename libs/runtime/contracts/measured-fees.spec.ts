import { BusinessMonth, Money } from '#kernel';
import { buy } from '../../../test/support/contracts-home.js';
import {
  A1,
  codeOf,
  type IdentityHome,
  identityHome,
  PASSWORD,
  resultOf,
} from '../../../test/support/identity-home.js';
import { runClose } from '../closing/closing.use-cases.js';
import { perform } from '../engine/use-case.js';
import type { Caller } from '../product.views.js';

const PRICES = `price_lists:
  - name: standard
    valid_from: 2026-01-01
    products:
      - { code: option.recording, kind: option, name_ja: 全通話録音, name_en: Recording, monthly: 1000,
          pro_rated: false, capabilities: [records_calls] }
      - { code: charge.recording, kind: recording_gb, name_ja: 録音データ保存, name_en: Recordings kept,
          monthly: 500 }
      - { code: invoice.posting, kind: invoice_posting, name_ja: 請求書発送, name_en: Invoice by post,
          monthly: 100, per_sheets: 10 }
`;
const GB = 1_000_000_000;
let home: IdentityHome;
let [recording, posting] = ['', ''];
let sequence = 0;
const caller = (commandId = `m-${++sequence}`): Caller => ({
  actor: { id: 'key:recorder', reason: '月次' },
  commandId,
});
const month = (text: string) => BusinessMonth.parse(text);
const report = (contract: string, of: string, amount: number, by = caller()) =>
  home.product.contracts.fees.measured.measure({ account: A1, contract, month: month(of), amount }, by);
const spent = async () =>
  Money.text(Money.subtract(Money.of('90000'), Money.of((await home.product.prepaid.balance(A1))!.posted)));
const close = async (of: string, dryRun = false) =>
  resultOf(await perform(home.product, runClose, { month: month(of), dryRun, force: false }, caller()));
const linesOf = async (of: string) => {
  const { rows } = await home.product.closing.invoices({ account: A1, limit: 10 });
  const number = rows.find(row => row.month === of)!.number;
  const { lines } = (await home.product.closing.invoice(number))!;
  return lines.map(({ content, quantity, unitPrice, net }) => [content, quantity, unitPrice, net]);
};

beforeEach(async () => {
  home = await identityHome();
  const { product, clock } = home;
  await product.catalogue.importCatalogueYaml('c.yaml', PRICES, caller());
  resultOf(
    await product.prepaid.charge({ account: A1, amount: Money.of('90000'), method: 'card' }, caller()),
  );
  const made = await product.identity.circles.createCircle(
    { account: A1, name: '本社', password: PASSWORD },
    caller(),
  );
  clock.moveTo('2026-10-05T12:00:00.000+09:00');
  const { circle } = resultOf(made);
  const items = [
    ['option.recording', 1],
    ['invoice.posting', 1],
  ] as const;
  [recording = '', posting = ''] = (await buy(product, 'measured', { account: A1, circle, items })).contracts;
});
afterEach(() => home.end());

describe('recordings that are kept (CRT-09, REC-01)', () => {
  it('cost each begun GB beyond the first, at the peak of the month, once', async () => {
    expect(await spent()).toBe('1210');
    expect(resultOf(await report(recording, '2026-10', GB))).toMatchObject({ units: 1, charged: 0 });
    expect(resultOf(await report(recording, '2026-10', 2.5 * GB))).toMatchObject({ units: 3, charged: 2 });
    const by = caller();
    expect(resultOf(await report(recording, '2026-10', 3.1 * GB, by))).toMatchObject({
      units: 4,
      charged: 1,
    });
    expect(resultOf(await report(recording, '2026-10', 3.1 * GB, by))).toMatchObject({
      units: 4,
      charged: 1,
    });
    expect(codeOf(await report(recording, '2026-10', 2 * GB))).toBe('nothing');
    expect(await spent()).toBe('2860');
    expect(codeOf(await report(recording, '2026-10', 100.001 * GB))).toBe('MEASURED_TOO_MUCH');
  });

  it('stand on the invoice of their month, and lead back to report and price list', async () => {
    resultOf(await report(recording, '2026-10', 2.5 * GB));
    home.clock.moveTo('2026-11-02T09:00:00.000+09:00');
    resultOf(await home.product.contracts.fees.start(month('2026-11'), caller()));
    // What was kept in October is told in November, until October is closed.
    resultOf(await report(recording, '2026-10', 3.5 * GB));
    const preview = await close('2026-10', true);
    const closed = await close('2026-10');
    expect(closed.accounts.map(one => one.outcome)).toEqual(['closed']);
    expect(preview.accounts.map(one => one.total)).toEqual(closed.accounts.map(one => one.total));
    expect(await linesOf('2026-10')).toEqual(
      expect.arrayContaining([['2026年10月分 録音保存容量（超過分）', 3, '500', '1500']]),
    );
    expect(codeOf(await report(recording, '2026-10', 9 * GB))).toBe('MONTH_CLOSED');
    const explained = await home.product.audit.explain(`${recording}-2026-10-unit4`);
    const told = JSON.stringify(explained);
    expect(told).toContain('ContractMeasured');
    expect(told).toContain('standard@1');
    expect(told).not.toContain('2500000000');
    expect(told).toContain('3500000000');
  });

  it('are debited by the next start of a month when the process ended before', async () => {
    const { wallets } = home.product.contracts.fees.measured as unknown as {
      wallets: { run: (...of: readonly unknown[]) => unknown };
    };
    const { run } = wallets;
    wallets.run = () => {
      throw new Error('killed');
    };
    await expect(report(recording, '2026-10', 2.5 * GB)).rejects.toThrow('killed');
    wallets.run = run;
    expect(await spent()).toBe('1210');
    home.clock.moveTo('2026-11-02T09:00:00.000+09:00');
    expect((await close('2026-10')).accounts[0]?.rejection?.code).toBe('FEES_NOT_DEBITED');
    resultOf(await home.product.contracts.fees.start(month('2026-11'), caller()));
    expect((await close('2026-10')).accounts[0]?.outcome).toBe('closed');
    // 1,210 of October, two GB, and both monthly fees of November.
    expect(await spent()).toBe('3520');
  });
});

describe('invoices by post (CAT-26)', () => {
  it('PR-11: cost a block for each ten sheets that are begun, in the month of the posting', async () => {
    expect(codeOf(await report(posting, '2026-10', 11))).toBe('MEASURED_TOO_EARLY');
    home.clock.moveTo('2026-11-02T09:00:00.000+09:00');
    resultOf(await home.product.contracts.fees.start(month('2026-11'), caller()));
    await close('2026-10');
    const before = await spent();
    expect(resultOf(await report(posting, '2026-10', 11))).toMatchObject({
      units: 2,
      charged: 1,
      net: '100',
    });
    expect(Money.text(Money.subtract(Money.of(await spent()), Money.of(before)))).toBe('110');
    home.clock.moveTo('2026-12-02T09:00:00.000+09:00');
    resultOf(await home.product.contracts.fees.start(month('2026-12'), caller()));
    await close('2026-11');
    expect(await linesOf('2026-11')).toEqual(
      expect.arrayContaining([
        ['2026年11月分 月額料金', 1, '100', '100'],
        ['2026年10月分 請求書発送（超過枚数分）', 1, '100', '100'],
      ]),
    );
  });
});
