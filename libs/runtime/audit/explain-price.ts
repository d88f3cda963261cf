import { type TariffEvent, tariffStream } from '#contracts';
import { Money, PhoneNumber, type StoredEvent } from '#kernel';
import type { WalletEvent } from '#ledger';
import type { EventStore } from '#ports';
import {
  amountMoney,
  type EncodedTariffRow,
  fitsPrefix,
  NO_RATE,
  type PricePart,
  priceNumber,
  priceParts,
  secondsText,
  TariffIndex,
} from '#rating';
import { decodeRows } from '../catalogue/catalogue.service.js';
import { decodeEvent } from '../engine/codecs.js';
import type { Explanation } from './audit.shapes.js';
import { reference } from './explain-lines.js';

type CallDebited = Extract<WalletEvent, { type: 'CallDebited' }>;

/**
 * How the net of a call came about: the rows of the tariff, the one of its start first, and the sum in
 * figures.
 */
export interface PriceExplained {
  readonly rows: readonly Explanation[];
  readonly arithmetic: string;
}

/** Read from the version of the tariff that priced the call. */
export async function explainPrice(events: EventStore, event: CallDebited): Promise<PriceExplained> {
  const { tariff, tariffVersion, tariffRow: line } = event.price;
  for await (const stored of events.readStream(tariffStream(tariff))) {
    const published = decodeEvent(stored.stream, stored.type, stored.data) as TariffEvent;
    if (published.version !== tariffVersion) continue;
    const rows = published.rows as readonly EncodedTariffRow[];
    const start = rows.find(row => String(row.line) === String(line));
    if (start) return explained(stored, event, rows, start);
  }
  return { rows: [], arithmetic: `${Money.text(event.net)}` };
}

function explained(
  stored: StoredEvent,
  event: CallDebited,
  rows: readonly EncodedTariffRow[],
  start: EncodedTariffRow,
): PriceExplained {
  const parts = partsOf(event, rows);
  const net = Money.text(event.net);
  const lines = new Set([start.line, ...parts.map(({ row }) => String(row.line))]);
  const told = [...lines].map(line => rows.find(row => String(row.line) === String(line))!);
  const fee = start.connect_fee && start.connect_fee !== '0' ? `${start.connect_fee} + ` : '';
  const sum = parts.length > 1 ? parts.map(partText).join(' + ') : wholeText(event, start);
  return {
    rows: told.map(row => rowExplained(stored, event.price.tariff, event.price.tariffVersion, row)),
    arithmetic: `${fee}${sum} = ${net}`,
  };
}

/** None where today's rules give another price than the one that was charged then. */
function partsOf(event: CallDebited, rows: readonly EncodedTariffRow[]): readonly PricePart[] {
  const { call, price } = event;
  for (const written of call.direction === 'in' ? [call.to, call.number] : [call.to]) {
    const number = PhoneNumber.read(written);
    if (number === null) continue;
    const index = new TariffIndex(
      price.tariff,
      decodeRows(rows.filter(row => fitsPrefix(row.prefix ?? '', number))),
    );
    const priced = priceNumber(index, call, number);
    if (priced !== NO_RATE && amountMoney(priced) === event.net) return priceParts(index, call, number);
  }
  return [];
}

function partText({ row, ms, firstPrice }: PricePart): string {
  const share = ms === 0 ? '' : `${row.price} x ${secondsText(ms)} / ${secondsText(row.perMs)}`;
  return [firstPrice ?? '', share].filter(Boolean).join(' + ');
}

/** A call within one row. */
function wholeText({ price }: CallDebited, row: EncodedTariffRow): string {
  const first = row.first_price ? ` (first increment ${row.first_price})` : '';
  return `${row.price} x ${price.chargedSeconds} / ${row.per_s}${first}`;
}

const rowExplained = (
  stored: StoredEvent,
  tariff: string,
  version: number,
  row: EncodedTariffRow,
): Explanation => ({
  id: `tariff ${tariff} version ${version} line ${row.line}`,
  what: `Tariff row: ${row.price} yen per ${row.per_s} s, prefix ${row.prefix}`,
  whatJa: `料金表: ${row.per_s}秒ごと${row.price}円、プレフィックス ${row.prefix}`,
  amount: null,
  facts: { ...row } as Record<string, string>,
  events: [reference(stored)],
  causes: [],
});
