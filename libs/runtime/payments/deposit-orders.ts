import { type PartyData, party, partyEvents, partyStream } from '#contracts';
import { type AccountId, BusinessDay } from '#kernel';
import { type AwaitedOrder, type PaymentState, paymentStream } from '#payments';
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

/**
 * Orders that wait for a transfer. Which there may be, a read model says; what they are, their own streams;
 * the names of who ordered lie sealed and are read once for an import.
 */
export class DepositOrders {
  private readonly names = new Map<AccountId, readonly string[]>();
  private payments: readonly string[] = [];

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly sealing: Sealing,
  ) {}

  /** Looks up the orders that deposits of these days may pay. */
  async lookUp(days: { readonly from: BusinessDay; readonly to: BusinessDay }): Promise<void> {
    this.payments = await transferOrders(this.readModels, days);
  }

  /** Those that a deposit of this day may pay, as they stand at this moment. */
  async of(day: BusinessDay): Promise<AwaitedOrder[]> {
    const orders: AwaitedOrder[] = [];
    for (const payment of this.payments) {
      const { state } = await this.runner.loadNewest(runningPayment, paymentStream(payment));
      if (!awaits(state, day) || !isByTransfer(state)) continue;
      const { account, amount } = state.order!;
      orders.push({ payment, account, amount, names: await this.namesOf(account) });
    }
    return orders;
  }

  /** The names of a customer in kana, as contract and billing data have them. */
  private async namesOf(account: AccountId): Promise<readonly string[]> {
    const known = this.names.get(account);
    if (known) return known;
    const { state } = await this.runner.loadNewest(runningParty, partyStream(account));
    const data = await Promise.all(
      [state.contract, state.billing].map(part => this.sealing.read<PartyData>(account, part)),
    );
    const kana = data.flatMap(one => (one ? [one.nameKana, one.personKana] : []));
    const names = [...new Set(kana.filter(name => name !== ''))];
    this.names.set(account, names);
    return names;
  }
}
