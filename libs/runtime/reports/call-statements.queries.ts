import { sql } from 'kysely';
import { type TariffEvent, tariffEvents, tariffStream } from '#contracts';
import { type AccountId, BusinessDay, BusinessMonth, MoneyTotal } from '#kernel';
import type { EventStore } from '#ports';
import type { DestinationClass } from '#rating';
import { businessDayOf } from '../engine/sql.js';
import type { ReadModels } from '../projecting/read-models.js';
import { type CallSearch, type Calls, classesOf, searched, standing } from './call-search.queries.js';
import { rateOf } from './calls.projection.js';
import type {
  DestinationRow,
  DestinationStatement,
  NumberFigures,
  NumberStatement,
  UsageByDay,
} from './reports.shapes.js';

type Direction = 'out' | 'in';
interface Sums {
  readonly calls: number;
  readonly duration_ms: number;
  readonly net: MoneyTotal;
}

/** What nobody answered is not counted as a call (DECISIONS: Calls). */
const SUMS = [
  sql<number>`count(answered_at)`.as('calls'),
  sql<number>`sum(duration_ms)`.as('duration_ms'),
  sql<MoneyTotal>`sum(net)`.as('net'),
] as const;
const { add, text } = MoneyTotal;
const none = (): Record<DestinationClass, MoneyTotal> => {
  const { zero } = MoneyTotal;
  return { domestic: zero, mobile: zero, overseas: zero };
};

function figuresOf(calls: number, nets: Readonly<Record<DestinationClass, MoneyTotal>>): NumberFigures {
  const { domestic, mobile, overseas } = nets;
  return {
    calls,
    domestic: text(domestic),
    mobile: text(mobile),
    overseas: text(overseas),
    subtotal: text(MoneyTotal.sum([domestic, mobile, overseas])),
  };
}

/** The agreed price of a tariff row: what the statement prints, never converted (DECISIONS: Money). */
interface AgreedPrice {
  readonly prefix: string;
  readonly unitSeconds: string;
  readonly unitPrice: string;
}
const UNKNOWN_PRICE: AgreedPrice = { prefix: '', unitSeconds: '', unitPrice: '' };

/** Statements over single calls. What was taken back is left out: nobody pays for it. */
export class CallStatements {
  /** Rows of a tariff's version by their line; a version never changes. */
  private readonly versions = new Map<string, ReadonlyMap<number, AgreedPrice>>();

  constructor(
    private readonly readModels: ReadModels,
    private readonly events: EventStore,
  ) {}

  /** 電話番号明細 (CDR-03). `search.number` is part of the own number. */
  async byNumber(account: AccountId, search: CallSearch = {}): Promise<NumberStatement> {
    const classes = await classesOf(this.readModels, account);
    const query = this.readModels.db
      .selectFrom('calls')
      .select(['number', 'direction', 'category', ...SUMS])
      .groupBy(['number', 'direction', 'category']);
    const found = await this.found(query, account, search, classes);
    const byKey = new Map<
      string,
      { number: string; direction: Direction; calls: number; nets: ReturnType<typeof none> }
    >();
    const all = { calls: 0, nets: none() };
    for (const { number, direction, category, calls, net } of found) {
      const key = `${number} ${direction}`;
      const row = byKey.get(key) ?? { number, direction, calls: 0, nets: none() };
      byKey.set(key, row);
      for (const into of [row, all]) {
        into.calls += calls;
        const of = classes.get(category) ?? 'domestic';
        into.nets[of] = add(into.nets[of], net);
      }
    }
    const rows = [...byKey.values()].sort(
      (a, b) => compare(a.number, b.number) || compare(b.direction, a.direction),
    );
    return {
      rows: rows.map(({ number, direction, calls, nets }) => ({
        number,
        direction,
        ...figuresOf(calls, nets),
      })),
      total: figuresOf(all.calls, all.nets),
    };
  }

