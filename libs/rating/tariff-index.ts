import { DAY_MS, type Instant, JST_OFFSET_MS, PhoneNumber } from '#kernel';
import { prefixKeys } from './prefix.js';
import type { CallDirection, TariffRow } from './tariff.js';
import { inForce, isAlways, nextChange, type Season } from './tariff-days.js';

/** Decimals in which prices are computed exactly before the one rounding: a price has at most 8. */
const fractionDigits = (text: string): number =>
  text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;

/**
 * A checked decimal text as an integer at `10^-scale`, digit by digit: no float between; at most 15 digits.
 */
function scaled(text: string, scale: number): number {
  let units = 0;
  for (const c of text) if (c !== '.') units = units * 10 + (c.charCodeAt(0) - 48);
  return units * 10 ** (scale - fractionDigits(text));
}

/** A tariff row made ready for integer arithmetic. All amounts are safe integers at `10^-scale` yen. */
export class PricedRow implements Season {
  readonly validFrom: TariffRow['validFrom'];
  readonly validTo: TariffRow['validTo'];
  readonly days: number;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly scale: number;
  readonly connectFee: number;
  readonly price: number;
  readonly firstPrice: number | null;
  /**
   * What a call costs apart from `price` x time / `perMs`, times `perMs`; the first increment's time is free
   * when it has its own price.
   */
  readonly fixedTimesPer: number;
  readonly freeMs: number;
  /** units at `row.decimals` = (fixedTimesPer + price x ms) x numerator / denominator. */
  readonly numerator: number;
  readonly denominator: number;
  /** False where `fixedTimesPer` leaves the safe integers: such a row is computed with BigInt. */
  readonly exact: boolean;
  readonly firstMs: number;
  readonly incrementMs: number;

  constructor(
    readonly row: TariffRow,
    readonly group: PrefixRows,
  ) {
    ({ validFrom: this.validFrom, validTo: this.validTo, days: this.days } = row);
    ({ fromMinute: this.fromMinute, toMinute: this.toMinute } = row);
    this.scale = Math.max(...[row.price, row.connectFee, row.firstPrice ?? '0'].map(fractionDigits));
    this.connectFee = scaled(row.connectFee, this.scale);
    this.price = scaled(row.price, this.scale);
    this.firstPrice = row.firstPrice === null ? null : scaled(row.firstPrice, this.scale);
    this.freeMs = row.firstPrice === null ? 0 : row.firstIncrementMs;
    this.fixedTimesPer = (this.connectFee + (this.firstPrice ?? 0)) * row.perMs;
    this.exact = Number.isSafeInteger(this.fixedTimesPer);
    this.firstMs = row.firstIncrementMs;
    this.incrementMs = row.incrementMs;
    this.numerator = 10 ** Math.max(0, row.decimals - this.scale);
    this.denominator = row.perMs * 10 ** Math.max(0, this.scale - row.decimals);
  }
}

/** All rows of one prefix and direction, and the next shorter prefix that has rows. */
export class PrefixRows {
  readonly rows: PricedRow[] = [];
  shorter: PrefixRows | null = null;
  /** Every row is in force all day, every day, between its dates: the usual tariff. */
  plain = true;

  add(row: TariffRow): void {
    this.rows.push(new PricedRow(row, this));
    this.plain &&= isAlways(row);
  }

  at(instant: Instant): PricedRow | undefined {
    if (!this.plain) return inForce(this.rows, instant);
    const day = Math.floor((instant + JST_OFFSET_MS) / DAY_MS);
    for (const row of this.rows)
      if (day >= row.validFrom && (row.validTo === null || day <= row.validTo)) return row;
    return undefined;
  }

  /** Of this prefix and all shorter ones: the row of the longest that has one in force. */
  inForce(at: Instant): PricedRow | undefined {
    for (let rows: PrefixRows | null = this; rows !== null; rows = rows.shorter) {
      const row = rows.at(at);
      if (row) return row;
    }
    return undefined;
  }

  /**
   * Whether `inForce` surely stays at `row`, which it is at `from`, for every instant before `to`: the call
   * needs no splitting. What shorter prefixes do is all one while this row is in force.
   */
  staysAt(row: PricedRow, from: Instant, to: Instant): boolean {
    for (let rows: PrefixRows | null = this; rows !== null && rows !== row.group; rows = rows.shorter)
      if (rows.begins(from, to)) return false;
    if (!row.group.plain) return nextChange(row.group.rows, from) >= to;
    return row.validTo === null || (row.validTo + 1) * DAY_MS - JST_OFFSET_MS >= to;
  }

