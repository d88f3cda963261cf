import { sql } from 'kysely';
import type { InvoiceDocument, InvoiceDocumentLine } from '#invoicing';
import { BusinessMonth, formatDuration, Instant, Money, type StoredEvent } from '#kernel';
import type { ReadStore } from '#ports';
import type { Explanation } from '../product.js';
import { readableStream } from './readable-event.js';

/** Calls told one by one under an invoice line; the rest is named by a count. */
const CALLS_PER_LINE = 10_000;

interface CallOfLine {
  readonly call_id: string;
  readonly net: Money;
  readonly position: number;
  readonly dialled: string;
  readonly started_at: Instant;
  readonly duration_ms: number;
}

/** A line of an invoice and its calls; a line of another kind has none. */
export interface LineOfCalls {
  readonly line: InvoiceDocumentLine;
  readonly calls: readonly CallOfLine[];
}

/** Where an event stands, for whoever wants to see it. */
export const reference = (stored: StoredEvent) => ({
  position: stored.position,
  type: stored.type,
  stream: readableStream(stored.stream),
  hash: stored.hash,
});

/** The calls of a usage line, oldest first. */
export async function callsOfLine(
  readModels: ReadStore,
  document: InvoiceDocument,
  line: InvoiceDocumentLine,
): Promise<CallOfLine[]> {
  if (line.kind !== 'usage') return [];
  const usageMonth = BusinessMonth.parse(line.usageMonth);
  const rows = await readModels.db
    .selectFrom('calls')
    .select(['call_id', 'net', 'position', 'started_at', 'duration_ms'])
    .select(sql<string>`coalesce(to_written, to_number)`.as('dialled'))
    .where('account', '=', document.account)
    .where('billing_month', '=', BusinessMonth.parse(document.month))
    .where('category', '=', line.category)
    .where('tax_category', '=', line.taxCategory)
    .where('started_at', '>=', BusinessMonth.start(usageMonth))
    .where('started_at', '<=', BusinessMonth.end(usageMonth))
    .orderBy('started_at')
    .orderBy('position')
    .limit(CALLS_PER_LINE)
    .execute();
  return rows as CallOfLine[];
}

/** A line with what it is the sum of; `found` are the calls' events by position. */
export function lineExplained(
  document: InvoiceDocument,
  { line, calls }: LineOfCalls,
  found: ReadonlyMap<number, StoredEvent>,
): Explanation {
  const common = {
    id: `${document.number}/${line.item}/${line.usageMonth}`,
    what: `${line.item} ${line.usageMonth} (${line.taxCategory})`,
    whatJa: `${line.item} ${line.content}`,
    amount: line.net,
    events: [],
  };
  if (line.kind !== 'usage') return { ...common, facts: { quantity: String(line.quantity) }, causes: [] };
  const causes = calls.map((call): Explanation => {
    const charged = found.get(call.position);
    return {
      id: call.call_id,
      what: `Call to ${call.dialled}, ${formatDuration(call.duration_ms)}`,
      whatJa: `${call.dialled} への通話 ${formatDuration(call.duration_ms)}`,
      amount: Money.text(call.net),
      facts: { start: Instant.text(call.started_at) },
      events: charged ? [reference(charged)] : [],
      causes: [],
    };
  });
  const sum = Money.sum(calls.map(call => call.net));
  const takenBack = Money.subtract(sum, Money.parse(line.net));
  const facts: Record<string, string> = {
    calls: String(line.quantity),
    sumOfCalls: Money.text(sum),
    ...(takenBack > 0 ? { takenBack: Money.text(takenBack) } : {}),
  };
  return { ...common, facts, causes };
}
