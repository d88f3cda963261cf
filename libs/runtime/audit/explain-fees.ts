import {
  type AccountEvent,
  accountStream,
  bookStream,
  type ContractEvent,
  type PartyEvent,
  type PriceListEvent,
  partyStream,
  priceList,
  priceListAt,
  priceListOn,
  priceListStream,
  STANDARD_PRICE_LIST,
} from '#contracts';
import type { InvoiceDocument, InvoiceDocumentLine } from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth, Money, type StoredEvent } from '#kernel';
import type { EventStore } from '#ports';
import { feesAt } from '../contracts/order-costs.js';
import { decodeEvent } from '../engine/codecs.js';
import { debitOfNameChange } from '../parties/name-fees.js';
import { debitsOfLine } from '../prepaid/prepaid.queries.js';
import { runningAccount } from '../prepaid/wallets.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { Explanation } from './audit.shapes.js';
import { reference } from './explain-lines.js';
import { readableData } from './readable-event.js';

type Begun = Extract<ContractEvent, { type: 'ContractBegun' }>;
type Told = Pick<Explanation, 'id' | 'what' | 'whatJa' | 'amount'>;

function node(stored: StoredEvent, told: Told): Explanation {
  const facts = Object.entries(readableData(stored)).map(([k, v]) => [
    k,
    typeof v === 'string' ? v : JSON.stringify(v),
  ]);
  return { ...told, facts: Object.fromEntries(facts), events: [reference(stored)], causes: [] };
}

const MEASURED = {
  recording_bytes: ['Bytes kept of recordings', '録音の保存容量（バイト）'],
  invoice_sheets: ['Sheets of the invoice', '請求書の枚数'],
} as const;

/** Whether this report is why a unit of what was measured was debited. */
function isOfMeasured(
  debit: string,
  { contract, month, units, unitsBefore }: Extract<ContractEvent, { type: 'ContractMeasured' }>,
): boolean {
  const start = `${contract}-${BusinessMonth.text(month)}-unit`;
  const unit = Number.parseInt(debit.slice(start.length), 10);
  return debit.startsWith(start) && unit > unitsBefore && unit <= units;
}

/**
 * Where a fee comes from: order, contract, what ended it, and the version of the price list that it was
 * debited by: of what was bought that of its order, of a later month that of the 1st.
 * @param debited the event of the debit
 */
export async function explainFee(
  events: EventStore,
  account: AccountId,
  debit: string,
  debited: StoredEvent,
): Promise<Explanation[]> {
  const renamed = await explainNameChange(events, account, debit);
  if (renamed.length > 0) return renamed;
  const isOf = (id: string): boolean => debit.startsWith(`${id}-`);
  const found: Explanation[] = [];
  const ofOrder: Explanation[] = [];
  let begun: Begun | undefined;
  for await (const stored of events.readStream(bookStream(account))) {
    const event = decodeEvent(stored.stream, stored.type, stored.data) as ContractEvent;
    if (event.type === 'OrderPlaced' && isOf(event.order)) {
      const { order, net, priceList: list, priceVersion } = event;
      const told = { id: order, what: `Order ${order}`, whatJa: `注文 ${order}`, amount: Money.text(net) };
      ofOrder.push(...(await listOf(events, list, ({ version }) => version === priceVersion)));
      found.push(node(stored, told));
    } else if (event.type === 'ContractBegun' && isOf(event.contract)) {
      begun = event;
      const { contract, nameEn, nameJa, monthly } = event;
      const [what, whatJa] = [`Contract ${contract}: ${nameEn}`, `契約 ${contract}（${nameJa}）`];
      found.push(node(stored, { id: contract, what, whatJa, amount: Money.text(monthly) }));
    } else if (event.type === 'ContractMeasured' && isOfMeasured(debit, event)) {
      const { contract, amount, net, priceList, priceVersion } = event;
      const [en, ja] = MEASURED[event.what];
      const told = { id: contract, what: `${en}: ${amount}`, whatJa: `${ja}: ${amount}` };
      found.push(node(stored, { ...told, amount: Money.text(net) }));
      found.push(...(await listOf(events, priceList, ({ version }) => version === priceVersion)));
    } else if (event.type === 'CancellationAccepted' && isOf(event.contract)) {
      const { contract } = event;
      const [what, whatJa] = [`Cancellation of contract ${contract}`, `契約 ${contract} の解約`];
      found.push(node(stored, { id: contract, what, whatJa, amount: null }));
    }
  }
  const [order, ...rest] = found;
  if (order === undefined) return [];
  const month = begun && laterMonth(debit, begun);
  if (begun === undefined || month === undefined) return [order, ...ofOrder, ...rest];
  const inForce = await listOnThe1st(events, account, { month, debited, product: begun.product });
  return [{ ...order, causes: ofOrder }, ...inForce, ...rest];
}

