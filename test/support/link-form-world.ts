import { openLinkFormPayments } from '#adapters/link-form-payments';
import { Money } from '#kernel';
import type { Clock, GatewayPayment, PaymentGateway, RawNotification } from '#ports';
import type { Forgery, GatewayWorld, PaymentGatewayUnderTest, TypedCard } from '#testing';
import { type LinkFormAgency, type RunningLinkFormAgency, startLinkFormAgency } from './link-form-agency.js';
import { type Receiver, startReceiver } from './sandbox-world.js';
import { until } from './until.js';

export const LINK_FORM_SHOP = '2012345678';
export const LINK_FORM_KEY = 'link-form-key';

/** What the agency says of the cards that are typed on its page; nothing: it takes them. */
const OUTCOMES: Readonly<Record<TypedCard, string>> = {
  good: '',
  asked: '',
  asked_and_failed: '3DS_NG',
  refused: 'G12',
  poor: 'G55',
  expired: 'G83',
  without_3d_secure: '3DS_NONE',
  refused_later: '',
  asked_later: '',
};

const PAY_CVS: Readonly<Record<string, string>> = {
  seven_eleven: 'D001',
  lawson: 'D002',
  familymart: 'D030',
  ministop: 'D050',
  seicomart: 'D015',
  daily_yamazaki: 'D060',
};

/** A browser on our page presses its button; undefined where there is none to press. */
export async function openLinkForm(
  gateway: PaymentGateway,
  page: string | null,
  change: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  if (page === null) return undefined;
  const form = await gateway.form!(Object.fromEntries(new URL(page).searchParams));
  if (!form) return undefined;
  const body = new URLSearchParams({ ...form.fields, ...change });
  const said = await (await fetch(form.action, { method: 'POST', body })).text();
  return /^session=(\d+)/.exec(said)?.[1];
}

/** On the page of the agency. */
export async function typeThere(url: string, session: string, fields: Readonly<Record<string, string>>) {
  await fetch(`${url}/session.cgi`, { method: 'POST', body: new URLSearchParams({ session, ...fields }) });
}

function forgeriesOf({ attempt, payment }: GatewayPayment): Forgery[] {
  const query = { result: 'OK', ordd: '1', money: '3000', sendid: `t-${attempt}`, sendpoint: payment };
  const good = { headers: {}, query, body: new Uint8Array(), from: '127.0.0.1' };
  const forged = (what: string, code: Forgery['code'], change: Partial<RawNotification>): Forgery => ({
    what,
    code,
    notification: { ...good, ...change },
  });
  return [
    forged('another sender', 'WRONG_SENDER', { from: '127.0.0.2' }),
    forged('another sender behind a header', 'WRONG_SENDER', {
      from: '198.51.100.7',
      headers: { 'x-forwarded-for': '127.0.0.1' },
    }),
    forged('another shop', 'WRONG_SENDER', { query: { ...query, clientip: '2099999999' } }),
    forged('real money', 'WRONG_ENVIRONMENT', { query: { ...query, sendid: `l-${attempt}` } }),
    forged('nothing at all', 'UNREADABLE', { query: {} }),
    forged('no order of ours', 'UNREADABLE', { query: { result: 'OK', sendid: '1 or 1=1', money: '3000' } }),
  ];
}

interface Around {
  readonly running: RunningLinkFormAgency;
  readonly gateway: PaymentGateway;
  readonly receiver: Receiver;
}

const orderOf = (agency: LinkFormAgency, { attempt }: GatewayPayment) =>
  agency.orders.find(({ sendid }) => sendid === `t-${attempt}`);

function worldOf({ running, gateway, receiver }: Around): GatewayWorld {
  const { agency, url } = running;
  return {
    async typeCard({ page }, card) {
      const session = await openLinkForm(gateway, page);
      if (session !== undefined) await typeThere(url, session, { outcome: OUTCOMES[card] });
    },
    async payByNetBank() {
      throw new Error('this agency has no net banks');
    },
    async chooseChain({ page }, chain) {
      const session = await openLinkForm(gateway, page);
      if (session !== undefined) await typeThere(url, session, { pay_cvs: PAY_CVS[chain]! });
    },
    async payAtShop(payment) {
      const order = orderOf(agency, payment);
      if (order) agency.payAtShop(order);
    },
    async transfer(payment, amount, payer) {
      agency.transfer(orderOf(agency, payment)!, amount, payer);
    },
    async giveUp({ page }) {
      await openLinkForm(gateway, page);
    },
    async loseDispute() {
      throw new Error('this agency does not say what goes back');
    },
    async loseNextAnswer() {
      agency.failNext('answer_lost');
    },
    async loseNextCall() {
      agency.failNext('call_lost');
    },
    goDown: () => running.close(),
    async books() {
      const { orders } = agency;
      return {
        payments: new Set(orders.map(({ sendid }) => sendid)).size,
        taken: Money.sum(orders.map(({ received }) => received)),
        returned: Money.zero,
      };
    },
    async notifications(atLeast) {
      await until(async () => receiver.received.length >= atLeast, `${atLeast} results`);
      return receiver.received;
    },
    async disturbNotifications() {
      agency.planResults('twice', 'hold');
    },
    forgeries: async payment => forgeriesOf(payment),
  };
}

export type LinkFormWorld = PaymentGatewayUnderTest & Around;

/** An agency with link forms on a port, the gateway that asks it, and the world around it. */
export async function openLinkFormWorld(
  clock: Clock,
  more: { readonly pageUrl?: string } = {},
): Promise<LinkFormWorld> {
  const receiver = await startReceiver();
  const known = { clock, shop: LINK_FORM_SHOP, key: LINK_FORM_KEY };
  const running = await startLinkFormAgency({ ...known, notifyAt: receiver.url });
  const gateway = openLinkFormPayments({
    ...{ ...known, url: running.url, testId: 'practice', senders: ['127.0.0.1'] },
    pageUrl: 'http://localhost:3000/api/v1/payment-gateways/linkform/form',
    ...more,
    contact: { telno: '0312345678', email: 'billing@example.jp' },
  });
  const around = { running, gateway, receiver };
  return {
    ...around,
    world: worldOf(around),
    async dispose() {
      await running.close();
      await receiver.close();
    },
  };
}
