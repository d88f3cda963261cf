import type { InvoiceDocument, InvoiceDocumentLine } from '#invoicing';
import { type AccountId, BusinessMonth, formatDuration, Instant, Money, type StoredEvent } from '#kernel';
import type { ReadModels } from '../projecting/read-models.js';
import { callsOfLine } from '../reports/calls.queries.js';
import type { Explanation } from './audit.shapes.js';
import { readableStream } from './readable-event.js';

/** Calls told one by one under an invoice line; the rest is named by a count. */
const CALLS_PER_LINE = 10_000;

type CallOfLine = Awaited<ReturnType<typeof callsOfLine>>[number];

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

/** A line with its calls, oldest first; one of another kind has none. */
export async function withCalls(
  readModels: ReadModels,
  document: InvoiceDocument,
  line: InvoiceDocumentLine,
): Promise<LineOfCalls> {
  if (line.kind !== 'usage') return { line, calls: [] };
  const of = {
    account: document.account as AccountId,
    billingMonth: BusinessMonth.parse(document.month),
    usageMonth: BusinessMonth.parse(line.usageMonth),
    category: line.category,
    taxCategory: line.taxCategory,
  };
  return { line, calls: await callsOfLine(readModels, of, CALLS_PER_LINE) };
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
  const takenBack = Money.subtract(sum, Money.of(line.net));
  const facts: Record<string, string> = {
    calls: String(line.quantity),
    sumOfCalls: Money.text(sum),
    ...(takenBack > 0 ? { takenBack: Money.text(takenBack) } : {}),
  };
  return { ...common, facts, causes };
}