  /** Whether a row, none being in force at `from`, may come into force before `to`. */
  private begins(from: Instant, to: Instant): boolean {
    if (!this.plain) return nextChange(this.rows, from) < to;
    for (const { validFrom } of this.rows) {
      const start = validFrom * DAY_MS - JST_OFFSET_MS;
      if (start > from && start < to) return true;
    }
    return false;
  }

  /** The first instant after `after` at which `inForce` may be another row. */
  nextChange(after: Instant): Instant {
    let next = nextChange(this.rows, after);
    for (let rows = this.shorter; rows !== null; rows = rows.shorter) {
      const change = nextChange(rows.rows, after);
      if (change < next) next = change;
    }
    return next;
  }
}

/** Digits 0-9, `#`, and the `+` of a beginning of `prefixKeys`. */
const SYMBOLS = 12;
const symbolAt = (text: string, at: number): number => {
  const c = text.charCodeAt(at);
  return c >= 48 && c <= 57 ? c - 48 : c === 35 ? 10 : c === 43 ? 11 : -1;
};

class Trie {
  private next = new Int32Array(64 * SYMBOLS);
  private nodes = 1;
  private readonly found: (PrefixRows | null)[] = [null];
  /** Where Japan's numbers begin, their leading 0 being read: `+81`. */
  private readonly japan = this.node('+81');
  private ofJapan: PrefixRows | null = null;

  at(key: string): PrefixRows {
    return (this.found[this.node(key)] ??= new PrefixRows());
  }

  private node(key: string): number {
    let node = 0;
    for (let i = 0; i < key.length; i++) node = this.child(node, symbolAt(key, i));
    return node;
  }

  private child(node: number, symbol: number): number {
    const known = this.next[node * SYMBOLS + symbol]!;
    if (known !== 0) return known;
    if ((this.nodes + 1) * SYMBOLS > this.next.length) {
      const wider = new Int32Array(this.next.length * 2);
      wider.set(this.next);
      this.next = wider;
    }
    this.next[node * SYMBOLS + symbol] = this.nodes;
    this.found.push(null);
    return this.nodes++;
  }

  /** Links every prefix to the next shorter one, once all rows are in. */
  link(node = 0, shorter: PrefixRows | null = null): void {
    const here = this.found[node] ?? null;
    if (here) here.shorter = shorter;
    if (node === this.japan) this.ofJapan = here ?? shorter;
    for (let s = 0; s < SYMBOLS; s++) {
      const child = this.next[node * SYMBOLS + s]!;
      if (child !== 0) this.link(child, here ?? shorter);
    }
  }

  longest(digits: string): PrefixRows | null {
    const japanese = PhoneNumber.isJapanese(digits);
    let node = japanese ? this.japan : 0;
    let last = japanese ? this.ofJapan : null;
    for (let i = japanese ? 1 : 0; i < digits.length; i++) {
      const symbol = symbolAt(digits, i);
      if (symbol < 0) break;
      node = this.next[node * SYMBOLS + symbol]!;
      if (node === 0) break;
      last = this.found[node] ?? last;
    }
    return last;
  }
}

/**
 * Longest-prefix lookup in one tariff, in time that depends on the length of the number only. Give it rows
 * that `checkTariffRows` passed; of rows that overlap the first wins.
 */
export class TariffIndex {
  private readonly out = new Trie();
  private readonly in = new Trie();

  constructor(
    readonly name: string,
    readonly rows: readonly TariffRow[],
  ) {
    for (const row of rows)
      for (const key of prefixKeys(row.prefix)) this.side(row.direction).at(key).add(row);
    this.out.link();
    this.in.link();
  }

  private side(direction: CallDirection): Trie {
    return direction === 'in' ? this.in : this.out;
  }

  /** All rows, of whatever date, whose prefix fits this number: the longest prefix, with its shorter ones. */
  rowsFor(direction: CallDirection, number: PhoneNumber): PrefixRows | null {
    return this.side(direction).longest(number);
  }

  /** The row that prices a call to this number at this instant; undefined = NO_RATE. */
  rowFor(direction: CallDirection, dialled: string, at: Instant): TariffRow | undefined {
    const number = PhoneNumber.read(dialled);
    return number === null ? undefined : this.rowsFor(direction, number)?.inForce(at)?.row;
  }
}

/** One index per tariff name, in the order in which the names first occur. */
export function indexTariffs(rows: Iterable<TariffRow>): Map<string, TariffIndex> {
  const byName = new Map<string, TariffRow[]>();
  for (const row of rows) {
    const known = byName.get(row.tariff);
    if (known) known.push(row);
    else byName.set(row.tariff, [row]);
  }
  return new Map([...byName].map(([name, own]) => [name, new TariffIndex(name, own)]));
}
