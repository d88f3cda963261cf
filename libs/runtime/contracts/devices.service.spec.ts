import { jest } from '@jest/globals';
import type { PartyData } from '#contracts';
import { type AccountId, BusinessDay, Money, parseAccountId, saidOf } from '#kernel';
import { type IdentityHome, identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import { ask, perform } from '../engine/use-case.js';
import { changeParty, eraseAccount } from '../parties/parties.use-cases.js';
import type { Answer, Caller } from '../product.views.js';
import { addToCart, chooseDelivery, orderCart, setUpDevices, showCart } from './cart.use-cases.js';
import { placeOrder } from './contracts.use-cases.js';
import {
  deliverDevices,
  honourWarranty,
  listShipments,
  returnDevice,
  shipDevices,
  showShipment,
} from './devices.use-cases.js';

const once = 'kind: device, tax_category: standard';
const PRICES = `price_lists:
  - name: standard
    valid_from: 2026-01-01
    products:
      - { code: unique.extension, kind: unique, name_ja: 内線端末, name_en: Extension, monthly: 500 }
      - { code: device.phone, ${once}, name_ja: 電話機, name_en: Telephone, initial: 9800 }
      - { code: device.free, ${once}, name_ja: 貸出機, name_en: Loan, initial: 0 }
      - { code: shipping.domestic, kind: shipping, name_ja: 国内配送料, name_en: Shipping, initial: 800 }
`;
const ADDRESS = {
  ...{ kind: 'individual', name: '竹取かぐや', nameKana: 'タケトリカグヤ', department: '', person: '' },
  ...{
    departmentKana: '',
    personKana: '',
    postalCode: '1000001',
    prefecture: '東京都' as const,
    city: '千代田区',
  },
  ...{
    cityKana: 'チヨダク',
    street: '千代田1-1',
    streetKana: 'チヨダ１－１',
    phone: '03-1111-2222',
    fax: '',
  },
  remarks: '午前中を希望',
} as const satisfies PartyData;

let home: IdentityHome;
let sequence = 0;
const caller = (commandId = `k-${++sequence}`): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'お客様の依頼' },
  commandId,
});
function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(
    answer.kind === 'rejected' ? `${answer.rejection.code} ${saidOf(answer.rejection).en}` : '-',
  );
}
const codeOf = (answer: Answer<unknown>) =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;
const item = (product: string, quantity = 1) => ({ product, quantity, number: null });
const day = BusinessDay.parse;

