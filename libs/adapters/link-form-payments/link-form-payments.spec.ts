import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Instant, Money } from '#kernel';
import type { GatewayPayment, PaymentRequest } from '#ports';
import { SimulatedClock } from '#testing';
import {
  LINK_FORM_KEY,
  LINK_FORM_SHOP,
  type LinkFormWorld,
  openLinkForm,
  openLinkFormWorld,
  typeThere,
} from '../../../test/support/link-form-world.js';
import { until } from '../../../test/support/until.js';
import { openLinkFormPayments } from './index.js';

const AMOUNT = Money.yen(3_000);

const request = (change: Partial<PaymentRequest> = {}): PaymentRequest => ({
  ...{ attempt: 't1-1', method: 'card', amount: AMOUNT, customer: 'A1', card: null, chain: null },
  ...{ keepCard: false, unattended: false, language: 'ja', returnTo: 'http://localhost:3000/charge/t1' },
  payableUntil: Instant.parse('2026-11-27T23:59:59.999+09:00'),
  ...change,
});

describe('an agency with link forms, not certified', () => {
  let clock: SimulatedClock;
  let home: LinkFormWorld;
  beforeEach(async () => {
    clock = new SimulatedClock('2026-11-20T09:00:00+09:00');
    home = await openLinkFormWorld(clock);
  });
  afterEach(() => home.dispose());

  const begin = (change?: Partial<PaymentRequest>) => home.gateway.begin(request(change));
  const said = async ({ payment }: GatewayPayment) => (await home.gateway.inquire({ payment }))!;
  const agency = () => home.running.agency;
  const formOf = async (change?: Partial<PaymentRequest>) => {
    const { page } = await begin(change);
    return (await home.gateway.form!(Object.fromEntries(new URL(page!).searchParams)))!;
  };
  const results = async (count: number) => {
    await until(async () => home.receiver.received.length >= count, `${count} results`);
    return home.receiver.received.map(raw => home.gateway.read(raw, clock.now()));
  };
  const asked = (change: object = {}) =>
    openLinkFormPayments({
      ...{ clock, url: home.running.url, shop: LINK_FORM_SHOP, key: LINK_FORM_KEY, testId: 'practice' },
      ...{ senders: ['127.0.0.1'], pageUrl: 'http://localhost:3000/form' },
      contact: { telno: '0312345678', email: 'billing@example.jp' },
      ...change,
    });

  describe('leads to its form', () => {
    it('with what the agency is to know, and nothing of a card or a person (PAY-04)', async () => {
      const { action, fields } = await formOf();
      expect(action).toBe(`${home.running.url}/credit/order.cgi`);
      expect(fields).toMatchObject({
        ...{ clientip: LINK_FORM_SHOP, act: 'order', send: 'mall', money: '3000', sendid: 't-t1-1' },
        ...{ siteurl: 'http://localhost:3000/charge/t1', sitestr: 'localhost:3000', testid: 'practice' },
      });
      expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(['telno']));
      expect(JSON.stringify(fields)).not.toContain(LINK_FORM_KEY);
      expect(Object.values(fields).join('')).toMatch(/^[\x20-\x7e]*$/);
    });

    it.each(['payment', 'back', 'lang', 'proof'])(
      'only as we made its address: %s is changed',
      async name => {
        const { page } = await begin();
        const query = Object.fromEntries(new URL(page!).searchParams);
        const changed = { ...query, [name]: `${query[name]}x` };
        expect(await home.gateway.form!(query)).toBeDefined();
        expect(await home.gateway.form!(changed)).toBeUndefined();
        expect(await home.gateway.form!({})).toBeUndefined();
      },
    );

    it('not after the deadline, and not again where it was used (FIELD 1.8: 8, 10)', async () => {
      const [used, late] = [await begin(), await begin({ attempt: 't1-2' })];
      await home.world.typeCard(used, 'refused');
      expect(await openLinkForm(home.gateway, used.page)).toBeUndefined();
      clock.moveTo('2026-11-28T00:00:00+09:00');
      expect(await openLinkForm(home.gateway, late.page)).toBeUndefined();
    });

    it('says where money is real: no test id, and another letter in every id', async () => {
      const live = asked({ testId: null });
      const { payment, environment, page } = await live.begin(request());
      expect([environment, payment.slice(0, 2)]).toEqual(['live', 'l.']);
      const { fields } = (await live.form!(Object.fromEntries(new URL(page!).searchParams)))!;
      expect(fields).not.toHaveProperty('testid');
      expect(await home.gateway.inquire({ payment })).toBeUndefined();
      expect(await openLinkForm(home.gateway, page)).toBeUndefined();
    });
  });

  describe('believes no browser', () => {
    it('shows another amount in the form as what came in (FIELD 1.8: 11)', async () => {
      const begun = await begin();
      const session = await openLinkForm(home.gateway, begun.page, { money: '1' });
      await typeThere(home.running.url, session!, {});
      expect(await said(begun)).toMatchObject({ state: 'paid', amount: AMOUNT, received: Money.yen(1) });
    });

    it('counts money whose reference was changed under the one that we made, never under two', async () => {
      const begun = await begin();
      const sendpoint = begun.payment.replace('.3000.', '.1.');
      const session = await openLinkForm(home.gateway, begun.page, { money: '1', sendpoint });
      await typeThere(home.running.url, session!, {});
      expect(await said(begun)).toMatchObject({ payment: begun.payment, received: Money.yen(1) });
      expect(await home.gateway.inquire({ attempt: 't1-1' })).toBeUndefined();
    });

    it('adds what one customer pays in two windows (FIELD 1.8: 4)', async () => {
      const begun = await begin();
      const windows = [
        await openLinkForm(home.gateway, begun.page),
        await openLinkForm(home.gateway, begun.page),
      ];
      for (const session of windows) await typeThere(home.running.url, session!, {});
      expect(await said(begun)).toMatchObject({ state: 'paid', received: Money.yen(6_000) });
    });

    it('takes the card that is typed right after one that was refused', async () => {
      const begun = await begin();
      const session = await openLinkForm(home.gateway, begun.page);
      await typeThere(home.running.url, session!, { outcome: 'G55' });
      expect(await said(begun)).toMatchObject({ state: 'failed', decline: 'insufficient_funds' });
      await typeThere(home.running.url, session!, {});
      expect(await said(begun)).toMatchObject({ state: 'paid', received: AMOUNT, decline: null });
    });
  });

  describe('hears results', () => {
    it('in Shift_JIS, with the names of payers', async () => {
      const begun = await begin({ method: 'bank_transfer' });
      await home.world.transfer(begun, AMOUNT, 'ダイチョウ タロウ');
      const [issued, paid] = await results(2);
      expect([issued!.attempt, paid!.attempt]).toEqual(['t1-1', 't1-1']);
      expect(await said(begun)).toMatchObject({
        payer: 'ダイチョウ タロウ',
        account: { bank: 'みずほ銀行' },
      });
    });

    it('of an older status after a newer one, and asks what holds (FIELD 1.7: 01 after 04)', async () => {
      const begun = await begin({ method: 'konbini', chain: 'lawson' });
      await home.world.payAtShop(begun);
      agency().tell(agency().orders[0]!, '01');
      const all = await results(3);
      expect(new Set(all.map(({ attempt }) => attempt))).toEqual(new Set(['t1-1']));
      // The late one says the same as the first: it is recognized as heard.
      expect(new Set(all.map(({ id }) => id)).size).toBe(2);
      expect(await said(begun)).toMatchObject({ state: 'paid', received: AMOUNT });
    });

    it.each([
      ['192.0.2.67', '192.0.2.67', true],
      ['2001:DB8:0:0::1', '2001:db8::1', true],
      ['192.0.2.67', '192.0.2.68', false],
      ['192.0.2.67', '::ffff:192.0.2.68', false],
      ['192.0.2.67', 'unknown', false],
    ])('of %s from %s: %s', (sender, from, isTaken) => {
      const raw = { headers: {}, query: { sendid: 't-t1-1' }, body: new Uint8Array(), from };
      const read = () => asked({ senders: [sender] }).read(raw, clock.now());
      if (isTaken) expect(read()).toMatchObject({ attempt: 't1-1' });
      else expect(read).toThrow('WRONG_SENDER');
    });

    it('never a status: what says paid is not', async () => {
      const begun = await begin({ method: 'konbini', chain: 'lawson' });
      agency().tell(agency().orders[0]!, '04');
      await results(2);
      expect(await said(begun)).toMatchObject({ state: 'waits_for_money', received: Money.zero });
    });

    it('of an order that names no attempt, by its number', async () => {
      const begun = await begin();
      await home.world.typeCard(begun, 'good');
      const query = { result: 'OK', ordd: agency().orders[0]!.order_no, money: '3000' };
      const heard = home.gateway.read(
        { headers: {}, query, body: new Uint8Array(), from: '127.0.0.1' },
        clock.now(),
      );
      expect(heard).toMatchObject({ attempt: null, payment: query.ordd });
      expect(await home.gateway.inquire({ payment: heard.payment! })).toMatchObject({ attempt: 't1-1' });
      expect(await home.gateway.inquire({ payment: '123' })).toBeUndefined();
    });

    it('not at all, where one is lost: the inquiry knows all the same', async () => {
      agency().planResults('lost');
      const begun = await begin();
      await home.world.typeCard(begun, 'good');
      expect(await said(begun)).toMatchObject({ state: 'paid' });
      expect(home.receiver.received).toEqual([]);
    });
  });

  describe('says what it does not know', () => {
    it('where the agency is closed', async () => {
      agency().failNext('maintenance');
      await expect(begin()).rejects.toMatchObject({ name: 'GatewayFailed', executed: 'unknown' });
    });

    it.each([
      ['is not 200', 500, 'Success_order\n'],
      ['is longer than any', 200, `Success_order\n${'x'.repeat(1_100_000)}`],
      ['is a page for people', 200, '<html>Success_ordinary</html>'],
      ['is empty', 200, ''],
    ])('where an answer %s', async (_what, status, text) => {
      const server = createServer((_request, response) => response.writeHead(status).end(text));
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const begun = asked({ url }).begin(request());
      await expect(begun).rejects.toMatchObject({ name: 'GatewayFailed', executed: 'unknown' });
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    });

    it('where a status is one that nobody has described: neither paid nor unpaid', async () => {
      const begun = await begin();
      await home.world.typeCard(begun, 'good');
      agency().failNext('order_unreadable');
      await expect(said(begun)).rejects.toMatchObject({ name: 'GatewayFailed', executed: 'unknown' });
    });

    it.each([
      ['number of the shop', { shop: '2099999999' }],
      ['key', { key: 'another-key' }],
    ])('where the agency does not know our %s; what it says names neither', async (_what, change) => {
      const error: unknown = await asked(change)
        .begin(request())
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'GatewayFailed', executed: 'no' });
      expect(String(error)).not.toMatch(/2099999999|another-key|2012345678/);
    });

    it('asks before it lets a second slip be issued: the first one is found (FIELD 1.8: 3, 10)', async () => {
      // Of the two calls the inquiry is heard, and the answer to the other is lost.
      const konbini = { method: 'konbini', chain: 'seven_eleven' } as const;
      agency().failNext('none');
      agency().failNext('answer_lost');
      await expect(begin(konbini)).rejects.toMatchObject({ executed: 'unknown' });
      const found = await begin(konbini);
      expect(found).toMatchObject({ state: 'waits_for_money', slip: { chain: 'seven_eleven' } });
      expect(agency().orders.length).toBe(1);
    });
  });
});
