import {
  type AccountId,
  Instant,
  InvalidInput,
  PhoneNumber,
  parseAccountId,
  problem,
  type SaidProblem,
  textProblem,
  valueProblems,
} from '#kernel';
import { type Cdr, timesProblem } from './cdr.js';
import {
  holdsBrokenText,
  type LineProblem,
  NOT_UTF8,
  separatorProblem,
  splitCsvLine,
  withoutBom,
} from './csv.js';
import { callProblems, csvProblems } from './problems.js';

const CDR_COLUMNS = [
  'call_id',
  'account',
  'number',
  'direction',
  'from',
  'to',
  'start',
  'answer',
  'end',
  'hangup_cause',
] as const;
type CdrColumn = (typeof CDR_COLUMNS)[number];

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const pair = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/**
 * Instants of one stream of lines. The calls of a file lie on few days, so the date part is parsed once per
 * day: a date is the same date when its ten characters are. Everything that is not exactly our own form goes
 * to the kernel.
 */
class InstantReader {
  private date = '';
  private midnight = 0;

  /** @throws InvalidInput naming `field` */
  read(line: string, from: number, to: number, field: CdrColumn): Instant {
    if (to - from === 29 && line.startsWith('+09:00', from + 23)) {
      if (this.date === '' || !line.startsWith(this.date, from))
        this.openDay(line.slice(from, from + 11), field);
      const clock = clockMs(line, from + 11);
      if (clock >= 0) return (this.midnight + clock) as Instant;
    }
    return Instant.parse(line.slice(from, to), field);
  }

  private openDay(date: string, field: CdrColumn): void {
    this.midnight = Instant.parse(`${date}00:00:00.000+09:00`, field);
    this.date = date;
  }
}

/** `12:01:00.000` at an offset as milliseconds of the day; -1 when it is not that. */
function clockMs(text: string, at: number): number {
  for (let i = 0; i < 12; i++) {
    const c = text.charCodeAt(at + i);
    const wanted = i === 2 || i === 5 ? c === 58 : i === 8 ? c === 46 : c >= 48 && c <= 57;
    if (!wanted) return -1;
  }
  const hour = pair(text, at);
  const minute = pair(text, at + 3);
  const second = pair(text, at + 6);
  if (hour > 23 || minute > 59 || second > 59) return -1;
  return ((hour * 60 + minute) * 60 + second) * 1000 + digit(text, at + 9) * 100 + pair(text, at + 10);
}

const QUOTED_OR_BROKEN = -1;

/**
 * The position of each column in the header. @throws InvalidInput naming a column that is missing or there
 * twice.
 */
function readHeader(header: string): { names: readonly string[]; positions: number[] } {
  const separated = separatorProblem(header, CDR_COLUMNS);
  if (separated !== undefined) throw new InvalidInput('header', separated);
  const names = splitCsvLine(withoutBom(header).trim());
  if ('problem' in names) throw new InvalidInput('header', names.problem);
  const trimmed = names.map(name => name.trim());
  const positions = CDR_COLUMNS.map(column => {
    const at = trimmed.indexOf(column);
    if (at < 0) throw InvalidInput.of(column, csvProblems.MISSING_COLUMN);
    if (trimmed.indexOf(column, at + 1) >= 0) throw InvalidInput.of(column, csvProblems.COLUMN_TWICE);
    return at;
  });
  return { names: trimmed, positions };
}

/**
 * Reads cdr.csv line by line. Columns in any order; columns of other names are left unread. Lines without
 * quotation marks are cut in place, without a copy; others go the way of RFC 4180. One reader per file: it
 * remembers the last day, account and number.
 */
export class CdrCsvReader {
  private readonly positions: readonly number[];
  private readonly width: number;
  /**
   * Where each field of the current line begins; one more than there are fields, as if a separator followed
   * the last.
   */
  private readonly cuts: number[] = [];
  private readonly instants = new InstantReader();
  private account = '' as AccountId;
  private number = '';

  /** @throws InvalidInput naming a column that is missing or there twice */
  constructor(header: string) {
    const { names, positions } = readHeader(header);
    this.positions = positions;
    this.width = names.length;
  }

  /** One line without its line feed. Nothing is thrown: a bad line is a value that names the column. */
  parse(line: string): Cdr | LineProblem {
    const length = line.charCodeAt(line.length - 1) === 13 ? line.length - 1 : line.length;
    const fields = this.cut(line, length);
    if (fields === QUOTED_OR_BROKEN) return this.parseQuoted(line.slice(0, length));
    return this.build(line, fields);
  }

