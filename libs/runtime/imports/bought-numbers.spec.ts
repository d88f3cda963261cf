import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessDay, Money, parseAccountId } from '#kernel';
import { identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import type { Caller } from '../product.views.js';

const A1 = parseAccountId('A1');
const BY_HAND = '05099990001';
const [BOUGHT, ALONE] = ['0300000001', '0300000002'];
const STOCK =
  'first,last,kind,product,region,city,area_code\n0300000000,0300000099,KDU,number.03,東京都,,03\n';
const fees = 'monthly: 100, initial: 0, pro_rated: true';
const CATALOGUE = `
price_lists:
  - name: standard
    valid_from: 2026-01-01
    products:
      - { code: unique.ext, kind: unique, name_ja: 端末, name_en: Extension, ${fees} }
      - { code: number.03, kind: number, name_ja: 番号, name_en: No, ${fees}, for_numbers: ["03"] }
policies:
  - { name: contracts.calls-without-unique, valid_from: 2027-02-01, value: charge }
  - { name: contracts.calls-without-unique, valid_from: 2027-04-02, value: suspend }
`;
const TARIFF =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,' +
  'valid_from,tax\n' +
  'std,09,携帯,携帯通話,0,10,60,60,60,2020-01-01,standard\n';

let home: Awaited<ReturnType<typeof identityHome>>;
let sequence = 0;
const caller = (): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'mend' },
  commandId: `bought-${++sequence}`,
});
type Call = readonly [number: string, start: string, direction?: 'in' | 'out'];
const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';

/** Imports calls of a minute; of each why it waits, null where it does not. */
async function imported(...calls: readonly Call[]): Promise<(string | null)[]> {
  const path = join(home.directory, `calls-${++sequence}.csv`);
  const lines = calls.map(([number, start, direction = 'out'], i) => {
    const [at, end] = [`${start}:00.000+09:00`, `${start}:59.000+09:00`];
    const [from, to] = direction === 'out' ? [number, '09000000000'] : ['09000000000', number];
    return `c${sequence}-${i},A1,${number},${direction},${from},${to},${at},${at},${end},NORMAL_CLEARING`;
  });
  writeFileSync(path, [HEADER, ...lines].join('\n'));
  const { import: id } = await home.product.cdr.importFile(path, 'csv', caller());
  const { rows } = await home.product.cdr.suspense({ import: id });
  return calls.map((_, i) => rows.find(({ line }) => line === i + 2)?.reason ?? null);
}

const setOn = (unique: string, numbers: readonly string[], outgoing?: string) =>
  home.identity.circles.setUniqueNumbers({ account: A1, unique, numbers, outgoing }, caller());
const contracts = () => home.product.contracts.contracts({ account: A1, limit: 100 });

beforeAll(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-10-05T12:00:00.000+09:00');
  const { product, identity } = home;
  await product.catalogue.importTariffCsv('t.csv', TARIFF, caller());
  await product.catalogue.importCatalogueYaml('c.yaml', CATALOGUE, caller());
  await product.numbers.importFile('n.csv', STOCK, caller());
  const opened = { account: A1, name: '株式会社A1', openedOn: BusinessDay.parse('2026-10-01') };
  const rest = { numbers: [BY_HAND], tariff: 'std', incomingDiscount: Money.zero };
  await product.accounts.open({ ...opened, ...rest }, caller());
  await product.prepaid.charge({ account: A1, amount: Money.of('50000'), method: 'card' }, caller());
  const circle = { account: A1, name: '本社', password: PASSWORD };
  await identity.circles.createCircle(circle, caller());
});
afterAll(() => home.end());

it('calls of numbers that nobody bought are charged as ever (ACC-04)', async () => {
  expect(await imported([BY_HAND, '2026-10-05T09:00'], [BY_HAND, '2026-10-05T09:01', 'in'])).toEqual([
    null,
    null,
  ]);
});

