import { type AccountId, Instant, InvalidInput, type Language, Money, type Rejection, saidOf } from '#kernel';
import {
  type Attempt,
  keyOf,
  liveAttempt,
  type Parked,
  type PaymentCommand,
  type PaymentState,
  payment as paymentDecider,
  paymentEvents,
  paymentRefusals,
  paymentStream,
} from '#payments';
import {
  GatewayFailed,
  type GatewayPayment,
  lacking,
  NotCancellable,
  type PaymentGateway,
  type PaymentRequest,
} from '#ports';
import { derived, sha256 } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { Prepaid } from '../prepaid/prepaid.service.js';
import type { Caller } from '../product.views.js';
import type { Cards } from './cards.js';
import { OWN_BANK, type OwnBank } from './own-bank.js';

/** What payments need of the outside. */
export interface PaymentPorts {
  /** In the order in which they are asked for a method; whoever starts a server may add some. */
  readonly gateways: PaymentGateway[];
  /** Where a gateway's page sends the customer back to. */
  readonly returnTo: (payment: string) => string;
  /** In which the gateway's page speaks to a customer; Japanese without it. */
  readonly languageOf?: (account: AccountId) => Promise<Language>;
}

export const runningPayment = { decider: paymentDecider, codec: paymentEvents.codec };

/** A gateway forgets keys after a day: from then on it is asked what it knows, not to begin (FIELD 1.5). */
const KEY_LIVES_MS = 23 * 3_600_000;

/**
 * A payment goes over a gateway, its own stream and a wallet. An attempt is in the stream before its gateway
 * is asked; what is heard is decided on in the stream; what was accepted there becomes a lot that is named
 * after the payment. Each step is a command with an id of the payment, so whoever goes on after a crash, and
 * whoever does it at the same time, does it once (ADR 0027).
 */
export class PaymentProcess {
  constructor(
    private readonly runner: CommandRunner,
    private readonly facts: Facts,
    private readonly prepaid: Pick<Prepaid, 'creditPayment' | 'takeBackCharge'>,
    private readonly cards: Cards,
    private readonly bank: OwnBank,
    private readonly ports: PaymentPorts,
  ) {}

  /** @throws GatewayFailed where this gateway is not set up */
  private gateway(name: string): PaymentGateway {
    const known = this.ports.gateways.find(one => one.name === name);
    if (!known) throw new GatewayFailed('no', `the payment gateway ${name} is not set up`);
    return known;
  }

  /** The newest, also where another process has written. */
  async state(payment: string): Promise<PaymentState> {
    return (await this.runner.loadNewest(runningPayment, paymentStream(payment))).state;
  }

  run(
    payment: string,
    command: () => PaymentCommand,
    body: object,
    caller: Caller,
  ): Promise<Executed<unknown>> {
    return this.runner.run(runningPayment, paymentStream(payment), command, body, caller);
  }

  private readonly now = () => this.runner.clock.now();

  private step(payment: string, caller: Caller, step: string): Caller {
    return derived(caller, `payment/${payment}/${step}`);
  }

  /** Asks the gateway, credits what was accepted, ends what nobody paid in time. @throws GatewayFailed */
  async goOn(payment: string, caller: Caller): Promise<PaymentState> {
    let state = await this.state(payment);
    const live = liveAttempt(state);
    if (live && state.order) await this.ask(state, live, caller);
    state = await this.state(payment);
    if (state.phase === 'accepted') await this.credit(payment, state, caller);
    else if (state.phase === 'open' && state.order && this.now() > state.order.payableUntil)
      await this.expire(payment, state, caller);
    await this.settleAll(payment, caller);
    await this.takeBackAll(payment, caller);
    return this.state(payment);
  }

  /** Does what staff decided of parked money. */
  private async settleAll(payment: string, caller: Caller): Promise<void> {
    const state = await this.state(payment);
    for (const parked of state.parked)
      if (parked.end !== null && !parked.settled) await this.settle(payment, state, parked, caller);
  }

