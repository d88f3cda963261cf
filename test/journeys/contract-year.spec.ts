import { BusinessMonth, Money, parseAccountId } from '#kernel';
import { type Answer, type Caller, importCatalogue, perform, runClose, startMonth } from '#runtime';
import type { Journey } from '#testing';
import { journey } from '../support/journeys.js';

const A1 = parseAccountId('A1');
let requests = 0;
const caller = (): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'journey' },
  commandId: `year-${++requests}`,
});
const done = <Value>(answer: Answer<Value>): Value => {
  if (answer.kind === 'rejected') throw new Error(JSON.stringify(answer.rejection));
  expect(answer).toMatchObject({ kind: 'done' });
  return (answer as Extract<Answer<Value>, { kind: 'done' }>).value;
};

const prices = (from: string, monthly: string) => `price_lists:
  - name: standard
    valid_from: ${from}
    products:
      - code: support
        kind: account_option
        name_ja: サポート
        name_en: Support
        monthly: ${monthly}
        initial: 1000
      - code: posting
        kind: invoice_posting
        name_ja: 請求書発送
        name_en: Invoice by post
        monthly: 100
        per_sheets: 10
        pro_rated: false
`;

/** What happened since the last look, by names. */
function storyOf({ product }: Journey) {
  let seen = 0;
  return async (): Promise<string[]> => {
    const names: string[] = [];
    for await (const line of product.audit.export('jsonl', { from: seen + 1 })) {
      const { type, position } = JSON.parse(line) as { type: string; position: number };
      names.push(type.split('.')[1]!);
      seen = position;
    }
    return names;
  };
}

function contractsOf({ product, clock, api }: Journey) {
  return {
    async pricesFrom(from: string, monthly: string) {
      const { problems } = await perform(
        product,
        importCatalogue,
        { file: 'prices.yaml', text: prices(from, monthly) },
        caller(),
      );
      expect(problems).toEqual([]);
    },
    async buy(...items: string[]): Promise<readonly string[]> {
      const wanted = items.map(item => {
        const [code, quantity] = item.split(':');
        return { product: code!, quantity: Number(quantity ?? 1), number: null };
      });
      const input = { account: A1, items: wanted, cancels: [] };
      return done(await product.contracts.placeOrder(input, 'staff', caller())).contracts;
    },
    async cancel(...contracts: string[]) {
      const { rows } = done(await product.contracts.cancel({ account: A1, contracts }, caller()));
      return rows.map(row => row.endsOn);
    },
    async start(month: string): Promise<number> {
      const input = { month: BusinessMonth.parse(month) };
      return done(await perform(product, startMonth, input, caller())).debited;
    },
    /** The lines of a month's invoice: item, content, unit price, quantity, net. */
    async close(month: string): Promise<{ lines: string[]; total: string } | null> {
      const next = BusinessMonth.text(BusinessMonth.plus(BusinessMonth.parse(month), 1));
      clock.to(`${next}-01T05:00:00.000+09:00`);
      const dry = { month: BusinessMonth.parse(month), account: A1, dryRun: true, force: false };
      const preview = done(await perform(product, runClose, dry, caller()));
      const [closed] = (await api.close(month, 'A1').done()).accounts;
      expect(preview.accounts[0]).toMatchObject({ total: closed!.total, net: closed!.net });
      if (closed!.outcome === 'nothing_to_bill') return null;
      const paper = (await product.closing.invoice(closed!.invoice!))!;
      expect(Money.sum(paper.lines.map(line => Money.of(line.net)))).toBe(Money.of(paper.net));
      const lines = paper.lines.map(line =>
        [line.item, line.content, `${line.unitPrice} x ${line.quantity}`, line.net].join(' | '),
      );
      return { lines, total: paper.total };
    },
  };
}

type Told = ReturnType<typeof contractsOf> & { readonly happened: () => Promise<string[]> };

