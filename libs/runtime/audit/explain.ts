import {
  type AccountId,
  BusinessMonth,
  formatDuration,
  Instant,
  Money,
  percentText,
  type StoredEvent,
} from '#kernel';
import { accountOfWallet, type LotPart, type WalletEvent } from '#ledger';
import type { EventStore, RecordedCommand } from '#ports';
import { invoiceNumberOf, invoiceWithPosition } from '../closing/invoices.queries.js';
import { decodeEvent } from '../engine/codecs.js';
import { entriesOf } from '../prepaid/call-entries.js';
import { firstPositionOf } from '../prepaid/prepaid.queries.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { Explanation } from './audit.shapes.js';
import { eventAt, eventsAt } from './events-at.js';
import { ExplainedCauses } from './explain-causes.js';
import { debitsUnder, explainFee } from './explain-fees.js';
import { type LineOfCalls, lineExplained, reference, withCalls } from './explain-lines.js';
import { explainPrice } from './explain-price.js';
import { readableData, readableStream } from './readable-event.js';

type CallDebited = Extract<WalletEvent, { type: 'CallDebited' }>;

/** What moved money or noted a call: all that an amount can come from by itself. */
const isOfWallet = ({ type }: StoredEvent): boolean => type.startsWith('ledger.');

/** Booked beside what a command was about. */
const BESIDE =
  /^ledger\.(WalletOpened|WalletClosed|LotExpired|ReceivablePaid|ReceivablePaymentReturned)\.v\d+$/;
const CALL = /^ledger\.Call(Charged|Noted)\.v\d+$/;
const corrected = (entry: Explanation): Explanation => ({
  ...entry,
  what: `Before it was corrected: ${entry.what}`,
  whatJa: `訂正前: ${entry.whatJa}`,
});