  /** Takes back the value of what went back to whoever paid, once it is in the wallet. */
  private async takeBackAll(payment: string, caller: Caller): Promise<void> {
    const { order, phase, accepted, returns } = await this.state(payment);
    for (const { back, lot, amount, settled } of returns) {
      const isComing = phase === 'accepted' && lot === accepted?.lot;
      if (settled || isComing || !order) continue;
      const { account, method } = order;
      const step = this.step(payment, caller, `take-back/${back}`);
      const done = await this.prepaid.takeBackCharge({ account, method, lot, back, amount }, step);
      if (done.kind === 'rejected') throw new Error(`${back} cannot be taken back: ${done.rejection.code}`);
      const command = (): PaymentCommand => ({ type: 'SettleReturn', now: this.now(), back });
      await this.run(payment, command, { settle: back }, this.step(payment, caller, `settle/${back}`));
    }
  }

  private async settle(payment: string, state: PaymentState, of: Parked, caller: Caller): Promise<void> {
    const { parked, amount } = of;
    const { account, method } = state.order!;
    if (of.end === 'returned') await this.giveBack(state, of);
    else {
      const at = of.paidAt;
      const step = this.step(payment, caller, `credit/${parked}`);
      const done = await this.prepaid.creditPayment({ account, method, amount, lot: parked, at }, step);
      if (done.kind === 'rejected') throw new Error(`${parked} cannot be credited: ${done.rejection.code}`);
    }
    const command = (): PaymentCommand => ({ type: 'SettleParked', now: this.now(), parked });
    await this.run(payment, command, { settle: parked }, this.step(payment, caller, `settle/${parked}`));
  }

  /**
   * What came to the bank, or to an agency without a call for it, staff have sent back by themselves. A
   * dispute may have taken it back before: then nothing is left to give.
   */
  private async giveBack({ order, parked: all }: PaymentState, of: Parked): Promise<void> {
    const { parked, gateway: name, reference, amount } = of;
    if (name === OWN_BANK.name) return;
    const gateway = this.gateway(name);
    if (lacking(gateway, order!.method, 'refund')) return;
    const toReturn = all.filter(one => keyOf(one) === keyOf(of) && one.end === 'returned');
    const known = await gateway.inquire({ payment: reference });
    const returned = known?.returned ?? Money.zero;
    if (returned < Money.sum(toReturn.map(one => one.amount)))
      await gateway.refund(reference, parked, amount);
  }

  private async ask(state: PaymentState, live: Attempt, caller: Caller): Promise<void> {
    const { payment } = state.order!;
    if (live.gateway === OWN_BANK.name) return this.instruct(state, live, caller);
    const gateway = this.gateway(live.gateway);
    const { attempt, reference, begunAt } = live;
    if (reference !== null) {
      const known = await gateway.inquire({ payment: reference });
      if (known) await this.take(payment, known, 'inquiry', caller);
      return;
    }
    // A card is not charged when its time is over: only asked whether it was.
    const isOver = state.order!.recharge && this.now() > state.order!.payableUntil;
    const isOld = this.now() - begunAt > KEY_LIVES_MS;
    const known =
      isOld || isOver ? await gateway.inquire({ attempt }) : await this.begin(gateway, state, live);
    if (known) await this.take(payment, known, 'answer', caller);
    else await this.end(payment, attempt, 'never_begun', caller);
  }

  /** Tells the customer our own account: nobody is asked, and what comes the bank's files tell. */
  private async instruct({ order }: PaymentState, { attempt, reference }: Attempt, caller: Caller) {
    if (reference !== null) return;
    const { payment, account } = order!;
    const told = await this.bank.instructions(account, attempt);
    if (!told) return this.end(payment, attempt, 'never_begun', caller);
    const command = (): PaymentCommand => ({ type: 'AnswerAttempt', now: this.now(), attempt, ...told });
    await this.run(payment, command, { answer: attempt }, this.step(payment, caller, `answer/${attempt}`));
  }