  private cut(line: string, length: number): number {
    const cuts = this.cuts;
    let fields = 1;
    cuts[0] = 0;
    for (let i = 0; i < length; i++) {
      const c = line.charCodeAt(i);
      if (c === 44) cuts[fields++] = i + 1;
      else if (c === 34 || c < 32 || c === 127 || c === 0xfffd) return QUOTED_OR_BROKEN;
    }
    cuts[fields] = length + 1;
    return fields;
  }

  private parseQuoted(line: string): Cdr | LineProblem {
    const fields = splitCsvLine(line);
    if ('problem' in fields) return fields;
    // Only in what is read: what stands in other columns is nobody's trouble.
    for (const [column, at] of this.positions.entries()) {
      const unreadable = unreadableIn(fields[at] ?? '');
      if (unreadable !== undefined)
        return { field: unreadable === NOT_UTF8 ? 'line' : CDR_COLUMNS[column]!, problem: unreadable };
    }
    let at = 0;
    fields.forEach((field, i) => {
      this.cuts[i] = at;
      at += field.length + 1;
    });
    this.cuts[fields.length] = at;
    return this.build(fields.join('\n'), fields.length);
  }

  private build(line: string, fields: number): Cdr | LineProblem {
    if (fields !== this.width)
      return { field: 'line', problem: problem(csvProblems.FIELD_COUNT, { fields, columns: this.width }) };
    try {
      const cdr = this.read(line);
      return timesProblem(cdr.startedAt, cdr.answeredAt, cdr.endedAt) ?? cdr;
    } catch (error) {
      if (error instanceof InvalidInput) return { field: error.field, problem: error.said };
      throw error;
    }
  }

  private text(line: string, column: number): string {
    const at = this.positions[column]!;
    return line.slice(this.cuts[at]!, this.cuts[at + 1]! - 1);
  }

  private instant(line: string, column: number): Instant {
    const at = this.positions[column]!;
    return this.instants.read(line, this.cuts[at]!, this.cuts[at + 1]! - 1, CDR_COLUMNS[column]!);
  }

  private read(line: string): Cdr {
    const callId = checkCallId(this.text(line, 0));
    const account = this.text(line, 1);
    const number = this.text(line, 2);
    if (account !== this.account || account === '') this.account = parseAccountId(account, 'account');
    if (number !== this.number || number === '') this.number = PhoneNumber.parse(number, 'number');
    const direction = this.text(line, 3);
    if (direction !== 'out' && direction !== 'in')
      throw InvalidInput.of('direction', callProblems.NOT_A_DIRECTION);
    const unanswered = this.text(line, 7) === '';
    return {
      callId,
      account: this.account,
      number: this.number,
      direction,
      from: checkLength(this.text(line, 4), 0, 'from'),
      to: checkLength(this.text(line, 5), 1, 'to'),
      startedAt: this.instant(line, 6),
      answeredAt: unanswered ? null : this.instant(line, 7),
      endedAt: this.instant(line, 8),
      hangupCause: checkLength(this.text(line, 9), 0, 'hangup_cause'),
    };
  }
}

/** 1-160 printable ASCII characters: ids of commands are derived from it. @throws InvalidInput */
export function checkCallId(text: string, field = 'call_id'): string {
  if (text.length === 0) throw InvalidInput.of(field, valueProblems.EMPTY);
  if (text.length > 160) throw InvalidInput.of(field, valueProblems.TOO_LONG, { most: 160 });
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 33 || c > 126) throw InvalidInput.of(field, valueProblems.NOT_AN_ID, { most: 160 });
  }
  return text;
}

const PLAIN = /^[\x20-\x7e]*$/;
/** What a field that is read must not hold; undefined for a good one. */
export function unreadableIn(text: string): SaidProblem | undefined {
  // Almost every field; an import asks three times a call.
  if (PLAIN.test(text)) return undefined;
  return holdsBrokenText(text) ? NOT_UTF8 : textProblem(text);
}

const MAX_TEXT = 64;
function checkLength(text: string, least: number, field: CdrColumn): string {
  if (text.length < least) throw InvalidInput.of(field, valueProblems.EMPTY);
  if (text.length > MAX_TEXT) throw InvalidInput.of(field, valueProblems.TOO_LONG, { most: MAX_TEXT });
  const unreadable = unreadableIn(text);
  if (unreadable !== undefined) throw new InvalidInput(field, unreadable);
  return text;
}
