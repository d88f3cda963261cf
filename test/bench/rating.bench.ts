import { Money } from '#kernel';
import {
  amountMoney,
  type Cdr,
  CdrCsvReader,
  type Directory,
  isRated,
  type RatedCall,
  type Rating,
  rateCall,
  TariffIndex,
  type TariffRow,
} from '#rating';
import { makeCdrLines, makeTariffRows, SYNTHETIC_TARIFF, syntheticNumber } from '../support/tariff-10000.js';
import { atLeast, type Bench } from './bench.types.js';
import { median, seconds, settle } from './measure.js';

const ACCOUNTS = 1_000;
const SIZES = { full: { calls: 1_000_000, rounds: 5 }, quick: { calls: 2_000, rounds: 2 } } as const;

function readCalls(count: number): Cdr[] {
  const lines = makeCdrLines(count, { seed: 1, accounts: ACCOUNTS });
  const reader = new CdrCsvReader(lines.next().value as string);
  return Array.from(lines, line => {
    const read = reader.parse(line);
    if ('problem' in read) throw new Error(`${line}: ${read.problem}`);
    return read;
  });
}

type Price = (cdr: Cdr) => Rating;

/** The sum of all prices, in units of 1/10,000 yen. @throws Error for a call that the tariff does not know */
function sumOf(calls: readonly Cdr[], price: Price): number {
  let units = 0;
  for (const cdr of calls) {
    const rated = price(cdr);
    if (!isRated(rated)) throw new Error(`${cdr.callId} has no rate`);
    if (rated.priced !== null) units += amountMoney(rated.priced);
  }
  return units;
}

/** A decimal text as a fraction: [numerator, denominator]. */
function fraction(text: string): readonly [bigint, bigint] {
  const [whole = '', decimals = ''] = text.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

/** What a call costs by the tariff's own words, in 1/10,000 yen: one fraction, rounded half up once. */
function exactUnits(row: TariffRow, durationMs: number): bigint {
  if (row.rounding !== 'half_up' || row.decimals !== 4 || row.firstPrice !== null)
    throw new Error(`${row.prefix}: the check knows plain rows only`);
  const later = Math.max(0, Math.ceil((durationMs - row.firstIncrementMs) / row.incrementMs));
  const chargedMs = BigInt(row.firstIncrementMs + later * row.incrementMs);
  const [fee, feeOver] = fraction(row.connectFee);
  const [price, priceOver] = fraction(row.price);
  const per = priceOver * BigInt(row.perMs);
  const numerator = (fee * per + price * chargedMs * feeOver) * 10_000n;
  const denominator = feeOver * per;
  return (2n * numerator + denominator) / (2n * denominator);
}

/** The exact sum, found without any code of the rating lib. */
function exactSum(calls: readonly Cdr[], rows: readonly TariffRow[]): bigint {
  const byPrefix = new Map(rows.map(row => [row.prefix, row]));
  let units = 0n;
  for (const { direction, to, answeredAt, endedAt } of calls) {
    if (direction === 'in' || answeredAt === null) continue;
    let prefix = to;
    while (!byPrefix.has(prefix)) prefix = prefix.slice(0, -1);
    units += exactUnits(byPrefix.get(prefix)!, endedAt - answeredAt);
  }
  return units;
}

export const ratingBench: Bench = {
  name: 'rating',
  title: 'Rating alone',
  async run(size) {
    const { calls: count, rounds } = SIZES[size];
    const rows = makeTariffRows();
    const index = new TariffIndex(SYNTHETIC_TARIFF, rows);
    const own = new Set(Array.from({ length: ACCOUNTS }, (_, i) => syntheticNumber(i)));
    const directory: Directory = { isOwnNumber: digits => own.has(digits) };
    const calls = readCalls(count);
    const nothing: RatedCall = {
      kind: 'unanswered',
      category: '',
      tax: 'standard',
      durationMs: 0,
      priced: null,
    };
    const rate: Price = cdr => rateCall(cdr, index, directory);
    const expected = exactSum(calls, rows);
    const speeds: number[] = [];
    const ceilings: number[] = [];
    for (let round = -1; round < rounds; round++) {
      settle();
      let units = 0;
      const spent = await seconds(() => (units = sumOf(calls, rate)));
      const empty = await seconds(() => sumOf(calls, () => nothing));
      if (BigInt(units) !== expected)
        throw new Error(
          `the sum is ${Money.text(Money.fromUnits(units))}, exactly it is ${expected} / 10,000`,
        );
      if (round < 0) continue;
      speeds.push(count / spent);
      ceilings.push(count / empty);
    }
    return {
      method:
        `${count} calls of cdr.csv in memory, ${ACCOUNTS} accounts, a tariff of ` +
        `${rows.length} prefixes: classified, looked up, priced and summed on one core; ` +
        `median of ${rounds} rounds after one to warm up. Every round's sum equals the sum of ` +
        'the exact fractions, each rounded once ' +
        `(${Money.text(Money.fromUnits(Number(expected)))} yen), computed apart in BigInt.`,
      figures: [
        { what: 'calls rated', value: median(speeds), unit: 'calls/s', target: atLeast(500_000) },
        { what: 'ceiling: the same loop without a price', value: median(ceilings), unit: 'calls/s' },
        { what: 'of the ceiling', value: (100 * median(speeds)) / median(ceilings), unit: '%' },
      ],
    };
  },
};