it('LM-27: a bought number calls and is called while it is on a unique, and not before', async () => {
  const { product, identity } = home;
  const [circle] = await identity.circles.circles(A1);
  const items = [
    { product: 'unique.ext', quantity: 2, number: null },
    { product: 'number.03', quantity: 1, number: BOUGHT! },
    { product: 'number.03', quantity: 1, number: ALONE! },
  ];
  const order = { account: A1, circle: circle!.circle, items, cancels: [] };
  expect(await product.contracts.placeOrder(order, 'account', caller())).toMatchObject({ kind: 'done' });
  home.clock.moveTo('2026-10-06T12:00:00.000+09:00');
  const [first, second] = (await identity.circles.uniques(A1, circle!.circle)).map(({ unique }) => unique);
  await setOn(first!, [BOUGHT!]);
  await setOn(second!, [], ALONE);
  home.clock.moveTo('2026-10-07T12:00:00.000+09:00');
  expect(
    await imported(
      [BOUGHT!, '2026-10-06T11:59'],
      [BOUGHT!, '2026-10-06T11:58', 'in'],
      [BOUGHT!, '2026-10-06T12:00'],
      [BOUGHT!, '2026-10-06T12:01', 'in'],
      [ALONE!, '2026-10-06T12:01'],
      [BOUGHT!, '2026-10-04T12:00'],
    ),
  ).toEqual([
    ...['NUMBER_WITHOUT_UNIQUE', 'NUMBER_WITHOUT_UNIQUE'],
    ...[null, null, null, 'NUMBER_NOT_IN_CONTRACT'],
  ]);
  const { rows } = await product.cdr.suspense();
  const waiting = rows.find(({ reason }) => reason === 'NUMBER_WITHOUT_UNIQUE');
  expect(waiting).toMatchObject({
    field: 'number',
    problem: expect.stringContaining('(contracts.calls-without-unique@'),
    problemJa: expect.stringContaining('どのユニークにも設定されていません'),
  });
});

it('what waits is charged once its policy says so, by the day of the call', async () => {
  home.clock.moveTo('2027-02-03T12:00:00.000+09:00');
  const [circle] = await home.identity.circles.circles(A1);
  const uniques = await home.identity.circles.uniques(A1, circle!.circle);
  const on = uniques.find(({ numbers }) => numbers.includes(BOUGHT!))!;
  await setOn(on.unique, []);
  home.clock.moveTo('2027-02-03T13:00:00.000+09:00');
  const seen = await imported([BOUGHT!, '2027-02-03T12:30'], [BOUGHT!, '2026-10-06T11:58']);
  expect(seen).toEqual([null, 'NUMBER_WITHOUT_UNIQUE']);
  await setOn(on.unique, [BOUGHT!]);
});

it('calls after the end of a number wait, booked or not, and late ones of before are charged', async () => {
  home.clock.moveTo('2027-02-10T12:00:00.000+09:00');
  const all = (await contracts()).rows;
  const ended = all.filter(({ number, kind }) => number === ALONE || kind === 'unique');
  const cancelled = await home.product.contracts.cancel(
    { account: A1, contracts: ended.map(({ contract }) => contract) },
    caller(),
  );
  expect(cancelled).toMatchObject({ kind: 'done' });
  home.clock.moveTo('2027-04-01T00:10:00.000+09:00');
  const calls: Call[] = [
    [ALONE!, '2027-03-31T23:59'],
    [ALONE!, '2027-04-01T00:00'],
    [BOUGHT!, '2027-03-31T23:59'],
  ];
  const expected = [null, 'NUMBER_NOT_IN_CONTRACT', null];
  expect(await imported(...calls)).toEqual(expected);
  home.clock.moveTo('2027-04-02T00:10:00.000+09:00');
  const onNone: Call = [BOUGHT!, '2027-04-02T00:01'];
  expect(await imported(onNone)).toEqual(['NUMBER_WITHOUT_UNIQUE']);
  await home.product.contracts.endDue(A1, caller());
  expect(await imported(...calls)).toEqual(expected);
  // A number whose unique is over is on none; on the 1st its policy still charges its calls all the same.
  expect(await imported([BOUGHT!, '2027-04-01T00:01'], onNone)).toEqual([null, 'NUMBER_WITHOUT_UNIQUE']);
});
