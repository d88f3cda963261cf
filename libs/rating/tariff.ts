import { BusinessDay, problem, type SaidProblem, type TaxCategory } from '#kernel';
import { tariffProblems } from './problems.js';
import { daysText, EVERY_DAY, minuteText, type Season } from './tariff-days.js';

export const CALL_DIRECTIONS = ['out', 'in'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/** The methods a tariff may name (DECISIONS: Money); away from zero for `up` and `half_up`. */
export const TARIFF_ROUNDINGS = ['up', 'half_up', 'down'] as const;
export type TariffRounding = (typeof TARIFF_ROUNDINGS)[number];

/**
 * One price of one tariff, as agreed: amounts are decimal texts in yen without tax and are never converted to
 * another unit.
 */
export interface TariffRow extends Season {
  readonly tariff: string;
  /** As the file has it: digits, `+` and digits, or `#` and digits. */
  readonly prefix: string;
  readonly destination: string;
  /** Statement category, e.g. 一般通話. */
  readonly category: string;
  readonly connectFee: string;
  /** Yen per `perMs`. */
  readonly price: string;
  /** 8 yen per 3 minutes: 180,000. Range of all three: 1..86,400,000 ms. */
  readonly perMs: number;
  readonly firstIncrementMs: number;
  readonly incrementMs: number;
  readonly rounding: TariffRounding;
  /** Decimals of the rounded price of a call, 0..6; the ledger takes at most 4. */
  readonly decimals: number;
  readonly tax: TaxCategory;
  readonly direction: CallDirection;
  /** What the first increment costs instead of its share of `price`; null = its share. */
  readonly firstPrice: string | null;
  /**
   * Line of the file the row came from (1-based); 0 when it came from elsewhere. Names the row in `rate` and
   * `explain`.
   */
  readonly line: number;
}

export interface TariffProblem {
  readonly file: string;
  /** 1-based line of the file; 1 is the header of a CSV. */
  readonly line: number;
  readonly field: string;
  readonly problem: SaidProblem;
}

export const REQUIRED_COLUMNS = [
  'tariff',
  'prefix',
  'destination',
  'category',
  'connect_fee',
  'price',
  'per_s',
  'first_increment_s',
  'increment_s',
  'valid_from',
] as const;
export const OPTIONAL_COLUMNS = [
  'valid_to',
  'days',
  'from_time',
  'to_time',
  'rounding',
  'decimals',
  'tax',
  'direction',
  'first_price',
] as const;
export type TariffColumn = (typeof REQUIRED_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

/**
 * The stored form: the columns of tariff.csv as texts, defaults left out, and the line. Read it back with
 * `decodeTariffRow`.
 */
export type EncodedTariffRow = Readonly<Partial<Record<TariffColumn | 'line', string>>>;

/** Milliseconds as seconds without trailing zeros: 180,000 is `180`, 100 is `0.1`. */
export function secondsText(ms: number): string {
  const rest = ms % 1000;
  const whole = String((ms - rest) / 1000);
  return rest === 0 ? whole : `${whole}.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
}

/** Compact and readable in ten years; `decodeTariffRow(encodeTariffRow(row))` equals `row`. */
export function encodeTariffRow(row: TariffRow): EncodedTariffRow {
  return {
    tariff: row.tariff,
    prefix: row.prefix,
    destination: row.destination,
    category: row.category,
    connect_fee: row.connectFee,
    price: row.price,
    per_s: secondsText(row.perMs),
    first_increment_s: secondsText(row.firstIncrementMs),
    increment_s: secondsText(row.incrementMs),
    valid_from: BusinessDay.text(row.validFrom),
    ...(row.validTo === null ? {} : { valid_to: BusinessDay.text(row.validTo) }),
    ...(row.days === EVERY_DAY ? {} : { days: daysText(row.days) }),
    ...(row.fromMinute === 0 ? {} : { from_time: minuteText(row.fromMinute) }),
    ...(row.toMinute === 1440 ? {} : { to_time: minuteText(row.toMinute) }),
    ...(row.rounding === 'half_up' ? {} : { rounding: row.rounding }),
    ...(row.decimals === 4 ? {} : { decimals: String(row.decimals) }),
    ...(row.tax === 'standard' ? {} : { tax: row.tax }),
    ...(row.direction === 'out' ? {} : { direction: row.direction }),
    ...(row.firstPrice === null ? {} : { first_price: row.firstPrice }),
    ...(row.line === 0 ? {} : { line: String(row.line) }),
  };
}

/**
 * The ledger holds 4 decimals of a yen: a tariff that rounds to more is for `rate` only (DECISIONS: Money).
 */
export function ledgerProblems(rows: readonly TariffRow[], file = ''): TariffProblem[] {
  return rows
    .filter(row => row.decimals > 4)
    .map(row => ({
      file,
      line: row.line,
      field: 'decimals',
      problem: problem(tariffProblems.TOO_MANY_DECIMALS, { decimals: row.decimals }),
    }));
}
