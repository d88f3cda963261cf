import { type AccountId, BusinessMonth, Money } from '#kernel';
import { type OriginalDebit, type WalletEvent, walletEvents } from '#ledger';
import type { EventStore } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import type { ReadModels } from '../projecting/read-models.js';
import { entriesOf } from './call-entries.js';
import { positionsOf } from './prepaid.queries.js';

type EventOf<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;
type CallEvent = EventOf<'CallDebited'> | EventOf<'CallNoted'>;

/**
 * Finds the debit that is to be taken back. What never changes of it may be looked up; the wallet decides.
 */
export class OriginalDebits {
  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * A debit as its own event tells it: the newest entry of a call id, or a debit found by its place in the
   * history. Which lots value can come back to is another question (`SpentLots`).
   */
  async find(account: AccountId, debit: string): Promise<OriginalDebit | undefined> {
    return (await this.call(account, debit)) ?? (await this.debited(account, debit));
  }

  private async call(account: AccountId, callId: string): Promise<OriginalDebit | undefined> {
    const entries = await entriesOf(this.events, callId);
    const found = entries.at(-1);
    if (!found?.stream.startsWith(`wallet-${account}_`)) return undefined;
    for await (const stored of this.events.readAll({ from: found.firstPosition, limit: found.count })) {
      const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
      if (event.type === 'CallDebited' || event.type === 'CallNoted')
        return originalCall(event, entries.length);
    }
    return undefined;
  }

  private async debited(account: AccountId, debit: string): Promise<OriginalDebit | undefined> {
    for (const { position } of await positionsOf(this.readModels, account, debit)) {
      for await (const stored of this.events.readAll({ from: position, limit: 1 })) {
        const event = walletEvents.codec.decode(stored.type, JSON.parse(stored.data));
        if (event.type !== 'Debited' || event.debit !== debit) continue;
        const { kind, category, taxCategory, taxRate, billingMonth, net, tax, parts, receivable } = event;
        const sums = { category, taxCategory, taxRate, billingMonth, net, tax, parts, receivable };
        return { ...sums, debit, kind, usageMonth: billingMonth, lots: [] };
      }
    }
    return undefined;
  }
}

/** A call as its event tells it; one that cost nothing drew nothing. */
function originalCall(event: CallEvent, entry: number): OriginalDebit {
  const { category, billingMonth, call } = event;
  const debited = event.type === 'CallDebited' ? event : null;
  return {
    debit: call.callId,
    kind: 'usage',
    category,
    taxCategory: debited?.taxCategory ?? 'out_of_scope',
    taxRate: debited?.taxRate ?? 0,
    billingMonth,
    usageMonth: BusinessMonth.of(call.startedAt),
    net: debited?.net ?? Money.zero,
    tax: debited?.tax ?? Money.zero,
    parts: debited?.parts ?? [],
    receivable: debited?.receivable ?? Money.zero,
    lots: [],
    durationMs: call.durationMs,
    call: { direction: call.direction, why: event.type === 'CallNoted' ? event.why : null, entry },
  };
}
