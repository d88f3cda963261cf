import { pino } from 'pino';
import { BusinessDay, Money, parseAccountId } from '#kernel';
import { openProduct, startServer } from '#nest';
import type { Answer, Product } from '#runtime';
import { SimulatedClock } from '#testing';
import { type LinkFormWorld, openLinkFormWorld, typeThere } from '../support/link-form-world.js';
import { callerOf, pickBelow, randomFrom, shuffled, TARIFF } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const A1 = parseAccountId('A1');
const silent = pino({ level: 'silent' });
const START = '2026-11-20T09:00:00.000+09:00';

function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(answer.kind === 'rejected' ? answer.rejection.code : answer.kind);
}
const codeOf = (answer: Answer<unknown>) =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;

describe('a charge through an agency with link forms, over HTTP', () => {
  let clock: SimulatedClock;
  let home: LinkFormWorld;
  let product: Product;
  let server: Awaited<ReturnType<typeof startServer>>;
  let sequence = 0;
  const caller = () => callerOf(`link-form-${++sequence}`);

  beforeEach(async () => {
    clock = new SimulatedClock(START);
    home = await openLinkFormWorld(clock);
    const directory = temporaryDirectory();
    const payments = {
      gateways: [home.gateway],
      returnTo: (payment: string) => `http://localhost:3000/charge/${payment}`,
    };
    product = await openProduct({ directory, clock, payments });
    await product.catalogue.importTariffCsv('t.csv', TARIFF, caller());
    const opened = {
      ...{ account: A1, name: '株式会社A1', openedOn: BusinessDay.parse('2026-11-01') },
      ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
    };
    value(await product.accounts.open(opened, caller()));
    server = await startServer({ product, directory, port: 0, logger: silent });
    home.running.agency.notifyAt = `${server.url}/api/v1/payment-gateways/linkform/notifications`;
  });
  afterEach(async () => {
    await server.close();
    await home.dispose();
  });

  const order = async (method: 'card' | 'konbini' | 'bank_transfer', more: object = {}) =>
    value(await product.payments.order({ account: A1, method, amount: Money.of('3000'), ...more }, caller()));
  const show = async (payment: string) => (await product.payments.payment({ account: A1, payment }))!;
  const balance = async () => (await product.prepaid.balance(A1))!.available;
  /** As a browser comes to it, wherever the portal is. */
  const open = (page: string) => fetch(page.replace('http://localhost:3000', server.url));
  const answered = async () => {
    await home.running.agency.idle();
    await product.payments.idle();
    return home.running.agency.answered;
  };

  /** The browser posts what stands in our page, as it stands there. */
  async function press(html: string): Promise<string> {
    const action = /action="([^"]+)"/.exec(html)![1]!;
    const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
    const body = new URLSearchParams(Object.fromEntries(fields.map(([, name, text]) => [name!, text!])));
    return /^session=(\d+)/.exec(await (await fetch(action, { method: 'POST', body })).text())![1]!;
  }

  it('leads over our page to the agency, and is credited by the inquiry (PAY-04)', async () => {
    const { payment, page } = await order('card');
    const shown = await open(page!);
    const html = await shown.text();
    expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(shown.headers.get('content-security-policy')).toContain(
      `form-action ${new URL(home.running.url).origin};`,
    );
    expect(html).toContain('3,000円');
    expect(html).not.toMatch(/<script|cardnumber|telno/);
    await typeThere(home.running.url, await press(html), {});
    expect(await answered()).toEqual([[200, 'OK']]);
    expect([(await show(payment)).phase, await balance()]).toEqual(['completed', '3000']);
    const again = await open(page!);
    expect([again.status, await again.text()]).toEqual([410, expect.stringContaining('期限を過ぎて')]);
  });

  it('is not credited by a result, nor set back by an old one (FIELD 1.8: 6, 13, 14)', async () => {
    const { payment } = await order('konbini', { chain: 'lawson' });
    const [slip] = home.running.agency.orders;
    home.running.agency.tell(slip!, '04');
    await answered();
    expect([(await show(payment)).phase, await balance()]).toEqual(['open', '0']);
    home.running.agency.payAtShop(slip!);
    await answered();
    // The forged one was the same to the letter: it is heard once, and the job asks.
    await product.payments.goOn(payment, caller());
    home.running.agency.tell(slip!, '01');
    expect((await answered()).map(([status]) => status)).toEqual([200, 200, 200, 200]);
    expect([(await show(payment)).phase, await balance()]).toEqual(['completed', '3000']);
  });

  it.each([
    ['the header of a proxy that nobody trusts', { 'X-Forwarded-For': '127.0.0.1' }, 'sendid=l-x-1'],
    ['nothing to ask about', {}, 'result=OK'],
    ['another shop', {}, 'clientip=2099999999&sendid=t-x-1'],
  ])('takes no result with %s', async (_what, headers, query) => {
    const url = `${server.url}/api/v1/payment-gateways/linkform/notifications?${query}`;
    const answer = await fetch(url, { headers });
    const { code } = (await answer.json()) as { code: string };
    expect([answer.status, code]).toEqual([422, 'NOTIFICATION_REFUSED']);
  });

  it('knows no payment that was never ordered, whoever tells of it', async () => {
    const url = `${server.url}/api/v1/payment-gateways/linkform/notifications?sendid=t-x-1`;
    expect((await fetch(url)).status).toBe(404);
  });

  it('says beforehand what this agency cannot do, and refuses it', async () => {
    const { ways } = await product.payments.ways();
    expect(ways.map(({ method, keepsCards }) => [method, keepsCards])).toEqual([
      ['card', false],
      ['konbini', false],
      ['bank_transfer', false],
    ]);
    const keeping = { account: A1, method: 'card', amount: Money.of('3000'), keepCard: true } as const;
    expect(codeOf(await product.payments.order(keeping, caller()))).toBe('CARDS_NOT_KEPT');
    const { payment } = await order('card');
    const of = { account: A1, payment };
    expect(codeOf(await product.payments.cancel(of, caller()))).toBe('ATTEMPT_UNDER_WAY');
    expect(codeOf(await product.payments.again(of, caller()))).toBe('ATTEMPT_UNDER_WAY');
  });

  it('expires at its deadline uncancelled, and parks what comes then (FIELD 1.8: 9)', async () => {
    const [card, transfer] = [await order('card'), await order('bank_transfer')];
    clock.moveTo('2026-11-28T10:00:00.000+09:00');
    for (const { payment } of [card, transfer]) await product.payments.goOn(payment, caller());
    expect([(await show(card.payment)).phase, (await show(transfer.payment)).phase]).toEqual([
      'expired',
      'expired',
    ]);
    expect((await open(card.page!)).status).toBe(410);
    home.running.agency.transfer(home.running.agency.orders[0]!, Money.of('3000'), 'ダイチョウ タロウ');
    await answered();
    const { rows } = await product.payments.parked(true, { limit: 10 });
    expect(rows.map(({ payment, why }) => [payment, why])).toEqual([[transfer.payment, 'after_deadline']]);
  });

  it.each([
    ['2999', '2999'],
    ['3001', '3001'],
  ])('parks %s yen of 3,000; what goes back goes back by hand (FIELD 1.8: 11)', async (came, parked) => {
    const { payment } = await order('bank_transfer');
    home.running.agency.transfer(home.running.agency.orders[0]!, Money.of(came), 'ダイチョウ タロウ');
    await answered();
    const { rows } = await product.payments.parked(true, { limit: 10 });
    expect(rows.map(row => [row.payment, row.amount, row.why])).toEqual([
      [payment, parked, 'different_amount'],
    ]);
    const returned = { parked: rows[0]!.parked, end: 'returned', reason: '振込で返金しました' } as const;
    value(await product.payments.resolve(returned, caller()));
    expect((await product.payments.parked(true, { limit: 10 })).rows).toEqual([]);
    expect(await balance()).toBe('0');
  });

  it('decides once on each yen, whether results come in order, twice, late or never', async () => {
    const { agency } = home.running;
    const random = randomFrom(29);
    const payments: string[] = [];
    for (let i = 0; i < 12; i++) {
      const method = (['card', 'konbini', 'bank_transfer'] as const)[i % 3]!;
      const { payment, page } = await order(method, method === 'konbini' ? { chain: 'lawson' } : {});
      payments.push(payment);
      agency.planResults(...(['twice', 'hold', 'lost', 'twice'] as const).slice(pickBelow(random, 4)));
      if (method === 'card') {
        const html = await (await open(page!)).text();
        // In two windows, and the first one is tried with a card that is refused.
        const windows = [await press(html), await press(html)].slice(pickBelow(random, 2));
        await typeThere(home.running.url, windows[0]!, { outcome: 'G12' });
        for (const session of windows) await typeThere(home.running.url, session, {});
        continue;
      }
      const own = agency.orders.find(({ sendid }) => sendid.includes(payment))!;
      if (method === 'konbini') agency.payAtShop(own);
      else
        for (const yen of [1_500, 3_000].slice(pickBelow(random, 2)))
          agency.transfer(own, Money.yen(yen), 'ダイチョウ タロウ');
    }
    for (const one of shuffled(agency.orders, random)) agency.tell(one, one.kind === 'card' ? 'NG' : '01');
    await answered();
    for (let turn = 0; turn < 2; turn++)
      for (const payment of shuffled(payments, random)) await product.payments.goOn(payment, caller());
    const { rows } = await product.payments.parked(true, { limit: 100 });
    const taken = Money.sum(agency.orders.map(({ received }) => received));
    const decided = Money.sum(
      [await balance(), ...rows.map(({ amount }) => amount)].map(one => Money.of(one)),
    );
    expect(Money.text(decided)).toBe(Money.text(taken));
    expect(rows.length).toBeGreaterThan(0);
    expect(Money.of(await balance())).toBeGreaterThan(0);
  });
});
