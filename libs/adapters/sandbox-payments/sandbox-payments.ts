import { Instant, InvalidInput, Money } from '#kernel';
import {
  checkPaymentRequest,
  type GatewayAbility,
  GatewayFailed,
  type GatewayPayment,
  NotCancellable,
  type Notification,
  NotificationRefused,
  type PaymentGateway,
  type PaymentRequest,
} from '#ports';
import { CHAINS } from './shops.js';
import { checkSignature, SIGNATURE_HEADER } from './signature.js';
import { type WireRequest, wireNotification, wirePayment, wireProblem } from './wire.js';

export interface SandboxPaymentsOptions {
  /** Of the agency, without a slash at the end. */
  readonly url: string;
  /** That it knows us by, and signs its notifications with. */
  readonly secret: string;
  /** A call takes at most so long; 10,000 ms without it. */
  readonly timeoutMs?: number | undefined;
}

const CHAIN_NAMES = CHAINS.map(({ code, ja, en }) => ({ code, ja, en }));
const ABILITIES: readonly GatewayAbility[] = [
  { method: 'card', chains: [] },
  { method: 'net_bank', chains: [] },
  { method: 'konbini', chains: CHAIN_NAMES },
  { method: 'bank_transfer', chains: [] },
];

/** Failures of a connection that was never there: nobody can have carried anything out. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const wireOf = (request: PaymentRequest): WireRequest => ({
  attempt: request.attempt,
  method: request.method,
  amount: Money.text(request.amount),
  customer: request.customer,
  card: request.card,
  keepCard: request.keepCard,
  unattended: request.unattended,
  chain: request.chain,
  payableUntil: Instant.text(request.payableUntil),
  returnTo: request.returnTo,
  language: request.language,
});

/** @throws GatewayFailed when it is not the answer of an agency */
function paymentOf(answer: unknown): GatewayPayment {
  const read = wirePayment.safeParse(answer);
  if (!read.success) throw new GatewayFailed('unknown', 'the agency answered something unreadable');
  const { amount, received, returned, paidAt } = read.data;
  return {
    ...read.data,
    amount: Money.of(amount),
    received: Money.of(received),
    returned: Money.of(returned),
    paidAt: paidAt === null ? null : Instant.parse(paidAt),
  };
}

function readNotification(body: Uint8Array): Notification & { readonly environment: 'test' | 'live' } {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new NotificationRefused('UNREADABLE');
  }
  const read = wireNotification.safeParse(json);
  if (!read.success) throw new NotificationRefused('UNREADABLE');
  return read.data;
}

interface Said {
  readonly status: number;
  readonly body: unknown;
}

/** Asks the agency that `openSandboxAgency` opens. */
export function openSandboxPayments(options: SandboxPaymentsOptions): PaymentGateway {
  const { url, secret, timeoutMs = 10_000 } = options;

  /** @throws GatewayFailed */
  async function call(method: string, path: string, body?: object): Promise<Said> {
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${url}/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await answer.text();
    } catch (error) {
      const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
      const executed = NEVER_CONNECTED.has(code) ? 'no' : 'unknown';
      throw new GatewayFailed(executed, 'the agency does not answer');
    }
    if (answer.status === 401) throw new GatewayFailed('no', 'the agency does not know our secret');
    if (answer.status >= 500) throw new GatewayFailed('unknown', `the agency answered ${answer.status}`);
    return { status: answer.status, body: parsed(text) };
  }

  /** @throws InvalidInput with the field that the agency names @throws GatewayFailed */
  async function done(method: string, path: string, body?: object): Promise<GatewayPayment> {
    const said = await call(method, path, body);
    if (said.status === 200) return paymentOf(said.body);
    const problem = wireProblem.safeParse(said.body);
    if (!problem.success) throw new GatewayFailed('unknown', `the agency answered ${said.status}`);
    if (problem.data.code === 'PAID') throw new NotCancellable('it is paid');
    throw new InvalidInput(problem.data.field, problem.data.problem);
  }

  const of = (payment: string): string => `payments/${encodeURIComponent(payment)}`;
  return {
    name: 'sandbox',
    environment: 'test',
    abilities: ABILITIES,
    async begin(request) {
      checkPaymentRequest(request, ABILITIES);
      return done('POST', 'payments', wireOf(request));
    },
    async inquire(asked) {
      const path =
        'attempt' in asked ? `payments?attempt=${encodeURIComponent(asked.attempt)}` : of(asked.payment);
      const { status, body } = await call('GET', path);
      return status === 404 ? undefined : paymentOf(body);
    },
    cancel: payment => done('POST', `${of(payment)}/cancel`),
    async refund(payment, refund, amount) {
      if (amount <= 0 || amount !== Money.toWholeYen(amount, 'down'))
        throw new InvalidInput('amount', 'must be whole yen above zero');
      return done('POST', `${of(payment)}/refunds`, { refund, amount: Money.text(amount) });
    },
    async forgetCard(customer, token) {
      const card = `customers/${encodeURIComponent(customer)}/cards/${encodeURIComponent(token)}`;
      const { status } = await call('DELETE', card);
      if (status !== 204) throw new GatewayFailed('unknown', `the agency answered ${status}`);
    },
    read({ headers, body }, now) {
      checkSignature(secret, headers[SIGNATURE_HEADER], body, now);
      const { id, environment, attempt, payment } = readNotification(body);
      if (environment !== 'test') throw new NotificationRefused('WRONG_ENVIRONMENT');
      return { id, attempt, payment };
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
