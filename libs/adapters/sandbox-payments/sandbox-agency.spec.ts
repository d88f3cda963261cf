import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Instant, Money } from '#kernel';
import type { GatewayPayment, PaymentRequest } from '#ports';
import { type GatewayWorld, SimulatedClock } from '#testing';
import { CARD_NUMBERS, openSandboxWorld, press } from '../../../test/support/sandbox-world.js';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { until } from '../../../test/support/until.js';
import { openSandboxAgency, openSandboxPayments } from './index.js';

type World = Awaited<ReturnType<typeof openSandboxWorld>>;
const AMOUNT = Money.yen(3_000);

const request = (change: Partial<PaymentRequest> = {}): PaymentRequest => ({
  ...{ attempt: 'order-1-1', method: 'card', amount: AMOUNT, customer: 'a-1', card: null, chain: null },
  ...{ keepCard: false, unattended: false, language: 'ja', returnTo: 'http://localhost:3000/' },
  payableUntil: Instant.parse('2026-11-27T23:59:59.999+09:00'),
  ...change,
});

describe('the sandbox agency', () => {
  let clock: SimulatedClock;
  let home: World;
  beforeEach(async () => {
    clock = new SimulatedClock('2026-11-20T09:00:00+09:00');
    home = await openSandboxWorld(clock, { retryDelaysMs: [1] });
  });
  afterEach(() => home.dispose());

  const begin = (change?: Partial<PaymentRequest>) => home.gateway.begin(request(change));
  const said = async ({ payment }: GatewayPayment) => (await home.gateway.inquire({ payment }))!;
  const fault = (name: string, times = 1, by = 1) =>
    press(home.agency.url, 'control/faults', { fault: name, times: String(times), by: String(by) });

  it.each([
    ['seven_eleven', ['voucher']],
    ['lawson', ['receipt', 'confirmation']],
    ['familymart', ['company', 'order']],
    ['ministop', ['receipt', 'confirmation']],
    ['daily_yamazaki', ['online']],
    ['seicomart', ['receipt', 'phone']],
  ])('prints the numbers as %s wants them (PAY-07)', async (chain, kinds) => {
    const { slip } = await begin({ method: 'konbini', chain });
    expect(slip!.numbers.map(({ kind }) => kind)).toEqual(kinds);
    expect(slip!.numbers.every(({ value }) => /^\d{5,13}$/.test(value))).toBe(true);
  });

  it('takes a ticket at the till for 30 minutes, and prints another (PAY-07)', async () => {
    const { payment } = await begin({ method: 'konbini', chain: 'lawson' });
    const act = (what: string) => press(home.agency.url, `pay/${payment}/${what}`);
    await act('till');
    await act('ticket');
    clock.moveTo('2026-11-20T09:30:00.001+09:00');
    await act('till');
    const page = await (await fetch(`${home.agency.url}/pay/${payment}`)).text();
    expect(page).toContain('申込券の有効時間（30分）が過ぎました');
    expect((await home.gateway.inquire({ payment }))!.state).toBe('waits_for_money');
    await act('ticket');
    clock.moveTo('2026-11-20T10:00:00.001+09:00');
    await act('till');
    expect((await home.gateway.inquire({ payment }))!.state).toBe('paid');
  });

  it('takes no card whose issuer refuses the authentication without asking', async () => {
    const begun = await begin();
    const fields = { holder: 'A', phone: '0312345678', expiry: '11/26', cvc: '1234' };
    await press(home.agency.url, `pay/${begun.payment}/card`, { ...fields, number: '4000000000000036' });
    expect(await said(begun)).toMatchObject({ state: 'failed', decline: 'authentication_failed' });
  });

  it.each([
    ['5105105105105100', 'no_3d_secure'],
    ['3530111333300000', 'no_3d_secure'],
    ['371449635398431', null],
  ])(
    'takes %s of an issuer without 3-D Secure only where the brand allows it (PAY-04)',
    async (number, decline) => {
      const begun = await begin();
      const fields = { holder: 'A', phone: '0312345678', number, expiry: '11/26', cvc: '1234' };
      await press(home.agency.url, `pay/${begun.payment}/card`, fields);
      expect((await said(begun)).decline).toBe(decline);
    },
  );

  it.each([
    ['the number', { number: '4242424242424241' }],
    ['the number of a real card', { number: '4111111111111111' }],
    ['the expiry', { expiry: '13/30' }],
    ['the expiry of a card that was good last month', { expiry: '10/26' }],
    ['the security code', { cvc: '12' }],
    ['the telephone number', { phone: '+1 212 555 0100' }],
    ['the name', { holder: ' ' }],
  ])('says what is wrong with %s, and shows nothing of it', async (_what, change) => {
    const { payment } = await begin();
    const good = {
      holder: 'TARO',
      phone: '0312345678',
      number: CARD_NUMBERS.good,
      expiry: '12/30',
      cvc: '987',
    };
    const body = new URLSearchParams({ ...good, ...change });
    const answer = await fetch(`${home.agency.url}/pay/${payment}/card`, { method: 'POST', body });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('role="alert"');
    expect(page).not.toMatch(/4242424242424241|4111111111111111|987|TARO/);
    expect((await home.gateway.inquire({ payment }))!.state).toBe('waits_for_customer');
  });

  it('asks the holder of a kept card for a code where its issuer wants one each time', async () => {
    const first = await begin({ keepCard: true });
    await home.world.typeCard(first, 'asked_later');
    const { card } = await said(first);
    const second = await begin({ attempt: 'order-2-1', card: card!.token });
    expect(second).toMatchObject({ state: 'waits_for_customer', page: expect.any(String) });
    expect(await (await fetch(second.page!)).text()).toContain('認証コード');
    await press(home.agency.url, `pay/${second.payment}/code`, { code: '1234' });
    expect(await said(second)).toMatchObject({ state: 'paid', card });
  });

  it('knows a shop by its secret alone', async () => {
    const stranger = openSandboxPayments({ url: home.agency.url, secret: 'guessed' });
    const refused = { name: 'GatewayFailed', executed: 'no' };
    await expect(stranger.begin(request())).rejects.toMatchObject(refused);
    await expect(stranger.forgetCard('a-1', 'x')).rejects.toMatchObject({ name: 'GatewayFailed' });
  });

  it('says 500 before, and takes too long after, as it is told; nobody knows what happened', async () => {
    await fault('error_before');
    await expect(begin()).rejects.toMatchObject({ name: 'GatewayFailed', executed: 'unknown' });
    expect(await home.gateway.inquire({ attempt: 'order-1-1' })).toBeUndefined();
    await fault('answer_delay', 10_000, 600_000);
    const { url } = home.agency;
    const hasty = openSandboxPayments({ url, secret: 'sandbox-secret', timeoutMs: 20 });
    // A slow machine may need more than one turn until its question is there in time.
    await until(async () => {
      await expect(hasty.begin(request())).rejects.toMatchObject({ executed: 'unknown' });
      return (await home.world.books()).payments === 1;
    }, 'the payment to be begun');
  });

  it('takes more or less than was asked for, as it is told', async () => {
    await fault('wrong_amount', 2, -500);
    for (const attempt of ['order-1-1', 'order-1-2', 'order-1-3'])
      await home.world.typeCard(await begin({ attempt }), 'good');
    expect(await home.world.books()).toMatchObject({ taken: Money.yen(8_000), payments: 3 });
  });

  it('takes money that should not come any more, as it is told', async () => {
    const begun = await begin({ method: 'bank_transfer' });
    await home.gateway.cancel(begun.payment);
    const money = { payment: begun.payment, amount: '3000', payer: 'ダイチョウ タロウ' };
    await press(home.agency.url, 'control/money', money);
    expect(await said(begun)).toMatchObject({ state: 'paid', received: AMOUNT });
  });

  it('lets no page of another site press its buttons', async () => {
    const { payment } = await begin();
    const headers = { 'sec-fetch-site': 'cross-site' };
    const answer = await fetch(`${home.agency.url}/pay/${payment}/give-up`, { method: 'POST', headers });
    expect(answer.status).toBe(403);
    expect((await home.gateway.inquire({ payment }))!.state).toBe('waits_for_customer');
  });

  it('loads nothing and runs nothing on its pages, and is kept by no cache', async () => {
    const { page } = await begin();
    const { headers } = await fetch(page!);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:3000;");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('notifies again, newly signed, until the shop says 2xx', async () => {
    home.receiver.answers.push(500, 302, 404);
    await home.world.typeCard(await begin(), 'good');
    const all = await home.world.notifications(4);
    const ids = new Set(all.map(one => home.gateway.read(one, clock.now()).id));
    expect(ids.size).toBe(1);
  });

  it('sends two notifications the wrong way round, and loses one, as it is told', async () => {
    await fault('notification_reorder');
    const pay = async (attempt: string) => home.world.typeCard(await begin({ attempt }), 'good');
    await pay('order-1-1');
    await pay('order-1-2');
    const order = (await home.world.notifications(2)).map(one => home.gateway.read(one, clock.now()).attempt);
    expect(order).toEqual(['order-1-2', 'order-1-1']);
    await fault('notification_lost');
    await pay('order-1-3');
    await pay('order-1-4');
    const third = (await home.world.notifications(3))[2]!;
    expect(home.gateway.read(third, clock.now()).attempt).toBe('order-1-4');
  });
});

