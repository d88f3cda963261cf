import { jest } from '@jest/globals';
import { BusinessDay, BusinessMonth, Money, parseAccountId, saidOf } from '#kernel';
import { PRICES } from '../../../test/support/contracts-home.js';
import { type IdentityHome, identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import { perform } from '../engine/use-case.js';
import type { Answer, Caller } from '../product.views.js';
import { cancelContracts } from './contracts.use-cases.js';

// Whatever is done late, and by whom, goes by the rules of the day to which it belongs.

const ACCOUNT = parseAccountId('RD-1');
const RULES = `${PRICES}
      - { code: option.day, kind: option, name_ja: 当月, name_en: Of this month, monthly: 10,
          end: end_of_current_month }
policies:
  - { name: contracts.ends-with-month, valid_from: 2026-12-16, value: "circle,unique" }
  - { name: numbers.quarantine-days, valid_from: 2027-02-15, value: 1 }
`;
const STOCK = `first,last,kind,product,region,city,area_code
0300001000,0300001009,KDU,number.03,東京都,千代田区,03
`;
const NUMBER = '0300001001';

let home: IdentityHome;
let circle: string;
let sequence = 0;
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `k-${++sequence}` });
function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(answer.kind === 'rejected' ? saidOf(answer.rejection).en : answer.kind);
}
const item = (product: string, number: string | null = null) => ({ product, quantity: 1, number });
const order = async (items: ReturnType<typeof item>[], cancels: string[] = []) =>
  value(
    await home.product.contracts.placeOrder({ account: ACCOUNT, circle, items, cancels }, 'staff', caller()),
  );
const cancel = async (contract: string) =>
  value(await perform(home.product, cancelContracts, { account: ACCOUNT, contracts: [contract] }, caller()))
    .rows[0]!;
interface Told {
  readonly at: string;
  readonly [fact: string]: unknown;
}
async function eventsOf(name: string): Promise<Told[]> {
  const found: Told[] = [];
  for await (const piece of home.product.audit.export('jsonl', { from: 1 }))
    for (const line of piece.split('\n').filter(one => one !== '')) {
      const { type, data } = JSON.parse(line) as { type: string; data: Told };
      if (type.split('.')[1] === name) found.push(data);
    }
  return found;
}

beforeEach(async () => {
  home = await identityHome();
  const { product, clock } = home;
  clock.moveTo('2026-12-15T12:00:00.000+09:00');
  const opened = {
    account: ACCOUNT,
    name: '株式会社A1',
    openedOn: BusinessDay.parse('2026-12-01'),
    tariff: 'std',
  };
  value(await product.accounts.open({ ...opened, numbers: [], incomingDiscount: Money.zero }, caller()));
  const charged = { account: ACCOUNT, amount: Money.of('100000'), method: 'card' as const };
  value(await product.prepaid.charge(charged, caller()));
  const made = { account: ACCOUNT, name: '本社', password: PASSWORD };
  circle = value(await product.identity.circles.createCircle(made, caller())).circle;
  const { problems } = await product.catalogue.importCatalogueYaml('rules.yaml', RULES, caller());
  expect(problems).toEqual([]);
  await product.numbers.importFile('n.csv', STOCK, caller());
});
afterEach(async () => {
  jest.restoreAllMocks();
  await home.end();
});

