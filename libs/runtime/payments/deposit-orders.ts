import { type PartyData, party, partyEvents, partyStream } from '#contracts';
import { type AccountId, BusinessDay } from '#kernel';
import {
  type AwaitedOrder,
  type Match,
  type MatchedDeposit,
  matchDeposit,
  type PaymentState,
  payerKey,
  paymentStream,
} from '#payments';
import type { CommandRunner } from '../engine/run-command.js';
import type { Sealing } from '../parties/sealing.js';
import type { ReadModels } from '../projecting/read-models.js';
import { transferOrders } from './deposits.queries.js';
import { OWN_BANK } from './own-bank.js';
import { runningPayment } from './payment-process.js';

const runningParty = { decider: party, codec: partyEvents.codec };

/** Whether an order is paid by a transfer to our own account. */
export const isByTransfer = ({ attempts }: PaymentState): boolean =>
  attempts.some(({ gateway }) => gateway === OWN_BANK.name);

/** Whether money of a day is what an order waits for: it is heard of late, but was paid in time. */
export function awaits({ order, phase, parked }: PaymentState, day: BusinessDay): boolean {
  if (order === null || (phase !== 'open' && phase !== 'expired')) return false;
  if (parked.some(({ end }) => end === null)) return false;
  return BusinessDay.of(order.orderedAt) <= day && BusinessDay.start(day) <= order.payableUntil;
}

interface Waiting extends AwaitedOrder {
  readonly orderedOn: BusinessDay;
  readonly payableOn: BusinessDay;
}

/**
 * Orders that wait for a transfer. Which there may be, a read model says; what they are, their own streams;
 * the names of who ordered lie sealed and are read once for an import.
 */
export class DepositOrders {
  private readonly payers = new Map<AccountId, readonly string[]>();
  private waiting: readonly Waiting[] = [];

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly sealing: Sealing,
  ) {}

  /** Looks up the orders that deposits of these days may pay. */
  async lookUp(days: { readonly from: BusinessDay; readonly to: BusinessDay }): Promise<void> {
    const waiting: Waiting[] = [];
    for (const payment of await transferOrders(this.readModels, days)) {
      const state = await this.state(payment);
      if (!state.order || !isByTransfer(state)) continue;
      const { account, amount, orderedAt, payableUntil } = state.order;
      const payers = await this.payersOf(account);
      const period = { orderedOn: BusinessDay.of(orderedAt), payableOn: BusinessDay.of(payableUntil) };
      waiting.push({ payment, account, amount, payers, ...period });
    }
    this.waiting = waiting;
  }

  private async state(payment: string): Promise<PaymentState> {
    return (await this.runner.loadNewest(runningPayment, paymentStream(payment))).state;
  }

  /** Which of them a deposit pays, as they stand at this moment. */
  async match(deposit: MatchedDeposit, day: BusinessDay): Promise<Match> {
    for (;;) {
      const of = this.waiting.filter(({ orderedOn, payableOn }) => orderedOn <= day && day <= payableOn);
      const match = matchDeposit(deposit, of);
      const named = match.kind === 'matched' ? [match.order] : match.candidates;
      const over = new Set<string>();
      for (const { payment } of named) if (!awaits(await this.state(payment), day)) over.add(payment);
      if (over.size === 0) return match;
      // Paid or given up meanwhile: nobody waits for it any more.
      this.waiting = this.waiting.filter(({ payment }) => !over.has(payment));
    }
  }

  /** The names of a customer in kana, as contract and billing data have them. */
  private async payersOf(account: AccountId): Promise<readonly string[]> {
    const known = this.payers.get(account);
    if (known) return known;
    const { state } = await this.runner.loadNewest(runningParty, partyStream(account));
    const data = await Promise.all(
      [state.contract, state.billing].map(part => this.sealing.read<PartyData>(account, part)),
    );
    const names = data.flatMap(one => (one ? [one.nameKana, one.personKana] : []));
    const keys = [...new Set(names.map(payerKey).filter(key => key !== ''))];
    this.payers.set(account, keys);
    return keys;
  }
}
