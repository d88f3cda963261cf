import { BusinessDay, Money, valueProblems } from '#kernel';
import {
  ACCOUNT_KINDS,
  BankFaults,
  type BankFile,
  type BankRow,
  type BankStatement,
  type ReceivingAccount,
  withoutRepeats,
} from './bank-file.js';
import { type FileKind, LAYOUTS, type Layout, RECORD_BYTES } from './layout.js';
import { bankFileProblems } from './problems.js';
import { readFields, type ZenginRecord } from './zengin-record.js';
import { type Counted, checkEnd, checkTrailer } from './zengin-sums.js';

/** So many records a file has at most: some 60 MB. */
const RECORDS_MOST = 300_000;
const [LF, CR, EOF_BYTE] = [0x0a, 0x0d, 0x1a];

/** The records of a file: lines, or one after another without line ends; an end-of-file sign may follow. */
function splitRecords(file: Uint8Array): Uint8Array[] {
  const bytes = file.at(-1) === EOF_BYTE ? file.subarray(0, -1) : file;
  const records: Uint8Array[] = [];
  if (!bytes.includes(LF) && !bytes.includes(CR)) {
    for (let at = 0; at < bytes.length; at += RECORD_BYTES)
      records.push(bytes.subarray(at, at + RECORD_BYTES));
    return records;
  }
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
    if (end > at) records.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return records;
}

/** A group that is being read: from a header to its trailer. */
interface Group {
  readonly header: ZenginRecord;
  readonly account: ReceivingAccount | undefined;
  readonly from: BusinessDay | undefined;
  readonly to: BusinessDay | undefined;
  readonly created: BusinessDay;
  readonly rows: BankRow[];
  readonly counted: Counted;
}

/** Yen: what the ledger can hold in one sum. */
const AMOUNT_MOST = 900_000_000_000n;
/** 訂正: an entry of the bank that mends another one. */
const CORRECTION = '19';

class ZenginReader {
  private readonly faults = new BankFaults();
  private readonly statements: BankStatement[] = [];
  private kind: FileKind = '01';
  private group: Group | undefined;
  private ended = false;

  constructor(
    private readonly records: readonly Uint8Array[],
    private readonly today: BusinessDay,
  ) {}

  private get layout(): Layout {
    return LAYOUTS[this.kind];
  }

  read(): BankFile {
    for (const [index, bytes] of this.records.entries()) this.one(bytes, index + 1);
    const { length } = this.records;
    if (length > 0 && !this.ended) this.faults.add({ record: length }, bankFileProblems.NO_END_RECORD);
    const format = this.kind === '01' ? 'zengin_01' : 'zengin_03';
    return { format, statements: this.statements, faults: this.faults.list };
  }

  /** The kinds of records that may stand here. */
  private expected(): readonly string[] {
    if (this.ended) return [];
    if (this.group) return ['2', '8'];
    return this.statements.length > 0 ? ['1', '9'] : ['1'];
  }

  private one(bytes: Uint8Array, record: number): void {
    if (bytes.length !== RECORD_BYTES) {
      this.faults.add({ record }, bankFileProblems.RECORD_LENGTH, { bytes: bytes.length });
      return;
    }
    const found = String.fromCharCode(bytes[0]!);
    const expected = this.expected();
    if (!expected.includes(found)) {
      const where = { record, field: 'record' };
      const named = expected.join(', ') || '-';
      this.faults.add(where, bankFileProblems.RECORD_ORDER, { found: printable(found), expected: named });
    }
    if (found === '1') this.header(bytes, record);
    else if (found === '2') this.data(readFields(bytes, this.layout.data, record, this.faults));
    else if (found === '8') this.trailer(readFields(bytes, this.layout.trailer, record, this.faults));
    else if (found === '9') this.end(readFields(bytes, this.layout.end, record, this.faults));
  }

  private header(bytes: Uint8Array, record: number): void {
    const kind = String.fromCharCode(...bytes.subarray(1, 3));
    const isFirst = this.statements.length === 0 && this.group === undefined;
    if (!Object.hasOwn(LAYOUTS, kind))
      this.faults.add({ record, field: 'fileKind' }, bankFileProblems.OTHER_FILE_KIND, {
        found: printable(kind),
      });
    else if (isFirst) this.kind = kind as FileKind;
    else if (kind !== this.kind)
      this.faults.add({ record, field: 'fileKind' }, bankFileProblems.MIXED_FILE_KINDS, { first: this.kind });
    const header = readFields(bytes, this.layout.header, record, this.faults);
    const code = header.text('code');
    if (code !== '0')
      this.faults.add({ record, field: 'code' }, bankFileProblems.OTHER_CODE, { found: code });
    const tomorrow = BusinessDay.plus(this.today, 1);
    const created = header.date('created', this.today, tomorrow) ?? this.today;
    const accountKind = header.oneOf('accountKind', ACCOUNT_KINDS);
    this.group = {
      ...{ header, created, rows: [] },
      account: accountKind && {
        ...{ bank: header.text('bank'), branch: header.text('branch'), kind: accountKind },
        number: header.text('accountNumber').slice(-7),
      },
      from: header.date('from', created, tomorrow),
      to: header.date('to', created, tomorrow),
      counted: { count: 0, sum: 0n, cancelledCount: 0, cancelledSum: 0n, outCount: 0, outSum: 0n },
    };
  }

