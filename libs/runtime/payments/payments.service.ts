import { randomUUID } from 'node:crypto';
import { accountRefusals } from '#contracts';
import {
  type AccountId,
  BusinessDay,
  type Instant,
  Money,
  problem,
  type Refusal,
  type Rejection,
  rejected,
} from '#kernel';
import {
  type KeptCardState,
  liveAttempt,
  PAYMENT_METHODS,
  type PaymentCommand,
  type PaymentMethod,
  type PaymentState,
  type PaymentTerms,
  payableUntil,
  paymentOfAttempt,
  paymentRefusals,
  prepaidSettingsRefusals,
  type RechargeInFlight,
} from '#payments';
import {
  GatewayFailed,
  type GatewayForm,
  lacking,
  type Notification,
  NotificationRefused,
  type PaymentGateway,
  type RawNotification,
  StoreUnavailable,
  storeProblems,
} from '#ports';
import { answered } from '../engine/answered.js';
import { derived, sha256 } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import { limitsOf, outsideLimits } from '../prepaid/charge-limits.js';
import type { Prepaid } from '../prepaid/prepaid.service.js';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { Cards } from './cards.js';
import { OWN_BANK, type OwnBank, type PaidThrough } from './own-bank.js';
import { paymentView } from './payment.view.js';
import { type PaymentPorts, PaymentProcess } from './payment-process.js';
import type { NewPayment, OnePayment, ResolvedMoney } from './payments.inputs.js';
import { openPayments, parkedPage, paymentPage } from './payments.queries.js';
import type {
  HeardView,
  ListedPaymentView,
  ParkedMoneyView,
  PaymentView,
  PaymentWaysView,
} from './payments.shapes.js';
import { paymentServiceRefusals } from './refusals.js';

const NO_SUCH_ACCOUNT = rejected(accountRefusals.NO_SUCH_ACCOUNT);

