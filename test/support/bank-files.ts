import { BusinessDay } from '#kernel';
import { type Field, type FileKind, LAYOUTS } from '#payments';

// Writes files as banks do, for specs: the other way round than the reader, record by record.

/** Half-width text as bytes of JIS X 0201. @returns undefined for a character that it does not have */
export function bankBytes(text: string): Uint8Array | undefined {
  const bytes = [...text].map(one => {
    if (one === '¥') return 0x5c;
    const code = one.charCodeAt(0);
    if (code >= 0x20 && code <= 0x7e && code !== 0x5c) return code;
    return code >= 0xff61 && code <= 0xff9f ? code - 0xfec0 : 0;
  });
  return bytes.includes(0) ? undefined : Uint8Array.from(bytes);
}

type Values = Readonly<Record<string, string | number | bigint>>;

function written(fields: readonly Field[], values: Values): Uint8Array {
  const parts = fields.map(({ id, kind, bytes }) => {
    const text = String(values[id] ?? '');
    const cut = bankBytes(kind === 'N' ? text.padStart(bytes, '0') : text.padEnd(bytes))!;
    return cut.subarray(0, bytes);
  });
  return Buffer.concat(parts);
}

/** Years of the era 令和. */
export const era = (day: string): string =>
  `${String(Number(day.slice(0, 4)) - 2018).padStart(2, '0')}${day.slice(5, 7)}${day.slice(8)}`;
export const western = (day: string): string => day.slice(2).replaceAll('-', '');

export interface WrittenRow {
  readonly number: string;
  readonly day?: string;
  readonly amount: number;
  readonly payer?: string;
  readonly payerCode?: string;
  readonly cancelled?: string;
  readonly direction?: '1' | '2';
  readonly transaction?: string;
}

export interface WrittenFile {
  readonly kind?: FileKind;
  readonly day?: string;
  readonly rows: readonly WrittenRow[];
  readonly date?: (day: string) => string;
  readonly header?: Values;
  readonly trailer?: Values;
  readonly end?: Values;
  readonly opening?: number;
}

const sumOf = (rows: readonly WrittenRow[]): number => rows.reduce((sum, { amount }) => sum + amount, 0);

/** The records of a file of one account: header, rows, trailer, end. */
export function writtenRecords(file: WrittenFile): Uint8Array[] {
  const { kind = '01', day = '2026-11-30', rows, date = era, opening = 0 } = file;
  const layout = LAYOUTS[kind];
  const own = { bank: '0001', bankName: 'ﾐｽﾞﾎ', branch: '001', branchName: 'ﾄｳｷﾖｳ', holder: 'ｶ)ﾀﾞｲﾁﾖｳ' };
  const header = {
    ...{ record: 1, fileKind: kind, code: 0, ...own, accountKind: 1, accountNumber: '1234567' },
    ...{ created: date(day), from: date(day), to: date(day), sign: 1, balance: opening, ...file.header },
  };
  const cancelled = rows.filter(row => row.cancelled === '1');
  const out = rows.filter(row => row.direction === '2');
  const came = rows.filter(row => !cancelled.includes(row) && !out.includes(row));
  const closing = opening + sumOf(came) - sumOf(out);
  const trailer = {
    ...{ record: 8, count: came.length, sum: sumOf(came), cancelledCount: cancelled.length },
    ...{ cancelledSum: sumOf(cancelled), outCount: out.length, outSum: sumOf(out) },
    ...{ sign: closing < 0 ? 2 : 1, balance: Math.abs(closing), records: rows.length, ...file.trailer },
  };
  return [
    written(layout.header, header),
    ...rows.map(row =>
      written(layout.data, {
        ...{ record: 2, payer: 'ｶ)ｱｵｿﾞﾗｼﾖｳｼﾞ', direction: '1', transaction: '11', ...row },
        day: date(row.day ?? day),
      }),
    ),
    written(layout.trailer, trailer),
    written(layout.end, { record: 9, records: rows.length + 3, accounts: 1, ...file.end }),
  ];
}

export const joined = (records: readonly Uint8Array[], lineEnd = ''): Uint8Array =>
  Buffer.concat(records.flatMap(record => [record, Buffer.from(lineEnd)]));

export const writtenFile = (file: WrittenFile, lineEnd?: string): Uint8Array =>
  joined(writtenRecords(file), lineEnd);

export const TODAY = BusinessDay.parse('2026-12-01');
