import { type AccountId, BusinessDay, Money, parseAccountId } from '#kernel';
import { type IdentityHome, identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import { ask, perform } from '../engine/use-case.js';
import type { Answer, Caller } from '../product.views.js';
import { addToCart, changeCartLine, orderCart, removeFromCart, showCart } from './cart.use-cases.js';

const fees = 'monthly: 310, initial: 1000, pro_rated: true';
const CATALOGUE = `price_lists:
  - name: standard
    valid_from: 2026-01-01
    products:
      - { code: vba.us, kind: vba_number, name_ja: 海外, name_en: Abroad, ${fees}, for_numbers: [US] }
      - { code: vba.de, kind: vba_number, name_ja: 海外, name_en: Abroad, ${fees}, for_numbers: [DE] }
`;
const GROUPS = `group,country,state,city,area_code,toll_free,certificate,product,stock
us-844,UNITED STATES,,,0101844,yes,,vba.us,100
us-605,UNITED STATES,SOUTH DAKOTA,SIOUX FALLS,0101605,no,,vba.us,100
us-three,UNITED STATES,,,0101900,no,,vba.us,3
us-few,UNITED STATES,,,0101901,no,,vba.us,3
de-berlin,GERMANY,,BERLIN,0104930,no,NATIONAL,vba.de,9
`;

let home: IdentityHome;
let sequence = 0;
const circles = new Map<AccountId, string>();
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `k-${++sequence}` });
const codeOf = (answer: Answer<unknown>) =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;

async function customer(name: string, yen = '50000'): Promise<AccountId> {
  const account = parseAccountId(name);
  const opened = { account, name: `株式会社${name}`, openedOn: BusinessDay.parse('2026-10-01') };
  const rest = { numbers: [], tariff: 'std', incomingDiscount: Money.zero };
  await home.product.accounts.open({ ...opened, ...rest }, caller());
  await home.product.prepaid.charge({ account, amount: Money.of(yen), method: 'card' }, caller());
  const circle = { account, name: '本社', password: PASSWORD };
  const made = await home.identity.circles.createCircle(circle, caller());
  if (made.kind !== 'done') throw new Error(made.kind);
  circles.set(account, made.value.circle);
  return account;
}
const of = (account: AccountId) => ({ account, circle: circles.get(account)! });
const some = (group: string, quantity: number) => {
  const product = group.startsWith('de') ? 'vba.de' : 'vba.us';
  return { product, quantity, number: null, group };
};
type Some = ReturnType<typeof some>;
const put = (account: AccountId, ...items: readonly Some[]) =>
  perform(home.product, addToCart, { ...of(account), items: [...items], cancels: [] }, caller());
async function cartOf(account: AccountId) {
  const shown = await ask(home.product, showCart, { ...of(account), by: 'account' });
  if (shown.kind !== 'done') throw new Error(shown.kind);
  return shown.value;
}
const buy = (account: AccountId, total: string) =>
  perform(home.product, orderCart, { ...of(account), total: Money.of(total), by: 'account' }, caller());
async function stockOf(group: string): Promise<number> {
  const { rows } = await home.product.numbers.vba.list({ limit: 50 });
  return rows.find(row => row.group === group)!.stock;
}
const balanceOf = async (account: AccountId) => (await home.product.prepaid.balance(account))!;
const contractsOf = (account: AccountId) => home.product.contracts.inContract(account);

beforeAll(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-10-01T12:00:00.000+09:00');
  await home.product.catalogue.importCatalogueYaml('c.yaml', CATALOGUE, caller());
  const { problems } = await home.product.numbers.importFile('g.csv', GROUPS, caller());
  expect(problems).toEqual([]);
});
afterAll(() => home.end());