/** By whatever method it is. */
async function payOf(world: GatewayWorld, payment: GatewayPayment): Promise<void> {
  if (payment.method === 'card') await world.typeCard(payment, 'good');
  if (payment.method === 'net_bank') await world.payByNetBank(payment);
  if (payment.method === 'bank_transfer') await world.transfer(payment, payment.amount, 'ダイチョウ タロウ');
  if (payment.method !== 'konbini') return;
  await world.chooseChain(payment, 'lawson');
  await world.payAtShop(payment);
}

describe('the books of the sandbox agency', () => {
  const clock = new SimulatedClock('2026-11-20T09:00:00+09:00');

  it('know everything again when they are opened again, also after half a line', () =>
    inTemporaryDirectory(async directory => {
      const first = await openSandboxWorld(clock, { directory });
      const paid = await first.gateway.begin(request({ keepCard: true }));
      await first.world.typeCard(paid, 'good');
      await first.gateway.refund(paid.payment, 'r-1', Money.yen(1_000));
      const slip = await first.gateway.begin(
        request({ attempt: 'order-2-1', method: 'konbini', chain: 'seicomart' }),
      );
      const before = [await first.gateway.inquire(paid), await first.gateway.inquire(slip)] as const;
      const books = await first.world.books();
      await first.dispose();
      appendFileSync(join(directory, 'books.jsonl'), '{"type":"money","payment":"');

      const second = await openSandboxWorld(clock, { directory });
      const page = (said: GatewayPayment | undefined) => ({ ...said, page: null });
      expect(page(await second.gateway.inquire(paid))).toEqual(page(before[0]));
      expect(page(await second.gateway.inquire(slip))).toEqual(page(before[1]));
      expect(await second.world.books()).toEqual(books);
      const token = before[0]!.card!.token;
      const again = await second.gateway.begin(
        request({ attempt: 'order-3-1', card: token, unattended: true }),
      );
      expect(again.state).toBe('paid');
      await second.dispose();
      const text = readFileSync(join(directory, 'books.jsonl'), 'utf8');
      expect(text).not.toMatch(/\d{14,}/);
      expect(
        text
          .split('\n')
          .slice(0, -1)
          .every(line => JSON.parse(line) !== null),
      ).toBe(true);
    }));

  it('add up to what the payments say, whatever happened, also when they are opened again', () =>
    inTemporaryDirectory(async directory => {
      const methods = ['card', 'net_bank', 'konbini', 'bank_transfer'] as const;
      const act = fc.record({
        method: fc.constantFrom(...methods),
        yen: fc.integer({ min: 1, max: 5_000_000 }),
        end: fc.constantFrom('none', 'pay', 'pay', 'refund', 'cancel', 'give up'),
        lost: fc.boolean(),
      });
      const acts = fc.sample(act, { numRuns: 120, seed: 1 });
      const first = await openSandboxWorld(clock, { directory });
      for (const [i, { method, yen, end, lost }] of acts.entries()) {
        const asked = request({ attempt: `order-${i}`, method, amount: Money.yen(yen) });
        if (lost) await first.world.loseNextAnswer();
        const begun = await first.gateway.begin(asked).catch(() => first.gateway.begin(asked));
        if (end === 'pay' || end === 'refund') await payOf(first.world, begun);
        if (end === 'refund') await first.gateway.refund(begun.payment, 'r', Money.yen(1));
        if (end === 'cancel') await first.gateway.cancel(begun.payment);
        if (end === 'give up') await first.world.giveUp(begun);
      }
      const books = await first.world.books();
      await first.dispose();
      const second = await openSandboxWorld(clock, { directory });
      const all = await Promise.all(acts.map((_, i) => second.gateway.inquire({ attempt: `order-${i}` })));
      const paid = acts.filter(({ end }) => end === 'pay' || end === 'refund');
      expect(books).toEqual({
        payments: acts.length,
        taken: Money.sum(paid.map(({ yen }) => Money.yen(yen))),
        returned: Money.yen(acts.filter(({ end }) => end === 'refund').length),
      });
      expect(Money.sum(all.map(one => one!.received))).toBe(books.taken);
      expect(Money.sum(all.map(one => one!.returned))).toBe(books.returned);
      expect(await second.world.books()).toEqual(books);
      await second.dispose();
    }));

  it('are let go where the port is taken', () =>
    inTemporaryDirectory(async directory => {
      const first = await openSandboxAgency({ clock, secret: 's' });
      const port = Number(new URL(first.url).port);
      const second = openSandboxAgency({ clock, secret: 's', directory, port });
      await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
      await first.close();
    }));

  it('remember what the shop was not told of', () =>
    inTemporaryDirectory(async directory => {
      const first = await openSandboxWorld(clock, { directory, retryDelaysMs: [60_000] });
      first.receiver.answers.push(500);
      await first.world.typeCard(await first.gateway.begin(request()), 'good');
      await first.world.notifications(1);
      await first.dispose();
      const second = await openSandboxWorld(clock, { directory });
      const [told] = await second.world.notifications(1);
      expect(second.gateway.read(told!, clock.now()).attempt).toBe('order-1-1');
      await second.dispose();
    }));
});