  /** Takes what came to our own account for this payment as far as its lot, or parks it. */
  async takeDeposit(
    payment: string,
    {
      deposit,
      amount,
      paidAt,
    }: { readonly deposit: string; readonly amount: Money; readonly paidAt: Instant },
    caller: Caller,
  ): Promise<PaymentState> {
    const { attempts, order } = await this.state(payment);
    const attempt = attempts.findLast(one => one.gateway === OWN_BANK.name)?.attempt;
    if (!order || attempt === undefined) throw new Error(`${payment} is not paid by a transfer to us`);
    const accountIsOpen = await this.facts.takesMoney(order.account);
    const evidence = (): PaymentCommand => ({
      type: 'TakeEvidence',
      now: this.now(),
      ...{ attempt, environment: OWN_BANK.environment, reference: deposit, source: 'bank', state: 'paid' },
      ...{ received: amount, returned: Money.zero, paidAt, decline: null, accountIsOpen },
    });
    const step = this.step(payment, caller, `deposit/${deposit}`);
    await this.run(payment, evidence, { deposit, amount: Money.text(amount) }, step);
    return this.goOn(payment, caller);
  }

  /** Undefined: the gateway does not take what is asked; nothing was begun. */
  private async begin(
    gateway: PaymentGateway,
    { order }: PaymentState,
    { attempt }: Attempt,
  ): Promise<GatewayPayment | undefined> {
    const { payment, account, method, amount, chain, payableUntil, keepsCard, recharge } = order!;
    const token = order!.card && (await this.cards.chargedBy(account, order!.card))?.token;
    // It was removed: nothing can be asked for.
    if (order!.card !== null && !token) return undefined;
    const request: PaymentRequest = {
      ...{ attempt, method, amount, chain, payableUntil, customer: account },
      ...{ card: token ?? null, keepCard: keepsCard, unattended: recharge },
      language: (await this.ports.languageOf?.(account)) ?? 'ja',
      returnTo: this.ports.returnTo(payment),
    };
    try {
      return await gateway.begin(request);
    } catch (error) {
      if (error instanceof InvalidInput) return undefined;
      throw error;
    }
  }

  /**
   * Asks about an attempt that nobody asks about by himself any more: of a payment that is over, or one
   * before the attempt that may still be paid.
   * @throws GatewayFailed
   */
  async askAboutOver(payment: string, attempt: string, caller: Caller): Promise<void> {
    const state = await this.state(payment);
    const of = state.attempts.find(one => one.attempt === attempt);
    if (!of || (state.phase === 'open' && of === liveAttempt(state))) return;
    const { reference } = of;
    const known = await this.gateway(of.gateway).inquire(
      reference === null ? { attempt } : { payment: reference },
    );
    if (known) await this.take(payment, known, 'inquiry', caller);
  }

  private async end(payment: string, attempt: string, why: string, caller: Caller): Promise<void> {
    const command = (): PaymentCommand => ({ type: 'EndAttempt', now: this.now(), attempt, why });
    await this.run(payment, command, { end: attempt }, this.step(payment, caller, `end/${attempt}`));
  }

  /** What a gateway says of an attempt of this payment. */
  async take(
    payment: string,
    said: GatewayPayment,
    source: 'answer' | 'inquiry',
    caller: Caller,
  ): Promise<Rejection | undefined> {
    const { attempt, environment, state, received, returned, paidAt, decline } = said;
    const reference = said.payment;
    if (attempt === null) return undefined;
    const instructions = {
      ...{ reference, page: said.page, transferTo: said.account },
      ...{ chain: said.slip?.chain ?? null, numbers: said.slip?.numbers ?? [] },
    };
    const answer = (): PaymentCommand => ({
      type: 'AnswerAttempt',
      now: this.now(),
      ...{ attempt, ...instructions },
    });
    const answered = `answer/${attempt}/${sha256(JSON.stringify(instructions))}`;
    await this.run(payment, answer, { answer: attempt }, this.step(payment, caller, answered));
    const { order, attempts } = await this.state(payment);
    const gateway = attempts.find(one => one.attempt === attempt)?.gateway;
    if (order && gateway && state === 'paid') await this.cards.paid(order, said, gateway, caller);
    const accountIsOpen = order !== null && (await this.facts.takesMoney(order.account));
    const evidence = (): PaymentCommand => ({
      type: 'TakeEvidence',
      now: this.now(),
      ...{
        attempt,
        environment,
        reference,
        source,
        state,
        received,
        returned,
        paidAt,
        decline,
        accountIsOpen,
      },
    });
    const heard = { reference, state, received: Money.text(received), returned: Money.text(returned) };
    const id = [attempt, reference, state, heard.received, heard.returned].join('/');
    const done = await this.run(payment, evidence, heard, this.step(payment, caller, `evidence/${id}`));
    return done.kind === 'rejected' ? done.rejection : undefined;
  }