describe('the rules of the day', () => {
  it('of a cancellation are those of its receipt, by name and version', async () => {
    const { contracts } = await order([item('unique.extension'), item('unique.extension')]);
    home.clock.moveTo('2026-12-15T23:59:59.999+09:00');
    const before = await cancel(contracts[0]!);
    home.clock.moveTo('2026-12-16T00:00:00.000+09:00');
    const after = await cancel(contracts[1]!);
    expect([before.endsOn, after.endsOn]).toEqual(['2027-01-31', '2026-12-31']);
    expect(before.policy).toContain('contracts.ends-with-month@standard=circle');
    expect(after.policy).toContain('contracts.ends-with-month@2026-12-16=circle,unique');
  });

  it('of a product that has its own is the price list with its version', async () => {
    const { contracts } = await order([item('option.day')]);
    expect(await cancel(contracts[0]!)).toMatchObject({
      endsOn: '2026-12-31',
      policy: expect.stringContaining(' standard@1/option.day=end_of_current_month'),
    });
  });

  it('of what an order cancels are those of the order, whoever goes on with it later', async () => {
    const { contracts } = await order([item('unique.extension')]);
    home.clock.moveTo('2026-12-15T23:59:59.999+09:00');
    const killed = jest.spyOn(home.product.numbers, 'claim').mockRejectedValue(new Error('killed'));
    await expect(order([item('number.03', NUMBER)], [contracts[0]!])).rejects.toThrow('killed');
    killed.mockRestore();
    home.clock.moveTo('2026-12-16T00:10:00.000+09:00');
    const [, placed] = await eventsOf('OrderPlaced');
    await home.product.contracts.goOnWithOrder(ACCOUNT, String(placed!['order']), caller());
    expect(await eventsOf('CancellationAccepted')).toMatchObject([
      { contract: contracts[0], endsOn: '2027-01-31' },
    ]);
  });

  it('of a number are those of its last day, however late its end is booked', async () => {
    const { contracts } = await order([item('number.03', NUMBER)]);
    await cancel(contracts[0]!);
    home.clock.moveTo('2027-03-20T12:00:00.000+09:00');
    await home.product.contracts.endDue(ACCOUNT, caller());
    // 180 days beside 31 January, the last one.
    expect(await eventsOf('NumberEnded')).toMatchObject([
      { number: NUMBER, at: '2027-02-01T00:00:00.000+09:00', freeOn: '2027-07-31' },
    ]);
  });

  it('of a monthly fee are those of the 1st at 00:00:01, however late the month is started', async () => {
    await order([item('unique.extension')]);
    home.clock.moveTo('2027-01-09T12:00:00.000+09:00');
    value(await home.product.contracts.fees.start(BusinessMonth.parse('2027-01'), caller()));
    const fees = (await eventsOf('Debited')).filter(one => one['billingMonth'] === '2027-01');
    expect(fees).toMatchObject([{ at: '2027-01-01T00:00:01.000+09:00', net: '500' }]);
  });

  it('of a purchase are the prices of its day, whatever is published for later', async () => {
    const later = PRICES.replace('2026-01-01', '2027-01-02').replace('monthly: 500,', 'monthly: 600,');
    await home.product.catalogue.importCatalogueYaml('later.yaml', later, caller());
    for (const [when, monthly, version] of [
      ['2027-01-01T23:59:59.999+09:00', '500', 1],
      ['2027-01-02T00:00:00.000+09:00', '600', 2],
    ] as const) {
      home.clock.moveTo(when);
      const { lines, priceVersion } = await order([item('unique.extension')]);
      expect([priceVersion, lines[0]!.subtotal]).toEqual([version, monthly]);
    }
  });

  it('of a fee whose product is sold no longer are those that were agreed', async () => {
    await order([item('option.day'), item('unique.extension')]);
    const without = PRICES.replace('2026-01-01', '2026-12-20').replace('monthly: 500,', 'monthly: 600,');
    await home.product.catalogue.importCatalogueYaml('later.yaml', without, caller());
    home.clock.moveTo('2027-01-01T00:00:01.000+09:00');
    value(await home.product.contracts.fees.start(BusinessMonth.parse('2027-01'), caller()));
    const fees = (await eventsOf('Debited')).filter(one => one['billingMonth'] === '2027-01');
    expect(fees.map(one => one['net'])).toEqual(['10', '600']);
  });

  it('take an ended number off every terminal, also as the one that it calls with', async () => {
    const { contracts } = await order([item('number.03', NUMBER), item('unique.extension')]);
    const { circles } = home.product.identity;
    const { unique } = (await circles.uniques(ACCOUNT, circle))[0]!;
    const set = { account: ACCOUNT, unique, numbers: [NUMBER], outgoing: NUMBER };
    value(await circles.setUniqueNumbers(set, caller()));
    await cancel(contracts[0]!);
    home.clock.moveTo('2027-02-01T00:00:00.000+09:00');
    await home.product.contracts.endDue(ACCOUNT, caller());
    expect(await circles.uniques(ACCOUNT, circle)).toMatchObject([{ numbers: [], outgoing: 'none' }]);
  });
});
