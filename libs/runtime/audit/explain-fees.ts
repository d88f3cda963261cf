import { bookStream, type ContractEvent, priceListStream } from '#contracts';
import type { InvoiceDocument, InvoiceDocumentLine } from '#invoicing';
import { type AccountId, BusinessMonth, Money, type StoredEvent } from '#kernel';
import type { EventStore } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import { debitsOfLine } from '../prepaid/prepaid.queries.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { Explanation } from './audit.shapes.js';
import { reference } from './explain-lines.js';
import { readableData } from './readable-event.js';

type Told = Pick<Explanation, 'id' | 'what' | 'whatJa' | 'amount'>;

function node(stored: StoredEvent, told: Told): Explanation {
  const facts = Object.entries(readableData(stored)).map(([k, v]) => [
    k,
    typeof v === 'string' ? v : JSON.stringify(v),
  ]);
  return { ...told, facts: Object.fromEntries(facts), events: [reference(stored)], causes: [] };
}

/** Where a fee comes from: order, contract, what ended it, and the price list that it was bought by. */
export async function explainFee(
  events: EventStore,
  account: AccountId,
  debit: string,
): Promise<Explanation[]> {
  const found: Explanation[] = [];
  const isOf = (id: string): boolean => debit.startsWith(`${id}-`);
  for await (const stored of events.readStream(bookStream(account))) {
    const event = decodeEvent(stored.stream, stored.type, stored.data) as ContractEvent;
    if (event.type === 'OrderPlaced' && isOf(event.order)) {
      const { order, net, priceList, priceVersion } = event;
      const told = { id: order, what: `Order ${order}`, whatJa: `注文 ${order}`, amount: Money.text(net) };
      found.push(node(stored, told), ...(await listOf(events, priceList, priceVersion)));
    } else if (event.type === 'ContractBegun' && isOf(event.contract)) {
      const { contract, nameEn, nameJa, monthly } = event;
      const [what, whatJa] = [`Contract ${contract}: ${nameEn}`, `契約 ${contract}（${nameJa}）`];
      found.push(node(stored, { id: contract, what, whatJa, amount: Money.text(monthly) }));
    } else if (event.type === 'CancellationAccepted' && isOf(event.contract)) {
      const { contract } = event;
      const [what, whatJa] = [`Cancellation of contract ${contract}`, `契約 ${contract} の解約`];
      found.push(node(stored, { id: contract, what, whatJa, amount: null }));
    }
  }
  return found;
}

/** The version of a price list: its event, without its products. */
async function listOf(events: EventStore, name: string, version: number): Promise<Explanation[]> {
  for await (const stored of events.readStream(priceListStream(name))) {
    const { version: of } = decodeEvent(stored.stream, stored.type, stored.data) as { version?: number };
    if (of !== version) continue;
    const [what, whatJa] = [`Price list ${name}, version ${version}`, `価格表 ${name} 第${version}版`];
    const facts = { priceList: name, version: String(version) };
    return [
      {
        id: `${name}@${version}`,
        what,
        whatJa,
        amount: null,
        facts,
        events: [reference(stored)],
        causes: [],
      },
    ];
  }
  return [];
}

/** The debits that an invoice line of fees is the sum of, oldest first. */
export async function debitsUnder(
  readModels: ReadModels,
  { account, month }: InvoiceDocument,
  { kind, category, net, quantity }: InvoiceDocumentLine,
): Promise<Explanation[]> {
  if (kind === 'usage' || kind === 'discount') return [];
  const of = { account: account as AccountId, month: BusinessMonth.parse(month), kind, category };
  const rows = await debitsOfLine(readModels, of);
  const sameUnit = rows.filter(row => row.net !== null && row.net * quantity === Money.of(net));
  return sameUnit.map(({ ref, net: one }) => ({
    ...{ id: ref, what: `${category} (${ref})`, whatJa: `${category}（${ref}）` },
    ...{ amount: one === null ? null : Money.text(one), facts: {}, events: [], causes: [] },
  }));
}
