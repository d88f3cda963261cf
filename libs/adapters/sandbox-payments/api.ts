import { Instant, Money } from '#kernel';
import { type Payment, returnedOf } from './books.js';
import type { Counter } from './counter.js';
import { Refused, type WirePayment, wireRefund, wireRequest } from './wire.js';

/** What a shop is told of a payment. */
function wireOf(payment: Payment, url: string): WirePayment {
  const { request, state, amount, received, paidAt, payer, slip, account, decline, card } = payment;
  const hasPage = state === 'waits_for_customer' || state === 'waits_for_money';
  return {
    payment: payment.payment,
    attempt: request.attempt,
    environment: 'test',
    method: request.method,
    state,
    amount: Money.text(amount),
    received: Money.text(received),
    paidAt: paidAt === null ? null : Instant.text(paidAt),
    payer,
    page: hasPage ? `${url}/pay/${payment.payment}?lang=${request.language}` : null,
    slip,
    account,
    decline,
    card,
    returned: Money.text(returnedOf(payment)),
  };
}

const unreadable = (problem: string): Refused =>
  new Refused(400, { code: 'UNREADABLE', field: 'body', problem });

function parsed<Value>(
  form: { safeParse(value: unknown): { success: boolean; data?: Value; error?: { message: string } } },
  body: string,
): Value {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw unreadable('is not JSON');
  }
  const { success, data, error } = form.safeParse(json);
  if (!success) throw unreadable(error!.message);
  return data!;
}

export interface ApiCall {
  readonly method: string;
  /** Parts of the path behind `/v1`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What a shop may ask, and what it is answered. @throws Refused */
export function answerShop(counter: Counter, url: string, call: ApiCall): WirePayment | null {
  const [room, id = '', act = '', of = ''] = call.path;
  const route = `${call.method} ${[room, id && '*', act, of && '*'].filter(part => part !== '').join('/')}`;
  switch (route) {
    case 'POST payments':
      return wireOf(counter.begin(parsed(wireRequest, call.body)), url);
    case 'GET payments':
      return known(counter.books.of(call.query.get('attempt') ?? ''), url);
    case 'GET payments/*':
      return known(counter.books.get(id), url);
    case 'POST payments/*/cancel':
      return wireOf(counter.cancel(id), url);
    case 'POST payments/*/refunds': {
      const { refund, amount } = parsed(wireRefund, call.body);
      return wireOf(counter.refund(id, refund, Money.of(amount)), url);
    }
    case 'DELETE customers/*/cards/*':
      counter.forgetCard(id, of);
      return null;
    default:
      throw new Refused(404, { code: 'NO_SUCH_ROUTE', field: 'path', problem: 'is not there' });
  }
}

function known(payment: Payment | undefined, url: string): WirePayment {
  if (!payment)
    throw new Refused(404, { code: 'NO_SUCH_PAYMENT', field: 'payment', problem: 'is not known' });
  return wireOf(payment, url);
}
