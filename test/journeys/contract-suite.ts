import { Instant } from '#kernel';
import type { Answered, Asking, PatientClient } from '../support/patient-client.js';
import { at } from '../support/program.js';
import { TARIFF } from '../support/small-provider.js';
import type { OpenStage, Stage } from '../support/stages.js';
import { audits } from './provider-month.js';

const CATALOGUE = `price_lists:
  - name: standard
    valid_from: 2025-04-01
    products:
      - code: number.03
        kind: number
        name_ja: 電話番号 03
        name_en: Number 03
        monthly: 500
        initial: 1000
        pro_rated: true
        tax_category: standard
        for_numbers: ["03"]
        self_service: true
      - code: option.night
        kind: option
        name_ja: 夜間案内
        name_en: Night greeting
        monthly: 300
        pro_rated: true
        tax_category: standard
        self_service: true
`;
const NUMBERS = `first,last,kind,product,region,city,area_code
0300002000,0300002009,KDU,number.03,東京都,千代田区,03
`;
const NUMBER = '0300002003';
const WANTED = { items: [`number.03@${NUMBER}`, 'option.night:2'] };

const post = (path: string, key: string, body: object): Asking => ({ path: `/api/v1${path}`, key, body });
const listOf = (json: Readonly<Record<string, unknown>>) => json['rows'] as Record<string, unknown>[];

/** What the journey asks for, as the client of one customer. */
class Shop {
  constructor(private readonly client: PatientClient) {}

  async open(): Promise<void> {
    const { client } = this;
    await client.done({ path: '/api/v1/tariffs?file=tariff.csv', key: 'tariff', body: TARIFF });
    const yaml = { path: '/api/v1/catalogue?file=c.yaml', type: 'application/yaml', body: CATALOGUE };
    await client.done({ ...yaml, key: 'catalogue' });
    await client.done({ path: '/api/v1/numbers/import?file=n.csv', key: 'numbers', body: NUMBERS });
    const account = { account: 'A1', name: '見本商事', openedOn: '2025-04-01', tariff: 'std' };
    await client.done(post('/accounts', 'open', account));
  }

  charge(amount: string, key: string) {
    const body = { amount, method: 'bank_transfer', lot: key };
    return this.client.done(post('/accounts/A1/charges', key, body));
  }

  adjust(amount: string, key: string) {
    return this.client.done(
      post('/accounts/A1/adjustments', key, { adjustment: key, amount, reason: '調整' }),
    );
  }

  preview() {
    const items = WANTED.items.map(encodeURIComponent).join(',');
    return this.client.get(`/accounts/A1/order-preview?items=${items}`);
  }

  order(key: string, wanted: object = WANTED): Promise<Answered> {
    return this.client.ask(post('/accounts/A1/orders', key, wanted));
  }

  async balance() {
    const { posted, held, receivable } = await this.client.get('/accounts/A1/balance');
    return { posted, held, receivable };
  }

  async contracts(ended = 'no') {
    return listOf(await this.client.get(`/accounts/A1/contracts?ended=${ended}`));
  }

  /** The history, read page by page. */
  async purchases(limit: number) {
    const rows: Record<string, unknown>[] = [];
    let cursor = '';
    do {
      const page = await this.client.get(`/accounts/A1/purchases?limit=${limit}${cursor}`);
      rows.push(...listOf(page));
      cursor = page['next'] === null ? '' : `&cursor=${String(page['next'])}`;
    } while (cursor !== '');
    return rows;
  }

  async allOrders(query: string) {
    return listOf(await this.client.get(`/orders?${query}`));
  }

  async freeNumbers() {
    return listOf(await this.client.get('/numbers?sort=number&limit=100')).map(({ number }) => number);
  }

  startMonth(month: string, key: string) {
    return this.client.done(post('/month-starts', key, { month }));
  }

