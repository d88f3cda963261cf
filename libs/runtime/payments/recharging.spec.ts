import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import { GatewayFailed, type PaymentGateway } from '#ports';
import { type PaymentGatewayUnderTest, SimulatedClock, type TypedCard } from '#testing';
import { portsAt } from '../../../test/support/identity-home.js';
import { openSandboxWorld } from '../../../test/support/sandbox-world.js';
import { TARIFF } from '../../../test/support/small-provider.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import type { IdentityPorts } from '../identity/tools.js';
import type { Answer, Caller } from '../product.views.js';
import type { ChangeOfPrepaidSettings } from './prepaid-settings.inputs.js';

const A1 = parseAccountId('A1');
const yen = Money.of;

let clock: SimulatedClock;
let under: PaymentGatewayUnderTest;
/** What its gateway does besides what the agency does. */
let twist: Partial<PaymentGateway>;
let product: Awaited<ReturnType<typeof openProduct>>;
let ports: IdentityPorts;
let directory: string;
let sequence = 0;
const caller = (commandId = `r-${++sequence}`): Caller => ({
  actor: { id: 'staff:a', reason: 'x' },
  commandId,
});
function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(answer.kind === 'rejected' ? answer.rejection.code : answer.kind);
}
const codeOf = (answer: Answer<unknown>) =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;