/** Prepaid value that customers order and pay for through gateways (PAY-04 to 09). */
export class Payments {
  readonly process: PaymentProcess;
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    prepaid: Pick<Prepaid, 'creditPayment' | 'takeBackCharge'>,
    private readonly cards: Cards,
    private readonly bank: OwnBank,
    private readonly ports: PaymentPorts,
  ) {
    this.process = new PaymentProcess(runner, facts, prepaid, cards, bank, ports);
  }

  private readonly now = (): Instant => this.runner.clock.now();

  /** Opens one more way to pay: a gateway that stands only as long as this process. */
  offer(gateway: PaymentGateway): void {
    this.ports.gateways.push(gateway);
  }

  /** Our own account, or the first gateway that carries a method; undefined: nobody does. */
  private async gatewayFor(method: PaymentMethod): Promise<PaidThrough | undefined> {
    if (method === 'bank_transfer' && (await this.bank.account())) return OWN_BANK;
    return this.ports.gateways.find(({ abilities }) => abilities.some(one => one.method === method));
  }

  gatewayNamed(name: string): PaymentGateway | undefined {
    return this.ports.gateways.find(one => one.name === name);
  }

  /** That of the registered card, or the first that carries the method. */
  private async gatewayOf(of: {
    readonly account: AccountId;
    readonly method: PaymentMethod;
    readonly card: string | null;
  }): Promise<PaidThrough | undefined> {
    if (of.card === null) return this.gatewayFor(of.method);
    const kept = await this.cards.chargedBy(of.account, of.card);
    return kept && this.gatewayNamed(kept.gateway);
  }

  /** How prepaid value can be paid for today, and from what to what amount (PAY-01). */
  async ways(): Promise<PaymentWaysView> {
    const today = BusinessDay.of(this.now());
    const ways = [];
    for (const method of PAYMENT_METHODS) {
      const through = await this.gatewayFor(method);
      const ability = through?.abilities.find(one => one.method === method);
      if (!through || !ability) continue;
      const keepsCards = method === 'card' && !lacking(through, method, 'kept_cards');
      const { least, most } = await limitsOf(this.facts, method, today);
      ways.push({
        ...{
          method,
          least: Money.text(least),
          most: Money.text(most),
          chains: [...ability.chains],
          keepsCards,
        },
      });
    }
    return { ways, expiryDays: await this.facts.policy('prepaid.expiry-days', today) };
  }

  private async termsAt(at: Instant): Promise<PaymentTerms> {
    const day = BusinessDay.of(at);
    return {
      daysToPay: await this.facts.policy('payment.days-to-pay', day),
      closedDays: new Set(await this.facts.policy('provider.closed-days', day)),
      yearEnd: await this.facts.policy('provider.year-end-days', day),
      policy: (await this.facts.policyInForce('payment.days-to-pay', day)).reference,
    };
  }

  /** Orders prepaid value, and asks the gateway how it can be paid. The same request twice is one order. */
  async order(input: NewPayment, caller: Caller): Promise<Answer<PaymentView>> {
    const { account, method, amount, chain = null, card = null, keepCard = false } = input;
    if (!(await this.facts.account(account))) return NO_SUCH_ACCOUNT;
    const isKnown = await this.runner.isKnown(caller);
    if (!isKnown && card !== null && !(await this.cards.state(account)).cards.has(card))
      return rejected(prepaidSettingsRefusals.NO_SUCH_CARD);
    const gateway = await this.gatewayOf({ account, method, card });
    if (!gateway) return rejected(paymentRefusals.PAYMENT_METHOD_CLOSED);
    const payment = paymentIdOf(gateway, account, caller.commandId);
    const refusal = isKnown ? undefined : await this.notOrdered(input, gateway);
    if (refusal) return { kind: 'rejected', rejection: refusal };
    const terms = await this.termsAt(this.now());
    const command = (): PaymentCommand => {
      const now = this.now();
      return {
        type: 'OrderPayment',
        now,
        ...{ payment, account, method, amount, chain, policy: terms.policy },
        ...{ gateway: gateway.name, environment: gateway.environment },
        ...{ card: card ?? undefined, keepsCard: keepCard || undefined },
        payableUntil: payableUntil(method, now, terms),
      };
    };
    const byCard = { ...(card !== null && { card }), ...(keepCard && { keepCard }) };
    const body = { orderPayment: account, method, amount: Money.text(amount), chain, ...byCard };
    const done = await this.process.run(payment, command, body, caller);
    if (done.kind !== 'done') return done;
    const state = await this.asking(payment, caller);
    return answered(done, paymentView(state, state.order!));
  }

  /** Why it cannot be ordered; undefined when it can. */
  private async notOrdered(
    { account, method, amount, chain, card, keepCard }: NewPayment,
    gateway: PaidThrough,
  ): Promise<Rejection | undefined> {
    const refused = (refusal: Refusal) => rejected(refusal).rejection;
    if (method !== 'card' && (card || keepCard)) return refused(paymentRefusals.NO_CARD_PAYMENT);
    if (keepCard && lacking(gateway, method, 'kept_cards')) return refused(paymentRefusals.CARDS_NOT_KEPT);
    if (!(await this.facts.takesMoney(account))) return refused(paymentRefusals.ACCOUNT_ENDED);
    const outside = await outsideLimits(this.facts, { method, amount, at: this.now() });
    if (outside) return outside;
    const chains = gateway.abilities.find(one => one.method === method)?.chains ?? [];
    if (chain && !chains.some(({ code }) => code === chain)) return refused(paymentRefusals.NO_SUCH_CHAIN);
    return undefined;
  }

  /**
   * Charges a registered card by itself: orders it, unless that was done, and takes it as far as the gateway
   * says. What the card was refused for is given up at once, so that nobody can pay it later.
   */
  async recharge(account: AccountId, of: RechargeInFlight, caller: Caller): Promise<PaymentState> {
    const { payment, card, amount, payableUntil: until, policy } = of;
    const { order } = await this.process.state(payment);
    if (!order) {
      const kept = await this.cards.chargedBy(account, card);
      if (!kept) throw new Error(`the card of ${payment} was never kept`);
      const { gateway, environment } = kept;
      const command = (): PaymentCommand => ({
        type: 'OrderPayment',
        now: this.now(),
        ...{ payment, account, method: 'card', amount, chain: null, card, recharge: true },
        ...{ gateway, environment, payableUntil: until, policy },
      });
      const step = derived(caller, `recharge/${payment}`);
      await this.process.run(payment, command, { recharge: payment }, step);
    }
    const state = await this.asking(payment, caller);
    if (state.phase !== 'open' || liveAttempt(state)) return state;
    const command = (): PaymentCommand => ({ type: 'CancelPayment', now: this.now() });
    await this.process.run(payment, command, { giveUp: payment }, derived(caller, `give-up/${payment}`));
    return this.process.state(payment);
  }

  /** Goes on as far as the gateway answers; what it does not answer now is asked later. */
  private async asking(payment: string, caller: Caller): Promise<PaymentState> {
    try {
      return await this.process.goOn(payment, caller);
    } catch (error) {
      if (!(error instanceof GatewayFailed)) throw error;
      return this.process.state(payment);
    }
  }

  private async owned({ account, payment }: OnePayment): Promise<PaymentState | undefined> {
    const state = await this.process.state(payment);
    return state.order?.account === account ? state : undefined;
  }

  async payment(of: OnePayment): Promise<PaymentView | undefined> {
    const state = await this.owned(of);
    return state && paymentView(state, state.order!);
  }

  payments(account: AccountId, request: PageRequest): Promise<Page<ListedPaymentView>> {
    return paymentPage(this.readModels, account, request);
  }

  parked(isOpen: boolean, request: PageRequest): Promise<Page<ParkedMoneyView>> {
    return parkedPage(this.readModels, isOpen, request);
  }

  /** Another way to pay the same order: what was issued before is cancelled first (FIELD 1.8, fault 10). */
  async again(of: OnePayment, caller: Caller): Promise<Answer<PaymentView>> {
    const { payment } = of;
    if (!(await this.facts.account(of.account))) return NO_SUCH_ACCOUNT;
    const state = await this.owned(of);
    if (!state) return rejected(paymentRefusals.NO_SUCH_PAYMENT);
    const gateway = await this.gatewayOf(state.order!);
    if (!gateway) return rejected(paymentRefusals.PAYMENT_METHOD_CLOSED);
    if (!(await this.runner.isKnown(caller))) await answering(this.process.close(payment, caller));
    const command = (): PaymentCommand => ({
      type: 'BeginAttempt',
      now: this.now(),
      ...{ gateway: gateway.name, environment: gateway.environment },
    });
    const done = await this.process.run(payment, command, { again: payment }, caller);
    if (done.kind !== 'done') return done;
    const asked = await this.asking(payment, caller);
    return answered(done, paymentView(asked, asked.order!));
  }

  async cancel(of: OnePayment, caller: Caller): Promise<Answer<PaymentView>> {
    const { payment } = of;
    if (!(await this.facts.account(of.account))) return NO_SUCH_ACCOUNT;
    if (!(await this.owned(of))) return rejected(paymentRefusals.NO_SUCH_PAYMENT);
    if (!(await this.runner.isKnown(caller))) await answering(this.process.close(payment, caller));
    const command = (): PaymentCommand => ({ type: 'CancelPayment', now: this.now() });
    const done = await this.process.run(payment, command, { cancel: payment }, caller);
    if (done.kind !== 'done') return done;
    const state = await this.process.state(payment);
    return answered(done, paymentView(state, state.order!));
  }

  /**
   * What our own page of a gateway posts; undefined: nothing can be paid there any more.
   * @throws StoreUnavailable where the gateway does not answer
   */
  async form(name: string, query: Readonly<Record<string, string>>): Promise<GatewayForm | undefined> {
    const form = await answering(Promise.resolve(this.gatewayNamed(name)?.form?.(query)));
    if (!form) return undefined;
    const state = await this.process.state(paymentOfAttempt(form.attempt));
    const isLive = state.phase === 'open' && liveAttempt(state)?.attempt === form.attempt;
    return isLive ? form : undefined;
  }

  /**
   * Takes a notification: durable before it is answered, and asked about afterwards. It is never believed.
   * What is heard of a payment that is over is asked about first: no job would do it later.
   * @throws StoreUnavailable as long as the gateway has to be asked first and does not answer
   */
  async hear(name: string, raw: RawNotification): Promise<Answer<HeardView>> {
    const gateway = this.gatewayNamed(name);
    if (!gateway) return rejected(paymentServiceRefusals.NO_SUCH_GATEWAY);
    const caller = { actor: { id: `gateway:${name}` }, commandId: randomUUID() };
    const read = readBy(gateway, raw, this.now());
    if (read instanceof NotificationRefused)
      return rejected(paymentServiceRefusals.NOTIFICATION_REFUSED, { why: read.code });
    const { id, attempt, payment: reference } = read;
    const known =
      attempt ?? (reference && (await answering(gateway.inquire({ payment: reference })))?.attempt);
    if (!known) return rejected(paymentRefusals.NO_SUCH_PAYMENT);
    const payment = paymentOfAttempt(known);
    await answering(this.process.askAboutOver(payment, known, caller));
    const command = (): PaymentCommand => ({
      type: 'HearNotification',
      now: this.now(),
      ...{ gateway: name, notification: id },
    });
    const step = derived(caller, `payment/${payment}/heard/${name}/${id}`);
    const done = await this.process.run(payment, command, { heard: id }, step);
    if (done.kind === 'rejected') return done;
    const view = { payment };
    if (done.kind === 'nothing') return done;
    this.soon(payment, caller);
    return answered(done, view);
  }

  /** The gateway forgets a card that it keeps. @throws StoreUnavailable where it does not answer */
  async forgetCard(account: AccountId, { gateway, token }: KeptCardState): Promise<void> {
    const forgotten = this.gatewayNamed(gateway)?.forgetCard(account, token);
    await answering(forgotten ?? Promise.reject(new GatewayFailed('no', `${gateway} is not set up`)));
  }

  /** Goes on with it after the answer; whatever keeps it from that, the job does. */
  private soon(payment: string, caller: Caller): void {
    const going: Promise<unknown> = this.process
      .goOn(payment, caller)
      .catch(() => undefined)
      .finally(() => this.underWay.delete(going));
    this.underWay.add(going);
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Takes a payment as far as its gateway says. @throws GatewayFailed */
  async goOn(payment: string, caller: Caller): Promise<void> {
    await this.process.goOn(payment, caller);
  }

  open(limit: number, after = ''): Promise<string[]> {
    return openPayments(this.readModels, { limit, after });
  }

  /** What staff decide of money that was not what was ordered: it is credited, or goes back. */
  async resolve(input: ResolvedMoney, caller: Caller): Promise<Answer<PaymentView>> {
    const { parked, end, reason } = input;
    const payment = parked.slice(0, parked.lastIndexOf('.'));
    const { order } = await this.process.state(payment);
    const accountIsOpen = order !== null && (await this.facts.takesMoney(order.account));
    const command = (): PaymentCommand => ({
      type: 'ResolveParked',
      now: this.now(),
      ...{ parked, end, reason, accountIsOpen },
    });
    const done = await this.process.run(payment, command, { resolve: parked, end, reason }, caller);
    if (done.kind === 'rejected' && done.rejection.code === 'NO_SUCH_PAYMENT')
      return rejected(paymentRefusals.NOT_PARKED);
    if (done.kind !== 'done') return done;
    await this.asking(payment, caller);
    const state = await this.process.state(payment);
    return answered(done, paymentView(state, state.order!));
  }
}

/** What somebody waits for. @throws StoreUnavailable where the gateway does not answer */
async function answering<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof GatewayFailed)) throw error;
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.GATEWAY_SILENT));
  }
}

/** What a notification is about, or why it is none. */
function readBy(
  gateway: PaymentGateway,
  raw: RawNotification,
  now: Instant,
): Notification | NotificationRefused {
  try {
    return gateway.read(raw, now);
  } catch (error) {
    if (error instanceof NotificationRefused) return error;
    throw error;
  }
}

/** The id of an order, from the request: the same request twice is one order. It says test from live. */
export function paymentIdOf(
  { environment }: Pick<PaymentGateway, 'environment'>,
  account: AccountId,
  commandId: string,
): string {
  const digits = BigInt(`0x${sha256(`payment/${account}/${commandId}`).slice(0, 20)}`).toString(36);
  return `${environment === 'live' ? 'l' : 't'}${digits.padStart(16, '0').slice(-16)}`;
}
