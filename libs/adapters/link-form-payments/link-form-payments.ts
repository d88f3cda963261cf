import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { InvalidInput, Money } from '#kernel';
import {
  type Clock,
  checkPaymentRequest,
  type GatewayAbility,
  type GatewayEnvironment,
  type GatewayForm,
  type GatewayLack,
  type GatewayPayment,
  NotCancellable,
  type Notification,
  NotificationRefused,
  type PaymentGateway,
  type PaymentRequest,
  type RawNotification,
} from '#ports';
import { Agency, type AgencyOptions } from './agency.js';
import { CHAINS } from './chains.js';
import type { Order } from './orders.js';
import {
  type Asked,
  isMacOf,
  isOurs,
  macOf,
  readReference,
  readSendId,
  referenceOf,
  sendIdOf,
} from './reference.js';

export interface LinkFormPaymentsOptions extends AgencyOptions {
  readonly clock: Clock;
  /** Sent with every form so that no real money moves; null: real money. */
  readonly testId: string | null;
  /** IP addresses from which results come, in any way of writing them. */
  readonly senders: readonly string[];
  /** Our own page that leads to the form, as browsers reach it. */
  readonly pageUrl: string;
  /** Whom the agency reaches about a slip or an account: the provider, for a request names no customer. */
  readonly contact: { readonly telno: string; readonly email: string };
}