  /** The amounts that a month's fees took out of the wallet, or left owed, in the order of the contracts. */
  async feesOf(month: string) {
    const rows = listOf(await this.client.get('/accounts/A1/history?limit=100'));
    const fees = rows.filter(({ ref }) => String(ref).endsWith(`-${month}`));
    return fees.map(({ ref, gross }) => [ref, gross]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  }

  async cancel(contract: string, key: string) {
    const body = { contracts: [contract] };
    const [row] = listOf(await this.client.done(post('/accounts/A1/cancellations', key, body)));
    return row;
  }

  undo(contract: string, key: string) {
    return this.client.done(post('/accounts/A1/cancellations/undo', key, { contracts: [contract] }));
  }
}

/**
 * The contracts of one customer from the price list to the last day, as they are met from outside, whatever
 * the product stands on.
 */
export function contractSuite(name: string, open: OpenStage): void {
  describe(`contracts from the first day to the last: ${name}`, () => {
    let stage: Stage;
    let shop: Shop;
    let number: string;
    const moveTo = (time: string) => stage.moveTo(at(time));
    beforeAll(async () => {
      stage = await open(Instant.parse('2025-04-16T10:00:00.000+09:00'));
      shop = new Shop(stage.client);
      await shop.open();
    }, 60_000);
    afterAll(() => stage.end());

    it('shows what an order costs, and refuses it whole for a hundredth of a yen', async () => {
      await shop.charge('1705', 'L1');
      await shop.adjust('-0.01', 'down');
      expect(await shop.preview()).toMatchObject({
        ...{ contractMonth: '550', initial: '1000', monthly: '1100' },
        ...{ due: '1705', available: '1704.99', missing: '0.01' },
        firstInvoice: { net: '1550', tax: '155', total: '1705' },
        nextInvoice: { net: '1100', tax: '110', total: '1210' },
      });
      // The second time, for ever, and after the server died in between: what it was refused for at first.
      for (const { status, json } of [await shop.order('short'), await shop.order('short')]) {
        expect([status, json['code']]).toEqual([422, 'INSUFFICIENT_FUNDS']);
        expect(json).toMatchObject({ details: { required: '1705', available: '1704.99' } });
      }
      expect(await shop.balance()).toEqual({ posted: '1704.99', held: '0', receivable: '0' });
      expect(await shop.contracts()).toEqual([]);
      expect(await shop.freeNumbers()).toContain(NUMBER);
    }, 60_000);

    it('sells for exactly what there is, once per key', async () => {
      await shop.adjust('0.01', 'up');
      const first = await shop.order('buy');
      expect([first.status, first.json]).toMatchObject([201, { state: 'settled', due: '1705' }]);
      const again = await shop.order('buy');
      expect([again.replayed, again.json]).toEqual([true, first.json]);
      const other = await shop.order('buy', { items: ['option.night'] });
      expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
      expect(await shop.balance()).toEqual({ posted: '0', held: '0', receivable: '0' });
      const contracts = await shop.contracts();
      expect(contracts.map(({ product, number: of, status }) => [product, of, status])).toEqual([
        ['number.03', NUMBER, 'active'],
        ['option.night', null, 'active'],
        ['option.night', null, 'active'],
      ]);
      number = String(contracts[0]!['contract']);
      expect(await shop.freeNumbers()).not.toContain(NUMBER);
    }, 60_000);

    laterMonths(() => ({ shop, number, moveTo, still: stage.still }));
    laterLists(() => ({ shop, number, moveTo, still: stage.still }));
    provenBooks(() => stage);
  });
}

/** What is told of the story when its later months are played. */
interface Told {
  readonly shop: Shop;
  /** The contract of the number. */
  readonly number: string;
  moveTo(time: string): Promise<void>;
  /** As of the stage. */
  readonly still: boolean;
}

/** Who starts a month may find that a worker was there first, or be told of a part when a server died. */
const debited = (fees: number, still: boolean) => ({
  debited: still ? fees : expect.any(Number),
  refused: 0,
});

function laterMonths(told: () => Told): void {
  it('debits the month once, as far as funds reach', async () => {
    const { shop, moveTo, number, still } = told();
    await shop.charge('1000', 'L3');
    await moveTo('2025-05-01T00:00:01.000+09:00');
    expect(await shop.startMonth('2025-05', 'may')).toMatchObject(debited(3, still));
    expect(await shop.startMonth('2025-05', 'may-again')).toMatchObject({ debited: 0, refused: 0 });
    const order = number.slice(0, number.lastIndexOf('-'));
    expect(await shop.feesOf('2025-05')).toEqual([
      [`${order}-01-2025-05`, '550'],
      [`${order}-02-2025-05`, '330'],
      [`${order}-03-2025-05`, '330'],
    ]);
    expect(await shop.balance()).toEqual({ posted: '0', held: '0', receivable: '210' });
    await shop.charge('5000', 'L4');
    expect(await shop.balance()).toEqual({ posted: '4790', held: '0', receivable: '0' });
  }, 150_000);

  it('ends by the cut-off to the millisecond, and goes on when that is undone', async () => {
    const { shop, number, moveTo, still } = told();
    // A clock that runs on is at any time only for a moment.
    await moveTo(still ? '2025-05-31T22:00:00.000+09:00' : '2025-05-31T21:30:00.000+09:00');
    const inTime = { endsOn: '2025-06-30', undoUntil: '2025-06-30T22:00:00.000+09:00' };
    expect(await shop.cancel(number, 'cancel-1')).toMatchObject(inTime);
    expect(await shop.undo(number, 'undo')).toEqual({ contracts: [number] });
    await moveTo('2025-05-31T22:00:00.001+09:00');
    expect(await shop.cancel(number, 'cancel-2')).toMatchObject({ endsOn: '2025-07-31' });
    expect((await shop.contracts())[0]).toMatchObject({ status: 'ending', endsOn: '2025-07-31' });
  }, 150_000);

  it('ends by itself, and pays nothing from then on', async () => {
    const { shop, number, moveTo, still } = told();
    for (const month of ['2025-06', '2025-07']) {
      await moveTo(`${month}-01T00:00:01.000+09:00`);
      expect(await shop.startMonth(month, month)).toMatchObject(debited(3, still));
      expect(await shop.feesOf(month)).toHaveLength(3);
    }
    await moveTo(still ? '2025-07-31T23:59:59.999+09:00' : '2025-07-31T23:30:00.000+09:00');
    expect(await shop.contracts()).toHaveLength(3);
    await moveTo('2025-08-01T00:00:01.000+09:00');
    expect(await shop.contracts()).toHaveLength(2);
    expect((await shop.contracts('yes'))[0]).toMatchObject({ contract: number, status: 'ended' });
    expect(await shop.startMonth('2025-08', 'august')).toMatchObject(debited(2, still));
    // 4,790 less twice 1,210 and once 660.
    expect(await shop.balance()).toEqual({ posted: '1710', held: '0', receivable: '0' });
  }, 150_000);
}

function laterLists(told: () => Told): void {
  it('tells what was bought and cancelled, fee by fee, undone cancellations too', async () => {
    const { shop, number, still } = told();
    const rows = await shop.purchases(100);
    expect(
      rows.map(of => [
        of['class'],
        of['product'],
        of['unitPrice'],
        of['quantity'],
        of['status'],
        of['endsOn'],
      ]),
    ).toEqual([
      ['cancel', 'number.03', '0', -1, 'ended', '2025-07-31'],
      ['cancel', 'number.03', '0', -1, 'void', '2025-06-30'],
      ['monthly', 'option.night', '300', 1, 'active', null],
      ['monthly', 'option.night', '300', 1, 'active', null],
      ['monthly', 'number.03', '500', 1, 'ended', null],
      ['initial', 'number.03', '1000', 1, null, null],
    ]);
    const ofNumber = { contract: number, number: NUMBER, nameJa: '電話番号 03' };
    const at = [rows[0], rows[5]].map(row => row!['at']);
    if (still) expect(at).toEqual(['2025-05-31T22:00:00.001+09:00', '2025-04-16T10:00:00.000+09:00']);
    expect([rows[0], rows[5]]).toMatchObject([ofNumber, ofNumber]);
    expect(await shop.purchases(1)).toEqual(rows);
    expect(await shop.purchases(4)).toEqual(rows);
  }, 150_000);

  it('tells staff of all orders, and why one came to nothing', async () => {
    const { shop } = told();
    const orders = await shop.allOrders('counterparty=見本&from=2025-04-16&to=2025-04-16');
    expect(orders.map(({ account, state, due }) => [account, state, due])).toEqual([
      ['A1', 'settled', '1705'],
      ['A1', 'refused', '1705'],
    ]);
    const [refused] = await shop.allOrders('state=refused');
    expect(refused).toEqual(orders[1]);
    const refusal = { code: 'INSUFFICIENT_FUNDS', missing: '0.01' };
    expect(refused).toMatchObject({ accountName: '見本商事', refusal });
    expect(refused!['items']).toMatchObject([
      { product: 'number.03' },
      { product: 'option.night', quantity: 2 },
    ]);
    expect(await shop.allOrders('to=2025-04-15')).toEqual([]);
    expect(await shop.allOrders('counterparty=nobody')).toEqual([]);
  }, 150_000);
}

function provenBooks(onStage: () => Stage): void {
  it('proves the books', async () => {
    const stage = onStage();
    await stage.calm();
    const { debit, credit } = (await stage.client.get('/trial-balance')) as {
      debit: string;
      credit: string;
    };
    expect(debit).toBe(credit);
    expect(await audits.verify(stage.client)).toMatchObject({ ok: true, problems: [] });
    expect(await audits.replay(stage.client)).toMatchObject({ ok: true, problems: [] });
  }, 150_000);
}
