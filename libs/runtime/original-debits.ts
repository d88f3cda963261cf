import { type AccountId, BusinessMonth } from '#kernel';
import { type LotFacts, type OriginalDebit, type WalletEvent, walletEvents } from '#ledger';
import type { EventStore, ReadStore } from '#ports';
import { callCommandId } from './call-pricing.js';
import { decodeEvent } from './codecs.js';

type EventOf<Type extends WalletEvent['type']> = Extract<WalletEvent, { type: Type }>;

/**
 * Finds the debit that is to be taken back. What never changes of it may be looked up; the wallet decides.
 */
export class OriginalDebits {
  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadStore,
  ) {}

  /** A debit as its own event tells it: found by the call's command, or by its place in the history. */
  async find(account: AccountId, debit: string): Promise<OriginalDebit | undefined> {
    const event = (await this.chargedCall(account, debit)) ?? (await this.debited(account, debit));
    if (!event) return undefined;
    const { category, taxCategory, taxRate, billingMonth, net, tax, parts, receivable } = event;
    const common = { category, taxCategory, taxRate, billingMonth, net, tax, parts, receivable };
    const lots = await this.lotFacts(
      account,
      parts.map(part => part.lot),
    );
    if (event.type === 'Debited')
      return { ...common, lots, debit, kind: event.kind, usageMonth: event.billingMonth };
    const { startedAt, durationMs } = event.call;
    return { ...common, lots, debit, kind: 'usage', usageMonth: BusinessMonth.of(startedAt), durationMs };
  }

  private async chargedCall(account: AccountId, callId: string): Promise<EventOf<'CallCharged'> | undefined> {
    const id = callCommandId(callId);
    const { events } = this;
    const found = (await events.findCommands([id])).get(id);
    if (!found?.stream.startsWith(`wallet-${account}_`)) return undefined;
    for await (const stored of events.readAll({ from: found.firstPosition, limit: found.count })) {
      const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
      if (event.type === 'CallCharged') return event;
    }
    return undefined;
  }

  private async debited(account: AccountId, debit: string): Promise<EventOf<'Debited'> | undefined> {
    const rows = await this.readModels.db
      .selectFrom('prepaid_history')
      .select('position')
      .where('account', '=', account)
      .where('ref', '=', debit)
      .execute();
    for (const { position } of rows as { position: number }[]) {
      for await (const stored of this.events.readAll({ from: position, limit: 1 })) {
        const event = walletEvents.codec.decode(stored.type, JSON.parse(stored.data));
        if (event.type === 'Debited' && event.debit === debit) return event;
      }
    }
    return undefined;
  }

  private async lotFacts(account: AccountId, lots: readonly string[]): Promise<LotFacts[]> {
    if (lots.length === 0) return [];
    const found = await this.readModels.db
      .selectFrom('lots')
      .select(['lot', 'kind', 'issued_at as issuedAt', 'expires_on as expiresOn', 'credited'])
      .where('account', '=', account)
      .where('lot', 'in', [...new Set(lots)])
      .execute();
    return found as LotFacts[];
  }
}