const LACKS: readonly GatewayLack[] = ['cancel', 'refund', 'kept_cards', 'unopened'];
const ABILITIES: readonly GatewayAbility[] = [
  { method: 'card', chains: [], lacks: LACKS },
  { method: 'konbini', chains: CHAINS.map(({ code, ja, en }) => ({ code, ja, en })), lacks: LACKS },
  { method: 'bank_transfer', chains: [], lacks: LACKS },
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const ORDER_NO = /^\d{1,20}$/;

/** A card, and a shop that is not chosen yet, are for the agency's page; the rest is issued at once. */
const hasPage = ({ method, chain }: Pick<Asked, 'method' | 'chain'>): boolean =>
  method === 'card' || (method === 'konbini' && chain === null);

/** The first that ends where no other says more. */
const STATES_BY_WEIGHT = ['paid', 'waits_for_money', 'failed', 'cancelled'] as const;

/** Orders of one attempt are one payment: all that came in with its form. */
function together(orders: readonly Order[]) {
  const state = STATES_BY_WEIGHT.find(one => orders.some(order => order.state === one))!;
  const paid = orders.filter(order => order.state === 'paid');
  const first = orders.find(order => order.state === state)!;
  return {
    state,
    received: Money.sum(paid.map(({ received }) => received)),
    paidAt: paid[0]?.paidAt ?? null,
    payer: paid[0]?.payer ?? null,
    slip: first.slip,
    account: first.account,
    decline: state === 'failed' ? first.decline : null,
  };
}

const NOTHING = { received: Money.zero, paidAt: null, payer: null, slip: null, account: null, decline: null };

/**
 * An agency with link forms and unsigned results, of the kind of ZEUS. Built from public facts (shop plugins
 * and help pages) and tried against a server of our own that speaks as they describe: it is NOT certified by
 * any agency, and what its inquiry answers is assumed (ADR 0029).
 */
class LinkFormPayments implements PaymentGateway {
  readonly name = 'linkform';
  readonly environment: GatewayEnvironment;
  readonly abilities = ABILITIES;
  private readonly agency: Agency;
  private readonly senders = new BlockList();

  constructor(private readonly options: LinkFormPaymentsOptions) {
    this.environment = options.testId === null ? 'live' : 'test';
    this.agency = new Agency(options);
    for (const sender of options.senders) this.senders.addAddress(sender, familyOf(sender));
  }

  async begin(request: PaymentRequest): Promise<GatewayPayment> {
    checkPaymentRequest(request, ABILITIES);
    const { attempt } = request;
    const reference = referenceOf(this.options.key, this.environment, request);
    const known = await this.ordersOf(attempt);
    const isOther = ({ sendPoint }: Order) => sendPoint !== reference && isOurs(this.options.key, sendPoint);
    if (known.some(isOther)) throw new InvalidInput('attempt', 'was begun with other facts');
    const asked = readReference(reference)!;
    if (known.length > 0) return this.said(reference, asked, known);
    if (hasPage(asked)) {
      const said = this.said(reference, asked, []);
      return said.state === 'failed' ? said : { ...said, page: this.pageOf(reference, request) };
    }
    await this.issue(reference, asked);
    // Whoever asked at the same time finds the same first order.
    return this.said(reference, asked, await this.ordersOf(attempt));
  }

  private async issue(reference: string, asked: Asked): Promise<void> {
    const fields = { ...this.fieldsOf(reference, asked), ...this.options.contact, username: asked.customer };
    if (asked.method === 'bank_transfer') return this.agency.issue('ebank.cgi', fields);
    const { payCvs } = CHAINS.find(({ code }) => code === asked.chain)!;
    return this.agency.issue('cvs.cgi', { ...fields, pay_cvs: payCvs });
  }

  /** Of every form, whoever posts it. */
  private fieldsOf(reference: string, { attempt, amount }: Asked): Record<string, string> {
    const { testId } = this.options;
    return {
      money: Money.text(amount),
      sendid: sendIdOf(this.environment, attempt),
      sendpoint: reference,
      ...(testId !== null && { testid: testId, test_type: '0' }),
    };
  }

  private ordersOf(attempt: string): Promise<readonly Order[]> {
    return this.agency.orders({ sendid: sendIdOf(this.environment, attempt) });
  }

  async inquire(
    of: { readonly attempt: string } | { readonly payment: string },
  ): Promise<GatewayPayment | undefined> {
    if ('attempt' in of) return this.ofOrders(await this.ordersOf(of.attempt));
    const asked = readReference(of.payment);
    if (asked?.environment === this.environment)
      return this.said(of.payment, asked, await this.ordersOf(asked.attempt));
    if (!ORDER_NO.test(of.payment)) return undefined;
    return this.ofOrders(await this.agency.orders({ order_no: of.payment }));
  }

  /** Undefined: there is none of ours among them. */
  private ofOrders(orders: readonly Order[]): GatewayPayment | undefined {
    const own = orders.find(({ sendPoint }) => isOurs(this.options.key, sendPoint));
    const asked = own && readReference(own.sendPoint);
    return asked?.environment === this.environment ? this.said(own!.sendPoint, asked, orders) : undefined;
  }

  private said(reference: string, asked: Asked, orders: readonly Order[]): GatewayPayment {
    const now = this.options.clock.now();
    const seen =
      orders.length > 0
        ? together(orders)
        : {
            ...NOTHING,
            state: hasPage(asked) ? ('waits_for_customer' as const) : ('waits_for_money' as const),
          };
    const isOver = seen.state.startsWith('waits_') && now > asked.payableUntil;
    const { attempt, method, amount, environment } = asked;
    return {
      ...{ payment: reference, attempt, method, amount, environment },
      ...{ page: null, card: null, returned: Money.zero, ...seen },
      ...(isOver && { state: 'failed', decline: 'deadline_passed' }),
    };
  }

  private pageOf(reference: string, { returnTo, language }: PaymentRequest): string {
    const query = { payment: reference, back: returnTo, lang: language };
    const proof = macOf(this.options.key, 'page', Object.values(query).join('\n'));
    return `${this.options.pageUrl}?${new URLSearchParams({ ...query, proof })}`;
  }

  async form(query: Readonly<Record<string, string>>): Promise<GatewayForm | undefined> {
    const { payment = '', back = '', lang = '', proof = '' } = query;
    const { key, url, shop, clock } = this.options;
    const asked = readReference(payment);
    if (!asked || !isMacOf(proof, [key, 'page', [payment, back, lang].join('\n')])) return undefined;
    if (asked.environment !== this.environment || clock.now() > asked.payableUntil) return undefined;
    // Whoever has used it once does not pay it twice.
    if ((await this.ordersOf(asked.attempt)).length > 0) return undefined;
    const { attempt, amount } = asked;
    return {
      attempt,
      amount,
      action: `${url}/${asked.method === 'card' ? 'credit/order.cgi' : 'cvs.cgi'}`,
      language: lang === 'en' ? 'en' : 'ja',
      fields: {
        ...{ clientip: shop, act: 'order', send: 'mall', ...this.fieldsOf(payment, asked) },
        ...{ siteurl: back, sitestr: new URL(back).host },
      },
    };
  }

  async cancel(payment: string): Promise<GatewayPayment> {
    if (!(await this.inquire({ payment }))) throw new InvalidInput('payment', 'is not known');
    throw new NotCancellable('this agency has no call to cancel by');
  }

  async refund(): Promise<GatewayPayment> {
    throw new InvalidInput('refund', 'is made on the pages of the agency only');
  }

  /** It keeps none: every card is forgotten already. */
  async forgetCard(): Promise<void> {}

  /**
   * A result proves nothing but that there is something to ask about: its status is not even read. The
   * address of the sender and the number of the shop are checked, so that not everybody can make us ask.
   */
  read({ query, from }: RawNotification): Notification {
    const { shop } = this.options;
    if (isIP(from) === 0 || !this.senders.check(from, familyOf(from)))
      throw new NotificationRefused('WRONG_SENDER');
    if (query['clientip'] !== undefined && query['clientip'] !== shop)
      throw new NotificationRefused('WRONG_SENDER');
    const sent = readSendId(query['sendid'] ?? '') ?? readReference(query['sendpoint'] ?? '');
    const orderNo = query['order_no'] ?? query['ordd'] ?? '';
    if (!sent && !ORDER_NO.test(orderNo)) throw new NotificationRefused('UNREADABLE');
    if (sent && sent.environment !== this.environment) throw new NotificationRefused('WRONG_ENVIRONMENT');
    const lines = Object.keys(query)
      .sort()
      .map(name => `${name}=${query[name]}`);
    const id = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
    return { id, attempt: sent?.attempt ?? null, payment: sent ? null : orderNo };
  }
}

/** Not certified: see `LinkFormPayments`. */
export const openLinkFormPayments = (options: LinkFormPaymentsOptions): PaymentGateway =>
  new LinkFormPayments(options);
