import { Instant, Money } from '#kernel';
import {
  type Decline,
  GatewayFailed,
  type GatewayState,
  type KonbiniSlip,
  type TransferAccount,
} from '#ports';
import { CHAINS } from './chains.js';

/** One order in the books of the agency; a customer may make several with one form. */
export interface Order {
  readonly orderNo: string;
  readonly sendId: string;
  readonly sendPoint: string;
  readonly kind: Kind;
  readonly state: GatewayState;
  readonly received: Money;
  readonly paidAt: Instant | null;
  readonly payer: string | null;
  readonly decline: Decline | null;
  readonly slip: KonbiniSlip | null;
  readonly account: TransferAccount | null;
}

/** `card`: credit/order.cgi. `cvs`: cvs.cgi. `ebank`: ebank.cgi, transfers to an account of the agency. */
type Kind = 'card' | 'cvs' | 'ebank';

/**
 * What each status says. 01 and 02 are a slip or an account, not money; 04 of a shop is the fast report of
 * its till, 05 that the sale is fixed; 04 and 05 of a bank are another amount than asked for.
 */
const STATES: Readonly<Record<Kind, Readonly<Record<string, GatewayState>>>> = {
  card: { OK: 'paid', NG: 'failed' },
  cvs: { '01': 'waits_for_money', '04': 'paid', '05': 'paid', '06': 'cancelled' },
  ebank: { '02': 'waits_for_money', '03': 'paid', '04': 'paid', '05': 'paid' },
};

/** Codes of issuers as Japanese card networks write them; those of 3-D Secure are the agency's. */
const DECLINES: Readonly<Record<string, Decline>> = {
  G12: 'declined',
  G54: 'insufficient_funds',
  G55: 'insufficient_funds',
  G83: 'expired_card',
  '3DS_NG': 'authentication_failed',
  '3DS_NONE': 'no_3d_secure',
};

export type Fields = ReadonlyMap<string, string>;

const unreadable = (): GatewayFailed =>
  new GatewayFailed('unknown', 'the agency answered something unreadable');

const YEN = /^\d{1,12}$/;
const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;

/** Business time of Japan, as all of its times. */
function timeOf(text: string | undefined): Instant | null {
  if (!text) return null;
  const [, year, month, day, hour, minute, second] = TIME.exec(text) ?? [];
  if (!year) throw unreadable();
  return Instant.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
}

function yenOf(text: string | undefined): Money {
  if (!text || !YEN.test(text)) throw unreadable();
  return Money.of(text);
}

function slipOf(fields: Fields): KonbiniSlip | null {
  const chain = CHAINS.find(({ payCvs }) => payCvs === fields.get('pay_cvs'));
  const values = [fields.get('pay_no1'), fields.get('pay_no2')];
  if (!chain) return null;
  const numbers = chain.numbers.flatMap((kind, i) => (values[i] ? [{ kind, value: values[i] }] : []));
  return { chain: chain.code, numbers };
}

function accountOf(fields: Fields): TransferAccount | null {
  const number = fields.get('account_no');
  if (number === undefined) return null;
  if (!/^\d{7}$/.test(number)) throw unreadable();
  const said = (name: string): string => fields.get(name) ?? '';
  const kind = said('account_kind') === '2' ? 'current' : 'ordinary';
  return { bank: said('bank_name'), branch: said('branch_name'), kind, number, holder: said('account_name') };
}

/** One of an inquiry. @throws GatewayFailed when it cannot be read */
export function orderOf(fields: Fields): Order {
  const [orderNo, kind, status] = ['order_no', 'kind', 'status'].map(name => fields.get(name) ?? '');
  const state = Object.hasOwn(STATES, kind!) ? STATES[kind as Kind][status!] : undefined;
  // A status that nobody knows may mean anything: it is never taken for money, nor for its absence.
  if (!state || !/^\d{1,20}$/.test(orderNo!)) throw unreadable();
  const isPaid = state === 'paid';
  const isOther = kind === 'ebank' && status !== '03';
  return {
    orderNo: orderNo!,
    sendId: fields.get('sendid') ?? '',
    sendPoint: fields.get('sendpoint') ?? '',
    kind: kind as Kind,
    state,
    received: isPaid
      ? yenOf(fields.get('received') ?? (isOther ? undefined : fields.get('money')))
      : Money.zero,
    paidAt: isPaid ? timeOf(fields.get('date')) : null,
    payer: kind === 'ebank' && isPaid ? (fields.get('username') ?? null) : null,
    decline: state === 'failed' ? (DECLINES[fields.get('error_code') ?? ''] ?? 'declined') : null,
    slip: kind === 'cvs' ? slipOf(fields) : null,
    account: kind === 'ebank' ? accountOf(fields) : null,
  };
}

/** What the agency says before its lines. */
export type Verdict = 'done' | 'none' | 'refused' | 'unknown_shop' | 'closed';

export interface Answer {
  readonly verdict: Verdict;
  /** Why it refused; its own code, or nothing. */
  readonly error: string;
  /** Lines of each order, as they came. */
  readonly orders: readonly Fields[];
}

function verdictOf(first: string, error: string): Verdict {
  if (first.includes('Success_order')) return 'done';
  if (first.includes('failure_order')) return error === 'NOT_FOUND' ? 'none' : 'refused';
  if (first.includes('Invalid')) return 'unknown_shop';
  if (/maintenance|connect/i.test(first)) return 'closed';
  throw unreadable();
}

/**
 * Reads an answer: a word, then lines of `key=value` in Shift_JIS; each `order_no` begins another order.
 * @throws GatewayFailed when it is none
 */
export function readAnswer(bytes: Uint8Array): Answer {
  const lines = new TextDecoder('shift_jis').decode(bytes).split(/\r?\n/);
  const orders: Map<string, string>[] = [];
  let error = '';
  for (const line of lines.slice(1)) {
    const at = line.indexOf('=');
    if (at < 1) continue;
    const [key, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (key === 'order_no') orders.push(new Map());
    if (orders.length > 0) orders.at(-1)!.set(key, value);
    else if (key === 'error_code' && /^\w{1,20}$/.test(value)) error = value;
  }
  return { verdict: verdictOf(lines[0] ?? '', error), error, orders };
}
