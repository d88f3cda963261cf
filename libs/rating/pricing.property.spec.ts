import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { BusinessDay, DAY_MS, Instant, JST_OFFSET_MS } from '#kernel';
import {
  amountText,
  checkTariffRows,
  indexTariffs,
  NO_RATE,
  type PricedCall,
  prefixKeys,
  priceCall,
  type TariffRow,
} from './index.js';

const Exact = Decimal.clone({ precision: 80 });
const MODE = { up: Decimal.ROUND_UP, half_up: Decimal.ROUND_HALF_UP, down: Decimal.ROUND_DOWN } as const;

/** The row in force, found by asking every row: dates, weekday or holiday, time of the JST day. */
function inForceNaively(rows: readonly TariffRow[], at: Instant): TariffRow | undefined {
  const day = BusinessDay.of(at);
  const minute = Math.floor(((at + JST_OFFSET_MS) % DAY_MS) / 60_000);
  const timely = rows.filter(r => {
    const dated = day >= r.validFrom && (r.validTo === null || day <= r.validTo);
    const inBand = minute >= r.fromMinute && minute < r.toMinute;
    const overMidnight = r.fromMinute > r.toMinute && (minute >= r.fromMinute || minute < r.toMinute);
    return dated && (inBand || overMidnight);
  });
  const ofHoliday = BusinessDay.isNationalHoliday(day) ? timely.find(r => r.days & 128) : undefined;
  return ofHoliday ?? timely.find(r => r.days & (1 << BusinessDay.weekday(day)));
}

/** One number in every way of writing it: its E.164 digits beside it, so that the oracle reads none. */
const NUMBERS: readonly (readonly [e164: string, ...written: string[]])[] = [
  ['81312345678', '0312345678', '+81312345678', '1840312345678', '０３-1234-5678', '010 81 3 1234 5678'],
  ['81311000000', '0311000000', '0081 311000000', '+81(0)3-1100-0000', '0311000000#'],
  ['81400000000', '0400000000'],
  ['82212345678', '+82212345678', '0082-2-1234-5678', '010 82 2 1234 5678'],
  ['12125550100', '+1 212-555-0100', '186+12125550100', '01012125550100 '],
];
const E164 = new Map(NUMBERS.flatMap(([e164, ...written]) => written.map(one => [one, e164])));

/**
 * How much of the dialled number a prefix says; -1 where it does not fit. `+8` says less than Japan's `0`.
 */
function said(prefix: string, e164: string): number {
  const japanese = e164.startsWith('81');
  if (prefix.startsWith('+')) {
    const trunk = japanese ? -1 : 3;
    return e164.startsWith(prefix.slice(1)) ? prefix.length - 1 + trunk : -1;
  }
  const dialled = japanese ? `0${e164.slice(2)}` : `010${e164}`;
  return dialled.startsWith(prefix) ? prefix.length : -1;
}

/** Of all rows that fit, the ones with the longest prefix that have one in force at an instant. */
function rowAt(rows: readonly TariffRow[], e164: string, at: Instant): TariffRow | undefined {
  const lengths = [...new Set(rows.map(r => said(r.prefix, e164)))].filter(n => n >= 0).sort((a, b) => b - a);
  for (const length of lengths) {
    const row = inForceNaively(
      rows.filter(r => said(r.prefix, e164) === length),
      at,
    );
    if (row) return row;
  }
  return undefined;
}

/** INTERFACES read aloud with decimal.js: increment by increment, one rounding at the end. */
function oracle(rows: readonly TariffRow[], call: PricedCall): string {
  const e164 = E164.get(call.to)!;
  const own = rows.filter(r => r.direction === call.direction);
  const start = rowAt(own, e164, call.startedAt);
  if (!start) return NO_RATE;
  if (call.answeredAt === null) return '0';
  const at = (instant: Instant) => rowAt(own, e164, instant);
  return priceByIncrement(at, start, call.answeredAt, call.endedAt - call.answeredAt);
}

