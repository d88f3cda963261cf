import { randomBytes } from 'node:crypto';
import { Money } from '#kernel';
import type { Decline, KeptCard } from '#ports';
import { type Books, type Payment, returnedOf } from './books.js';
import type { TestCard } from './cards.js';
import type { Faults } from './faults.js';
import { accountFor, type Bank, CHAINS, type Chain, slipFor, USUAL_PHONE } from './shops.js';
import { Refused, type WireRequest } from './wire.js';

/** A ticket that the machine printed is good at the till for so long (PAY-07). */
const TICKET_MS = 30 * 60_000;

/** Without digits: nobody takes one for the number of a card. */
const unguessable = (prefix: string): string =>
  `${prefix}_${[...randomBytes(16)].map(byte => String.fromCharCode(97 + (byte % 26))).join('')}`;

/** What says which payment an attempt is: the way back and the language may change. */
const FACTS = ['method', 'amount', 'customer', 'card', 'chain', 'unattended'] as const;

const refused = (status: 400 | 404 | 409, code: string, field: string, problem: string): Refused =>
  new Refused(status, { code, field, problem });

/** What the agency does for shops and their customers. Each decision is made at once, none in between. */
export class Counter {
  constructor(
    readonly books: Books,
    private readonly faults: Faults,
  ) {}

  /** @throws Refused */
  begin(request: WireRequest): Payment {
    const known = this.books.of(request.attempt);
    if (known) {
      if (FACTS.some(fact => known.request[fact] !== request[fact]))
        throw refused(409, 'OTHER_FACTS', 'attempt', 'is known with other facts');
      return known;
    }
    const onFile = request.card === null ? undefined : this.books.card(request.customer, request.card);
    if (request.card !== null && !onFile)
      throw refused(400, 'NO_SUCH_CARD', 'card', 'is not kept for this customer');
    const chain = CHAINS.find(({ code }) => code === request.chain);
    if (request.chain !== null && !chain)
      throw refused(400, 'NO_SUCH_CHAIN', 'chain', 'is not one of the chains');
    const payment = unguessable('sp');
    this.books.write({ type: 'begun', payment, request });
    const begun = this.books.get(payment)!;
    if (begun.state !== 'waits_for_customer') return begun;
    if (onFile) this.chargeOnFile(begun, onFile, onFile.later);
    else if (chain) this.issueSlip(begun, chain, USUAL_PHONE);
    else if (request.method === 'bank_transfer') this.issueAccount(begun);
    return begun;
  }

  private chargeOnFile(payment: Payment, { token, brand, lastFour }: KeptCard, later: TestCard['later']) {
    const card = { token, brand, lastFour };
    // Somebody who sits before a browser is asked for the code on the page.
    if (later === 'authentication_required' && !payment.request.unattended) return;
    if (later === 'paid') this.takeMoney(payment, payment.amount, null, card);
    else this.fail(payment, later);
  }

  /** @throws Refused */
  private known(id: string): Payment {
    const payment = this.books.get(id);
    if (!payment) throw refused(404, 'NO_SUCH_PAYMENT', 'payment', 'is not known');
    return payment;
  }

  /** @throws Refused */
  cancel(id: string): Payment {
    const payment = this.known(id);
    if (payment.state === 'paid') throw refused(409, 'PAID', 'payment', 'is paid');
    if (payment.state !== 'cancelled') this.books.write({ type: 'cancelled', payment: id });
    return payment;
  }

  /** @throws Refused */
  refund(id: string, refund: string, amount: Money): Payment {
    const payment = this.known(id);
    const known = payment.refunds.find(one => one.refund === refund);
    if (known) {
      if (known.amount !== amount)
        throw refused(409, 'OTHER_FACTS', 'refund', 'is known with another amount');
      return payment;
    }
    if (amount > Money.subtract(payment.received, returnedOf(payment)))
      throw refused(400, 'TOO_MUCH', 'amount', 'is more than was received and not given back');
    this.books.write({ type: 'refunded', payment: id, refund, amount: Money.text(amount) });
    return payment;
  }

