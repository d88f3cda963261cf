import { BusinessDay, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import { type PaymentGatewayUnderTest, SimulatedClock } from '#testing';
import { portsAt } from '../../../test/support/identity-home.js';
import { openSandboxWorld } from '../../../test/support/sandbox-world.js';
import { callerOf, TARIFF } from '../../../test/support/small-provider.js';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import type { IdentityPorts } from '../identity/tools.js';

const A1 = parseAccountId('A1');
const clock = new SimulatedClock('2026-11-30T10:00:00.000+09:00');
let under: PaymentGatewayUnderTest;
let product: Awaited<ReturnType<typeof openProduct>>;
let ports: IdentityPorts;

beforeEach(async () => {
  under = await openSandboxWorld(clock);
  ports = portsAt(clock);
  const payments = { gateways: [under.gateway], returnTo: () => 'https://portal.example.jp/charge' };
  product = await openProduct({ directory: temporaryDirectory(), clock, payments, identity: ports });
  await product.catalogue.importTariffCsv('t.csv', TARIFF, callerOf('tariff'));
  const opened = { account: A1, name: '株式会社A1', openedOn: BusinessDay.parse('2026-11-01') };
  const more = { numbers: [], tariff: 'std', incomingDiscount: Money.zero };
  await product.accounts.open({ ...opened, ...more }, callerOf('open'));
  const mails = { contract: '', billing: 'keiri@example.jp', shipping: '' };
  await product.parties.changeMails({ account: A1, ...mails }, callerOf('mails'));
});
afterEach(async () => {
  await product.close();
  await under.dispose();
});

/** 3,000 yen by card, charged; then so much of it is spent. */
async function charged(spent: string): Promise<string> {
  const order = { account: A1, method: 'card', amount: Money.of('3000') } as const;
  const ordered = await product.payments.order(order, callerOf('order'));
  if (ordered.kind !== 'done') throw new Error(ordered.kind);
  const { payment } = ordered.value;
  await under.world.typeCard((await under.gateway.inquire({ attempt: `${payment}-1` }))!, 'good');
  await product.payments.goOn(payment, callerOf('paid'));
  const amount = Money.negate(Money.of(spent));
  const adjusted = { account: A1, adjustment: 'use', amount, reason: '利用', approvedBy: null };
  if (amount !== 0) await product.prepaid.adjust(adjusted, callerOf('use'));
  return payment;
}
/** The holder of the card gets the money back; the gateway tells of it, twice. */
async function disputed(payment: string): Promise<void> {
  await under.world.loseDispute((await under.gateway.inquire({ attempt: `${payment}-1` }))!);
  const [last] = (await under.world.notifications(2)).slice(-1);
  for (const _ of [1, 2]) {
    await product.payments.hear('sandbox', last!);
    await product.payments.idle();
  }
}
const stands = async (payment: string) => {
  const { available, receivable, suspendedSince } = (await product.prepaid.balance(A1))!;
  const { returned, phase } = (await product.payments.payment({ account: A1, payment }))!;
  return { available, receivable, suspended: suspendedSince !== null, returned, phase };
};

describe('a charge that the holder of the card disputes', () => {
  it('is taken back from what is left, once, however often it is told', async () => {
    const payment = await charged('0');
    await disputed(payment);
    expect(await stands(payment)).toEqual({
      ...{ available: '0', receivable: '0', suspended: false, returned: '3000', phase: 'completed' },
    });
    expect(await product.payments.open(10)).toEqual([]);
  });

  it('is owed where it was spent, stops the service, and is told by one mail', async () => {
    const payment = await charged('1000');
    await disputed(payment);
    expect(await stands(payment)).toMatchObject({ available: '0', receivable: '1000', suspended: true });
    for (const { position } of await product.notices.due())
      await product.notices.tell(position, callerOf(`tell-${position}`));
    const [newest, ...others] = ports.outbox!.list();
    expect(newest!.text).toContain('既にご利用済みのため、未払いとなった額: 1,000.0000円');
    expect(newest!.text).toContain('サービスを停止しました');
    expect(others.filter(({ subject }) => subject?.includes('サービス停止'))).toEqual([]);
  });

  it('goes on in the job where the process that heard of it ended', async () => {
    const payment = await charged('0');
    await under.world.loseDispute((await under.gateway.inquire({ attempt: `${payment}-1` }))!);
    const [last] = (await under.world.notifications(2)).slice(-1);
    const takeBack = product.prepaid.takeBackCharge.bind(product.prepaid);
    product.prepaid.takeBackCharge = () => Promise.reject(new Error('ended'));
    await product.payments.hear('sandbox', last!);
    await product.payments.idle();
    expect(await stands(payment)).toMatchObject({ available: '3000', returned: '3000' });
    product.prepaid.takeBackCharge = takeBack;
    expect(await product.payments.open(10)).toEqual([payment]);
    await product.payments.goOn(payment, callerOf('job'));
    expect(await stands(payment)).toMatchObject({ available: '0', returned: '3000' });
  });

  it('keeps the two sides of the books equal', async () => {
    const payment = await charged('1000');
    await disputed(payment);
    const { rows, debit, credit } = await product.prepaid.trialBalance();
    expect(debit).toBe(credit);
    const clearing = rows.find(row => row.ledgerAccount === 'payment_clearing:card')!;
    expect([clearing.debit, clearing.credit]).toEqual(['3000', '3000']);
  });
});
