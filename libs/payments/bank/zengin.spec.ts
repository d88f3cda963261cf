import fc from 'fast-check';
import { BusinessDay, Money, problemSaid } from '#kernel';
import {
  era,
  joined,
  TODAY,
  type WrittenFile,
  type WrittenRow,
  western,
  writtenFile,
  writtenRecords,
} from '../../../test/support/bank-files.js';
import { readBankDate } from './bank-date.js';
import type { BankFile } from './bank-file.js';
import { type Field, LAYOUTS, RECORD_BYTES } from './layout.js';
import { looksLikeZengin, readZenginFile } from './zengin.js';

const row = (more: Partial<WrittenRow> = {}): WrittenRow => ({ number: '000001', amount: 3000, ...more });
const read = (bytes: Uint8Array): BankFile => readZenginFile(bytes, TODAY);
const faultsOf = (file: BankFile): string[] =>
  file.faults.map(({ record, field, problem }) => `${record} ${field ?? '-'} ${problem.kind.code}`);
const rowsOf = (file: BankFile) => file.statements.flatMap(({ rows }) => rows);
const encode = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('a file of a bank (FIELD 6.4)', () => {
  it('has records of 200 bytes, each field where the standard has it', () => {
    for (const layout of Object.values(LAYOUTS))
      for (const fields of Object.values(layout))
        expect((fields as readonly Field[]).reduce((sum, { bytes }) => sum + bytes, 0)).toBe(RECORD_BYTES);
  });

  it('is read byte by byte: a notice of transfers, written out by hand', () => {
    const account = ['0001', 'BANK'.padEnd(15), '001', 'BRANCH'.padEnd(15), '1', '1234567'].join('');
    const header = encode(`1010${'081130'.repeat(3)}${account}${'DAICHO'.padEnd(40)}`.padEnd(200));
    // ｱｵ as Shift_JIS has them.
    const payer = `0010000123${'\xb1\xb5'.padEnd(48)}${'MIZUHO'.padEnd(15)}${''.padEnd(15)}`;
    const data = encode(`200004208113008113000000030000000000000${payer} EDI`.padEnd(200));
    const trailer = encode(`8000001${'000000003000'}000000${'000000000000'}`.padEnd(200));
    const file = read(joined([header, data, trailer, encode('9'.padEnd(200))], '\r\n'));
    expect(faultsOf(file)).toEqual([]);
    expect(file.statements).toEqual([
      {
        ...{ record: 1, account: { bank: '0001', branch: '001', kind: '1', number: '1234567' } },
        ...{ from: BusinessDay.parse('2026-11-30'), to: BusinessDay.parse('2026-11-30') },
        rows: [
          {
            ...{ record: 2, number: '000042', day: BusinessDay.parse('2026-11-30') },
            ...{ amount: Money.of('3000'), isCancellation: false, payerCode: '0010000123' },
            ...{ payer: 'ｱｵ', payerBank: 'MIZUHO', remark: 'EDI' },
          },
        ],
      },
    ]);
  });

  it('may have line ends or none, and the end-of-file sign of former days', () => {
    const file: WrittenFile = { rows: [row(), row({ number: '000002', amount: 1 })] };
    const plain = read(writtenFile(file));
    expect(faultsOf(plain)).toEqual([]);
    for (const end of ['\r\n', '\n']) expect(read(writtenFile(file, end))).toEqual(plain);
    expect(read(Buffer.concat([writtenFile(file, '\r\n'), Buffer.from([0x1a])]))).toEqual(plain);
  });

  it('may tell of several accounts before its end', () => {
    const one = writtenRecords({ rows: [row()] });
    const other = writtenRecords({ rows: [row()], header: { accountNumber: '7654321' } });
    const file = read(joined([...one.slice(0, -1), ...other]));
    expect([faultsOf(file), file.statements.map(({ account }) => account.number)]).toEqual([
      [],
      ['1234567', '7654321'],
    ]);
  });

  it('has years of the era or of the Western calendar', () => {
    for (const date of [era, western])
      expect(rowsOf(read(writtenFile({ rows: [row()], date })))[0]!.day).toBe(
        BusinessDay.parse('2026-11-30'),
      );
  });

  it('keeps of a statement what came in, and the corrections of it', () => {
    const rows = [
      row({ number: '00000001', amount: 5000 }),
      row({ number: '00000002', amount: 700, direction: '2' }),
      row({ number: '00000003', amount: 5000, direction: '2', transaction: '19' }),
    ];
    const file = read(writtenFile({ kind: '03', rows, opening: 100 }));
    expect(faultsOf(file)).toEqual([]);
    expect(rowsOf(file).map(one => [one.number, one.isCancellation])).toEqual([
      ['00000001', false],
      ['00000003', true],
    ]);
  });

  it('has the same number twice for one deposit', () => {
    const twice = read(writtenFile({ rows: [row(), row()] }));
    expect([faultsOf(twice), rowsOf(twice).length]).toEqual([[], 1]);
    const cancelled = read(writtenFile({ rows: [row(), row({ cancelled: '1' })] }));
    expect(rowsOf(cancelled).map(one => one.isCancellation)).toEqual([false, true]);
  });

  it('is told from a CSV', () => {
    expect(looksLikeZengin(writtenFile({ rows: [] }))).toBe(true);
    expect(looksLikeZengin(Buffer.from('date,amount,payer\r\n2026-11-30,3000,A\r\n'))).toBe(false);
  });
});

