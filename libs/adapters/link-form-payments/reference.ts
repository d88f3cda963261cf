import { createHmac, timingSafeEqual } from 'node:crypto';
import { Instant, InvalidInput, Money } from '#kernel';
import { GATEWAY_METHODS, type GatewayEnvironment, type GatewayMethod, type PaymentRequest } from '#ports';

// Two free texts go to the agency with every form and come back with every answer: `sendid` is the attempt,
// by which orders are inquired; `sendpoint` is the whole reference, so that what was asked for can be known
// without a memory of ours, and what a browser changed in the form does not count.

/** What was asked for. */
export interface Asked {
  readonly environment: GatewayEnvironment;
  readonly attempt: string;
  readonly method: GatewayMethod;
  readonly chain: string | null;
  readonly amount: Money;
  readonly payableUntil: Instant;
  readonly customer: string;
}

const LETTERS = { test: 't', live: 'l' } as const;
const SEND_ID = /^([tl])-([a-z0-9-]{1,60})$/;
const CUSTOMER = /^[A-Za-z0-9_-]{1,40}$/;
const FORM = new RegExp(
  [
    /^([tl])\.([a-z0-9-]{1,60})\.([a-z_]{1,20})\.([a-z_]{0,20})/,
    /\.([1-9]\d{0,11})\.([0-9a-z]{1,9})\.([A-Za-z0-9_-]{1,40})\.([\w-]{22})$/,
  ]
    .map(({ source }) => source)
    .join(''),
);
const MAC_LENGTH = 22;

const environmentOf = (letter: string): GatewayEnvironment => (letter === 'l' ? 'live' : 'test');

/** Of a text for one purpose; nobody without the key makes one. */
export const macOf = (key: string, purpose: string, text: string): string =>
  createHmac('sha256', key).update(`${purpose}\n${text}`).digest('base64url').slice(0, MAC_LENGTH);

export function isMacOf(mac: string, of: Parameters<typeof macOf>): boolean {
  const right = Buffer.from(macOf(...of));
  const given = Buffer.from(mac);
  return given.length === right.length && timingSafeEqual(given, right);
}

export const sendIdOf = (environment: GatewayEnvironment, attempt: string): string =>
  `${LETTERS[environment]}-${attempt}`;

/** Undefined: no order of ours has it. */
export function readSendId(
  text: string,
): { readonly environment: GatewayEnvironment; readonly attempt: string } | undefined {
  const [, letter, attempt] = SEND_ID.exec(text) ?? [];
  return letter && attempt ? { environment: environmentOf(letter), attempt } : undefined;
}

/** The same request gives the same one, for ever. @throws InvalidInput naming `customer` */
export function referenceOf(key: string, environment: GatewayEnvironment, request: PaymentRequest): string {
  const { attempt, method, chain, amount, payableUntil, customer } = request;
  if (!CUSTOMER.test(customer)) throw new InvalidInput('customer', 'must be 1-40 of A-Z, a-z, 0-9, _ and -');
  const text = [
    ...[LETTERS[environment], attempt, method, chain ?? '', Money.text(amount)],
    ...[payableUntil.toString(36), customer],
  ].join('.');
  return `${text}.${macOf(key, 'reference', text)}`;
}

/** What a reference says of itself; undefined: it is none. It may be anybody's: see `isOurs`. */
export function readReference(reference: string): Asked | undefined {
  const [, letter, attempt, method, chain, yen, until, customer] = FORM.exec(reference) ?? [];
  const known = GATEWAY_METHODS.find(one => one === method);
  if (!known) return undefined;
  return {
    environment: environmentOf(letter!),
    attempt: attempt!,
    method: known,
    chain: chain || null,
    amount: Money.of(yen!),
    payableUntil: Instant.fromEpochMs(Number.parseInt(until!, 36)),
    customer: customer!,
  };
}

/** Whether we have made it: a browser may have written another into the form. */
export const isOurs = (key: string, reference: string): boolean =>
  isMacOf(reference.slice(-MAC_LENGTH), [key, 'reference', reference.slice(0, -MAC_LENGTH - 1)]);
