import {
  BLOCK_SIZE,
  CERTIFICATES,
  type Certificate,
  categoryIn,
  mayBeStocked,
  NUMBER_CATEGORIES,
  type NumberPlan,
  type NumberStock,
  type VbaGroupFacts,
} from '#contracts';
import { charactersIn, PhoneNumber, problem, type SaidProblem, textProblem, valueProblems } from '#kernel';
import { type CsvRecord, csvProblems, holdsBrokenText, NOT_UTF8, readCsv, separatorProblem } from '#rating';
import { numberFileProblems } from './problems.js';

/** What is wrong with a line. */
export interface LineFault {
  readonly line: number;
  readonly field: string;
  readonly problem: SaidProblem;
}

/** One line of numbers: a range of any length. */
export interface NumbersInFile extends NumberStock {
  readonly line: number;
  readonly first: string;
  readonly last: string;
}
/** One line of overseas numbers that are sold by count. */
export interface GroupInFile extends VbaGroupFacts {
  readonly line: number;
  readonly group: string;
  readonly numbers: number;
}
export interface NumberFile {
  readonly ranges: readonly NumbersInFile[];
  readonly groups: readonly GroupInFile[];
  readonly faults: readonly LineFault[];
}

const NUMBER_COLUMNS = ['first', 'last', 'kind', 'product', 'region', 'city', 'area_code'] as const;
const GROUP_COLUMNS = [
  ...(['group', 'country', 'state', 'city', 'area_code'] as const),
  ...(['toll_free', 'certificate', 'product', 'stock'] as const),
];
/** Told by the plan of numbers where the column is not there. */
const OPTIONAL = ['category'];
const LINES_MAX = 200_000;
const RANGE_MAX = 100 * BLOCK_SIZE;
const NAME_MAX = 60;

/** Reads the fields of one line, and keeps what is wrong with them. */
class Line {
  readonly faults: LineFault[] = [];
  constructor(
    readonly line: number,
    private readonly fields: Readonly<Record<string, string>>,
  ) {}

  text(field: string): string {
    return this.fields[field]?.trim() ?? '';
  }

  wrong(field: string, said: SaidProblem): void {
    this.faults.push({ line: this.line, field, problem: said });
  }

  matching(field: string, form: RegExp, wrong: SaidProblem): string {
    const text = this.text(field);
    if (text === '') this.wrong(field, problem(valueProblems.REQUIRED));
    else if (!form.test(text)) this.wrong(field, wrong);
    return text;
  }

  /** A name for people; it may be left empty. */
  name(field: string): string {
    const text = this.text(field).normalize('NFC');
    const wrong = textProblem(text);
    if (wrong) this.wrong(field, wrong);
    else if (charactersIn(text) > NAME_MAX)
      this.wrong(field, problem(valueProblems.TOO_LONG, { most: NAME_MAX }));
    return text;
  }

  oneOf<Word extends string>(field: string, words: readonly Word[]): Word | null {
    const text = this.text(field);
    if (text === '') return null;
    const found = words.find(word => word === text);
    if (found === undefined)
      this.wrong(field, problem(valueProblems.NOT_ONE_OF, { allowed: words.join(', ') }));
    return found ?? null;
  }

  number(field: string): string | null {
    const text = this.text(field);
    const number = text === '' ? null : PhoneNumber.read(text);
    if (text === '') this.wrong(field, problem(valueProblems.REQUIRED));
    else if (number === null || !mayBeStocked(number))
      this.wrong(field, problem(numberFileProblems.NOT_FOR_STOCK));
    else return number;
    return null;
  }
}

const KIND = /^[A-Z][A-Z0-9]{1,15}$/;
const PRODUCT = /^[a-z0-9._-]{1,60}$/;

function rangeOf(line: Line, plan: NumberPlan): NumbersInFile {
  const first = line.number('first');
  const last = line.number('last');
  if (first !== null && last !== null) {
    if (last.length !== first.length || last < first)
      line.wrong('last', problem(numberFileProblems.NOT_A_RANGE));
    else if (BigInt(last) - BigInt(first) >= BigInt(RANGE_MAX))
      line.wrong('last', problem(numberFileProblems.RANGE_TOO_LARGE, { most: RANGE_MAX }));
  }
  const category = line.oneOf('category', NUMBER_CATEGORIES) ?? categoryIn(plan, first ?? '');
  if (category === null) line.wrong('first', problem(numberFileProblems.NOT_SOLD, { number: first ?? '' }));
  const areaCode = line.matching('area_code', /^0\d{1,9}$/, problem(numberFileProblems.NOT_AN_AREA));
  const inArea = [first, last].every(number => number === null || number.startsWith(areaCode));
  if (line.faults.length === 0 && !inArea) line.wrong('area_code', problem(numberFileProblems.NOT_AN_AREA));
  return {
    line: line.line,
    first: first ?? '',
    last: last ?? '',
    category: category ?? 'domestic',
    kind: line.matching('kind', KIND, problem(numberFileProblems.NOT_A_KIND)),
    product: line.matching('product', PRODUCT, problem(numberFileProblems.NOT_A_PRODUCT)),
    region: line.name('region'),
    city: line.name('city'),
    areaCode,
  };
}

