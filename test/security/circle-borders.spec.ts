import { parseAccountId } from '#kernel';
import type { OrderView } from '#runtime';
import { fillContracts } from '../support/contracts-home.js';
import type { Received } from '../support/http-server.js';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';

const A1 = parseAccountId('A1');
const BASE = '/accounts/A1';
const DEAR = ['unique.extension:400'];

/** What a circle buys, has and cancels is its own; what the account has to pay it with is not its to know. */
describe('a circle that buys', () => {
  let home: SignInHome;
  let owner: Browser;
  let first: Browser;
  let second: Browser;
  let circles: readonly string[];
  let orders: readonly OrderView[];
  beforeAll(async () => {
    home = await signInHome();
    orders = await fillContracts(home.product, '2026-11-04T09:00:00.000+09:00');
    circles = (await home.product.identity.circles.circles(A1)).map(({ circle }) => circle);
    owner = await signedIn('account', 'A1-login');
    first = await signedIn('circle', 'first');
    second = await signedIn('circle', 'second');
  }, 60_000);
  afterAll(() => home.close());

  let keys = 0;
  const key = () => ({ 'Idempotency-Key': `circle-borders-${++keys}` });
  async function signedIn(level: 'account' | 'circle', login: string): Promise<Browser> {
    const browser = home.browser();
    await browser.signInWhole(level, login);
    return browser;
  }
  const put = (by: Browser, items: readonly string[], more: object = {}) =>
    by.send('POST', `${BASE}/cart`, { items, ...more });
  const cartOf = async (by: Browser, query = '') => (await by.send('GET', `${BASE}/cart${query}`)).json;
  const told = ({ status, json }: Received) => [status, json['code']];

  it('has a cart of its own, which no other circle reaches', async () => {
    expect((await put(first, ['unique.extension'])).json).toMatchObject({ circle: circles[0] });
    expect(await cartOf(first)).toMatchObject({ count: 1, circle: circles[0] });
    expect(await cartOf(owner, `?circle=${circles[0]}`)).toMatchObject({ count: 1 });
    expect(await cartOf(second)).toMatchObject({ count: 0, circle: circles[1] });
    const body = { circle: circles[0], items: ['unique.extension'] };
    const tries: readonly (readonly [string, string, object?])[] = [
      ['GET', `/cart?circle=${circles[0]}`],
      ['GET', `/shop?circle=${circles[0]}`],
      ['GET', `/order-preview?circle=${circles[0]}&items=unique.extension`],
      ['POST', '/cart', body],
      ['PUT', '/cart/1', { circle: circles[0], quantity: 2 }],
      ['DELETE', '/cart', { circle: circles[0] }],
      ['POST', '/cart/order', { circle: circles[0], total: '1' }],
      ['POST', '/orders', body],
      ['GET', `/orders?circle=${circles[0]}`],
      ['GET', `/orders/${orders[0]!.order}?circle=${circles[0]}`],
      ['GET', `/contracts?circle=${circles[0]}`],
      ['GET', `/purchases?circle=${circles[0]}`],
      ['GET', `/contracts/${orders[0]!.contracts[0]}?circle=${circles[0]}`],
      ['POST', '/cancellations', { circle: circles[0], contracts: orders[0]!.contracts }],
      ['POST', '/cancellations/undo', { circle: circles[0], contracts: orders[0]!.contracts }],
      ['GET', `/cancellation-preview?circle=${circles[0]}&contracts=${orders[0]!.contracts[0]}`],
      ['POST', '/cancellations/units', { circle: circles[0], product: 'trunk2.channel', count: 1 }],
      ['POST', '/cancellations/units/undo', { circle: circles[0], product: 'trunk2.channel', count: 1 }],
      ['GET', `/cancellation-preview/units?circle=${circles[0]}&product=trunk2.channel&count=1`],
      ['POST', `/circles/${circles[0]}/cancellation`],
      ['POST', `/circles/${circles[1]}/cancellation`],
      ['POST', '/cancellation'],
    ];
    for (const [method, path, sent] of tries) {
      const answer = await second.send(method, `${BASE}${path}`, sent, key());
      expect([method, path, ...told(answer)]).toEqual([method, path, 404, 'NO_SUCH_RESOURCE']);
    }
    expect(await cartOf(first)).toMatchObject({ count: 1 });
  });

  it('sees the orders and contracts of its own, and those of others are as absent', async () => {
    const contracts = async (by: Browser) =>
      ((await by.send('GET', `${BASE}/contracts`)).json['rows'] as { circle: string | null }[]).map(
        ({ circle }) => circle,
      );
    expect(new Set(await contracts(owner))).toEqual(new Set([circles[0], null]));
    expect(new Set(await contracts(first))).toEqual(new Set([circles[0]]));
    expect(await contracts(second)).toEqual([]);
    const history = async (by: Browser) =>
      ((await by.send('GET', `${BASE}/purchases`)).json['rows'] as { product: string }[]).map(
        ({ product }) => product,
      );
    expect(await history(owner)).toContain('invoice.posting');
    expect(await history(first)).toContain('unique.extension');
    expect(await history(first)).not.toContain('invoice.posting');
    expect(await history(second)).toEqual([]);
    const [phones, , post] = orders;
    const one = (by: Browser, path: string) => by.send('GET', `${BASE}/${path}`);
    expect((await one(first, `orders/${phones!.order}`)).status).toBe(200);
    expect(told(await one(first, `orders/${post!.order}`))).toEqual([404, 'NO_SUCH_ORDER']);
    expect(told(await one(second, `orders/${phones!.order}`))).toEqual([404, 'NO_SUCH_ORDER']);
    expect(told(await one(second, 'orders/0000000000'))).toEqual([404, 'NO_SUCH_ORDER']);
    const contract = phones!.contracts[0]!;
    expect((await one(first, `contracts/${contract}`)).status).toBe(200);
    for (const id of [contract, 'nothing-01'])
      expect(told(await one(second, `contracts/${id}`))).toEqual([404, 'NO_SUCH_CONTRACT']);
  });

  it('cancels and undoes its own alone, by itself or with a purchase', async () => {
    const contracts = [orders[0]!.contracts[0]!];
    for (const ids of [contracts, ['nothing-01'], orders[2]!.contracts]) {
      const asked = { contracts: ids };
      for (const path of ['cancellations', 'cancellations/undo']) {
        const answer = await second.send('POST', `${BASE}/${path}`, asked, key());
        expect([path, ...told(answer)]).toEqual([path, 404, 'NO_SUCH_CONTRACT']);
      }
      const looked = await second.send('GET', `${BASE}/cancellation-preview?contracts=${ids.join(',')}`);
      expect(told(looked)).toEqual([404, 'NO_SUCH_CONTRACT']);
      const bought = await second.send('POST', `${BASE}/orders`, { cancels: ids }, key());
      expect(told(bought)).toEqual([404, 'NO_SUCH_CONTRACT']);
      const inCart = await put(second, [], { cancels: ids });
      expect([...told(inCart), inCart.json['field']]).toEqual([404, 'NO_SUCH_CONTRACT', 'cancels']);
      expect(await cartOf(second)).toMatchObject({ lines: [] });
    }
    const cancelled = await first.send('POST', `${BASE}/cancellations`, { contracts }, key());
    expect(cancelled.json).toMatchObject({ rows: [{ contract: contracts[0] }] });
    const undone = await first.send('POST', `${BASE}/cancellations/undo`, { contracts }, key());
    expect(undone.json).toMatchObject({ contracts });
  });

  it('buys from the balance of the account, and is never told how much that is', async () => {
    const before = await home.product.prepaid.balance(A1);
    const cart = await cartOf(first);
    expect(cart).toMatchObject({ available: null, missing: null, refusal: null });
    const bought = await first.send('POST', `${BASE}/cart/order`, { total: cart['due'] }, key());
    expect([bought.status, bought.json]).toMatchObject([201, { circle: circles[0], state: 'settled' }]);
    expect(await home.product.prepaid.balance(A1)).not.toEqual(before);
    await put(second, DEAR);
    const dear = await cartOf(second);
    expect(dear).toMatchObject({
      ...{ available: null, missing: null },
      refusal: { code: 'ACCOUNT_FUNDS_SHORT' },
    });
    const answers = [
      await second.send('POST', `${BASE}/cart/order`, { total: dear['due'] }, key()),
      await second.send('POST', `${BASE}/orders`, { items: DEAR }, key()),
    ];
    for (const answer of answers) {
      expect(told(answer)).toEqual([409, 'ACCOUNT_FUNDS_SHORT']);
      expect(answer.text).not.toMatch(/available|required/);
    }
    const { rows } = (await second.send('GET', `${BASE}/orders`)).json as { rows: OrderView[] };
    expect(rows[0]).toMatchObject({ refusal: { code: 'ACCOUNT_FUNDS_SHORT', missing: null } });
    for (const path of ['balance', 'history', 'statements/2026-10'])
      expect((await first.send('GET', `${BASE}/${path}`)).status).toBe(404);
    await second.send('DELETE', `${BASE}/cart`, {});
  });

  it('buys nothing of the account (CAT-25, CAT-26)', async () => {
    const { rows } = (await first.send('GET', `${BASE}/shop`)).json as { rows: { kind: string }[] };
    expect(rows.map(({ kind }) => kind)).not.toContain('invoice_posting');
    expect(told(await put(first, ['invoice.posting']))).toEqual([422, 'ACCOUNT_ONLY']);
    const bought = await first.send('POST', `${BASE}/orders`, { items: ['invoice.posting'] }, key());
    expect(told(bought)).toEqual([422, 'ACCOUNT_ONLY']);
    expect((await put(owner, ['invoice.posting'])).status).toBe(201);
  });

  it('is not shown what its account bought for itself with the same order', async () => {
    const items = ['unique.extension', 'invoice.posting'];
    const mixed = await owner.send('POST', `${BASE}/orders`, { circle: circles[1], items }, key());
    expect(mixed.status).toBe(201);
    const { order, lines } = mixed.json as unknown as OrderView;
    expect(lines.map(({ product }) => product)).toContain('invoice.posting');
    const seen = (await second.send('GET', `${BASE}/orders/${order}`)).json as unknown as OrderView;
    expect(new Set(seen.lines.map(({ product }) => product))).toEqual(new Set(['unique.extension']));
    const listed = (await second.send('GET', `${BASE}/orders`)).json as { rows: OrderView[] };
    expect(listed.rows.find(one => one.order === order)?.due).toBe(seen.due);
    expect(seen.due).not.toBe(mixed.json['due']);
  });
});
