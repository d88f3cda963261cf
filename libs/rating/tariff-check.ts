import {
  BusinessDay,
  DAY_MS,
  InvalidInput,
  isTaxCategory,
  printProblem,
  problem,
  type SaidProblem,
  TAX_CATEGORIES,
  textProblem,
  valueProblems,
} from '#kernel';
import { prefixKeys, readPrefix } from './prefix.js';
import { tariffProblems } from './problems.js';
import {
  CALL_DIRECTIONS,
  type CallDirection,
  type EncodedTariffRow,
  OPTIONAL_COLUMNS,
  REQUIRED_COLUMNS,
  TARIFF_ROUNDINGS,
  type TariffColumn,
  type TariffProblem,
  type TariffRounding,
  type TariffRow,
} from './tariff.js';
import { canMeet, EVERY_DAY, parseDays, parseMinute } from './tariff-days.js';

/** A row as a file gives it. CSV gives texts; YAML may give numbers, which keep their decimal text. */
export interface RawTariffRow {
  readonly file: string;
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface CheckedTariff {
  /** The good rows, also when there are problems; nothing may be imported unless `problems` is empty. */
  readonly rows: TariffRow[];
  /** Every bad line, in the order of the file, then the overlaps. */
  readonly problems: TariffProblem[];
}

const COLUMNS: ReadonlySet<string> = new Set([...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS]);
export const isTariffColumn = (name: string): name is TariffColumn => COLUMNS.has(name);

const AMOUNT = /^\d{1,7}(\.\d{1,8})?$/;
const SECONDS = /^\d{1,5}(\.\d{1,3})?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const LABEL = /^[^\u0000-\u001f\u007f\ufffd]{1,64}$/u;

/** Reads the fields of one row and gathers what is wrong with them. */
class RowReader {
  readonly wrong: { field: string; problem: SaidProblem }[] = [];

  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  text(column: TariffColumn): string {
    const value = this.fields[column];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value.trim();
    if (typeof value === 'number' && column !== 'prefix' && column !== 'tariff') return String(value);
    return this.bad(column, problem(tariffProblems.NOT_TEXT), '');
  }

  bad<T>(field: string, problem: SaidProblem, instead: T): T {
    if (!this.wrong.some(w => w.field === field)) this.wrong.push({ field, problem });
    return instead;
  }

  required(column: TariffColumn): string {
    const text = this.text(column);
    return text === '' ? this.bad(column, problem(valueProblems.EMPTY), '') : text;
  }

  label(column: TariffColumn): string {
    const text = this.required(column).normalize('NFC');
    const hidden = textProblem(text) ?? printProblem(text);
    if (hidden !== undefined) return this.bad(column, hidden, '');
    return text === '' || LABEL.test(text) ? text : this.bad(column, problem(tariffProblems.NOT_A_LABEL), '');
  }

  prefix(): string {
    const text = this.required('prefix');
    if (text === '') return '';
    return readPrefix(text) ?? this.bad('prefix', problem(tariffProblems.NOT_A_PREFIX), '');
  }

  amount(column: TariffColumn, text: string): string {
    const fits = AMOUNT.test(text);
    if (fits || text === '') return fits ? canonicalAmount(text) : '0';
    return this.bad(column, problem(tariffProblems.NOT_A_PRICE), '0');
  }

  seconds(column: TariffColumn): number {
    const text = this.required(column);
    const [whole = '', fraction = ''] = text.split('.');
    const ms = SECONDS.test(text) ? Number(whole) * 1000 + Number(fraction.padEnd(3, '0')) : 0;
    if (ms >= 1 && ms <= DAY_MS) return ms;
    return this.bad(column, problem(tariffProblems.NOT_SECONDS), 1);
  }

  day(column: TariffColumn, text: string): BusinessDay {
    try {
      return text === '' ? BusinessDay.parse('1970-01-01') : BusinessDay.parse(text);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return this.bad(column, error.said, BusinessDay.parse('1970-01-01'));
    }
  }

  minute(column: TariffColumn, whenEmpty: number): number {
    const text = this.text(column);
    if (text === '') return whenEmpty;
    return parseMinute(text) ?? this.bad(column, problem(tariffProblems.NOT_A_TIME_OF_DAY), whenEmpty);
  }

  oneOf<T extends string>(column: TariffColumn, allowed: readonly T[], whenEmpty: T): T {
    const text = this.text(column);
    if (text === '') return whenEmpty;
    return (
      allowed.find(a => a === text) ??
      this.bad(column, problem(valueProblems.NOT_ONE_OF, { allowed: allowed.join(', ') }), whenEmpty)
    );
  }