  private data(data: ZenginRecord): void {
    const { group } = this;
    if (!group) return;
    const { record } = data;
    const amount = data.whole('amount');
    const direction = this.kind === '03' ? data.oneOf('direction', ['1', '2']) : '1';
    const isCancelled = this.kind === '01' && data.oneOf('cancelled', ['', '0', '1']) === '1';
    const name = data.field('amount').words;
    if (amount === 0n) this.faults.add({ record, field: 'amount' }, bankFileProblems.ZERO_AMOUNT, { name });
    count(group.counted, amount, direction === '2' ? 'out' : isCancelled ? 'cancelled' : 'in');
    const day = data.date('day', group.created, BusinessDay.plus(this.today, 1));
    if (day !== undefined) this.within(group, day, record);
    const isCorrection = data.text('transaction') === CORRECTION;
    // What the company paid itself is none of our business.
    if (day === undefined || (direction === '2' && !isCorrection)) return;
    if (amount > AMOUNT_MOST) {
      this.faults.add({ record, field: 'amount' }, valueProblems.AMOUNT_TOO_LARGE, {
        most: `${AMOUNT_MOST}`,
      });
      return;
    }
    group.rows.push({
      ...{ record, day, number: data.text('number') },
      amount: Money.of(amount.toString()),
      isCancellation: isCancelled || direction === '2',
      ...{ payerCode: data.text('payerCode').trim(), payer: data.text('payer').trim() },
      ...{ payerBank: data.text('payerBank'), remark: data.text('remark') || data.text('edi') },
    });
  }

  private within({ from, to }: Group, day: BusinessDay, record: number): void {
    if (from === undefined || to === undefined || (day >= from && day <= to)) return;
    const period = { from: BusinessDay.text(from), to: BusinessDay.text(to) };
    this.faults.add({ record, field: 'day' }, bankFileProblems.DAY_OUTSIDE, period);
  }

  private trailer(trailer: ZenginRecord): void {
    const { group } = this;
    this.group = undefined;
    if (!group) return;
    checkTrailer(this.kind, group.header, trailer, group.counted);
    const { account, from, to, header } = group;
    const rows = withoutRepeats(group.rows, this.faults);
    // Without a period or an account there is a fault already: nothing of the file is used.
    const known = { bank: '', branch: '', kind: '1', number: '' } as const;
    this.statements.push({
      ...{ record: header.record, account: account ?? known, rows },
      ...{ from: from ?? group.created, to: to ?? group.created },
    });
  }

  private end(end: ZenginRecord): void {
    this.ended = true;
    if (this.kind === '03') checkEnd(end, this.records.length, this.statements.length);
  }
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

function count(counted: Counted, amount: bigint, how: 'in' | 'out' | 'cancelled'): void {
  if (how === 'in') {
    counted.count++;
    counted.sum += amount;
  } else if (how === 'out') {
    counted.outCount++;
    counted.outSum += amount;
  } else {
    counted.cancelledCount++;
    counted.cancelledSum += amount;
  }
}

/**
 * Reads a bank's file of deposits: 振込入金通知 (01) or 入出金取引明細 (03) of 全銀協, records of 200 bytes
 * of JIS X 0201, with or without line ends, one or more accounts in one file. Every fault is named by record
 * and field; it never throws. Of a statement only what came in is kept.
 * @param today the day of the import: it tells eras from the Western calendar
 */
export function readZenginFile(bytes: Uint8Array, today: BusinessDay): BankFile {
  const records = splitRecords(bytes);
  const faults = new BankFaults();
  if (records.length === 0) faults.add({ record: 1 }, bankFileProblems.FILE_EMPTY);
  if (records.length > RECORDS_MOST)
    faults.add({ record: RECORDS_MOST + 1 }, bankFileProblems.TOO_MANY_RECORDS, { most: RECORDS_MOST });
  if (faults.list.length > 0) return { format: 'zengin_01', statements: [], faults: faults.list };
  return new ZenginReader(records, today).read();
}

/** Whether the bytes are a file of 200-byte records, rather than a CSV. */
export const looksLikeZengin = (bytes: Uint8Array): boolean =>
  splitRecords(bytes.subarray(0, 4 * RECORD_BYTES))[0]?.length === RECORD_BYTES && bytes[0] === 0x31;