describe('overseas numbers in a cart', () => {
  let a: AccountId;
  beforeAll(async () => {
    a = await customer('A-1');
  });

  it('PR-13: have a monthly and an initial line per group, their quantity the count of numbers', async () => {
    expect(codeOf(await put(a, some('us-844', 1), some('us-844', 1), some('us-605', 3)))).toBe('done');
    const { lines, refusal } = await cartOf(a);
    expect(refusal).toBeNull();
    expect(lines.map(one => [one.nameJa, one.class, one.quantity, one.subtotal])).toEqual([
      ['海外電話番号VBA (UNITED STATES) [0101844]〈トールフリー〉', 'monthly', 2, '620'],
      ['海外電話番号VBA (UNITED STATES) [0101844]〈トールフリー〉', 'initial', 2, '2000'],
      ['海外電話番号VBA (SIOUX FALLS) [0101605]', 'monthly', 3, '930'],
      ['海外電話番号VBA (SIOUX FALLS) [0101605]', 'initial', 3, '3000'],
    ]);
    expect(lines[0]!.reservedUntil).toContain('2026-10-01T12:30');
  });

  it('are kept for it, as many as it holds, and free again when they are taken out', async () => {
    expect([await stockOf('us-844'), await stockOf('us-605')]).toEqual([98, 97]);
    await put(a, some('us-844', 3));
    expect(await stockOf('us-844')).toBe(95);
    await perform(home.product, changeCartLine, { ...of(a), line: '1', quantity: 4 }, caller());
    expect(await stockOf('us-844')).toBe(96);
    await perform(home.product, removeFromCart, { ...of(a), lines: ['1'] }, caller());
    expect(await stockOf('us-844')).toBe(100);
  });

  it('LM-25: are refused where there are not so many, and the cart stays as it was', async () => {
    expect(codeOf(await put(a, some('us-605', 1), some('us-three', 4)))).toBe('VBA_STOCK_TOO_SMALL');
    expect([await stockOf('us-three'), await stockOf('us-605')]).toEqual([3, 97]);
    const line = { ...of(a), line: '2', quantity: 101 };
    expect(codeOf(await perform(home.product, changeCartLine, line, caller()))).toBe('VBA_STOCK_TOO_SMALL');
    expect((await cartOf(a)).lines.map(({ quantity }) => quantity)).toEqual([3, 3]);
  });

  it('name what is missing: a group that there is, of this product, and its papers', async () => {
    const refused = await Promise.all([
      put(a, { ...some('us-605', 1), group: 'us-nowhere' }),
      put(a, { ...some('us-605', 1), product: 'vba.de' }),
    ]);
    expect(refused.map(codeOf)).toEqual(['NO_SUCH_VBA_GROUP', 'GROUP_NOT_OF_PRODUCT']);
    const b = await customer('A-2');
    await put(b, some('de-berlin', 1));
    const { refusal, due } = await cartOf(b);
    expect(refusal).toMatchObject({ code: 'CERTIFICATE_MISSING', en: expect.stringContaining('(BERLIN)') });
    expect(codeOf(await buy(b, due))).toBe('CERTIFICATE_MISSING');
    const staff = { ...of(b), total: Money.of(due), by: 'staff' as const };
    expect(codeOf(await perform(home.product, orderCart, staff, caller()))).toBe('done');
  });

  it('become contracts, and come back into stock when these are over', async () => {
    const { due } = await cartOf(a);
    expect(codeOf(await buy(a, due))).toBe('done');
    const bought = await contractsOf(a);
    expect(bought.map(({ nameJa, group, monthly }) => [nameJa, group, Money.text(monthly)])).toEqual(
      Array.from({ length: 3 }, () => ['海外電話番号VBA (SIOUX FALLS) [0101605]', 'us-605', '310']),
    );
    expect(await stockOf('us-605')).toBe(97);
    const contracts = bought.slice(0, 2).map(({ contract }) => contract);
    const cancel = () => home.product.contracts.cancel({ account: a, contracts }, caller());
    expect(codeOf(await cancel())).toBe('NO_IMMEDIATE_CANCELLATION');
    home.clock.moveTo('2026-10-02T12:00:00.000+09:00');
    expect(codeOf(await cancel())).toBe('done');
    home.clock.moveTo('2026-12-01T00:00:00.000+09:00');
    await home.product.contracts.endDue(a, caller());
    await home.product.contracts.endDue(a, caller());
    expect(await stockOf('us-605')).toBe(99);
  });
});

describe('50 carts and a stock of three', () => {
  let all: AccountId[];
  beforeAll(async () => {
    all = [];
    for (let i = 0; i < 50; i++) all.push(await customer(`R-${i}`, '5000'));
  });

  it('keeps them for three carts, whoever comes at the same moment', async () => {
    const answers = await Promise.all(all.map(account => put(account, some('us-three', 1))));
    expect(answers.map(codeOf).filter(code => code === 'done')).toHaveLength(3);
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['done', 'VBA_STOCK_TOO_SMALL']));
    expect(await stockOf('us-three')).toBe(0);
  });

  it('sells three of them, and takes nothing from anybody else', async () => {
    const order = (account: AccountId) => {
      const items = [some('us-few', 1)];
      return home.product.contracts.placeOrder({ ...of(account), items, cancels: [] }, 'account', caller());
    };
    const answers = await Promise.all(all.map(order));
    const winners = all.filter((_, i) => codeOf(answers[i]!) === 'done');
    expect(winners).toHaveLength(3);
    for (const account of all) {
      const isWinner = winners.includes(account);
      const { held, available } = await balanceOf(account);
      expect([held, available === '5000']).toEqual(['0', !isWinner]);
      expect((await contractsOf(account)).map(({ group }) => group)).toEqual(isWinner ? ['us-few'] : []);
    }
    expect(await stockOf('us-few')).toBe(0);
  });
});
