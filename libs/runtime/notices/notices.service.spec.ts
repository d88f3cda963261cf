import { type AccountId, BusinessDay, BusinessMonth, Money, parseAccountId } from '#kernel';
import { type Message, MessageNotSent } from '#ports';
import { buy, giveDelivery, offerProducts } from '../../../test/support/contracts-home.js';
import { type IdentityHome, identityHome, PASSWORD, resultOf } from '../../../test/support/identity-home.js';
import { PNG } from '../../../test/support/person.js';
import type { Caller } from '../product.views.js';

let sequence = 0;
const caller = (commandId = `n-${++sequence}`): Caller => ({
  actor: { id: 'staff:tanaka', reason: '依頼' },
  commandId,
});
const day = (text: string) => BusinessDay.parse(text);

let home: IdentityHome;
/** What is asked of the sender, in this order; it is handed over unless `fails` says otherwise. */
let asked: Message[];
let fails: ((message: Message) => void) | undefined;

beforeEach(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-10-05T12:00:00.000+09:00');
  asked = [];
  fails = undefined;
  const { sender } = home.ports;
  const { send } = sender;
  sender.send = async message => {
    asked.push(message);
    fails?.(message);
    await send.call(sender, message);
  };
  await offerProducts(home.product);
});
afterEach(() => home.end());

async function customer(name: string, mails: { contract?: string; billing?: string }): Promise<AccountId> {
  const { product } = home;
  const account = parseAccountId(name);
  const opened = {
    account,
    name: `株式会社${name}`,
    openedOn: day('2026-10-01'),
    numbers: [],
    tariff: 'std',
  };
  resultOf(await product.accounts.open({ ...opened, incomingDiscount: Money.zero }, caller()));
  resultOf(await product.prepaid.charge({ account, amount: Money.of('3000'), method: 'card' }, caller()));
  const addresses = { contract: '', billing: '', shipping: '', ...mails };
  if (Object.keys(mails).length > 0)
    resultOf(await product.parties.changeMails({ account, ...addresses }, caller()));
  return account;
}
const order = (account: AccountId, name: string) =>
  buy(home.product, name, { account, circle: null, items: [['invoice.posting', 1]] });
/** All that is due, as the jobs would do it. */
async function tellAll(): Promise<number> {
  const due = await home.product.notices.due();
  for (const { position } of due) await home.product.notices.tell(position, caller());
  return due.length;
}
/** Address and subject of each, oldest first, without the name of the provider. */
const mails = () =>
  [...home.ports.outbox!.list()]
    .reverse()
    .map(({ to, subject }) => [to, subject!.replace(/^[【[].*?[】\]] ?/, '')]);

