import { Instant, Money } from '#kernel';
import type {
  Clock,
  Decline,
  GatewayMethod,
  GatewayState,
  KeptCard,
  KonbiniSlip,
  TransferAccount,
} from '#ports';
import { GATEWAY_METHODS } from '#ports';
import type { LaterUse } from './cards.js';
import type { Journal } from './journal.js';
import type { WireRequest } from './wire.js';

export interface Refund {
  readonly refund: string;
  readonly amount: Money;
}

/** A card that the agency keeps for a customer of a shop. */
export interface CardOnFile extends KeptCard {
  readonly customer: string;
  /** What comes of it when it is charged. */
  readonly later: LaterUse;
}

export interface Payment {
  readonly payment: string;
  readonly request: WireRequest;
  readonly amount: Money;
  readonly payableUntil: Instant;
  state: GatewayState;
  received: Money;
  paidAt: Instant | null;
  payer: string | null;
  slip: KonbiniSlip | null;
  account: TransferAccount | null;
  decline: Decline | null;
  card: KeptCard | null;
  /** When the machine of the shop printed the ticket for the till. */
  ticketAt: Instant | null;
  refunds: Refund[];
}

/** One line of the books, in which everything stands that ever happened. */
export type Entry =
  | { readonly type: 'begun'; readonly payment: string; readonly request: WireRequest }
  | {
      readonly type: 'issued';
      readonly payment: string;
      readonly slip: KonbiniSlip | null;
      readonly account: TransferAccount | null;
    }
  | { readonly type: 'ticket'; readonly payment: string }
  | {
      readonly type: 'money';
      readonly payment: string;
      readonly amount: string;
      readonly payer: string | null;
      readonly card: KeptCard | null;
    }
  | { readonly type: 'failed'; readonly payment: string; readonly decline: Decline }
  | { readonly type: 'cancelled'; readonly payment: string }
  | {
      readonly type: 'refunded';
      readonly payment: string;
      readonly refund: string;
      readonly amount: string;
    }
  | { readonly type: 'kept'; readonly card: CardOnFile }
  | { readonly type: 'forgotten'; readonly token: string }
  | { readonly type: 'told'; readonly notification: number };

type Dated = Entry & { readonly at: string };

/** What the shop is told of: whatever changes a payment after it was begun. */
const TOLD_OF: ReadonlySet<Entry['type']> = new Set(['issued', 'money', 'failed', 'cancelled', 'refunded']);

export interface Summary {
  readonly method: GatewayMethod;
  readonly payments: number;
  readonly taken: Money;
  readonly returned: Money;
}

export const returnedOf = ({ refunds }: Payment): Money => Money.sum(refunds.map(({ amount }) => amount));

/** What the agency knows, in memory; every change stands in its journal. */
export class Books {
  private readonly byId = new Map<string, Payment>();
  private readonly byAttempt = new Map<string, Payment>();
  private readonly cards = new Map<string, CardOnFile>();
  /** What the shop is still to be told of: the number of the entry, and its payment. */
  private readonly untold = new Map<number, string>();
  private entries = 0;
  /** Called with the number of an entry that the shop is to be told of. */
  onNews: (notification: number, payment: Payment) => void = () => undefined;

  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    for (const line of journal.lines) this.apply(JSON.parse(line) as Dated);
  }

  now(): Instant {
    return this.clock.now();
  }

  write(entry: Entry): void {
    const dated: Dated = { ...entry, at: Instant.text(this.now()) };
    this.journal.append(JSON.stringify(dated));
    this.apply(dated);
    const payment = this.untold.get(this.entries);
    if (payment !== undefined) this.onNews(this.entries, this.byId.get(payment)!);
  }

  /** As it stands now: one that nobody paid in time has failed. */
  get(id: string): Payment | undefined {
    const payment = this.byId.get(id);
    const waits = payment?.state === 'waits_for_customer' || payment?.state === 'waits_for_money';
    if (waits && this.now() > payment.payableUntil)
      this.write({ type: 'failed', payment: id, decline: 'deadline_passed' });
    return payment;
  }

  of(attempt: string): Payment | undefined {
    const known = this.byAttempt.get(attempt);
    return known && this.get(known.payment);
  }

  card(customer: string, token: string): CardOnFile | undefined {
    const card = this.cards.get(token);
    return card?.customer === customer ? card : undefined;
  }

  /** What the shop was not told of before the agency was stopped. */
  unheard(): { readonly notification: number; readonly payment: Payment }[] {
    return [...this.untold].map(([notification, id]) => ({ notification, payment: this.byId.get(id)! }));
  }

  newest(count: number): Payment[] {
    return [...this.byId.keys()]
      .slice(-count)
      .reverse()
      .map(id => this.get(id)!);
  }

  summary(): Summary[] {
    const all = [...this.byId.values()];
    return GATEWAY_METHODS.map(method => {
      const these = all.filter(({ request }) => request.method === method);
      return {
        method,
        payments: these.length,
        taken: Money.sum(these.map(({ received }) => received)),
        returned: Money.sum(these.map(returnedOf)),
      };
    });
  }

  durable(): Promise<void> {
    return this.journal.durable();
  }

  private apply(entry: Dated): void {
    this.entries += 1;
    if ('payment' in entry && TOLD_OF.has(entry.type)) this.untold.set(this.entries, entry.payment);
    switch (entry.type) {
      case 'begun':
        this.begin(entry);
        return;
      case 'kept':
        this.cards.set(entry.card.token, entry.card);
        return;
      case 'forgotten':
        this.cards.delete(entry.token);
        return;
      case 'told':
        this.untold.delete(entry.notification);
        return;
      default:
        change(this.byId.get(entry.payment)!, entry);
    }
  }

  private begin({ payment: id, request }: Extract<Dated, { type: 'begun' }>): void {
    const payment: Payment = {
      payment: id,
      request,
      amount: Money.of(request.amount),
      payableUntil: Instant.parse(request.payableUntil),
      state: 'waits_for_customer',
      received: Money.zero,
      refunds: [],
      ...{ paidAt: null, payer: null, slip: null, account: null, decline: null, card: null, ticketAt: null },
    };
    this.byId.set(id, payment);
    this.byAttempt.set(request.attempt, payment);
  }
}

function change(payment: Payment, entry: Exclude<Dated, { type: 'begun' | 'kept' | 'forgotten' | 'told' }>) {
  const at = Instant.parse(entry.at);
  switch (entry.type) {
    case 'issued':
      payment.slip = entry.slip;
      payment.account = entry.account;
      payment.state = 'waits_for_money';
      return;
    case 'ticket':
      payment.ticketAt = at;
      return;
    case 'money':
      payment.received = Money.add(payment.received, Money.of(entry.amount));
      payment.paidAt ??= at;
      payment.payer ??= entry.payer;
      payment.card ??= entry.card;
      payment.decline = null;
      payment.state = 'paid';
      return;
    case 'failed':
      payment.decline = entry.decline;
      payment.state = 'failed';
      return;
    case 'cancelled':
      payment.decline = null;
      payment.state = 'cancelled';
      return;
    case 'refunded':
      payment.refunds.push({ refund: entry.refund, amount: Money.of(entry.amount) });
  }
}