const broken = (
  at: number,
  change: (record: Uint8Array) => Uint8Array,
  file: WrittenFile = { rows: [row()] },
) => joined(writtenRecords(file).map((record, index) => (index + 1 === at ? change(record) : record)));
const put = (offset: number, text: string) => (record: Uint8Array) => {
  const changed = Uint8Array.from(record);
  changed.set(encode(text), offset);
  return changed;
};

describe('faults of a file are named by record and field, all of them', () => {
  const cases: readonly [string, Uint8Array, readonly string[]][] = [
    ['nothing in it', new Uint8Array(), ['1 - FILE_EMPTY']],
    [
      'a record cut short',
      broken(2, record => record.subarray(0, 150)).subarray(0, 350),
      ['2 - RECORD_LENGTH', '2 - NO_END_RECORD'],
    ],
    ['no end', joined(writtenRecords({ rows: [row()] }).slice(0, -1)), ['3 - NO_END_RECORD']],
    [
      'no header',
      joined(writtenRecords({ rows: [row()] }).slice(1)),
      ['1 record RECORD_ORDER', '2 record RECORD_ORDER', '3 record RECORD_ORDER'],
    ],
    [
      'a record after the end',
      joined([...writtenRecords({ rows: [row()] }), writtenRecords({ rows: [] })[0]!]),
      ['5 record RECORD_ORDER'],
    ],
    [
      'another kind of file',
      writtenFile({ rows: [row()], header: { fileKind: '21' } }),
      ['1 fileKind OTHER_FILE_KIND'],
    ],
    ['EBCDIC', writtenFile({ rows: [row()], header: { code: 1 } }), ['1 code OTHER_CODE']],
    [
      'letters in an amount',
      broken(2, put(19, '00000O3000')),
      ['2 amount NOT_DIGITS', '2 amount ZERO_AMOUNT', '3 sum TOTAL_DIFFERS'],
    ],
    ['a byte of a kanji', broken(2, put(49, '\x90')), ['2 payer NOT_BANK_CHARACTER']],
    ['a day that does not exist', broken(2, put(7, '081332')), ['2 day NOT_BANK_DATE']],
    ['a day outside of the period', broken(2, put(7, '081129')), ['2 day DAY_OUTSIDE']],
    ['a wrong sign of cancellation', broken(2, put(127, '7')), ['2 cancelled NOT_ALLOWED_CODE']],
    [
      'a wrong kind of account',
      writtenFile({ rows: [row()], header: { accountKind: 7 } }),
      ['1 accountKind NOT_ALLOWED_CODE'],
    ],
    ['no amount', writtenFile({ rows: [row({ amount: 0 })] }), ['2 amount ZERO_AMOUNT']],
    ['another count', writtenFile({ rows: [row()], trailer: { count: 2 } }), ['3 count TOTAL_DIFFERS']],
    ['another sum', writtenFile({ rows: [row()], trailer: { sum: 2999 } }), ['3 sum TOTAL_DIFFERS']],
    [
      'another count of cancellations',
      writtenFile({ rows: [row()], trailer: { cancelledCount: 1 } }),
      ['3 cancelledCount TOTAL_DIFFERS'],
    ],
    [
      'one number with other contents',
      writtenFile({ rows: [row(), row({ amount: 4000 })] }),
      ['3 number NUMBER_TWICE'],
    ],
    [
      'another balance',
      writtenFile({ kind: '03', rows: [row()], trailer: { balance: 1 } }),
      ['3 balance BALANCE_DIFFERS'],
    ],
    [
      'other totals of withdrawals',
      writtenFile({ kind: '03', rows: [row()], trailer: { outCount: 1, outSum: 5 } }),
      ['3 outCount TOTAL_DIFFERS', '3 outSum TOTAL_DIFFERS'],
    ],
    [
      'another count of all records',
      writtenFile({ kind: '03', rows: [row()], end: { records: 9, accounts: 2 } }),
      ['4 records TOTAL_DIFFERS', '4 accounts TOTAL_DIFFERS'],
    ],
    [
      'an amount that no ledger holds',
      writtenFile({ kind: '03', rows: [row({ amount: 999_999_999_999 })] }),
      ['2 amount AMOUNT_TOO_LARGE'],
    ],
  ];
  it.each(cases)('%s', (_name, bytes, expected) => {
    expect(faultsOf(read(bytes))).toEqual(expected);
  });

  it('in both languages, with the name of the field', () => {
    const [fault] = read(writtenFile({ rows: [row()], trailer: { sum: 2999 } })).faults;
    expect(problemSaid(fault!.problem)).toEqual({
      ja: '入金合計金額は2999ですが、明細を数えると3000です。',
      en: 'the sum of deposits is said to be 2999; the records add up to 3000',
    });
  });

  it('whatever the bytes are: it never throws, and never reads a broken file as a whole one', () => {
    const whole = writtenFile({ rows: [row(), row({ number: '000002', amount: 5 })] });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 900 }), bytes => {
        read(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), at => {
        expect(read(whole.subarray(0, at)).faults.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('what is written is read', () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'ｱｲｳｶﾞﾎﾟｯｰ().-/ABC019'), maxLength: 48 })
    .map(one => one.trim());
  const rows = fc.uniqueArray(
    fc.record({
      number: fc.nat({ max: 999_999 }).map(n => String(n).padStart(6, '0')),
      amount: fc.integer({ min: 1, max: 9_999_999_999 }),
      payer: text,
      payerCode: fc.constantFrom('', '0010000123'),
      cancelled: fc.constantFrom('', '1'),
    }),
    { selector: ({ number }) => number, maxLength: 20 },
  );
  it('a notice of transfers', () =>
    fc.assert(
      fc.property(rows, fc.constantFrom('', '\r\n'), (given, end) => {
        const file = read(writtenFile({ rows: given }, end));
        expect(faultsOf(file)).toEqual([]);
        expect(
          rowsOf(file).map(({ number, amount, payer, payerCode, isCancellation }) => ({
            ...{ number, amount: Money.text(amount), payer, payerCode, isCancellation },
          })),
        ).toEqual(
          given.map(({ amount, cancelled, ...one }) => ({
            ...{ ...one, amount: String(amount), isCancellation: cancelled === '1' },
          })),
        );
      }),
    ));
});

describe('a date of a bank', () => {
  const near = BusinessDay.parse('2026-12-01');
  it.each([
    ['081130', '2026-11-30'],
    ['261130', '2026-11-30'],
    ['280503', '2016-05-03'],
    ['310430', '2019-04-30'],
    ['010501', '2019-05-01'],
    ['260230', null],
    ['ABCDEF', null],
  ])('%s is %s', (digits, day) => {
    const found = readBankDate(digits, near);
    expect(found === undefined ? null : BusinessDay.text(found)).toBe(day);
  });
});