describe('a mail of business', () => {
  it('tells the first billing address of an order, once, however often it is looked at', async () => {
    const account = await customer('M-1', {
      billing: 'keiri@example.jp,b@example.jp',
      contract: 'c@example.jp',
    });
    const { order: id } = await order(account, 'one');
    const [due] = await home.product.notices.due();
    await Promise.all([1, 2].map(() => home.product.notices.tell(due!.position, caller())));
    await home.product.notices.tell(due!.position, caller());
    expect(await home.product.notices.due()).toEqual([]);
    expect(mails()).toEqual([['keiri@example.jp', 'ご注文完了のお知らせ']]);
    const { text } = home.ports.outbox!.list()[0]!;
    expect(text).toContain(`https://portal.example.jp/orders/${id}`);
    expect(text).toContain('110.0000円');
  });

  it('tells every address of the contract when something ends, is undone, and is over', async () => {
    const account = await customer('M-2', { contract: 'a@example.jp,b@example.jp' });
    const { contracts } = await order(account, 'two');
    await tellAll();
    expect(mails()).toEqual([]);
    const of = { account, contracts: [...contracts] };
    resultOf(await home.product.contracts.cancel(of, caller()));
    resultOf(await home.product.contracts.undo(of, caller()));
    resultOf(await home.product.contracts.cancel(of, caller()));
    await tellAll();
    home.clock.moveTo('2026-12-01T00:00:00.000+09:00');
    await home.product.contracts.endDue(account, caller());
    await tellAll();
    const both = (subject: string) => ['a@example.jp', 'b@example.jp'].map(to => [to, `${subject}`]);
    expect(mails()).toEqual([
      ...both('解約受付のお知らせ'),
      ...both('解約取り消しのお知らせ'),
      ...both('解約受付のお知らせ'),
      ...both('契約終了のお知らせ'),
    ]);
    const accepted = home.ports.outbox!.list().find(({ subject }) => subject?.includes('受付'));
    expect(accepted?.text).toContain('2026年11月30日終了');
    expect(accepted?.text).toContain('contracts.ends-with-month@standard=circle');
  });

  it('tells of an order that came to nothing, and of papers', async () => {
    const account = await customer('M-3', { billing: 'keiri@example.jp', contract: 'c@example.jp' });
    const items = Array.from({ length: 1 }, () => ({
      product: 'invoice.posting',
      quantity: 40,
      number: null,
    }));
    const refused = await home.product.contracts.placeOrder(
      { account, items, cancels: [] },
      'staff',
      caller(),
    );
    expect(refused.kind).toBe('rejected');
    const paper = { account, kind: 'passport', issuedOn: null, validUntil: null, picture: PNG } as const;
    const [first, second] = [
      resultOf(await home.product.parties.upload(paper, caller())),
      resultOf(await home.product.parties.upload(paper, caller())),
    ];
    resultOf(await home.product.parties.askAgain(account, first!.paper, 'unclear', caller()));
    resultOf(await home.product.parties.approve(account, second!.paper, caller()));
    await tellAll();
    expect(mails()).toEqual([
      ['keiri@example.jp', 'ご注文が完了しなかったお知らせ'],
      ['c@example.jp', '本人確認書類の再提出のお願い'],
      ['c@example.jp', '本人確認完了のお知らせ'],
    ]);
  });

  it('tells that devices were shipped, once for each shipment (DEV-07)', async () => {
    const account = await customer('M-8', { contract: 'c@example.jp', billing: 'keiri@example.jp' });
    const more = { account, amount: Money.of('30000'), method: 'card' as const };
    resultOf(await home.product.prepaid.charge(more, caller()));
    await giveDelivery(home.product, account);
    const items = [['device.phone', 1] as const];
    const bought = await buy(home.product, 'devices', { account, circle: null, items });
    await tellAll();
    const ship = {
      ...{ account, shipment: bought.shipments[0]!.shipment, carrier: '日本郵便' },
      ...{ trackingNumber: '1234-5678', shippedOn: day('2026-10-05') },
    };
    resultOf(await home.product.devices.ship(ship, caller('ship')));
    resultOf(await home.product.devices.ship(ship, caller('ship')));
    expect(await tellAll()).toBe(1);
    expect(await tellAll()).toBe(0);
    expect(mails().slice(1)).toEqual([['c@example.jp', '機器の出荷のお知らせ']]);
    const { text } = home.ports.outbox!.list()[0]!;
    for (const said of ['- IP電話機', '日本郵便', '1234-5678', '2026年10月6日', `/orders/${bought.order}`])
      expect(text).toContain(said);
  });

  it('tells a debtor that the service stops, and that it goes on', async () => {
    const account = await customer('M-4', { billing: 'keiri@example.jp' });
    const { product, clock } = home;
    await buy(product, 'debt', { account, circle: null, items: [['invoice.posting', 25]] });
    clock.moveTo('2026-11-01T00:00:01.000+09:00');
    resultOf(await product.contracts.fees.start(BusinessMonth.parse('2026-11'), caller()));
    clock.moveTo('2026-11-09T00:00:00.000+09:00');
    expect((await product.prepaid.suspendOverdue(account, caller())).kind).toBe('done');
    resultOf(await product.prepaid.charge({ account, amount: Money.of('9000'), method: 'card' }, caller()));
    await tellAll();
    expect(mails().map(([, subject]) => subject)).toEqual([
      'サービス停止のお知らせ',
      'サービス再開のお知らせ',
    ]);
  });

  it('speaks the language of whoever signs in for the account', async () => {
    const account = await customer('M-5', { billing: 'b@example.jp' });
    const login = {
      account,
      name: 'English',
      loginId: 'english-one',
      password: PASSWORD,
      language: 'en',
    } as const;
    resultOf(await home.identity.logins.createCustomerLogin({ ...login, forcedChange: 'none' }, caller()));
    await order(account, 'english');
    await tellAll();
    expect(mails()).toContainEqual(['b@example.jp', 'Your order is complete']);
  });

  it('is not written to an erased account, and to one without an address', async () => {
    const erased = await customer('M-6', { billing: 'kaguya@example.jp' });
    await order(erased, 'erased');
    const erasing = { account: erased, why: 'person_asked', approvedBy: 'staff:second' } as const;
    resultOf(await home.product.parties.erase(erasing, caller()));
    await order(await customer('M-7', {}), 'nobody');
    expect(await tellAll()).toBe(2);
    expect(asked).toEqual([]);
    expect(await tellAll()).toBe(0);
  });

  it('stands in no event with its address, and in no read model', async () => {
    const account = await customer('M-8', { billing: 'himitsu-keiri@example.jp' });
    await order(account, 'secret');
    await tellAll();
    expect(mails()).toHaveLength(1);
    let log = '';
    for await (const piece of home.product.audit.export('jsonl', { withSecrets: true })) log += piece;
    expect(log).toContain('contracts.NoticeSent.v1');
    expect(log).not.toContain('himitsu');
    expect(await home.product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  });

  it('is sent at the next start when the process ended before it was, or before it said so', async () => {
    const account = await customer('M-9', { contract: 'a@example.jp,b@example.jp' });
    const { contracts } = await order(account, 'killed');
    await tellAll();
    resultOf(await home.product.contracts.cancel({ account, contracts: [...contracts] }, caller()));
    // The next system has the first of the two, and this process nothing more to say.
    fails = ({ to }) => {
      if (to === 'b@example.jp') throw new Error('killed');
    };
    await expect(tellAll()).rejects.toThrow('killed');
    home = await home.restarted();
    fails = undefined;
    expect(await tellAll()).toBe(1);
    expect(asked.map(({ to }) => to)).toEqual(['a@example.jp', 'b@example.jp', 'b@example.jp']);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(2);
    expect(mails().map(([to]) => to)).toEqual(['a@example.jp', 'b@example.jp']);
  });

  it('waits for a busy sender, and is left when nobody takes it', async () => {
    const account = await customer('M-10', { billing: 'b@example.jp' });
    await order(account, 'busy');
    fails = () => {
      throw new MessageNotSent('SENDER_BUSY', true, 'later');
    };
    await expect(tellAll()).rejects.toThrow('SENDER_BUSY');
    expect(await home.product.notices.due()).toHaveLength(1);
    fails = () => {
      throw new MessageNotSent('MESSAGE_REFUSED', false, 'never');
    };
    expect(await tellAll()).toBe(1);
    expect(await home.product.notices.due()).toEqual([]);
  });

  it('is not about what happened long ago', async () => {
    const account = await customer('M-11', { billing: 'b@example.jp' });
    await order(account, 'old');
    home.clock.moveTo('2026-10-12T12:00:00.000+09:00');
    expect(await home.product.notices.due()).toHaveLength(1);
    home.clock.plusMs(1);
    expect(await home.product.notices.due()).toEqual([]);
  });
});
