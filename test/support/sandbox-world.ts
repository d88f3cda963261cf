import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSandboxAgency, openSandboxPayments, type SandboxAgency } from '#adapters/sandbox-payments';
import { Instant, Money } from '#kernel';
import type { Clock, GatewayPayment, RawNotification } from '#ports';
import type { Forgery, GatewayWorld, PaymentGatewayUnderTest, TypedCard } from '#testing';
import { until } from './until.js';

const SECRET = 'sandbox-secret';

/** The numbers that the card page of the agency names. */
export const CARD_NUMBERS: Readonly<Record<TypedCard, string>> = {
  good: '4242424242424242',
  asked: '4000002500003155',
  asked_and_failed: '4000002500003155',
  refused: '4000000000000002',
  poor: '4000000000009995',
  expired: '4000000000000069',
  without_3d_secure: '4000000000000077',
  refused_later: '4000000000000341',
  asked_later: '4000002760003184',
};
const ASK_FOR_CODE: readonly TypedCard[] = ['asked', 'asked_and_failed', 'asked_later'];

export interface Receiver {
  readonly url: string;
  readonly received: RawNotification[];
  /** What it answers to the next ones, in turn; 204 when none is left. */
  readonly answers: number[];
  close(): Promise<void>;
}

/** A shop that keeps the notifications that come. */
export async function startReceiver(): Promise<Receiver> {
  const received: RawNotification[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const { remoteAddress: from = '' } = request.socket;
      const { searchParams } = new URL(request.url ?? '/', 'http://shop');
      const query = Object.fromEntries(searchParams);
      received.push({ headers, query, body: Buffer.concat(chunks), from });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notifications`,
    received,
    answers,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Presses a button on the page of a payment, or on the page of who practises. */
export async function press(
  url: string,
  path: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${url}/${path}`, { method: 'POST', body, redirect: 'manual' });
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Signed by hand, as the agency documents it. */
function signed(body: string, at: Instant, secret = SECRET): RawNotification {
  const t = Math.floor(at / 1000);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'sandbox-signature': `t=${t},v1=${v1}` };
  return { headers, query: {}, body: Buffer.from(body), from: '127.0.0.1' };
}

function forgeriesOf({ payment, attempt }: GatewayPayment, now: Instant): Forgery[] {
  const said = { id: 'sn_1', environment: 'test', attempt, payment };
  const body = JSON.stringify(said);
  const good = signed(body, now);
  const live = JSON.stringify({ ...said, environment: 'live' });
  const changed = { ...good, body: Buffer.from(body.replace('sn_1', 'sn_2')) };
  const later = good.headers['sandbox-signature']!.replace(/t=\d/, 't=2');
  const bytes = (raw: string, what: string): Forgery => ({
    what,
    code: 'UNREADABLE',
    notification: signed(raw, now),
  });
  const wrong = (what: string, notification: RawNotification): Forgery => ({
    what,
    code: 'WRONG_SIGNATURE',
    notification,
  });
  return [
    wrong('no signature', { ...good, headers: {} }),
    wrong('no signature but words', { ...good, headers: { 'sandbox-signature': 'v1=abc' } }),
    wrong('another secret', signed(body, now, 'guessed')),
    wrong('a changed body', changed),
    wrong('a changed time', { ...good, headers: { 'sandbox-signature': later } }),
    { what: 'too old', code: 'TOO_OLD', notification: signed(body, Instant.plusMs(now, -301_000)) },
    { what: 'too new', code: 'TOO_OLD', notification: signed(body, Instant.plusMs(now, 301_000)) },
    { what: 'real money', code: 'WRONG_ENVIRONMENT', notification: signed(live, now) },
    bytes('{', 'half of it'),
    bytes('{"id":"sn_1"}', 'nothing that it is about'),
    bytes('', 'nothing at all'),
  ];
}

/** Customers, shops and banks around a sandbox agency. */
function worldOf(agency: SandboxAgency, receiver: Receiver, clock: Clock): GatewayWorld {
  const { url } = agency;
  const act = ({ payment }: GatewayPayment, what: string, fields?: Record<string, string>) =>
    press(url, `pay/${payment}/${what}`, fields);
  const fault = (name: string) => press(url, 'control/faults', { fault: name, times: '1' });
  const phone = '0312345678';
  return {
    async typeCard(payment, card) {
      const fields = { holder: 'TARO DAICHO', phone, expiry: '12/30', cvc: '123' };
      await act(payment, 'card', { ...fields, number: CARD_NUMBERS[card] });
      if (!ASK_FOR_CODE.includes(card)) return;
      await act(payment, 'code', { code: card === 'asked_and_failed' ? '9999' : '1234' });
    },
    async payByNetBank(payment) {
      await act(payment, 'bank', { bank: 'rakuten', payer: 'ダイチョウ タロウ', phone });
    },
    async chooseChain(payment, chain) {
      await act(payment, 'shop', { shop: chain, phone });
    },
    async payAtShop(payment) {
      await act(payment, 'ticket');
      await act(payment, 'till');
    },
    async transfer(payment, amount, payer) {
      await act(payment, 'transfer', { amount: Money.text(amount), payer });
    },
    async giveUp(payment) {
      await act(payment, 'give-up');
    },
    async loseDispute({ payment }) {
      await press(url, 'control/disputes', { payment });
    },
    async loseNextAnswer() {
      await fault('answer_lost');
    },
    async loseNextCall() {
      await fault('call_lost');
    },
    goDown: () => agency.close(),
    async books() {
      const said = await fetch(`${url}/books`);
      const { methods, taken, returned } = (await said.json()) as {
        methods: { payments: number }[];
        taken: string;
        returned: string;
      };
      const payments = methods.reduce((sum, one) => sum + one.payments, 0);
      return { payments, taken: Money.of(taken), returned: Money.of(returned) };
    },
    async notifications(atLeast) {
      await until(async () => receiver.received.length >= atLeast, `${atLeast} notifications`);
      return receiver.received;
    },
    async disturbNotifications() {
      await fault('notification_duplicate');
      await fault('notification_reorder');
    },
    forgeries: async payment => forgeriesOf(payment, clock.now()),
  };
}

/** A sandbox agency on a port, the gateway that asks it, and the world around it. */
export async function openSandboxWorld(
  clock: Clock,
  more: { readonly directory?: string; readonly retryDelaysMs?: readonly number[] } = {},
): Promise<PaymentGatewayUnderTest & { readonly agency: SandboxAgency; readonly receiver: Receiver }> {
  const receiver = await startReceiver();
  const agency = await openSandboxAgency({ clock, secret: SECRET, ...more });
  agency.notifyAt(receiver.url);
  return {
    gateway: openSandboxPayments({ url: agency.url, secret: SECRET }),
    world: worldOf(agency, receiver, clock),
    agency,
    receiver,
    async dispose() {
      await agency.close();
      await receiver.close();
    },
  };
}