function groupOf(line: Line): GroupInFile {
  const country = line.name('country');
  if (country === '') line.wrong('country', problem(valueProblems.REQUIRED));
  const stock = line.text('stock');
  if (!/^\d{1,7}$/.test(stock))
    line.wrong('stock', problem(valueProblems.NOT_A_WHOLE_NUMBER, { least: 0, most: 9_999_999 }));
  const tollFree = line.text('toll_free');
  if (tollFree !== 'yes' && tollFree !== 'no') line.wrong('toll_free', problem(numberFileProblems.YES_OR_NO));
  const certificate: Certificate | null = line.oneOf('certificate', CERTIFICATES);
  return {
    line: line.line,
    group: line.matching(
      'group',
      /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/,
      problem(numberFileProblems.NOT_A_GROUP),
    ),
    country,
    state: line.name('state'),
    city: line.name('city'),
    areaCode: line.matching('area_code', /^010[1-9]\d{0,15}$/, problem(numberFileProblems.NOT_ABROAD)),
    tollFree: tollFree === 'yes',
    certificate,
    product: line.matching('product', PRODUCT, problem(numberFileProblems.NOT_A_PRODUCT)),
    numbers: Number.parseInt(stock, 10),
  };
}

function headerFaults(header: CsvRecord | undefined, columns: readonly string[]): LineFault[] {
  if (!header) return [{ line: 1, field: 'header', problem: problem(csvProblems.NO_HEADER) }];
  const at = (field: string, said: SaidProblem): LineFault => ({ line: header.line, field, problem: said });
  const separated = separatorProblem(header.fields.join(','), columns);
  if (separated !== undefined) return [at('header', separated)];
  const names = header.fields.map(name => name.trim());
  const known = [...columns, ...OPTIONAL];
  return [
    ...columns.filter(c => !names.includes(c)).map(c => at(c, problem(csvProblems.MISSING_COLUMN))),
    ...names
      .filter(n => !known.includes(n))
      .map(n => at(n || 'header', problem(numberFileProblems.UNKNOWN_COLUMN))),
    ...names
      .filter((n, i) => known.includes(n) && names.indexOf(n) !== i)
      .map(n => at(n, problem(csvProblems.COLUMN_TWICE))),
  ];
}

/** Two lines that hold one number: the later line is named. */
function overlaps(ranges: readonly NumbersInFile[]): LineFault[] {
  const inOrder = ranges.toSorted(
    (a, b) => a.first.length - b.first.length || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0),
  );
  const faults: LineFault[] = [];
  let widest = inOrder[0];
  for (const range of inOrder.slice(1)) {
    if (widest && range.first.length === widest.first.length && range.first <= widest.last) {
      const [line, other] = range.line > widest.line ? [range.line, widest.line] : [widest.line, range.line];
      faults.push({ line, field: 'first', problem: problem(numberFileProblems.OVERLAPS, { line: other }) });
    }
    if (!widest || range.first.length > widest.first.length || range.last > widest.last) widest = range;
  }
  return faults;
}

function sameGroups(groups: readonly GroupInFile[]): LineFault[] {
  const lines = new Map<string, number>();
  return groups.flatMap(({ group, line }) => {
    const before = lines.get(group);
    if (before === undefined) lines.set(group, line);
    const same = problem(numberFileProblems.SAME_GROUP, { line: before ?? line });
    return before === undefined ? [] : [{ line, field: 'group', problem: same }];
  });
}

/**
 * numbers.csv, or a file of groups of overseas numbers, told apart by their header. Never throws: everything
 * that is wrong is named, line by line.
 * @param plan what numbers are sold as where the file does not say it
 */
export function readNumberFile(text: string, plan: NumberPlan): NumberFile {
  const { records, problems } = readCsv(text);
  const [header, ...lines] = records;
  const names = header?.fields.map(name => name.trim()) ?? [];
  const ofGroups = names.includes('group') || names.includes('country');
  const faults: LineFault[] = [
    ...problems.map(({ line, problem: said }) => ({ line, field: 'line', problem: said })),
    ...headerFaults(header, ofGroups ? GROUP_COLUMNS : NUMBER_COLUMNS),
  ];
  const ranges: NumbersInFile[] = [];
  const groups: GroupInFile[] = [];
  if (!header || faults.some(({ line }) => line <= header.line)) return { ranges, groups, faults };
  const surplus = lines[LINES_MAX];
  if (surplus) {
    const tooMany = problem(numberFileProblems.TOO_MANY_LINES, { most: LINES_MAX });
    return { ranges, groups, faults: [{ line: surplus.line, field: 'line', problem: tooMany }] };
  }
  for (const { line, fields } of lines) {
    if (fields.length !== names.length) {
      const wrong = problem(csvProblems.FIELD_COUNT, { fields: fields.length, columns: names.length });
      faults.push({ line, field: 'line', problem: wrong });
    } else if (fields.some(holdsBrokenText)) {
      faults.push({ line, field: 'line', problem: NOT_UTF8 });
    } else {
      const one = new Line(line, Object.fromEntries(names.map((name, i) => [name, fields[i]!])));
      if (ofGroups) groups.push(groupOf(one));
      else ranges.push(rangeOf(one, plan));
      for (const fault of one.faults) faults.push(fault);
    }
  }
  // Of lines that are wrong in themselves nobody knows what they hold.
  const all = faults.length === 0 ? [...overlaps(ranges), ...sameGroups(groups)] : faults;
  return { ranges, groups, faults: all.sort((a, b) => a.line - b.line) };
}