async function customer(name: string): Promise<AccountId> {
  const account = parseAccountId(name);
  const opened = {
    ...{ account, name: `株式会社${name}`, openedOn: day('2026-10-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  value(await home.product.accounts.open(opened, caller()));
  const charged = { account, amount: Money.of('100000'), method: 'card' as const };
  value(await home.product.prepaid.charge(charged, caller()));
  return account;
}
const say = async (account: AccountId, part: 'shipping' | 'delivery', name: string) =>
  value(await perform(home.product, changeParty, { account, part, ...ADDRESS, name }, caller()));
const put = (account: AccountId, ...items: ReturnType<typeof item>[]) =>
  perform(home.product, addToCart, { account, items, cancels: [] }, caller());
const show = async (account: AccountId) =>
  value(await ask(home.product, showCart, { account, by: 'account' }));
const buy = async (account: AccountId) => {
  const { due } = await show(account);
  return perform(home.product, orderCart, { account, total: Money.of(due), by: 'account' }, caller());
};
const available = async (account: AccountId) => (await home.product.prepaid.balance(account))!.available;
const nextOf = async (account: AccountId, state: 'waiting' | 'shipped' | 'delivered') =>
  (await ask(home.product, listShipments, { state })).rows.filter(row => row.account === account);
const shipped = (account: AccountId, shipment: string, shippedOn: string) =>
  perform(
    home.product,
    shipDevices,
    { account, shipment, carrier: 'ヤマト運輸', trackingNumber: '1', shippedOn: day(shippedOn) },
    caller(),
  );
const arrived = (account: AccountId, shipment: string, arrivedOn: string) =>
  perform(home.product, deliverDevices, { account, shipment, arrivedOn: day(arrivedOn) }, caller());

beforeAll(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-10-05T12:00:00.000+09:00');
  await home.product.catalogue.importCatalogueYaml('c.yaml', PRICES, caller());
});
afterAll(() => home.end());

describe('buying devices', () => {
  let a: AccountId;
  beforeAll(async () => {
    a = await customer('D-1');
  });

  it('adds the shipping by itself, once, and says when they are shipped (DEV-02, DEV-07)', async () => {
    value(await put(a, item('device.phone', 2)));
    const view = await show(a);
    expect(view.lines.map(({ line, product, class: of, subtotal }) => [line, product, of, subtotal])).toEqual(
      [
        ['1', 'device.phone', 'device', '19600'],
        [null, 'shipping.domestic', 'device', '800'],
      ],
    );
    expect(view).toMatchObject({
      ...{ initial: '20400', due: '22440', count: 1, refusal: { code: 'DELIVERY_MISSING' } },
      delivery: {
        ...{ addressKnown: false, anyDay: false, payOnDelivery: false },
        ...{ from: '2026-10-06', to: '2026-10-08' },
      },
    });
    expect(codeOf(await put(a, item('shipping.domestic')))).toBe('NOT_SOLD_HERE');
    expect(codeOf(await buy(a))).toBe('DELIVERY_MISSING');
    expect(await available(a)).toBe('100000');
  });

  it('leaves the shipping out where its receiver pays the carrier (DEV-10)', async () => {
    const wish = { account: a, anyDay: true, payOnDelivery: true };
    value(await perform(home.product, chooseDelivery, wish, caller()));
    const view = await show(a);
    expect(view.lines.map(({ product }) => product)).toEqual(['device.phone']);
    expect(view).toMatchObject({ due: '21560', delivery: { anyDay: true, payOnDelivery: true } });
    value(await perform(home.product, chooseDelivery, { ...wish, payOnDelivery: false }, caller()));
  });

  it('sets devices up for terminals of the account alone (DEV-03)', async () => {
    const { circle } = value(
      await home.product.identity.circles.createCircle(
        { account: a, name: '本社', password: PASSWORD },
        caller(),
      ),
    );
    const order = { account: a, circle, items: [item('unique.extension')], cancels: [] };
    value(await perform(home.product, placeOrder, { ...order, by: 'account' }, caller()));
    const { unique } = (await home.product.identity.circles.known(a)).uniques[0]!;
    const setUp = (uniques: (string | null)[], line = '1') =>
      perform(home.product, setUpDevices, { account: a, line, uniques }, caller());
    expect(codeOf(await setUp(['9999999999']))).toBe('NO_SUCH_UNIQUE');
    expect(codeOf(await setUp([unique, null, unique]))).toBe('MORE_SET_UP_THAN_BOUGHT');
    expect(codeOf(await setUp([unique], '9'))).toBe('NO_SUCH_CART_LINE');
    value(await setUp([null, unique]));
    expect((await show(a)).lines[0]?.uniques).toEqual([null, unique]);
    expect(codeOf(await setUp([null, unique]))).toBe('nothing');
  });

  it('is apart from monthly goods, and says so at the items (DEV-05)', async () => {
    value(await put(a, item('unique.extension')));
    expect((await show(a)).refusal?.code).toBe('DEVICES_APART');
    expect(codeOf(await buy(a))).toBe('DEVICES_APART');
    const { line } = (await show(a)).lines.find(({ product }) => product === 'unique.extension')!;
    value(await home.product.carts.remove({ account: a, lines: [line!] }, caller()));
  });

  it('pays for them from the balance and lets them wait for their shipping', async () => {
    await say(a, 'shipping', '竹取かぐや');
    const before = await available(a);
    const bought = value(await buy(a));
    expect(Money.of(before) - Money.of(await available(a))).toBe(Money.of('22440'));
    expect(bought).toMatchObject({
      ...{ state: 'settled', contracts: [] },
      shipments: [
        {
          ...{ shipment: `${bought.order}-S1`, for: 'order', state: 'waiting', anyDay: true },
          devices: [{ unique: null }, { unique: expect.stringMatching(/^\d{10}$/) }],
        },
      ],
    });
    expect((await show(a)).delivery).toBeNull();
    expect(await nextOf(a, 'waiting')).toMatchObject([{ order: bought.order, from: '2026-10-06' }]);
  });
});

describe('where devices go', () => {
  it('is the address as it was when they were ordered; erased, nobody reads it any more', async () => {
    const a = await customer('D-2');
    await say(a, 'shipping', '本社の受付');
    await say(a, 'delivery', '支店の田中');
    value(await put(a, item('device.phone')));
    const { order } = value(await buy(a));
    await say(a, 'delivery', '別の支店');
    const one = { account: a, shipment: `${order}-S1` };
    const addressNow = async () => (await ask(home.product, showShipment, one))?.address;
    expect(await addressNow()).toMatchObject({ name: '支店の田中', remarks: '午前中を希望' });
    const erasure = { account: a, why: 'person_asked' as const, approvedBy: 'staff:sato' };
    value(await perform(home.product, eraseAccount, erasure, caller()));
    expect(await addressNow()).toBeNull();
    expect(await ask(home.product, showShipment, one)).toMatchObject({ state: 'waiting' });
  });
});

describe('devices that come back', () => {
  let a: AccountId;
  let order: string;
  beforeAll(async () => {
    home.clock.moveTo('2026-10-09T12:00:00.000+09:00');
    a = await customer('D-3');
    await say(a, 'delivery', '田中');
    value(await put(a, item('device.phone', 2), item('device.free')));
    ({ order } = value(await buy(a)));
    value(await shipped(a, `${order}-S1`, '2026-10-09'));
    home.clock.moveTo('2026-10-13T09:00:00.000+09:00');
  });
  const device = (nth: string) => `${order}-line-${nth}`;
  const back = (nth: string, outcome: 'replaced' | 'refunded', reportedAt?: never) => ({
    ...{ account: a, device: device(nth), why: 'faulty' as const, outcome, reason: '電源が入らない' },
    reportedAt,
  });

  it('arrive first, on the business day after (DEV-07)', async () => {
    expect(await nextOf(a, 'shipped')).toMatchObject([{ arrivesOn: '2026-10-13' }]);
    const early = await perform(home.product, returnDevice, back('1-1', 'refunded'), caller());
    expect(codeOf(early)).toBe('NOT_DELIVERED');
    expect(value(await arrived(a, `${order}-S1`, '2026-10-13'))).toMatchObject({
      ...{ state: 'delivered', returnUntil: '2026-10-20T23:59:59.999+09:00' },
      warrantyUntil: '2027-04-13T23:59:59.999+09:00',
    });
  });

  it('are paid back in full, each once, in balanced postings (DEV-08)', async () => {
    const before = await available(a);
    const by = caller();
    const refunded = value(await perform(home.product, returnDevice, back('1-1', 'refunded'), by));
    expect(refunded).toMatchObject({
      outcome: 'refunded',
      reversal: `refund-${device('1-1')}`,
      shipment: null,
    });
    expect(Money.of(await available(a)) - Money.of(before)).toBe(Money.of('10780'));
    value(await perform(home.product, returnDevice, back('1-1', 'refunded'), by));
    expect(codeOf(await perform(home.product, returnDevice, back('1-1', 'refunded'), caller()))).toBe(
      'DEVICE_REFUNDED',
    );
    expect(Money.of(await available(a)) - Money.of(before)).toBe(Money.of('10780'));
    const { rows, debit, credit } = await home.product.prepaid.trialBalance(a);
    expect(debit).toBe(credit);
    // Two telephones and the shipping were sold, and one telephone came back.
    const { debit: returned, credit: sold } = rows.find(row => row.ledgerAccount === 'device_revenue')!;
    expect([returned, sold]).toEqual(['9800', '20400']);
  });

  it('are paid back once, also where staff took the debit back before', async () => {
    const reversal = { account: a, debit: device('1-2'), reversal: 'by-hand', reason: '誤り' };
    value(await home.product.prepaid.reverse(reversal, caller()));
    const before = await available(a);
    value(await perform(home.product, honourWarranty, back('1-2', 'refunded'), caller()));
    value(await perform(home.product, returnDevice, back('2-1', 'replaced'), caller()));
    expect(await available(a)).toBe(before);
  });

  it('are paid back by a job when the process that granted it was killed', async () => {
    const a4 = await customer('D-4');
    await say(a4, 'delivery', '田中');
    value(await put(a4, item('device.phone')));
    const bought = value(await buy(a4));
    value(await shipped(a4, `${bought.order}-S1`, '2026-10-13'));
    value(await arrived(a4, `${bought.order}-S1`, '2026-10-13'));
    const before = await available(a4);
    const killed = jest.spyOn(home.product.prepaid, 'reverse').mockRejectedValueOnce(new Error('killed'));
    const asked = { ...back('1-1', 'refunded'), account: a4, device: `${bought.order}-line-1-1` };
    await expect(perform(home.product, returnDevice, asked, caller())).rejects.toThrow('killed');
    killed.mockRestore();
    expect(await available(a4)).toBe(before);
    home.clock.moveTo('2026-10-13T09:02:00.000+09:00');
    const { ordersLeft } = await home.product.jobs.facts();
    expect(ordersLeft).toEqual([{ account: 'D-4', order: bought.order }]);
    for (let again = 0; again < 2; again++)
      await home.product.devices.goOnWithRefunds(a4, bought.order, caller());
    expect((await home.product.jobs.facts()).ordersLeft).toEqual([]);
    expect(Money.of(await available(a4)) - Money.of(before)).toBe(Money.of('10780'));
  });

  it('are replaced in a shipment of their own', async () => {
    expect(await nextOf(a, 'waiting')).toMatchObject([
      { shipment: `${order}-S2`, for: 'return', devices: [{ device: device('2-1') }], from: '2026-10-14' },
    ]);
  });
});