/** From any amount back to its causes: invoice line -> calls -> tariff row and lots -> events. */
export class Explainer {
  private readonly causes: ExplainedCauses;

  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadModels,
  ) {
    this.causes = new ExplainedCauses(events, readModels);
  }

  /**
   * An invoice number, a call id, `#position`, `account@month`, or the id of a lot, debit, adjustment or
   * reversal.
   * @param log whether all of the log may be read; else only what moved money, by its own id
   */
  async explain(id: string, log: boolean): Promise<Explanation | undefined> {
    if (id === '') return undefined;
    if (id.startsWith('#')) {
      const asked = log && /^#[1-9]\d{0,14}$/.test(id);
      return asked ? this.position(Number.parseInt(id.slice(1), 10), log) : undefined;
    }
    const accountMonth = /^([A-Za-z0-9.-]+)@(\d{4}-\d{2})$/.exec(id);
    if (accountMonth) return this.month(accountMonth[1] as AccountId, BusinessMonth.parse(accountMonth[2]!));
    return (
      (await this.invoice(id)) ??
      (await this.callChain(id, log)) ??
      (await this.reference(id, log)) ??
      this.command(id, log)
    );
  }

  private async month(account: AccountId, month: BusinessMonth): Promise<Explanation | undefined> {
    const number = await invoiceNumberOf(this.readModels, account, month);
    return number === undefined ? undefined : this.invoice(number);
  }

  private async invoice(number: string): Promise<Explanation | undefined> {
    const issuedAs = await invoiceWithPosition(this.readModels, number);
    if (!issuedAs) return undefined;
    const { document, position } = issuedAs;
    const lines: LineOfCalls[] = [];
    for (const line of document.lines) lines.push(await withCalls(this.readModels, document, line));
    const positions = lines.flatMap(({ calls }) => calls.map(call => call.position));
    const found = await eventsAt(this.events, [position, ...positions]);
    const issued = found.get(position);
    const causes: Explanation[] = [];
    for (const one of lines) {
      const fees = await debitsUnder(this.readModels, document, one.line);
      const explained = lineExplained(document, one, found);
      causes.push({ ...explained, causes: [...explained.causes, ...fees] });
    }
    return {
      id: number,
      what: `Invoice of ${document.account} for ${document.month}`,
      whatJa: `${document.account} ${document.subject}`,
      amount: document.total,
      facts: {
        net: document.net,
        tax: document.tax,
        ...Object.fromEntries(
          document.subtotals.map(s => [
            `${s.taxCategory} ${percentText(s.taxRate)}%`,
            `net ${s.net}, tax ${s.tax}`,
          ]),
        ),
        taxRounding: document.taxRounding,
      },
      events: issued ? [reference(issued)] : [],
      causes,
    };
  }

  /** What the command with this id recorded. */
  private async command(id: string, log: boolean): Promise<Explanation | undefined> {
    const found = (await this.events.findCommands([id])).get(id);
    if (!found) return undefined;
    let said = found.firstPosition + found.count - 1;
    // What was asked for, not what had to be booked beside it.
    for await (const stored of this.events.readAll({ from: found.firstPosition, limit: found.count }))
      if (!BESIDE.test(stored.type)) said = stored.position;
    return this.position(said, log);
  }

  /**
   * A call by its id: its newest entry, and before it, the last one first, each entry that was corrected with
   * the reversal that took it back. A command may book more than the call: an expiry that was due, a debt
   * that was paid.
   */
  private async callChain(callId: string, log: boolean): Promise<Explanation | undefined> {
    let newest: Explanation | undefined;
    let takenBack: readonly Explanation[] = [];
    let earlier: readonly Explanation[] = [];
    for (const [i, found] of (await entriesOf(this.events, callId)).entries()) {
      const stored = await this.callEvent(found);
      const explained = stored && (await this.position(stored.position, log));
      if (!explained) continue;
      const account = accountOfWallet(stored.stream);
      const of = { entry: i + 1, after: stored.position };
      const reversal = await this.causes.reversalOf(account, callId, of);
      if (newest) earlier = [...takenBack, corrected(newest), ...earlier];
      takenBack = reversal ? [reversal.node] : [];
      newest = { ...explained, facts: { ...explained.facts, ...reversal?.facts } };
    }
    return newest && { ...newest, causes: [...newest.causes, ...takenBack, ...earlier] };
  }

  private async callEvent(found: RecordedCommand): Promise<StoredEvent | undefined> {
    for await (const stored of this.events.readAll({ from: found.firstPosition, limit: found.count }))
      if (CALL.test(stored.type)) return stored;
    return undefined;
  }

  /** A lot, debit, adjustment or reversal by its own id. */
  private async reference(id: string, log: boolean): Promise<Explanation | undefined> {
    const first = await firstPositionOf(this.readModels, id);
    return first && this.position(first.position, log);
  }

  private async position(position: number, log: boolean): Promise<Explanation | undefined> {
    const stored = await eventAt(this.events, position);
    if (!stored || !(log || isOfWallet(stored))) return undefined;
    const event = decodeEvent(stored.stream, stored.type, stored.data);
    if (/^ledger\.CallCharged\.v/.test(stored.type)) return this.call(stored, event as CallDebited);
    const facts = Object.fromEntries(
      Object.entries(readableData(stored)).map(([k, v]) => [
        k,
        typeof v === 'string' ? v : JSON.stringify(v),
      ]),
    );
    const parts = (event as { parts?: readonly LotPart[] }).parts ?? [];
    return {
      id: `#${position}`,
      what: `${stored.type} in ${readableStream(stored.stream)}`,
      whatJa: `${readableStream(stored.stream)} の ${stored.type}`,
      amount: typeof facts['amount'] === 'string' ? facts['amount'] : null,
      facts: {
        ...facts,
        actor: stored.meta.actor,
        recordedAt: stored.meta.recordedAt,
        ...(log ? { command: stored.meta.commandId } : {}),
      },
      events: [reference(stored)],
      causes: [...(await this.feeOf(stored)), ...(await this.causes.lots(stored, parts))],
    };
  }

  /** What a fee was debited for; nothing for what is no fee of a contract. */
  private async feeOf(stored: StoredEvent): Promise<readonly Explanation[]> {
    if (!/^ledger\.Debited\.v/.test(stored.type)) return [];
    const { debit } = decodeEvent(stored.stream, stored.type, stored.data) as { debit: string };
    return explainFee(this.events, accountOfWallet(stored.stream), debit, stored);
  }

  private async call(stored: StoredEvent, event: CallDebited): Promise<Explanation> {
    const { call, price } = event;
    const prices = await explainPrice(this.events, event);
    const causes = [...prices.rows, ...(await this.causes.lots(stored, event.parts))];
    return {
      id: call.callId,
      what: `Call to ${call.to}, ${formatDuration(call.durationMs)}`,
      whatJa: `${call.to} への通話 ${formatDuration(call.durationMs)}`,
      amount: Money.text(event.net),
      facts: {
        start: Instant.text(call.startedAt),
        answer: call.answeredAt === null ? '' : Instant.text(call.answeredAt),
        end: Instant.text(call.endedAt),
        charged: `${price.chargedSeconds} s in ${price.increments} increments`,
        arithmetic: prices.arithmetic,
        tax: `${Money.text(event.net)} x ${percentText(event.taxRate)}% = ${Money.text(event.tax)}`,
        billingMonth: BusinessMonth.text(event.billingMonth),
        ...(event.receivable > 0 ? { owed: Money.text(event.receivable) } : {}),
      },
      factsJa: { charged: `${price.chargedSeconds}秒（課金単位 ${price.increments}回）` },
      events: [reference(stored)],
      causes,
    };
  }
}