/** The approval that a change of name was charged for. */
async function explainNameChange(
  events: EventStore,
  account: AccountId,
  debit: string,
): Promise<Explanation[]> {
  if (!debit.startsWith(debitOfNameChange(''))) return [];
  for await (const stored of events.readStream(partyStream(account))) {
    const event = decodeEvent(stored.stream, stored.type, stored.data) as PartyEvent;
    if (event.type !== 'NameChangeApproved' || debitOfNameChange(event.paper) !== debit) continue;
    const { paper, fee } = event;
    const [what, whatJa] = [`Change of name, proven by paper ${paper}`, `名義変更（書類 ${paper}）`];
    return [node(stored, { id: paper, what, whatJa, amount: Money.text(fee) })];
  }
  return [];
}

/** The month that a fee is of, where it is not the one in which its contract began. */
function laterMonth(debit: string, { since }: Begun): BusinessMonth | undefined {
  const [, text] = /-(\d{4}-\d{2})$/.exec(debit) ?? [];
  const month = text === undefined ? undefined : BusinessMonth.parse(text);
  return month !== undefined && month > BusinessMonth.ofDay(since) ? month : undefined;
}

/** What the fees of a month were debited by: as it was published and assigned by then. */
async function listOnThe1st(
  events: EventStore,
  account: AccountId,
  of: { readonly month: BusinessMonth; readonly debited: StoredEvent; readonly product: string },
): Promise<Explanation[]> {
  const { month, debited, product } = of;
  const { decider } = runningAccount;
  let opened = decider.fresh();
  for await (const stored of events.readStream(accountStream(account))) {
    if (stored.position > debited.position) break;
    opened = decider.evolve(opened, decodeEvent(stored.stream, stored.type, stored.data) as AccountEvent);
  }
  const list = opened.phase === 'open' ? priceListAt(opened, feesAt(month)) : STANDARD_PRICE_LIST;
  let state = priceList.fresh();
  for await (const stored of events.readStream(priceListStream(list))) {
    if (stored.position > debited.position) break;
    state = priceList.evolve(state, decodeEvent(stored.stream, stored.type, stored.data) as PriceListEvent);
  }
  const inForce = priceListOn(state, BusinessMonth.firstDay(month))?.version;
  return listOf(events, list, ({ version }) => version === inForce, product);
}

/**
 * The version of a price list: its event, without its products.
 * @param product the one whose price is told
 */
async function listOf(
  events: EventStore,
  name: string,
  isIt: (event: PriceListEvent) => boolean,
  product?: string,
): Promise<Explanation[]> {
  for await (const stored of events.readStream(priceListStream(name))) {
    const event = decodeEvent(stored.stream, stored.type, stored.data) as PriceListEvent;
    if (!isIt(event)) continue;
    const { version, validFrom, products } = event;
    const monthly = products.find(({ code }) => code === product)?.monthly;
    const priced = product !== undefined && monthly != null && { product, monthly: Money.text(monthly) };
    return [
      {
        id: `${name}@${version}`,
        what: `Price list ${name}, version ${version}`,
        whatJa: `価格表 ${name} 第${version}版`,
        amount: null,
        facts: {
          ...{ priceList: name, version: String(version), valid_from: BusinessDay.text(validFrom) },
          ...(priced || {}),
        },
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