  decimals(): number {
    const text = this.text('decimals');
    if (text === '') return 4;
    return /^[0-6]$/.test(text)
      ? Number(text)
      : this.bad('decimals', problem(tariffProblems.NOT_DECIMALS), 4);
  }
}

/** `0.10` and `0.1` are one price: zeros that say nothing are left out. */
function canonicalAmount(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = fraction.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (digits === '' ? '' : `.${digits}`);
}

function readRow(raw: RawTariffRow): { row: TariffRow; wrong: { field: string; problem: SaidProblem }[] } {
  const read = new RowReader(raw.fields);
  for (const name of Object.keys(raw.fields))
    if (!isTariffColumn(name)) read.bad(name, problem(tariffProblems.UNKNOWN_COLUMN), '');
  const validTo = read.text('valid_to');
  const daysGiven = read.text('days');
  const firstPrice = read.text('first_price');
  const days = parseDays(daysGiven) ?? read.bad('days', problem(tariffProblems.NOT_DAYS), EVERY_DAY);
  const row: TariffRow = {
    tariff: read.label('tariff'),
    prefix: read.prefix(),
    destination: read.label('destination'),
    category: read.label('category'),
    connectFee: read.amount('connect_fee', read.required('connect_fee')),
    price: read.amount('price', read.required('price')),
    perMs: read.seconds('per_s'),
    firstIncrementMs: read.seconds('first_increment_s'),
    incrementMs: read.seconds('increment_s'),
    validFrom: read.day('valid_from', read.required('valid_from')),
    validTo: validTo === '' ? null : read.day('valid_to', validTo),
    days,
    fromMinute: read.minute('from_time', 0),
    toMinute: read.minute('to_time', 1440),
    rounding: read.oneOf<TariffRounding>('rounding', TARIFF_ROUNDINGS, 'half_up'),
    decimals: read.decimals(),
    tax: read.oneOf('tax', TAX_CATEGORIES.filter(isTaxCategory), 'standard'),
    direction: read.oneOf<CallDirection>('direction', CALL_DIRECTIONS, 'out'),
    firstPrice: firstPrice === '' ? null : read.amount('first_price', firstPrice),
    line: raw.line,
  };
  if (row.validTo !== null && row.validTo < row.validFrom)
    read.bad('valid_to', problem(tariffProblems.BEFORE_VALID_FROM), null);
  if (row.fromMinute === row.toMinute) read.bad('to_time', problem(tariffProblems.EMPTY_BAND), 0);
  return { row, wrong: read.wrong };
}

/** What the rows compete for: the same for `03`, `+813` and `0081-3`. */
const overlapKeys = (row: TariffRow): string[] =>
  prefixKeys(row.prefix).map(key => `${row.tariff}\t${row.direction}\t${key}`);

/** Seasons, days and hours of one prefix; each is compared with all before it. */
const ROWS_OF_ONE_PREFIX_MAX = 500;

/**
 * Each row that can be in force together with an earlier row of its tariff, direction and prefix, however the
 * prefix is written, named once with that row.
 */
function overlaps(found: readonly { row: TariffRow; file: string }[]): TariffProblem[] {
  const groups = new Map<string, { row: TariffRow; file: string }[]>();
  const problems: TariffProblem[] = [];
  for (const one of found) {
    const keys = overlapKeys(one.row);
    if (keys.some(key => (groups.get(key)?.length ?? 0) >= ROWS_OF_ONE_PREFIX_MAX)) {
      const tooMany = problem(tariffProblems.TOO_MANY_OF_PREFIX, { most: ROWS_OF_ONE_PREFIX_MAX });
      problems.push({ file: one.file, line: one.row.line, field: 'prefix', problem: tooMany });
      continue;
    }
    let other: (typeof found)[number] | undefined;
    for (const key of keys) {
      const earlier = groups.get(key);
      other ??= earlier?.find(e => canMeet(e.row, one.row));
      if (earlier) earlier.push(one);
      else groups.set(key, [one]);
    }
    if (!other) continue;
    const { line } = other.row;
    const where =
      other.file === one.file
        ? { ja: `${line}行目`, en: `line ${line}` }
        : { ja: `${other.file}の${line}行目`, en: `line ${line} of ${other.file}` };
    const { prefix, tariff } = one.row;
    const overlap = problem(tariffProblems.ROWS_OVERLAP, { line: where, prefix, tariff });
    problems.push({ file: one.file, line: one.row.line, field: 'prefix', problem: overlap });
  }
  return problems;
}

/**
 * Checks rows from any source, all of them: nothing is thrown, every bad field and every overlap is named.
 */
export function checkTariffRows(raws: Iterable<RawTariffRow>): CheckedTariff {
  const good: { row: TariffRow; file: string }[] = [];
  const problems: TariffProblem[] = [];
  for (const raw of raws) {
    const { row, wrong } = readRow(raw);
    if (wrong.length === 0) good.push({ row, file: raw.file });
    for (const { field, problem } of wrong) problems.push({ file: raw.file, line: raw.line, field, problem });
  }
  problems.push(...overlaps(good));
  return { rows: good.map(g => g.row), problems };
}

/** @throws InvalidInput naming the column when the stored row is not one of ours. */
export function decodeTariffRow(encoded: EncodedTariffRow): TariffRow {
  const { line, ...fields } = encoded;
  const { row, wrong } = readRow({ file: 'stored tariff', line: Number(line ?? 0), fields });
  if (wrong[0]) throw new InvalidInput(wrong[0].field, wrong[0].problem);
  return row;
}