  /** Money that was accepted becomes a lot; where the wallet does not take it, it waits for staff. */
  private async credit(payment: string, { order, accepted }: PaymentState, caller: Caller): Promise<void> {
    const { account, method } = order!;
    const { lot, amount, paidAt, gateway, reference } = accepted!;
    const step = this.step(payment, caller, `credit/${keyOf({ gateway, reference })}`);
    const done = await this.prepaid.creditPayment({ account, method, amount, lot, at: paidAt }, step);
    if (done.kind === 'done') {
      const command = (): PaymentCommand => ({ type: 'CompletePayment', now: this.now(), lot });
      await this.run(payment, command, { complete: lot }, this.step(payment, caller, 'complete'));
      return;
    }
    if (done.kind === 'rejected' && done.rejection.code === 'NO_SUCH_ACCOUNT') {
      const command = (): PaymentCommand => ({
        type: 'ParkAccepted',
        now: this.now(),
        why: 'account_closed',
      });
      await this.run(payment, command, { park: lot }, this.step(payment, caller, 'park'));
      return;
    }
    const why = done.kind === 'rejected' ? saidOf(done.rejection).en : done.reason.en;
    throw new Error(`payment ${payment} cannot be credited: ${why}`);
  }

  /**
   * Makes sure that nobody can pay it at the gateway any more, so that it can be given up; what was paid
   * meanwhile becomes its lot.
   * @throws GatewayFailed
   */
  async close(payment: string, caller: Caller): Promise<PaymentState> {
    const live = liveAttempt(await this.goOnAsking(payment, caller));
    if (live?.gateway === OWN_BANK.name) await this.end(payment, live.attempt, 'cancelled', caller);
    else if (live && live.reference !== null) {
      const closed = await cancelled(this.gateway(live.gateway), live.reference);
      if (closed) await this.take(payment, closed, 'answer', caller);
    }
    const state = await this.state(payment);
    if (state.phase !== 'accepted') return state;
    await this.credit(payment, state, caller);
    return this.state(payment);
  }

  /** An attempt without an answer is asked for first: what may have begun cannot be cancelled unknown. */
  private async goOnAsking(payment: string, caller: Caller): Promise<PaymentState> {
    const state = await this.state(payment);
    const live = liveAttempt(state);
    if (live && live.reference === null) await this.ask(state, live, caller);
    return this.state(payment);
  }

  private async expire(payment: string, { order }: PaymentState, caller: Caller): Promise<void> {
    const { phase } = await this.close(payment, caller);
    if (phase !== 'open') return;
    const command = (): PaymentCommand => ({ type: 'ExpirePayment', now: this.now() });
    const step = this.step(payment, caller, `expire/${Instant.text(order!.payableUntil)}`);
    const done = await this.run(payment, command, { expire: payment }, step);
    if (done.kind === 'rejected' && done.rejection.code !== paymentRefusals.STILL_PAYABLE.code)
      throw new Error(`payment ${payment} cannot expire: ${done.rejection.code}`);
  }
}

/** What the gateway says after it was cancelled, or where it was paid before. */
async function cancelled(gateway: PaymentGateway, reference: string): Promise<GatewayPayment | undefined> {
  try {
    return await gateway.cancel(reference);
  } catch (error) {
    if (!(error instanceof NotCancellable)) throw error;
    return gateway.inquire({ payment: reference });
  }
}
