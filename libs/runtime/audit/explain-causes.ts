import { type AccountId, BusinessDay, Instant, Money, type StoredEvent } from '#kernel';
import { accountOfWallet, type LotPart, type WalletEvent } from '#ledger';
import type { EventStore } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import { lotOf, positionsOf, reversalsBetween } from '../prepaid/prepaid.queries.js';
import type { ReadModels } from '../projecting/read-models.js';
import { reversedAfter } from '../reports/calls.queries.js';
import type { Explanation } from './audit.shapes.js';
import { eventAt } from './events-at.js';
import { reference } from './explain-lines.js';

const REVERSAL = /^ledger\.DebitReversed\.v\d+$/;

/** What an amount comes from, and what took it back. */
export class ExplainedCauses {
  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadModels,
  ) {}

  async lots(stored: StoredEvent, parts: readonly LotPart[]): Promise<Explanation[]> {
    const account = accountOfWallet(stored.stream);
    const found: Explanation[] = [];
    for (const part of parts) {
      const row = await lotOf(this.readModels, account, part.lot);
      const [credit] = await positionsOf(this.readModels, account, part.lot);
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
  async reversalOf(account: AccountId, callId: string, { entry, after }: { entry: number; after: number }) {
    const newest = await reversedAfter(this.readModels, account, { callId, after });
    if (newest === undefined) return undefined;
    for (const { position } of await reversalsBetween(this.readModels, account, { after, to: newest })) {
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