/** An order in the middle of April, the fees of May and June, a new price from July on. */
async function spring({ clock, api, product }: Journey, told: Told): Promise<string> {
  const { pricesFrom, buy, start, close, happened } = told;
  // PR-09: 1,000 + 500 x 15/30.
  clock.to('2025-04-16T12:00:00.000+09:00');
  const [first] = await buy('support');
  expect(await happened()).toEqual([
    ...['OrderPlaced', 'FundsHeld', 'OrderCompleted', 'ContractBegun', 'Debited', 'Debited', 'OrderSettled'],
  ]);
  expect(await api.balance('A1')).toMatchObject({ posted: '18625', held: '0' });
  expect(await close('2025-04')).toEqual({
    lines: [
      'サポート | 2025年4月分 月額料金（日割 15/30日） | 500 x 1 | 250',
      'サポート | 初期費用 | 1000 x 1 | 1000',
    ],
    total: '1375',
  });

  // A month is not closed before its fees are debited, and the preview says so, too.
  const early = { month: BusinessMonth.parse('2025-05'), account: A1, dryRun: true, force: false };
  clock.to('2025-06-01T05:00:00.000+09:00');
  expect(done(await perform(product, runClose, early, caller())).accounts).toMatchObject([
    { outcome: 'refused', rejection: { code: 'FEES_NOT_DEBITED', details: { debit: `${first}-2025-05` } } },
  ]);
  await happened();
  expect([await start('2025-05'), await start('2025-05')]).toEqual([1, 0]);
  expect(await happened()).toEqual(['WalletClosed', 'WalletOpened', 'Debited']);
  const may = (await api.close('2025-05', 'A1').done()).accounts[0]!;
  expect(may).toMatchObject({ net: '500', total: '550' });

  // A price change never alters the past.
  await pricesFrom('2025-07-01', '600');
  expect(await start('2025-06')).toBe(1);
  expect(await close('2025-06')).toEqual({
    lines: ['サポート | 2025年6月分 月額料金 | 500 x 1 | 500'],
    total: '550',
  });
  return first!;
}

/** Two more and an invoice by post in July, one cancelled at 22:00:00.000 on the last of September. */
async function summer({ clock }: Journey, { buy, cancel, start, close }: Told, first: string): Promise<void> {
  // 600 x 22/31 = 425.8065 each; invoices by post are not pro-ratable (PR-10).
  expect(await start('2025-07')).toBe(1);
  clock.to('2025-07-10T09:00:00.000+09:00');
  await buy('support:2', 'posting');
  expect(await close('2025-07')).toEqual({
    lines: [
      'サポート | 2025年7月分 月額料金 | 600 x 1 | 600',
      'サポート | 2025年7月分 月額料金（日割 22/31日） | 600 x 2 | 851.613',
      '請求書発送 | 2025年7月分 月額料金 | 100 x 1 | 100',
      'サポート | 初期費用 | 1000 x 2 | 2000',
    ],
    total: '3907',
  });

  const three = (month: string) => ({
    lines: [
      `サポート | 2025年${month}月分 月額料金 | 600 x 3 | 1800`,
      `請求書発送 | 2025年${month}月分 月額料金 | 100 x 1 | 100`,
    ],
    total: '2090',
  });
  expect(await start('2025-08')).toBe(4);
  expect(await close('2025-08')).toEqual(three('8'));
  expect(await start('2025-09')).toBe(4);
  clock.to('2025-09-30T22:00:00.000+09:00');
  expect(await cancel(first)).toEqual(['2025-10-31']);
  expect(await close('2025-09')).toEqual(three('9'));
  expect(await start('2025-10')).toBe(4);
  expect(await close('2025-10')).toEqual(three('10'));
}

