import { jest } from '@jest/globals';
import { type AccountId, BusinessDay, Money, parseAccountId, saidOf } from '#kernel';
import type { JobContext } from '#ports';
import { type IdentityHome, identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import { ask, perform } from '../engine/use-case.js';
import { handlersOf } from '../jobs/handlers.js';
import type { Answer, Caller } from '../product.views.js';
import {
  addToCart,
  changeCartLine,
  listCarts,
  listShop,
  orderCart,
  removeFromCart,
  showCart,
} from './cart.use-cases.js';
import { cancelContracts, listContracts } from './contracts.use-cases.js';

const fees = (monthly: string): string => `monthly: ${monthly}, initial: 1000, pro_rated: true`;
const prices = (extension: string, from = '2026-01-01'): string => `price_lists:
  - name: standard
    valid_from: ${from}
    products:
      - { code: unique.extension, kind: unique, name_ja: 内線端末, name_en: Extension, ${fees(extension)} }
      - { code: number.03, kind: number, name_ja: 番号, name_en: Number, ${fees('300')}, for_numbers: ["03"] }
      - { code: number.special, kind: number, name_ja: 特殊, name_en: Special, monthly: 9, for_numbers: [x] }
      - { code: option.oem, kind: account_option, name_ja: OEM, name_en: OEM server, monthly: 10000 }
`;
const STOCK =
  'first,last,kind,product,region,city,area_code\n0300000000,0300000099,KDU,number.03,東京都,千代田区,03\n';

let home: IdentityHome;
let circles: Map<AccountId, string>;
let sequence = 0;
const caller = (commandId = `k-${++sequence}`): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });
const account = parseAccountId;

function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(
    answer.kind === 'rejected' ? `${answer.rejection.code} ${saidOf(answer.rejection).en}` : '-',
  );
}
const codeOf = (answer: Answer<unknown>) =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;
const item = (product: string, quantity = 1, number: string | null = null) => ({ product, quantity, number });