  forgetCard(customer: string, token: string): void {
    if (this.books.card(customer, token)) this.books.write({ type: 'forgotten', token });
  }

  /** A card that was typed on the page, after its issuer let it pass. */
  payByCard(payment: Payment, { number, brand, later }: TestCard): void {
    if (payment.state !== 'waits_for_customer') return;
    const { customer, keepCard } = payment.request;
    const card = { token: unguessable('sc'), brand, lastFour: number.slice(-4) };
    if (keepCard) this.books.write({ type: 'kept', card: { ...card, customer, later } });
    this.takeMoney(payment, payment.amount, null, keepCard ? card : null);
  }

  /** The customer has shown who it is: the card on file is charged. */
  payByCardOnFile(payment: Payment): void {
    const { customer, card: token } = payment.request;
    const onFile = token === null ? undefined : this.books.card(customer, token);
    if (payment.state !== 'waits_for_customer') return;
    if (onFile) this.chargeOnFile(payment, onFile, 'paid');
    else this.fail(payment, 'declined');
  }

  /** Nothing, where it is no longer open. */
  fail(payment: Payment, decline: Decline): void {
    if (payment.state !== 'waits_for_customer') return;
    this.books.write({ type: 'failed', payment: payment.payment, decline });
  }

  chooseBank(payment: Payment, bank: Bank, payer: string): void {
    if (payment.state !== 'waits_for_customer') return;
    if (bank.atOnce) this.takeMoney(payment, payment.amount, payer, null);
    else this.issueAccount(payment);
  }

  issueSlip(payment: Payment, chain: Chain, phone: string): void {
    if (payment.state !== 'waits_for_customer') return;
    const slip = slipFor(payment.payment, chain, phone);
    this.books.write({ type: 'issued', payment: payment.payment, slip, account: null });
  }

  private issueAccount({ payment }: Payment): void {
    this.books.write({ type: 'issued', payment, slip: null, account: accountFor(payment) });
  }

  /** The machine in the shop prints a ticket for the till, also a second one. */
  printTicket({ payment, state, slip }: Payment): void {
    if (state === 'waits_for_money' && slip) this.books.write({ type: 'ticket', payment });
  }

  ticketIsGood({ ticketAt }: Payment): boolean {
    return ticketAt !== null && this.books.now() <= ticketAt + TICKET_MS;
  }

  payAtTill(payment: Payment): void {
    if (payment.state !== 'waits_for_money' || !this.ticketIsGood(payment)) return;
    this.takeMoney(payment, payment.amount, null, null);
  }

  /**
   * Money arrives in the account, whatever it is and whenever it comes; once it was cancelled the bank sends
   * it back to who sent it.
   */
  transfer(payment: Payment, amount: Money, payer: string): boolean {
    if (!payment.account || payment.state === 'cancelled') return false;
    this.takeMoney(payment, amount, payer, null);
    return true;
  }

  /** On demand: money that comes although it should not, by any method and in any state. */
  forceMoney(id: string, amount: Money, payer: string | null): void {
    this.takeMoney(this.known(id), amount, payer, null);
  }

  /** On demand: the holder of the card objects, and the issuer takes back what has not been given back. */
  loseDispute(id: string): void {
    const payment = this.known(id);
    const left = Money.subtract(payment.received, returnedOf(payment));
    if (left > 0) this.refund(id, `dispute/${payment.refunds.length + 1}`, left);
  }

  private takeMoney(payment: Payment, amount: Money, payer: string | null, card: KeptCard | null): void {
    const wrong = this.faults.next('wrong_amount');
    const came = Money.max(Money.yen(1), wrong ? Money.add(amount, Money.yen(wrong)) : amount);
    this.books.write({ type: 'money', payment: payment.payment, amount: Money.text(came), payer, card });
  }
}