/** A debt, the account cancelled a millisecond after the cut-off of December, nothing in March. */
async function winter({ clock, api, product }: Journey, { start, close, happened }: Told): Promise<void> {
  // L1 ended on 12 October: November is owed, the service suspended on the 9th, resumed by the next charge.
  await happened();
  expect(await start('2025-11')).toBe(3);
  expect(await happened()).toEqual([...['WalletClosed', 'WalletOpened', 'Debited', 'Debited', 'Debited']]);
  expect(await api.balance('A1')).toMatchObject({ available: '0', receivable: '1430' });
  clock.to('2025-11-08T23:59:59.999+09:00');
  expect((await product.prepaid.suspendOverdue(A1, caller())).kind).toBe('nothing');
  clock.to('2025-11-09T00:00:00.000+09:00');
  done(await product.prepaid.suspendOverdue(A1, caller()));
  expect((await product.prepaid.balance(A1))!.suspendedSince).toBe('2025-11-09T00:00:00.000+09:00');
  expect(await happened()).toEqual(['ServiceSuspended']);
  clock.to('2025-11-12T10:00:00.000+09:00');
  await api
    .charge('A1', '10000', 'bank_transfer', { lot: 'L2' })
    .expecting('LotCredited', 'ReceivablePaid', 'ServiceResumed');
  expect((await product.prepaid.balance(A1))!.suspendedSince).toBeNull();
  const two = (month: string) => ({
    lines: [
      `サポート | ${month}月分 月額料金 | 600 x 2 | 1200`,
      `請求書発送 | ${month}月分 月額料金 | 100 x 1 | 100`,
    ],
    total: '1430',
  });
  expect(await close('2025-11')).toEqual(two('2025年11'));

  // After 22:00:00.000 on the last day it belongs to the next month.
  expect(await start('2025-12')).toBe(3);
  clock.to('2025-12-31T22:00:00.001+09:00');
  done(await product.contracts.cancelAccount(A1, caller()));
  expect(await close('2025-12')).toEqual(two('2025年12'));
  expect(await start('2026-01')).toBe(3);
  expect(await close('2026-01')).toEqual(two('2026年1'));
  expect(await start('2026-02')).toBe(3);
  expect(await close('2026-02')).toEqual(two('2026年2'));
  expect(await start('2026-03')).toBe(0);
  expect(await close('2026-03')).toBeNull();
}

journey('a year of contracts: every invoice line as worked out by hand', async walk => {
  const { clock, api } = walk;
  const told = { ...contractsOf(walk), happened: storyOf(walk) };
  await api.tariff('03,一般通話,8,180,standard');
  await told.pricesFrom('2025-01-01', '500');
  await api.openAccount('A1', '2025-01-01').done();
  clock.to('2025-04-15T12:00:00.000+09:00');
  await api.charge('A1', '20000', 'bank_transfer', { lot: 'L1' }).done();
  await told.happened();
  const first = await spring(walk, told);
  await summer(walk, told, first);
  await winter(walk, told);
});

journey('CN-27: January 500, February 500, March none; cancelling costs nothing', async walk => {
  const { clock, api, product } = walk;
  const { pricesFrom, buy, cancel, start, close } = contractsOf(walk);
  await api.tariff('03,一般通話,8,180,standard');
  await pricesFrom('2024-01-01', '500');
  await api.openAccount('A1', '2024-12-01').done();
  await api.charge('A1', '5000', 'bank_transfer').done();
  const [contract] = await buy('support');
  await close('2025-01');
  clock.to('2025-02-15T10:00:00.000+09:00');
  expect(await start('2025-02')).toBe(1);
  expect(await cancel(contract!)).toEqual(['2025-03-31']);
  expect(await close('2025-02')).toMatchObject({ total: '550' });
  // From the invoice line to its debit, and from there to contract, order, price list and cancellation.
  const paper = await product.audit.explain('A1@2025-02', { log: true });
  expect(paper?.causes.map(line => line.causes.map(({ id }) => id))).toEqual([[`${contract}-2025-02`]]);
  const order = contract!.slice(0, contract!.lastIndexOf('-'));
  const fee = await product.audit.explain(`${contract}-2025-02`, { log: true });
  expect(fee?.causes.map(({ id }) => id).slice(0, 4)).toEqual([order, 'standard@1', contract, contract]);
  expect(fee?.causes[3]?.facts).toMatchObject({
    policy: expect.stringContaining('contracts.ends-with-month'),
  });
  expect(await start('2025-03')).toBe(1);
  expect(await close('2025-03')).toMatchObject({ total: '550' });
  expect(await start('2025-04')).toBe(0);
  expect(await close('2025-04')).toBeNull();
});