async function open(): Promise<void> {
  const { gateway } = under;
  const twisted: PaymentGateway = {
    ...{ name: gateway.name, environment: gateway.environment, abilities: gateway.abilities },
    begin: request => (twist.begin ?? gateway.begin)(request),
    inquire: of => (twist.inquire ?? gateway.inquire)(of),
    cancel: (...of) => gateway.cancel(...of),
    refund: (...of) => gateway.refund(...of),
    read: (...of) => gateway.read(...of),
    forgetCard: (...of) => (twist.forgetCard ?? gateway.forgetCard)(...of),
  };
  const payments = { gateways: [twisted], returnTo: () => 'https://portal.example.jp/charge' };
  product = await openProduct({ directory, clock, payments, identity: ports });
}

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-30T10:00:00.000+09:00');
  under = await openSandboxWorld(clock);
  ports = portsAt(clock);
  twist = {};
  directory = temporaryDirectory();
  await open();
  await product.catalogue.importTariffCsv('t.csv', TARIFF, caller());
  const opened = {
    ...{ account: A1, name: '株式会社A1', openedOn: BusinessDay.parse('2026-11-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  value(await product.accounts.open(opened, caller()));
  const mails = { contract: '', billing: 'keiri@example.jp', shipping: '' };
  value(await product.parties.changeMails({ account: A1, ...mails }, caller()));
});
afterEach(async () => {
  await product.close();
  await under.dispose();
});

/** Charges 3,000 yen by a card that is kept; the id of the card. */
async function cardKept(typed: TypedCard = 'good'): Promise<string> {
  const ordered = { account: A1, method: 'card', amount: yen('3000'), keepCard: true } as const;
  const { payment } = value(await product.payments.order(ordered, caller()));
  await under.world.typeCard((await under.gateway.inquire({ attempt: `${payment}-1` }))!, typed);
  await product.payments.goOn(payment, caller());
  await product.recharging.idle();
  return payment;
}
const settings = (
  card: string | null,
  more: Partial<ChangeOfPrepaidSettings> = {},
): ChangeOfPrepaidSettings => ({
  ...{ account: A1, alert: 'off', alertAmounts: [], alertMails: '', limitAlert: 'off', limitMails: '' },
  ...{ recharge: card !== null, trigger: yen('1000'), amount: yen('5000'), limit: yen('10000'), card },
  ...more,
});
const set = async (card: string | null, more: Partial<ChangeOfPrepaidSettings> = {}) => {
  const done = value(await product.prepaidSettings.change(settings(card, more), caller()));
  await product.recharging.idle();
  return done;
};
/** Brings the balance down to so many yen. */
async function spendTo(left: string): Promise<void> {
  const { available } = (await product.prepaid.balance(A1))!;
  const amount = Money.subtract(yen(left), yen(available));
  const because = { adjustment: `adj-${++sequence}`, approvedBy: 'staff:b', reason: '調整' };
  value(await product.prepaid.adjust({ account: A1, amount, ...because }, caller()));
  await product.recharging.idle();
}
const balance = async () => (await product.prepaid.balance(A1))!.available;
const show = async () => (await product.prepaidSettings.show(A1))!;
const payments = async () => (await product.payments.payments(A1, {})).rows;
const taken = async () => (await under.world.books()).taken;
async function mails(): Promise<(readonly [string, string])[]> {
  for (const { position } of await product.notices.due()) await product.notices.tell(position, caller());
  return [...ports.outbox!.list()]
    .reverse()
    .map(({ to, subject }) => [to, subject!.replace(/^[【[].*?[】\]] ?/, '')] as const);
}

describe('registered cards (PAY-05, INF-10)', () => {
  it('are kept when they were typed and paid, with four digits and two dates', async () => {
    const card = await cardKept();
    const { cards } = await show();
    const at = Instant.text(clock.now());
    expect(cards).toEqual([
      { card, brand: 'VISA', lastFour: '4242', keptAt: at, lastUsedAt: at, switchedOff: false },
    ]);
    expect(JSON.stringify(cards)).not.toContain('tok');
  });

  it('are not kept where nobody asked for it, or nothing was paid', async () => {
    const ordered = { account: A1, method: 'card', amount: yen('3000') } as const;
    for (const [keepCard, typed] of [
      [false, 'good'],
      [true, 'refused'],
    ] as const) {
      const { payment } = value(await product.payments.order({ ...ordered, keepCard }, caller()));
      await under.world.typeCard((await under.gateway.inquire({ attempt: `${payment}-1` }))!, typed);
      await product.payments.goOn(payment, caller());
    }
    expect((await show()).cards).toEqual([]);
  });

  it('pay without a page, and say when they did so last', async () => {
    const card = await cardKept();
    clock.plusMs(86_400_000);
    const by = caller();
    const order = { account: A1, method: 'card', amount: yen('2000'), card } as const;
    const paid = value(await product.payments.order(order, by));
    expect(paid).toMatchObject({ standing: 'completed', page: null });
    expect(value(await product.payments.order(order, by)).payment).toBe(paid.payment);
    expect(await balance()).toBe('5000');
    expect((await show()).cards[0]!.lastUsedAt).toBe(Instant.text(clock.now()));
  });

  it('pay nothing of another account, of another method, or once they are removed', async () => {
    const card = await cardKept();
    const order = (more: object) =>
      product.payments.order({ account: A1, method: 'card', amount: yen('2000'), card, ...more }, caller());
    expect(codeOf(await order({ card: 'c9' }))).toBe('NO_SUCH_CARD');
    expect(codeOf(await order({ method: 'konbini' }))).toBe('NO_CARD_PAYMENT');
    const one = { account: A1, card };
    value(await product.prepaidSettings.forgetCard(one, caller()));
    expect(codeOf(await product.prepaidSettings.forgetCard(one, caller()))).toBe('nothing');
    expect(codeOf(await order({}))).toBe('NO_SUCH_CARD');
    expect((await show()).cards).toEqual([]);
  });

  it('stay registered here as long as the gateway does not answer', async () => {
    const card = await cardKept();
    twist.forgetCard = () => Promise.reject(new GatewayFailed('unknown', 'silent'));
    const forget = () => product.prepaidSettings.forgetCard({ account: A1, card }, caller());
    await expect(forget()).rejects.toThrow();
    expect((await show()).cards).toHaveLength(1);
    twist = {};
    expect(codeOf(await forget())).toBe('done');
  });
});

describe('auto-recharge through a gateway', () => {
  it('charges the chosen card at once when the balance is at the trigger, and tells it by mail', async () => {
    const card = await cardKept();
    await set(card);
    await spendTo('1000.0001');
    expect(await payments()).toHaveLength(1);
    await spendTo('1000');
    expect([await balance(), (await show()).monthTotal]).toEqual(['6000', '5000']);
    expect(await show()).toMatchObject({ inFlight: null, nextAt: '2026-11-30T10:30:00.000+09:00' });
    expect(await mails()).toEqual([
      ['keiri@example.jp', 'チャージ完了のお知らせ'],
      ['keiri@example.jp', 'オートリチャージのお知らせ'],
    ]);
    expect(await taken()).toBe(yen('8000'));
  });

  it('charges by its job where the process that changed the balance did not get to it', async () => {
    const card = await cardKept();
    await set(card);
    product.recharging.soon = () => {};
    await spendTo('0');
    expect([await balance(), await product.recharging.due(10)]).toEqual(['0', [A1]]);
    await product.recharging.look(A1, caller());
    expect([await balance(), await product.recharging.due(10)]).toEqual(['5000', []]);
  });

  it('AR-04 to AR-06: waits half an hour, stops at the limit with one mail, goes on next month', async () => {
    const card = await cardKept();
    await set(card, { limitAlert: 'en', limitMails: 'l@example.jp,m@example.jp' });
    await spendTo('0');
    await spendTo('0');
    expect(await balance()).toBe('0');
    clock.plusMs(30 * 60_000);
    await product.recharging.look(A1, caller());
    expect(await balance()).toBe('5000');
    clock.plusMs(30 * 60_000);
    await spendTo('0');
    await product.recharging.look(A1, caller());
    expect(await show()).toMatchObject({
      monthTotal: '10000',
      stoppedUntil: '2026-12-01T00:00:00.000+09:00',
    });
    expect(await product.recharging.due(10)).toEqual([]);
    const limit = 'The limit of auto-recharge';
    expect((await mails()).slice(-2)).toEqual([
      ['l@example.jp', limit],
      ['m@example.jp', limit],
    ]);
    clock.moveTo('2026-12-01T00:00:00.000+09:00');
    expect(await product.recharging.due(10)).toEqual([A1]);
    await product.recharging.look(A1, caller());
    expect([await balance(), (await show()).monthTotal]).toEqual(['5000', '5000']);
  });

  it('AR-07: says why a card was refused, and leaves it alone after five times', async () => {
    const card = await cardKept('refused_later');
    await set(card);
    await spendTo('0');
    for (let nth = 1; nth < 6; nth++) {
      clock.plusMs(30 * 60_000);
      await product.recharging.look(A1, caller());
    }
    expect((await payments()).map(({ phase }) => phase)).toEqual([
      ...Array.from({ length: 5 }, () => 'cancelled'),
      'completed',
    ]);
    expect(await show()).toMatchObject({
      recharging: false,
      monthTotal: '0',
      cards: [{ switchedOff: true }],
    });
    expect((await mails()).map(([, subject]) => subject)).toEqual([
      'チャージ完了のお知らせ',
      ...Array.from({ length: 4 }, () => 'オートリチャージができなかったお知らせ'),
      'オートリチャージ停止のお知らせ',
    ]);
    await set(card, { limit: yen('20000') });
    expect((await show()).recharging).toBe(true);
  });

  it('never charges twice where the answer was lost, and waits while nobody knows', async () => {
    const card = await cardKept();
    await set(card);
    await under.world.loseNextAnswer();
    twist.inquire = () => Promise.reject(new GatewayFailed('unknown', 'silent'));
    await spendTo('0');
    expect(await show()).toMatchObject({ inFlight: expect.any(String), monthTotal: '5000' });
    clock.plusMs(40 * 60_000);
    await product.recharging.look(A1, caller());
    expect([await balance(), (await payments()).length]).toEqual(['0', 2]);
    twist = {};
    await product.recharging.look(A1, caller());
    expect([await balance(), await taken(), (await show()).inFlight]).toEqual(['5000', yen('8000'), null]);
  });

  it('charges nothing any more when it comes too late to ask', async () => {
    const card = await cardKept();
    await set(card);
    twist.begin = () => Promise.reject(new GatewayFailed('no', 'down'));
    await spendTo('0');
    clock.plusMs(31 * 60_000);
    twist = {};
    await product.recharging.look(A1, caller());
    const [first, second] = await payments();
    expect([second!.phase, first!.phase]).toEqual(['expired', 'completed']);
    expect(await taken()).toBe(yen('8000'));
  });

  it('goes on after a crash: what was begun is ordered and ended once', async () => {
    const card = await cardKept();
    await set(card);
    twist.begin = () => Promise.reject(new GatewayFailed('no', 'down'));
    await spendTo('0');
    await product.close();
    twist = {};
    await open();
    expect(await product.recharging.due(10)).toEqual([A1]);
    await Promise.all([1, 2].map(() => product.recharging.look(A1, caller())));
    expect([await balance(), await taken()]).toEqual(['5000', yen('8000')]);
  });

  it('refuses an amount that no card payment may have, and keeps what was there', async () => {
    const card = await cardKept();
    await set(card);
    const change = (more: Partial<ChangeOfPrepaidSettings>) =>
      product.prepaidSettings.change(settings(card, more), caller());
    expect(codeOf(await change({ amount: yen('999') }))).toBe('OUTSIDE_METHOD_LIMITS');
    expect(codeOf(await change({ limit: yen('4999') }))).toBe('MONTH_LIMIT_TOO_LOW');
    expect((await show()).amount).toBe('5000');
  });
});

describe('balance alerts by mail', () => {
  const alerting: Partial<ChangeOfPrepaidSettings> = {
    ...{ alert: 'en', alertAmounts: [yen('2000'), yen('500')], alertMails: 'a@example.jp' },
  };

  it('AR-11, AR-15: tells the addresses once in their language, and again when it was reached', async () => {
    await cardKept();
    await set(null, alerting);
    await spendTo('1999.9999');
    await spendTo('1500');
    const alert = ['a@example.jp', 'Your prepaid balance is low'];
    expect((await mails()).slice(1)).toEqual([alert]);
    value(await product.prepaid.charge({ account: A1, amount: yen('3000'), method: 'card' }, caller()));
    await product.recharging.idle();
    await spendTo('400');
    expect((await mails()).slice(1)).toEqual([alert, alert]);
    expect(ports.outbox!.list()[0]!.text).toContain('400 yen');
  });

  it('keeps addresses sealed: they are in no event, and gone with the key of the account', async () => {
    await set(null, alerting);
    const files = readdirSync(directory).map(name => readFileSync(join(directory, name)));
    expect(files.some(bytes => bytes.includes('PrepaidSettingsChanged'))).toBe(true);
    expect(files.some(bytes => bytes.includes('a@example.jp'))).toBe(false);
    expect((await show()).alertMails).toBe('a@example.jp');
  });

  it('answers the same request the same, and says when nothing changes', async () => {
    const by = caller();
    const change = (who: Caller) => product.prepaidSettings.change(settings(null, alerting), who);
    expect(codeOf(await change(by))).toBe('done');
    expect(codeOf(await change(by))).toBe('done');
    expect(codeOf(await change(caller()))).toBe('nothing');
    const other = settings(null, { ...alerting, alertMails: 'b@example.jp' });
    expect(codeOf(await product.prepaidSettings.change(other, by))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(codeOf(await product.prepaidSettings.change(other, caller()))).toBe('done');
    expect((await show()).alertMails).toBe('b@example.jp');
  });
});

describe('mails of what will expire', () => {
  it('EX-01: tell the billing address 30, 7 and 1 days before the last day, once each', async () => {
    const charge = { account: A1, amount: yen('3000'), method: 'card' } as const;
    value(await product.prepaid.charge(charge, caller()));
    const tellAll = async () => {
      for (const account of await product.recharging.expiring(10))
        await product.recharging.tellExpiry(account, caller());
    };
    const subject = 'プリペイド残高の有効期限のお知らせ';
    // The last day is 2027-05-29.
    for (const [at, count] of [
      ['2027-04-28', 0],
      ['2027-04-29', 1],
      ['2027-05-21', 1],
      ['2027-05-22', 2],
      ['2027-05-28', 3],
      ['2027-05-29', 3],
      ['2027-05-30', 3],
    ] as const) {
      clock.moveTo(`${at}T09:00:00.000+09:00`);
      await tellAll();
      await tellAll();
      const told = (await mails()).filter(([, about]) => about === subject);
      expect([at, told.length]).toEqual([at, count]);
    }
    expect(ports.outbox!.list()[0]!.text).toContain('2027年5月29日まで: 3,000円');
  });
});
