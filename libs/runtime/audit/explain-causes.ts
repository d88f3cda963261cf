import { BusinessDay, Instant, Money, type StoredEvent } from '#kernel';
import type { LotPart, WalletEvent } from '#ledger';
import type { EventStore, ReadStore } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import type { Explanation } from '../product.js';
import { eventAt } from './events-at.js';
import { reference } from './explain-lines.js';

const REVERSAL = /^ledger\.DebitReversed\.v\d+$/;

/** What an amount comes from, and what took it back. */
export class ExplainedCauses {
  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadStore,
  ) {}

  async lots(stored: StoredEvent, parts: readonly LotPart[]): Promise<Explanation[]> {
    const account = stored.stream.startsWith('wallet-')
      ? stored.stream.slice('wallet-'.length, stored.stream.lastIndexOf('_'))
      : '';
    const found: Explanation[] = [];
    for (const part of parts) {
      const row = (await this.readModels.db
        .selectFrom('lots')
        .selectAll()
        .where('account', '=', account)
        .where('lot', '=', part.lot)
        .executeTakeFirst()) as
        | { method: string; credited: Money; issued_at: Instant; expires_on: BusinessDay }
        | undefined;
      const credit = (await this.readModels.db
        .selectFrom('prepaid_history')
        .select('position')
        .where('account', '=', account)
        .where('ref', '=', part.lot)
        .orderBy('position')
        .executeTakeFirst()) as { position: number } | undefined;
      const event = credit ? await eventAt(this.events, credit.position) : undefined;
      found.push({
        id: part.lot,
        what: `From lot ${part.lot} (${part.kind})`,
        whatJa: `ロット ${part.lot} から`,
        amount: Money.text(part.amount),
        facts: row
          ? {
              method: row.method,
              credited: Money.text(row.credited),
              issued: Instant.text(row.issued_at),
              expires: BusinessDay.text(row.expires_on),
            }
          : {},
        events: event ? [reference(event)] : [],
        causes: [],
      });
    }
    return found;
  }

  /**
   * The reversal of an entry of a call id: it stands after the entry in the history of the account.
   * @param after position of the entry
   */
  async reversalOf(account: string, callId: string, { entry, after }: { entry: number; after: number }) {
    const newest = await this.readModels.db
      .selectFrom('reversed_calls')
      .select('position')
      .where('account', '=', account)
      .where('call_id', '=', callId)
      .where('position', '>', after)
      .executeTakeFirst();
    if (!newest) return undefined;
    const rows = (await this.readModels.db
      .selectFrom('prepaid_history')
      .select('position')
      .where('account', '=', account)
      .where('item', '=', 'reversal')
      .where('position', '>', after)
      .where('position', '<=', (newest as { position: number }).position)
      .orderBy('position')
      .execute()) as { position: number }[];
    for (const { position } of rows) {
      const stored = await eventAt(this.events, position);
      if (!stored || !REVERSAL.test(stored.type)) continue;
      const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
      if (event.type !== 'DebitReversed' || event.debit !== callId) continue;
      if ((event.call?.entry ?? 1) === entry) return this.reversal(stored, event);
    }
    return undefined;
  }

  private async reversal(stored: StoredEvent, event: Extract<WalletEvent, { type: 'DebitReversed' }>) {
    const amount = Money.text(Money.negate(event.net));
    const facts = {
      reversedBy: event.reversal,
      reversedAt: Instant.text(event.at),
      reversalReason: event.reason,
    };
    const node: Explanation = {
      id: event.reversal,
      what: `Taken back by reversal ${event.reversal}: ${event.reason}`,
      whatJa: `取消 ${event.reversal}: ${event.reason}`,
      amount,
      facts: { net: amount, tax: Money.text(Money.negate(event.tax)), actor: stored.meta.actor },
      events: [reference(stored)],
      causes: await this.lots(stored, event.parts),
    };
    return { facts, node };
  }
}