journey('a fee is led back to the price list of its own month, not to that of the order', async walk => {
  const { clock, api, product } = walk;
  const { pricesFrom, buy, start } = contractsOf(walk);
  await api.tariff('03,一般通話,8,180,standard');
  await pricesFrom('2024-01-01', '500');
  await api.openAccount('A1', '2024-12-01').done();
  await api.charge('A1', '5000', 'bank_transfer').done();
  const [contract] = await buy('support');
  const order = contract!.slice(0, contract!.lastIndexOf('-'));
  clock.to('2025-02-10T12:00:00.000+09:00');
  expect(await start('2025-02')).toBe(1);
  await pricesFrom('2025-03-01', '600');
  clock.to('2025-03-01T00:00:01.000+09:00');
  expect(await start('2025-03')).toBe(1);
  // Of the same first day, and too late for its fees.
  clock.to('2025-03-01T12:00:00.000+09:00');
  await pricesFrom('2025-03-01', '700');
  const explained = async (debit: string) => {
    const [first, ...causes] = (await product.audit.explain(debit, { log: true }))!.causes;
    const shown = causes.slice(0, 2).map(({ id, facts }) => [id, facts['monthly']]);
    return [first!.id, first!.causes.map(({ id }) => id), ...shown];
  };
  const began = [contract, '500'];
  expect(await explained(`${contract}-initial`)).toEqual([order, [], ['standard@1', undefined], began]);
  expect(await explained(`${contract}-2025-01`)).toEqual([order, [], ['standard@1', undefined], began]);
  expect(await explained(`${contract}-2025-02`)).toEqual([
    ...[order, ['standard@1'], ['standard@1', '500'], began],
  ]);
  expect(await explained(`${contract}-2025-03`)).toEqual([
    ...[order, ['standard@1'], ['standard@2', '600'], began],
  ]);
});

const NUMBERS =
  'first,last,kind,product,region,city,area_code\n0300000000,0300000009,KDU,number.03,東京都,千代田区,03\n';
const NUMBER_PRICES = (from: string, universal: string) => `price_lists:
  - name: standard
    valid_from: ${from}
    products:
      - code: number.03
        kind: number
        name_ja: 番号03
        name_en: Number 03
        monthly: 300
        for_numbers: ["03"]
      - code: universal
        kind: per_number
        name_ja: ユニバーサルサービス料
        name_en: Universal service
        monthly: ${universal}
      - code: relay
        kind: per_number
        name_ja: 電話リレーサービス料
        name_en: Relay service
        monthly: 0
`;

journey(
  'J-13: what is charged per number and month, at the price of its month, may be nothing',
  async walk => {
    const { clock, api, product } = walk;
    const { start, close } = contractsOf(walk);
    const bring = async (from: string, universal: string) => {
      const file = { file: 'prices.yaml', text: NUMBER_PRICES(from, universal) };
      expect((await perform(product, importCatalogue, file, caller())).problems).toEqual([]);
    };
    await api.tariff('03,一般通話,8,180,standard');
    await bring('2024-01-01', '2.2');
    await product.numbers.importFile('numbers.csv', NUMBERS, caller(), { dryRun: false });
    await api.openAccount('A1', '2024-12-01').done();
    await api.charge('A1', '5000', 'bank_transfer').done();
    clock.to('2025-01-16T10:00:00.000+09:00');
    const items = ['0300000001', '0300000002'].map(number => ({ product: 'number.03', quantity: 1, number }));
    done(await product.contracts.placeOrder({ account: A1, items, cancels: [] }, 'staff', caller()));
    // 300 x 16/31 each; the charges per number begin with the first whole month.
    expect((await close('2025-01'))!.lines).toEqual([
      '番号03 | 2025年1月分 月額料金（日割 16/31日） | 300 x 2 | 309.6774',
    ]);
    await bring('2025-03-01', '3.3');
    expect(await start('2025-02')).toBe(4);
    expect((await close('2025-02'))!.lines).toEqual([
      'ユニバーサルサービス料 | 2025年2月分 月額料金 | 2.2 x 2 | 4.4',
      '番号03 | 2025年2月分 月額料金 | 300 x 2 | 600',
    ]);
    expect(await start('2025-03')).toBe(4);
    expect((await close('2025-03'))!.lines).toContain(
      'ユニバーサルサービス料 | 2025年3月分 月額料金 | 3.3 x 2 | 6.6',
    );
  },
);