  /** 通話先明細 (CDR-04): charged calls by own number, prefix, unit and price. */
  async byDestination(account: AccountId, search: CallSearch = {}): Promise<DestinationStatement> {
    const classes = await classesOf(this.readModels, account);
    const query = this.readModels.db
      .selectFrom('calls')
      .select(['number', 'direction', 'category', 'destination', 'rate', ...SUMS])
      .where('rate', 'is not', null)
      .groupBy(['number', 'direction', 'category', 'destination', 'rate']);
    const found = await this.found(query.$narrowType<{ rate: string }>(), account, search, classes);
    const byKey = new Map<string, Sums & { row: Omit<DestinationRow, 'calls' | 'seconds' | 'subtotal'> }>();
    const total = { calls: 0, duration_ms: 0, net: MoneyTotal.zero };
    for (const { number, direction, category, destination, rate, calls, duration_ms, net } of found) {
      const price = await this.priceOf(rate);
      const row = { number, direction, category, destination, ...price };
      const key = JSON.stringify(row);
      const before = byKey.get(key) ?? { row, calls: 0, duration_ms: 0, net: MoneyTotal.zero };
      byKey.set(key, {
        row,
        calls: before.calls + calls,
        duration_ms: before.duration_ms + duration_ms,
        net: add(before.net, net),
      });
      total.calls += calls;
      total.duration_ms += duration_ms;
      total.net = add(total.net, net);
    }
    const rows = [...byKey.entries()].sort(
      ([a, x], [b, y]) =>
        compare(x.row.number, y.row.number) || compare(x.row.prefix, y.row.prefix) || compare(a, b),
    );
    return {
      rows: rows.map(([, { row, calls, duration_ms, net }]) => ({
        ...row,
        calls,
        seconds: duration_ms / 1000,
        subtotal: text(net),
      })),
      total: { calls: total.calls, seconds: total.duration_ms / 1000, subtotal: text(total.net) },
    };
  }

  /** Answered calls of a month by day and category. */
  async byDay(account: AccountId, month: BusinessMonth, numbers?: readonly string[]): Promise<UsageByDay> {
    const [from, to] = [BusinessMonth.firstDay(month), BusinessMonth.lastDay(month)];
    const query = this.readModels.db
      .selectFrom('calls')
      .select(({ ref }) => [businessDayOf(ref('started_at')).as('day'), 'category', ...SUMS])
      .groupBy(({ ref }) => [businessDayOf(ref('started_at')), ref('category')]);
    const search: CallSearch = { from, to, status: 'answered', ...(numbers && { numbers }) };
    const found = await this.found(query, account, search, new Map());
    const figures = ({ calls, duration_ms, net }: Sums) => ({
      calls,
      seconds: duration_ms / 1000,
      net: text(net),
    });
    const days = [];
    for (let day = from; day <= to; day = BusinessDay.plus(day, 1)) {
      const own = found.filter(row => row.day === day).sort((a, b) => compare(a.category, b.category));
      const categories = Object.fromEntries(own.map(row => [row.category, figures(row)]));
      days.push({ day: BusinessDay.text(day), categories });
    }
    const sum = (key: 'calls' | 'duration_ms'): number => found.reduce((total, row) => total + row[key], 0);
    const net = MoneyTotal.sum(found.map(row => row.net));
    return {
      month: BusinessMonth.text(month),
      categories: [...new Set(found.map(row => row.category))].sort(compare),
      days,
      total: figures({ calls: sum('calls'), duration_ms: sum('duration_ms'), net }),
    };
  }

  private found<Row>(
    query: Calls<Row>,
    account: AccountId,
    search: CallSearch,
    classes: ReadonlyMap<string, DestinationClass>,
  ) {
    return standing(searched(query, account, search, classes), this.readModels, account).execute();
  }

  private async priceOf(rate: string): Promise<AgreedPrice> {
    const named = rateOf(rate);
    if (!named) return UNKNOWN_PRICE;
    const key = `${named.tariff}@${named.version}`;
    let rows = this.versions.get(key);
    if (!rows) this.versions.set(key, (rows = await this.version(named.tariff, named.version)));
    return rows.get(named.row) ?? UNKNOWN_PRICE;
  }

  private async version(tariff: string, version: number): Promise<ReadonlyMap<number, AgreedPrice>> {
    const stream = tariffStream(tariff);
    for await (const stored of this.events.readStream(stream, { from: version - 1, limit: 1 })) {
      const { rows } = tariffEvents.codec.decode(stored.type, JSON.parse(stored.data)) as TariffEvent;
      return new Map(
        (rows as readonly Readonly<Record<string, string>>[]).map(row => [
          Number.parseInt(row['line'] ?? '0', 10),
          { prefix: row['prefix'] ?? '', unitSeconds: row['per_s'] ?? '', unitPrice: row['price'] ?? '' },
        ]),
      );
    }
    return new Map();
  }
}

/** By code points of UTF-16, as the embedded store and PostgreSQL's "C" order ASCII: the same everywhere. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
