import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId, saidOf } from '#kernel';
import { openProduct } from '#nest';
import { GatewayFailed, type PaymentGateway, type RawNotification } from '#ports';
import { type PaymentGatewayUnderTest, SimulatedClock } from '#testing';
import { openSandboxWorld } from '../../../test/support/sandbox-world.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import type { Answer, Caller } from '../product.views.js';

const A1 = parseAccountId('A1');
const ORIGIN = { returnTo: () => 'https://portal.example.jp/payments' };

const TARIFF =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from\n' +
  'std,03,東京,一般通話,0,8,180,180,180,2020-01-01\n';

let clock: SimulatedClock;
let under: PaymentGatewayUnderTest;
/** What its gateway does besides what the agency does. */
let twist: Partial<PaymentGateway> = {};
let product: Awaited<ReturnType<typeof openProduct>>;
let directory: string;
let sequence = 0;
const caller = (commandId = `p-${++sequence}`): Caller => ({
  actor: { id: 'staff:a', reason: 'x' },
  commandId,
});

function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(
    answer.kind === 'rejected' ? `${answer.rejection.code} ${saidOf(answer.rejection).en}` : answer.kind,
  );
}
const codeOf = (answer: Answer<unknown>) =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-30T10:00:00.000+09:00');
  under = await openSandboxWorld(clock);
  twist = {};
  const { gateway } = under;
  const twisted: PaymentGateway = {
    ...{ name: gateway.name, environment: gateway.environment, abilities: gateway.abilities },
    begin: request => (twist.begin ?? gateway.begin)(request),
    inquire: of => (twist.inquire ?? gateway.inquire)(of),
    cancel: (...of) => (twist.cancel ?? gateway.cancel)(...of),
    refund: (...of) => (twist.refund ?? gateway.refund)(...of),
    read: (...of) => gateway.read(...of),
    forgetCard: (...of) => gateway.forgetCard(...of),
  };
  const payments = { gateways: [twisted], ...ORIGIN };
  directory = temporaryDirectory();
  product = await openProduct({ directory, clock, payments });
  await product.catalogue.importTariffCsv('t.csv', TARIFF, caller());
  const opened = {
    ...{ account: A1, name: '株式会社A1', openedOn: BusinessDay.parse('2026-11-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  value(await product.accounts.open(opened, caller()));
});
afterEach(async () => {
  await product.close();
  await under.dispose();
});

const order = (method: 'card' | 'konbini' | 'net_bank' | 'bank_transfer', amount: string, by = caller()) =>
  product.payments.order({ account: A1, method, amount: Money.of(amount) }, by);
const show = async (payment: string) => (await product.payments.payment({ account: A1, payment }))!;
const balance = async () => (await product.prepaid.balance(A1))!.available;
/** What the agency says of the newest attempt. */
const atGateway = async (payment: string, nth = 1) =>
  (await under.gateway.inquire({ attempt: `${payment}-${nth}` }))!;
/** Every notification that came so far, once more. */
async function tellAll(atLeast = 1): Promise<void> {
  for (const raw of await under.world.notifications(atLeast)) await hear(raw);
}
/** 10,000 yen are ordered, and 9,999 come. */
async function short(): Promise<string> {
  const { payment } = value(await order('bank_transfer', '10000'));
  await under.world.transfer(await atGateway(payment), Money.of('9999'), 'ダイチョウ タロウ');
  await tellAll();
  return payment;
}
async function hear(raw: RawNotification): Promise<Answer<{ payment: string }>> {
  const answer = await product.payments.hear('sandbox', raw);
  await product.payments.idle();
  return answer;
}

describe('a charge through a gateway', () => {
  it('says what there is, and from what to what amount (PAY-01)', async () => {
    const { ways, expiryDays } = await product.payments.ways();
    expect(expiryDays).toBe(180);
    expect(ways.map(({ method, least, most }) => [method, least, most])).toEqual([
      ['card', '1000', '5000000'],
      ['net_bank', '1000', '5000000'],
      ['konbini', '2000', '300000'],
      ['bank_transfer', '1', '5000000'],
    ]);
    expect(ways.find(({ method }) => method === 'konbini')!.chains.length).toBeGreaterThan(3);
  });

  it.each([
    ['PL-01: card', 'card', '999', '1000'],
    ['PL-02: card', 'card', '5000001', '5000000'],
    ['PL-03: net bank', 'net_bank', '999', '1000'],
    ['PL-03: net bank', 'net_bank', '5000001', '5000000'],
    ['PL-04: store', 'konbini', '1999', '2000'],
    ['PL-05: store', 'konbini', '300001', '300000'],
    ['PL-07: bank', 'bank_transfer', '5000001', '5000000'],
  ] as const)('%s: %s of %s is refused, of %s is ordered', async (_, method, refused, ordered) => {
    expect(codeOf(await order(method, refused))).toBe('OUTSIDE_METHOD_LIMITS');
    expect(codeOf(await order(method, ordered))).toBe('done');
  });

  it('by card becomes a lot when it is paid, once, however often it is told', async () => {
    const by = caller();
    const ordered = value(await order('card', '10000', by));
    expect(ordered).toMatchObject({ standing: 'waits_for_customer', amount: '10000', phase: 'open' });
    expect(value(await order('card', '10000', by)).payment).toBe(ordered.payment);
    expect(await balance()).toBe('0');
    clock.plusMs(60_000);
    const paidAt = Instant.text(clock.now());
    await under.world.typeCard(await atGateway(ordered.payment), 'asked');
    await tellAll();
    await tellAll();
    expect(await show(ordered.payment)).toMatchObject({ standing: 'completed', page: null });
    const { lots } = (await product.prepaid.balance(A1))!;
    expect(lots.map(({ remaining, method, issuedAt }) => [remaining, method, issuedAt])).toEqual([
      ['10000', 'card', paidAt],
    ]);
  });

  it('is charged without any notification, when its job asks', async () => {
    const { payment } = value(await order('card', '3000'));
    await under.world.typeCard(await atGateway(payment), 'good');
    expect(await product.payments.open(10)).toEqual([payment]);
    await product.payments.goOn(payment, caller());
    await product.payments.goOn(payment, caller());
    expect([await balance(), await product.payments.open(10)]).toEqual(['3000', []]);
  });

  it('that failed may be paid in a new attempt; what it failed for is said', async () => {
    const { payment } = value(await order('card', '3000'));
    await under.world.typeCard(await atGateway(payment), 'refused');
    await tellAll();
    expect(await show(payment)).toMatchObject({ standing: 'may_try_again', decline: 'declined' });
    const again = value(await product.payments.again({ account: A1, payment }, caller()));
    expect(again.standing).toBe('waits_for_customer');
    await under.world.typeCard(await atGateway(payment, 2), 'good');
    await tellAll(2);
    expect([(await show(payment)).standing, await balance()]).toEqual(['completed', '3000']);
  });

  it('may be paid in a new attempt days later, also where its first answer is lost', async () => {
    const { payment } = value(await order('card', '3000'));
    await under.world.typeCard(await atGateway(payment), 'refused');
    await product.payments.goOn(payment, caller());
    clock.moveTo('2026-12-03T10:00:00.000+09:00');
    await under.world.loseNextCall();
    const lost = value(await product.payments.again({ account: A1, payment }, caller()));
    expect(lost.standing).toBe('confirming');
    await product.payments.goOn(payment, caller());
    expect(await show(payment)).toMatchObject({ standing: 'waits_for_customer', page: expect.any(String) });
  });

  it('is only asked for where nobody knew for a day: a gateway forgets keys', async () => {
    await under.world.loseNextCall();
    const { payment } = value(await order('card', '3000'));
    clock.moveTo('2026-12-01T10:00:00.000+09:00');
    await product.payments.goOn(payment, caller());
    expect(await show(payment)).toMatchObject({ standing: 'may_try_again', decline: 'never_begun' });
    expect((await under.world.books()).payments).toBe(0);
  });

  it('that is paid in the moment of its cancelling is charged at once', async () => {
    const { payment } = value(await order('card', '3000'));
    await under.world.typeCard(await atGateway(payment), 'good');
    expect(codeOf(await product.payments.cancel({ account: A1, payment }, caller()))).toBe(
      'PAYMENT_NOT_OPEN',
    );
    expect([(await show(payment)).standing, await balance()]).toEqual(['completed', '3000']);
  });

  it('is not begun twice where the answer was lost', async () => {
    await under.world.loseNextAnswer();
    const { payment, standing } = value(await order('konbini', '2000'));
    expect(standing).toBe('confirming');
    expect(codeOf(await product.payments.cancel({ account: A1, payment }, caller()))).toBe('done');
    const { payment: second } = value(await order('card', '2000'));
    await product.payments.goOn(second, caller());
    expect((await atGateway(payment)).state).toBe('cancelled');
    expect(await show(payment)).toMatchObject({ standing: 'cancelled', phase: 'cancelled' });
  });

  it('PL-11: at a shop it can be paid through the seventh day, and is given up after it', async () => {
    const { payment, payableUntil } = value(await order('konbini', '2000'));
    expect(payableUntil).toBe('2026-12-07T23:59:59.999+09:00');
    clock.moveTo('2026-12-07T23:59:59.999+09:00');
    await product.payments.goOn(payment, caller());
    expect((await show(payment)).phase).toBe('open');
    clock.moveTo('2026-12-08T00:00:00.000+09:00');
    await product.payments.goOn(payment, caller());
    expect((await show(payment)).phase).toBe('expired');
    expect(['cancelled', 'failed']).toContain((await atGateway(payment)).state);
  });

  it('is credited where it was paid in time and nobody was told before it expired', async () => {
    const { payment } = value(await order('konbini', '2000'));
    clock.moveTo('2026-12-07T23:00:00.000+09:00');
    const at = await atGateway(payment);
    await under.world.chooseChain(at, 'lawson');
    await under.world.payAtShop(await atGateway(payment));
    clock.moveTo('2026-12-09T10:00:00.000+09:00');
    await product.payments.goOn(payment, caller());
    expect([(await show(payment)).standing, await balance()]).toEqual(['completed', '2000']);
  });
});

describe('money that is not what was ordered', () => {
  it('PL-10: waits for staff, with the reason, and is in no wallet', async () => {
    const payment = await short();
    expect(await show(payment)).toMatchObject({ standing: 'checking', phase: 'open' });
    expect((await product.payments.parked(true, {})).rows).toMatchObject([
      { payment, account: 'A1', amount: '9999', ordered: '10000', why: 'different_amount', open: true },
    ]);
    expect(await balance()).toBe('0');
  });

  it('is credited by staff as a lot of its own, once', async () => {
    const payment = await short();
    const resolve = (by = caller()) =>
      product.payments.resolve({ parked: `${payment}.1`, end: 'credited', reason: '確認済み' }, by);
    const by = caller();
    value(await resolve(by));
    value(await resolve(by));
    expect(codeOf(await resolve())).toBe('NOT_PARKED');
    expect([await balance(), (await product.payments.parked(true, {})).rows]).toEqual(['9999', []]);
  });

  it('goes back by the gateway, once', async () => {
    const payment = await short();
    value(
      await product.payments.resolve({ parked: `${payment}.1`, end: 'returned', reason: '返金' }, caller()),
    );
    await product.payments.goOn(payment, caller());
    expect((await atGateway(payment)).returned).toBe(Money.of('9999'));
    expect(await balance()).toBe('0');
  });
});

describe('a charge that another amount was paid for', () => {
  const resolve = (payment: string, end: 'credited' | 'returned') =>
    product.payments.resolve({ parked: `${payment}.1`, end, reason: '確認済み' }, caller());

  it('expires at its deadline, and nobody is asked about it any more', async () => {
    const payment = await short();
    clock.moveTo('2026-12-08T00:00:00.000+09:00');
    await product.payments.goOn(payment, caller());
    expect([(await show(payment)).phase, await product.payments.open(10)]).toEqual(['expired', []]);
    expect((await product.payments.parked(true, {})).rows).toHaveLength(1);
  });

  it('is asked about until then, also when staff have dealt with what came', async () => {
    const payment = await short();
    value(await resolve(payment, 'credited'));
    expect([await balance(), await product.payments.open(10)]).toEqual(['9999', [payment]]);
  });

  it('goes on until what staff decided is done, whatever happens in between', async () => {
    const payment = await short();
    value(await product.payments.cancel({ account: A1, payment }, caller()));
    twist = { refund: async () => Promise.reject(new GatewayFailed('unknown', 'nobody answers')) };
    value(await resolve(payment, 'returned'));
    expect(await product.payments.open(10)).toEqual([payment]);
    twist = {};
    await product.payments.goOn(payment, caller());
    expect(await product.payments.open(10)).toEqual([]);
    expect((await atGateway(payment)).returned).toBe(Money.of('9999'));
  });

  it('of an account that was closed is given back, and cannot be credited', async () => {
    const payment = await short();
    value(await product.parties.close(A1, 'at_request', caller()));
    expect(codeOf(await resolve(payment, 'credited'))).toBe('ACCOUNT_ENDED');
    value(await resolve(payment, 'returned'));
    expect((await atGateway(payment)).returned).toBe(Money.of('9999'));
    expect(codeOf(await order('card', '3000'))).toBe('ACCOUNT_ENDED');
  });

  it('waits for staff where the account has ended meanwhile, also when all of it was paid', async () => {
    clock.moveTo('2026-12-28T10:00:00.000+09:00');
    value(await product.contracts.cancelAccount(A1, caller()));
    const { accountEndsOn } = await product.contracts.endings.wholes(A1);
    const day = BusinessDay.parse(accountEndsOn!);
    clock.moveTo(Instant.text(Instant.plusMs(BusinessDay.end(day), -60_000)));
    const { payment } = value(await order('konbini', '2000'));
    await under.world.chooseChain(await atGateway(payment), 'lawson');
    clock.plusMs(60_001);
    await under.world.payAtShop(await atGateway(payment));
    await product.payments.goOn(payment, caller());
    expect((await product.payments.parked(true, {})).rows).toMatchObject([
      { payment, amount: '2000', why: 'account_closed' },
    ]);
    expect(await balance()).toBe('0');
  });
});

describe('a charge whose month is closed before anybody hears of it', () => {
  it('is a lot of its day, in balanced books, and none of the closed month', async () => {
    const { payment } = value(await order('konbini', '2000'));
    clock.moveTo('2026-11-30T23:59:59.000+09:00');
    await under.world.chooseChain(await atGateway(payment), 'lawson');
    await under.world.payAtShop(await atGateway(payment));
    clock.moveTo('2026-12-04T10:00:00.000+09:00');
    const november = BusinessMonth.parse('2026-11');
    await product.closing.run({ month: november, dryRun: false }, caller());
    await product.payments.goOn(payment, caller());
    const { lots, available } = (await product.prepaid.balance(A1))!;
    expect([available, lots[0]!.issuedAt]).toEqual(['2000', '2026-11-30T23:59:59.000+09:00']);
    const { debit, credit } = await product.prepaid.trialBalance();
    expect([debit, credit]).toEqual(['2000', '2000']);
    await product.closing.run({ month: november, dryRun: false }, caller());
    expect(await product.closing.reconcile(november)).toEqual([]);
  });
});

describe('a slip', () => {
  it('that the customer chose on the page of the gateway is shown, and stays payable', async () => {
    const { payment, standing } = value(await order('konbini', '2000'));
    expect(standing).toBe('waits_for_customer');
    await under.world.chooseChain(await atGateway(payment), 'lawson');
    await tellAll();
    const shown = await show(payment);
    expect(shown).toMatchObject({ standing: 'waits_for_money', chain: 'lawson' });
    expect(shown.numbers.map(({ kind }) => kind)).toEqual(['receipt', 'confirmation']);
  });
});

describe('a notification', () => {
  it('of nobody, of another gateway and of no payment changes nothing', async () => {
    const raw = { headers: {}, query: {}, body: Buffer.from('{}'), from: '192.0.2.9' };
    expect(codeOf(await hear(raw))).toBe('NOTIFICATION_REFUSED');
    expect(codeOf(await product.payments.hear('stripe', raw))).toBe('NO_SUCH_GATEWAY');
    const head = (await product.health()).head;
    for (const { notification } of await under.world.forgeries(
      await atGateway(value(await order('card', '1000')).payment),
    ))
      expect(codeOf(await hear(notification))).toBe('NOTIFICATION_REFUSED');
    expect((await product.payments.payments(A1, {})).rows).toHaveLength(1);
    expect((await product.health()).head).toBeGreaterThan(head);
  });
});

describe('a gateway that does not answer', () => {
  const silent = async (): Promise<never> => {
    throw new GatewayFailed('unknown', 'nobody answers');
  };
  const UNAVAILABLE = { name: 'StoreUnavailable', code: 'UNAVAILABLE' };

  it('keeps a charge from being cancelled or paid in another way: nothing is guessed', async () => {
    const { payment } = value(await order('konbini', '2000'));
    twist = { inquire: silent, cancel: silent };
    const of = { account: A1, payment };
    await expect(product.payments.cancel(of, caller())).rejects.toMatchObject(UNAVAILABLE);
    await expect(product.payments.again(of, caller())).rejects.toMatchObject(UNAVAILABLE);
    expect((await show(payment)).phase).toBe('open');
    twist = {};
    expect(value(await product.payments.cancel(of, caller())).phase).toBe('cancelled');
  });

  it('that is no longer set up leaves its charges open, and the others go on', async () => {
    const { payment } = value(await order('card', '3000'));
    await product.close();
    product = await openProduct({ directory, clock, payments: { gateways: [], ...ORIGIN } });
    const gone = product.payments.goOn(payment, caller());
    await expect(gone).rejects.toMatchObject({ name: 'GatewayFailed', executed: 'no' });
    await expect(product.payments.cancel({ account: A1, payment }, caller())).rejects.toMatchObject(
      UNAVAILABLE,
    );
    expect(await product.payments.open(10)).toEqual([payment]);
  });
});

describe('what is heard of a charge that is over', () => {
  /** A charge that was given up, and whose slip a shop took all the same. */
  async function paidAllTheSame(): Promise<{ payment: string; told: RawNotification }> {
    const { payment } = value(await order('konbini', '2000'));
    await under.world.chooseChain(await atGateway(payment), 'lawson');
    const [told] = await under.world.notifications(1);
    value(await product.payments.cancel({ account: A1, payment }, caller()));
    twist = {
      inquire: async of => ({
        ...(await under.gateway.inquire(of))!,
        ...{ state: 'paid', received: Money.of('2000'), paidAt: clock.now() },
      }),
    };
    return { payment, told: told! };
  }
  const waiting = async () => (await product.payments.parked(true, {})).rows;

  it('is asked about first, and its money waits for staff (FIELD 1.8, fault 10)', async () => {
    const { payment, told } = await paidAllTheSame();
    expect(codeOf(await hear(told))).toBe('done');
    const money = { payment, amount: '2000', why: 'cancelled_order' };
    expect([await waiting(), await balance()]).toMatchObject([[money], '0']);
  });

  it('is not acknowledged as long as nobody can say what came of it: it is told again', async () => {
    const { told } = await paidAllTheSame();
    const { inquire } = twist;
    twist = { inquire: async () => Promise.reject(new GatewayFailed('no', 'nobody answers')) };
    await expect(hear(told)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await waiting()).toEqual([]);
    twist = { inquire: inquire! };
    expect(codeOf(await hear(told))).toBe('done');
    expect(await waiting()).toHaveLength(1);
  });
});
