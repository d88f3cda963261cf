import { fillContracts } from '../support/contracts-home.js';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';

const BASE = '/accounts/A1';
type Row = readonly [what: string, ask: Ask, status: number, code: string, field: string | undefined];
interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
}
const post = (path: string, body: object): Ask => ({ method: 'POST', path, body });
const put = (path: string, body: object): Ask => ({ method: 'PUT', path, body });
const get = (path: string): Ask => ({ method: 'GET', path });
const wish = (item: unknown, more: object = {}): Ask => post('cart', { items: [item], ...more });
const bad = (ask: Ask, field: string): Row => [`${ask.path} ${field}`, ask, 400, 'INVALID_INPUT', field];

/** What no page sends and somebody will: each is refused by the name of its field, and leaves nothing. */
describe('an odd purchase or cancellation', () => {
  let home: SignInHome;
  let owner: Browser;
  let staff: Browser;
  let contract: string;
  beforeAll(async () => {
    home = await signInHome();
    const orders = await fillContracts(home.product, '2026-11-04T09:00:00.000+09:00');
    contract = orders[0]!.contracts[0]!;
    owner = home.browser();
    await owner.signInWhole('account', 'A1-login');
    staff = home.browser();
    await staff.signInWhole('staff', 'billing');
  }, 60_000);
  afterAll(() => home.close());

  let keys = 0;
  const send = (by: Browser, { method, path, body }: Ask) => {
    const headers = { 'Idempotency-Key': `odd-${++keys}`, 'X-Reason': 'a test' };
    const at = path.startsWith('/') ? path : `${BASE}/${path}`;
    return by.send(method, at, method === 'GET' ? undefined : body, headers);
  };
  const OF_NOBODY = '0000000000';
  const circles = async () =>
    (await owner.send('GET', `${BASE}/circles`)).json['rows'] as { circle: string }[];

  const items = [
    ...['', 'UNIQUE.EXTENSION', 'unique.extension:0', 'unique.extension:-1', 'unique.extension:1e3'],
    ...['unique.extension:１', 'unique.extension:1.5', 'unique.extension:99999', 'unique.extension:2:3'],
    ...['unique.extension@abc', 'number.03@abc', 'vba.us@us-new-york', 'vba.us@us:100000', 5, null, {}],
  ];
  it.each(items)('the item %j is refused as what it is', async item => {
    const { head } = await home.product.health();
    const { circle } = (await circles())[0]!;
    for (const ask of [wish(item, { circle }), post('orders', { items: [item], circle })]) {
      const { status, json } = await send(owner, ask);
      expect([status, json['code'], json['field']]).toEqual([400, 'INVALID_INPUT', 'items.0']);
    }
    expect((await home.product.health()).head).toBe(head);
  });

  const rows: readonly Row[] = [
    ['no such product', wish('constructor'), 422, 'NO_SUCH_PRODUCT', 'items'],
    ['too much of it', wish('unique.extension:1001'), 422, 'QUANTITY_TOO_LARGE', 'items'],
    ['a circle of nobody', wish('unique.extension', { circle: OF_NOBODY }), 404, 'NO_SUCH_CIRCLE', 'circle'],
    ['a group of nobody', wish('vba.us@nobody:1'), 404, 'NO_SUCH_VBA_GROUP', 'items'],
    ['a contract of nobody', post('cart', { cancels: ['o9-01'] }), 404, 'NO_SUCH_CONTRACT', 'cancels'],
    ['a line that is not there', put('cart/99', { quantity: 1 }), 404, 'NO_SUCH_CART_LINE', 'line'],
    ['an order of nothing', post('orders', {}), 422, 'ORDER_EMPTY', 'items'],
    ['the end of nothing', get('cancellation-preview?contracts=o9-01'), 404, 'NO_SUCH_CONTRACT', 'contracts'],
    [
      'the end of a circle of nobody',
      get(`cancellation-preview?circle=${OF_NOBODY}`),
      404,
      ...(['NO_SUCH_CIRCLE', 'circle'] as const),
    ],
    bad(wish('unique.extension', { circle: '２２７４０４３６４１' }), 'circle'),
    bad(wish('unique.extension', { colour: 'red' }), 'colour'),
    bad(post('cart', { items: Array(201).fill('unique.extension') }), 'items'),
    ...['0', '-1', '1e1', '１', '__proto__'].map(line => bad(put(`cart/${line}`, { quantity: 1 }), 'line')),
    ...[0, -1, 1.5, 1e9, '2', '２', null].map(quantity => bad(put('cart/1', { quantity }), 'quantity')),
    ...['', 'abc', '1e3', '0.00001', 0, null].map(total => bad(post('cart/order', { total }), 'total')),
    bad(post('cancellations', { contracts: [] }), 'contracts'),
    bad(post('cancellations', { contracts: ['５-01'] }), 'contracts.0'),
    ...[0, -1, 501, 1.5, '1'].map(count =>
      bad(post('cancellations/units', { product: 'trunk2.channel', count }), 'count'),
    ),
    ...['-1', '1e3', '９'].map(count =>
      bad(get(`cancellation-preview/units?product=trunk2.channel&count=${count}`), 'count'),
    ),
  ];
  it.each(rows)('%s', async (_, ask, status, code, field) => {
    const { head } = await home.product.health();
    const answer = await send(owner, ask);
    expect([answer.status, answer.json['code'], answer.json['field']]).toEqual([status, code, field]);
    for (const problem of (answer.json['problems'] ?? []) as { problem: string; problemJa: string }[]) {
      expect(problem.problem).not.toMatch(/^Invalid/);
      expect(problem.problemJa).toMatch(/[ぁ-ん]/);
    }
    expect((await home.product.health()).head).toBe(head);
  });

  it.each(['2019-13', 'x', '２０２６-12', ''])('a month start of %j is none', async month => {
    const { status, json } = await send(staff, post('/month-starts', { month }));
    expect([status, json['field']]).toEqual([400, 'month']);
  });

  it('a month that is to come does not start', async () => {
    const { status, json } = await send(staff, post('/month-starts', { month: '2041-01' }));
    expect([status, json['code'], json['field']]).toEqual([422, 'IN_THE_FUTURE', 'month']);
  });

  it.each([-1, 1.5, '5', 1e16])('a measurement of %j is none', async amount => {
    const asked = post(`contracts/${contract}/measurements`, { month: '2026-11', amount });
    const { status, json } = await send(staff, asked);
    expect([status, json['field']]).toEqual([400, 'amount']);
  });
});