/** Money times milliseconds is summed per `per_s`; the only division is the last one, by their product. */
function priceByIncrement(
  at: (instant: Instant) => TariffRow | undefined,
  start: TariffRow,
  answer: Instant,
  durationMs: number,
): string {
  const timesMs = new Map<number, Decimal>();
  const share = (row: TariffRow, ms: number): void => {
    timesMs.set(row.perMs, new Exact(row.price).times(ms).plus(timesMs.get(row.perMs) ?? 0));
  };
  let row = at(answer) ?? start;
  if (row.firstPrice === null) share(row, row.firstIncrementMs);
  const fixed = new Exact(start.connectFee).plus(row.firstPrice ?? 0);
  for (let offset = row.firstIncrementMs; offset < durationMs; offset += row.incrementMs) {
    row = at(Instant.plusMs(answer, offset)) ?? row;
    share(row, row.incrementMs);
  }
  const denominator = [...timesMs.keys()].reduce((product, per) => product.times(per), new Exact(1));
  const numerator = [...timesMs].reduce(
    (sum, [per, amount]) => sum.plus(amount.times(denominator.div(per))),
    fixed.times(denominator),
  );
  const rounded = numerator.div(denominator).toDecimalPlaces(start.decimals, MODE[start.rounding]);
  return rounded
    .toFixed()
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

const decimalText = (whole: number) =>
  fc.tuple(fc.nat(whole), fc.nat(4), fc.nat(9999)).map(([w, places, f]) => {
    return places === 0 ? String(w) : `${w}.${String(f % 10 ** places).padStart(places, '0')}`;
  });
const seconds = fc.constantFrom('1', '6', '30', '60', '90', '180', '0.1', '57.5', '7', '3600');

const priceFields = fc.record(
  {
    connect_fee: fc.oneof(fc.constant('0'), decimalText(50)),
    price: decimalText(200),
    per_s: seconds,
    first_increment_s: seconds,
    increment_s: fc.constantFrom('1', '6', '30', '60', '180', '57.5'),
    rounding: fc.constantFrom('up', 'half_up', 'down'),
    decimals: fc.integer({ min: 0, max: 6 }).map(String),
    first_price: fc.oneof(fc.constant(''), decimalText(50)),
  },
  { requiredKeys: ['connect_fee', 'price', 'per_s', 'first_increment_s', 'increment_s'] },
);

/** Ways to divide time among rows of one prefix: without a gap, with gaps, by day, by time, by date. */
const SEASONS: readonly Record<string, string>[][] = [
  [{}],
  [{ valid_to: '2026-10-11' }, { valid_from: '2026-10-12' }],
  [
    { from_time: '08:00', to_time: '19:00' },
    { from_time: '19:00', to_time: '08:00' },
  ],
  [{ days: 'mon-fri' }, { days: 'sat,sun,holiday' }],
  [{ days: 'mon-fri', to_time: '12:30' }, { days: 'mon-fri', from_time: '12:30' }, { days: 'holiday' }],
  [{ days: 'sun-wed', from_time: '23:00', to_time: '01:00' }],
  [{ from_time: '08:00', to_time: '18:00' }],
  [{ valid_from: '2026-10-10', valid_to: '2026-10-11' }],
];

const group = fc
  .tuple(
    fc.constantFrom('0', '03', '031', '0312', '+813', '0311', '01', '010', '+8', '+81', '+82', '+1', '+1212'),
    fc.constantFrom(...SEASONS),
    fc.array(priceFields, { minLength: 3, maxLength: 3 }),
  )
  .map(([prefix, seasons, prices]) =>
    seasons.map((season, i) => ({
      ...{ tariff: 't', prefix, destination: 'd', category: 'c', valid_from: '2026-10-01' },
      ...prices[i],
      ...season,
    })),
  );
const tariff = fc.uniqueArray(group, {
  minLength: 1,
  maxLength: 4,
  comparator: (a, b) => prefixKeys(a[0]!.prefix).some(key => prefixKeys(b[0]!.prefix).includes(key)),
});

// 2026-10-09 is a Friday, the 12th a holiday: the days around them have every kind of edge.
const FIRST = Instant.parse('2026-10-08T00:00:00.000+09:00');
const call = fc
  .record({
    to: fc.constantFrom(...E164.keys()),
    start: fc.nat(7 * DAY_MS),
    ring: fc.nat(30_000),
    talk: fc.oneof(
      fc.nat(400_000),
      fc.nat(20_000_000),
      fc.nat(20).map(n => n * 60_000),
    ),
    answered: fc.boolean(),
  })
  .map(({ to, start, ring, talk, answered }): PricedCall => {
    const startedAt = Instant.plusMs(FIRST, start);
    const answeredAt = Instant.plusMs(startedAt, ring);
    const endedAt = Instant.plusMs(answeredAt, talk);
    return { direction: 'out', to, startedAt, answeredAt: answered || talk > 0 ? answeredAt : null, endedAt };
  });

function indexOf(groups: readonly (readonly object[])[]) {
  const raws = groups
    .flat()
    .map((fields, i) => ({ file: 'f', line: i + 2, fields: fields as Record<string, string> }));
  const { rows, problems } = checkTariffRows(raws);
  expect(problems).toEqual([]);
  return { rows, index: indexTariffs(rows).get('t')! };
}

describe('every price', () => {
  it('equals the price computed increment by increment with decimal.js and rounded once', () => {
    fc.assert(
      fc.property(tariff, call, (groups, one) => {
        const { rows, index } = indexOf(groups);
        const result = priceCall(index, one);
        expect(result === NO_RATE ? NO_RATE : amountText(result)).toBe(oracle(rows, one));
      }),
      { numRuns: 600 },
    );
  });

  it('never falls as the call grows', () => {
    fc.assert(
      fc.property(tariff, call, fc.nat(500_000), (groups, one, more) => {
        const { index } = indexOf(groups);
        const longer = { ...one, endedAt: Instant.plusMs(one.endedAt, more) };
        const [short, long] = [priceCall(index, one), priceCall(index, longer)];
        if (short === NO_RATE || long === NO_RATE) expect(short).toBe(long);
        else expect(long.units).toBeGreaterThanOrEqual(short.units);
      }),
      { numRuns: 200 },
    );
  });

  it('covers the talk time, by less than one increment too much', () => {
    fc.assert(
      fc.property(priceFields, fc.nat(5_000_000), (prices, talk) => {
        const row = {
          tariff: 't',
          prefix: '03',
          destination: 'd',
          category: 'c',
          valid_from: '2020-01-01',
          ...prices,
        };
        const { rows, index } = indexOf([[row]]);
        const answeredAt = FIRST;
        const endedAt = Instant.plusMs(FIRST, talk);
        const result = priceCall(index, {
          direction: 'out',
          to: '0312345678',
          startedAt: FIRST,
          answeredAt,
          endedAt,
        });
        if (result === NO_RATE) throw new Error('no rate');
        const charged = Math.round(result.chargedSeconds * 1000);
        expect(charged).toBeGreaterThanOrEqual(talk);
        const { firstIncrementMs, incrementMs } = rows[0]!;
        expect(charged - talk).toBeLessThanOrEqual(
          talk <= firstIncrementMs ? firstIncrementMs : incrementMs - 1,
        );
        expect(charged).toBe(firstIncrementMs + (result.increments - 1) * incrementMs);
      }),
      { numRuns: 200 },
    );
  });
});