async function customer(name: string, yen: string): Promise<AccountId> {
  const opened = {
    ...{ account: account(name), name: `株式会社${name}`, openedOn: BusinessDay.parse('2026-10-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  value(await home.product.accounts.open(opened, caller()));
  const charged = { account: account(name), amount: Money.of(yen), method: 'card' as const };
  if (yen !== '0') value(await home.product.prepaid.charge(charged, caller()));
  const id = account(name);
  const circle = value(
    await home.product.identity.circles.createCircle(
      { account: id, name: '本社', password: PASSWORD },
      caller(),
    ),
  );
  circles.set(id, circle.circle);
  return id;
}
const of = (id: AccountId) => ({ account: id, circle: circles.get(id)! });
const put = (id: AccountId, items: ReturnType<typeof item>[], by = caller()) =>
  perform(home.product, addToCart, { ...of(id), items, cancels: [] }, by);
const show = async (id: AccountId) => value(await ask(home.product, showCart, { ...of(id), by: 'account' }));
const buy = (id: AccountId, total: string, by = caller()) =>
  perform(home.product, orderCart, { ...of(id), total: Money.of(total), by: 'account' }, by);
const contractsOf = async (id: AccountId) =>
  (await ask(home.product, listContracts, { account: id, limit: 100 })).rows;
const balanceOf = async (id: AccountId) => (await home.product.prepaid.balance(id))!;

beforeAll(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-10-05T12:00:00.000+09:00');
  circles = new Map();
  await home.product.catalogue.importCatalogueYaml('c.yaml', prices('500'), caller());
  await home.product.numbers.importFile('n.csv', STOCK, caller());
});
afterAll(() => home.end());

describe('a cart', () => {
  let a: AccountId;
  beforeAll(async () => {
    a = await customer('A-1', '10000');
  });

  it('shows every fee of its lines, what is due and what both invoices will hold', async () => {
    value(await put(a, [item('unique.extension', 2)]));
    value(await put(a, [item('unique.extension'), item('number.03', 1, '0300000001')]));
    const view = await show(a);
    expect(
      view.lines.map(one => [
        one.no,
        one.line,
        one.product,
        one.class,
        one.quantity,
        one.subtotal,
        one.contractMonth,
      ]),
    ).toEqual([
      [1, '1', 'unique.extension', 'monthly', 3, '1500', '1306.4517'],
      [2, '1', 'unique.extension', 'initial', 3, '3000', '3000'],
      [3, '2', 'number.03', 'monthly', 1, '300', '261.2903'],
      [4, '2', 'number.03', 'initial', 1, '1000', '1000'],
    ]);
    expect(view).toMatchObject({ count: 2, refusal: null, changes: [], missing: '0', ordering: null });
    expect(view.monthly).toBe('1800');
    expect(view.initial).toBe('4000');
    expect(view.lines[2]).toMatchObject({ reservedUntil: expect.stringContaining('2026-10-05T12:') });
  });

  it('is listed while it holds something, and shows the calls in contract beside what is sold', async () => {
    const filled = (circle?: string) =>
      ask(home.product, listCarts, { account: a, ...(circle !== undefined && { circle }) });
    expect(await filled()).toEqual({ rows: [{ circle: circles.get(a), count: 2 }] });
    expect(await filled(circles.get(a))).toEqual(await filled());
    expect(await ask(home.product, listShop, of(a))).toMatchObject({ calls: 0, fax: 0, mostCalls: 29 });
  });

  it('changes by line, and gives numbers back that are taken out', async () => {
    value(await perform(home.product, changeCartLine, { ...of(a), line: '1', quantity: 1 }, caller()));
    value(await perform(home.product, removeFromCart, { ...of(a), lines: ['2'] }, caller()));
    expect((await show(a)).lines.map(one => [one.line, one.quantity])).toEqual([
      ['1', 1],
      ['1', 1],
    ]);
    const b = await customer('A-2', '0');
    value(await put(b, [item('number.03', 1, '0300000001')]));
    expect(codeOf(await put(a, [item('number.03', 1, '0300000001')]))).toBe('NUMBER_RESERVED');
    value(await perform(home.product, removeFromCart, of(b), caller()));
    expect(await show(b)).toMatchObject({ count: 0, lines: [], due: '0', refusal: null });
  });

  it('is bought once for one key, and is empty then', async () => {
    value(await put(a, [item('number.03', 1, '0300000001')]));
    const { due } = await show(a);
    const by = caller();
    const order = value(await buy(a, due, by));
    expect(order).toMatchObject({ state: 'settled', due });
    expect(order.contracts).toHaveLength(2);
    expect(value(await buy(a, due, by)).order).toBe(order.order);
    expect(await show(a)).toMatchObject({ count: 0, lines: [], ordering: null });
    expect(codeOf(await buy(a, due))).toBe('CART_EMPTY');
    expect((await contractsOf(a)).map(({ product, number }) => [product, number])).toEqual([
      ['unique.extension', null],
      ['number.03', '0300000001'],
    ]);
    const offered = async (whose: Parameters<typeof listShop.run>[1]) =>
      (await ask(home.product, listShop, whose)).rows.map(({ code, inUse }) => [code, inUse]);
    expect(await offered(of(a))).toEqual([
      ['unique.extension', 1],
      ['number.03', 1],
      ['number.special', 0],
    ]);
    // Of the account alone (CAT-25): no circle puts it into its cart.
    expect(await offered({ account: a })).toContainEqual(['option.oem', 0]);
    expect(codeOf(await put(a, [item('option.oem')]))).toBe('ACCOUNT_ONLY');
  });

  it('is not bought with what the balance lacks, and says how much that is', async () => {
    const poor = await customer('A-3', '1000');
    value(await put(poor, [item('unique.extension')]));
    const view = await show(poor);
    expect(view).toMatchObject({ due: '1579.0323', available: '1000', missing: '579.0323' });
    expect(codeOf(await buy(poor, view.due))).toBe('INSUFFICIENT_FUNDS');
    expect((await show(poor)).count).toBe(1);
    expect(await contractsOf(poor)).toEqual([]);
  });

  it('takes a number in as what the stock says that it is', async () => {
    const b = account('A-2');
    expect(codeOf(await put(b, [item('number.special', 1, '0300000002')]))).toBe('NUMBER_OF_OTHER_PRODUCT');
    expect(codeOf(await put(b, [item('number.03', 1, '0399999999')]))).toBe('NUMBER_NOT_IN_STOCK');
    expect(codeOf(await put(b, [item('number.03')]))).toBe('NUMBERS_MISSING');
    expect((await show(b)).count).toBe(0);
  });
});

describe('a price that changes while a cart is open', () => {
  it('is told before anything is bought, and the old total buys nothing', async () => {
    const c = await customer('C-1', '10000');
    value(await put(c, [item('unique.extension')]));
    const seen = (await show(c)).due;
    home.clock.moveTo('2026-10-06T00:00:00.000+09:00');
    await home.product.catalogue.importCatalogueYaml('d.yaml', prices('800', '2026-10-06'), caller());
    const before = await balanceOf(c);
    const refused = await buy(c, seen);
    expect(codeOf(refused)).toBe('PRICES_CHANGED');
    const now = await show(c);
    expect(refused).toMatchObject({ rejection: { details: { seen, total: now.due } } });
    expect(now.changes).toMatchObject([
      { line: '1', kind: 'price', monthlyBefore: '500', monthlyNow: '800', initialBefore: '1000' },
    ]);
    expect(await balanceOf(c)).toEqual(before);
    expect(await contractsOf(c)).toEqual([]);
    expect(value(await buy(c, now.due))).toMatchObject({ state: 'settled', monthly: '800' });
  });

  it('is published while twenty order: each pays what it saw, or nothing', async () => {
    const all: AccountId[] = [];
    for (let n = 1; n <= 20; n++) {
      const id = await customer(`P-${n}`, '10000');
      value(await put(id, [item('unique.extension')]));
      all.push(id);
    }
    const { due: seen } = await show(all[0]!);
    const publish = () =>
      home.product.catalogue.importCatalogueYaml('e.yaml', prices('900', '2026-10-06'), caller());
    const orders = (some: readonly AccountId[]) => some.map(id => buy(id, seen));
    const [early, , late] = [orders(all.slice(0, 10)), publish(), orders(all.slice(10))] as const;
    const answers = await Promise.all([...early, ...late]);
    for (const [i, id] of all.entries()) {
      const isBought = codeOf(answers[i]!) === 'done';
      expect(['done', 'PRICES_CHANGED']).toContain(codeOf(answers[i]!));
      const spent = Money.subtract(Money.of('10000'), Money.of((await balanceOf(id)).available));
      expect(Money.text(spent)).toBe(isBought ? seen : '0');
      expect((await contractsOf(id)).map(({ monthly }) => monthly)).toEqual(isBought ? ['800'] : []);
      expect(await balanceOf(id)).toMatchObject({ held: '0' });
    }
    // From the publication on the cart says what it costs now.
    const next = await customer('P-21', '10000');
    value(await put(next, [item('unique.extension')]));
    expect(codeOf(await buy(next, seen))).toBe('PRICES_CHANGED');
    expect(value(await buy(next, (await show(next)).due))).toMatchObject({ monthly: '900' });
  });
});

describe('a process that ends between the cart and its order', () => {
  const ended = () =>
    jest.spyOn(home.product.contracts, 'placeOrder').mockRejectedValueOnce(new Error('killed'));
  afterEach(() => jest.restoreAllMocks());

  it('leaves an order that whoever asks next goes on with, once', async () => {
    const a = await customer('K-1', '10000');
    value(await put(a, [item('unique.extension')]));
    const { due } = await show(a);
    ended();
    await expect(buy(a, due)).rejects.toThrow('killed');
    expect(await contractsOf(a)).toEqual([]);
    const order = value(await buy(a, due));
    expect(order).toMatchObject({ state: 'settled', due });
    expect(await contractsOf(a)).toHaveLength(1);
    expect(await show(a)).toMatchObject({ count: 0, ordering: null });
  });

  it('leaves an order that its job goes on with, when nobody asks', async () => {
    const a = await customer('K-3', '10000');
    value(await put(a, [item('unique.extension')]));
    const { due } = await show(a);
    ended();
    await expect(buy(a, due)).rejects.toThrow('killed');
    home.clock.plusMs(60_001);
    const { cartsLeft } = await home.product.jobs.facts();
    expect(cartsLeft).toMatchObject([{ account: 'K-3', circle: circles.get(a) }]);
    const job = handlersOf(home.product).find(({ name }) => name === 'go-on-with-cart')!;
    for (let turn = 0; turn < 2; turn++)
      await job.run({ account: 'K-3', circle: circles.get(a)! }, { key: 'K-3' } as JobContext);
    expect((await contractsOf(a)).map(({ product }) => product)).toEqual(['unique.extension']);
    expect(await show(a)).toMatchObject({ count: 0, ordering: null });
    expect((await home.product.jobs.facts()).cartsLeft).toEqual([]);
  });

  it.each([
    ['after its last instant', 600_001, 'ORDER_NOT_PLACED', 0],
    ['in its last instant', 600_000, 'done', 1],
  ])('places no order that its cart was told is over: %s', async (when, ms, code, bought) => {
    const a = await customer(`K-4-${bought}`, '10000');
    value(await put(a, [item('unique.extension')]));
    const { due } = await show(a);
    const by = caller();
    const { contracts } = home.product;
    const slow = contracts.placeOrder.bind(contracts);
    jest.spyOn(contracts, 'placeOrder').mockImplementationOnce(async (...of) => {
      home.clock.plusMs(ms);
      // Whoever looks at the cart now is told that it can be filled again.
      if (bought === 0) value(await put(a, [item('number.03', 1, '0300000056')]));
      return slow(...of);
    });
    expect([when, codeOf(await buy(a, due, by))]).toEqual([when, code]);
    expect(await contractsOf(a)).toHaveLength(bought);
    expect(codeOf(await buy(a, due, by))).toBe(code);
  });

  it('does not keep the cart from being filled', async () => {
    const a = await customer('K-2', '10000');
    value(await put(a, [item('unique.extension')]));
    const { due } = await show(a);
    const by = caller();
    ended();
    await expect(buy(a, due, by)).rejects.toThrow('killed');
    value(await put(a, [item('number.03', 1, '0300000055')]));
    expect((await contractsOf(a)).map(({ product }) => product)).toEqual(['unique.extension']);
    expect(await show(a)).toMatchObject({ count: 1 });
    // The same request again is answered with what it came to, and buys nothing of the new cart.
    expect(value(await buy(a, due, by)).state).toBe('settled');
    expect(await contractsOf(a)).toHaveLength(1);
  });
});

describe('one number in 50 carts', () => {
  it('has one owner; nobody else is debited, and every other cart is as it was', async () => {
    const names = Array.from({ length: 50 }, (_, i) => `R-${i + 1}`);
    const all: AccountId[] = [];
    for (const name of names) {
      const id = await customer(name, '5000');
      // Kept for one cart at a time: the time of the one before is over when the next comes.
      value(await put(id, [item('unique.extension'), item('number.03', 1, '0300000042')]));
      all.push(id);
      home.clock.plusMs(31 * 60_000);
    }
    const dues = await Promise.all(all.map(async id => (await show(id)).due));
    const before = await Promise.all(all.map(show));
    const requests = all.map(caller);
    const answers = await Promise.all(all.map((id, i) => buy(id, dues[i]!, requests[i])));
    const winners = all.filter((_, i) => answers[i]!.kind === 'done');
    expect(winners).toHaveLength(1);
    const losers = all.filter(id => id !== winners[0]);
    expect(new Set(answers.map(codeOf))).toEqual(new Set(['done', 'NUMBER_TAKEN']));
    for (const id of losers) {
      expect(await balanceOf(id)).toMatchObject({ held: '0', available: '5000' });
      expect(await contractsOf(id)).toEqual([]);
      const { lines } = await show(id);
      expect(lines.map(({ line, product, quantity, numbers }) => [line, product, quantity, numbers])).toEqual(
        before[all.indexOf(id)]!.lines.map(one => [one.line, one.product, one.quantity, one.numbers]),
      );
    }
    // The same request again is told the same, whatever holds now.
    for (const [i, id] of all.entries()) {
      const again = await buy(id, dues[i]!, requests[i]);
      expect(codeOf(again)).toBe(id === winners[0] ? 'done' : 'NUMBER_TAKEN');
      if (again.kind === 'rejected') expect(again).toEqual(answers[i]);
    }
    expect((await contractsOf(winners[0]!)).map(({ number }) => number)).toEqual([null, '0300000042']);
    expect((await show(winners[0]!)).count).toBe(0);
  });
});

describe('a cancellation in a cart', () => {
  it('is of a contract that is there, and is told when that is over before it is bought', async () => {
    const a = await customer('G-1', '10000');
    value(await put(a, [item('unique.extension')]));
    value(await buy(a, (await show(a)).due));
    const { contract } = (await contractsOf(a))[0]!;
    const cancel = (cancels: string[]) =>
      perform(home.product, addToCart, { ...of(a), items: [], cancels }, caller());
    expect(codeOf(await cancel([contract, 'o9-01']))).toBe('NO_SUCH_CONTRACT');
    expect((await show(a)).count).toBe(0);
    value(await cancel([contract]));
    value(await perform(home.product, cancelContracts, { account: a, contracts: [contract] }, caller()));
    home.clock.plusMs(70 * 86_400_000);
    expect((await show(a)).changes).toMatchObject([
      { kind: 'contract_gone', product: contract, nameJa: contract },
    ]);
  });
});
