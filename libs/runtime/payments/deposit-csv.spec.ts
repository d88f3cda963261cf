import fc from 'fast-check';
import { BusinessDay, Money } from '#kernel';
import { TODAY, writtenFile } from '../../../test/support/bank-files.js';
import { readDepositFile } from './deposit-csv.js';

const own = { bank: '0001', branch: '001', kind: '1', number: '1234567' } as const;
const today = BusinessDay.parse('2026-11-30');
const read = (text: string | Uint8Array) =>
  readDepositFile(typeof text === 'string' ? Buffer.from(text) : text, own, today);

describe('a CSV of deposits', () => {
  it('is of our own account, from its first day to its last', () => {
    const { format, statements, faults } = read(
      '\uFEFFDate,Amount,Payer,number,memo\r\n2026/11/2,"¥1,000",ｱｵｿﾞﾗ,7,x\r\n2026-11-01,5,タケトリ,,\r\n',
    );
    expect([format, faults]).toEqual(['csv', []]);
    expect(statements).toMatchObject([
      {
        ...{ account: own, from: BusinessDay.parse('2026-11-01'), to: BusinessDay.parse('2026-11-02') },
        rows: [
          { record: 2, number: '7', amount: Money.of('1000'), payer: 'ｱｵｿﾞﾗ', isCancellation: false },
          { record: 3, number: null, amount: Money.of('5'), payer: 'タケトリ' },
        ],
      },
    ]);
  });

  it('may be Shift_JIS, as spreadsheets in Japan save it', () => {
    const sjis = Buffer.from('date,amount,payer\r\n2026-11-30,5,\x83\x5e\x83\x50\r\n', 'latin1');
    expect(read(sjis).statements[0]!.rows.map(({ payer }) => payer)).toEqual(['タケ']);
    const neither = Buffer.from('date,amount,payer\r\n2026-11-30,5,\xff\xff\r\n', 'latin1');
    expect(read(neither).faults.map(({ problem }) => problem.kind.code)).toEqual(['NOT_UTF8']);
  });

  it('is told from the records of a bank', () =>
    expect(readDepositFile(writtenFile({ rows: [] }), own, TODAY).format).toBe('zengin_01'));

  it.each([
    ['no column', 'date,amount\r\n', [[1, 'payer', 'MISSING_COLUMN']]],
    ['no header', '', [[1, 'header', 'NO_HEADER']]],
    [
      'one number with other contents',
      'date,amount,payer,number\n2026-11-30,1,A,7\n2026-11-30,1,A,7\n2026-11-30,2,A,7\n',
      [[4, 'number', 'NUMBER_TWICE']],
    ],
    [
      'wrong fields',
      'date,amount,payer\r\n2026-02-30,1.5,\r\n2026-12-01,0,A\r\n2026-11-30,1\r\n',
      [
        [2, 'date', 'NOT_A_DATE'],
        [2, 'amount', 'NOT_WHOLE_YEN'],
        [2, 'payer', 'NOT_A_PAYER'],
        [3, 'date', 'DAY_TO_COME'],
        [3, 'amount', 'NOT_WHOLE_YEN'],
        [4, null, 'FIELD_COUNT'],
      ],
    ],
  ])('is refused line by line: %s', (_name, text, expected) => {
    const { faults } = read(text as string);
    expect(faults.map(({ record, field, problem }) => [record, field, problem.kind.code])).toEqual(expected);
  });

  it('is read as it was written', () => {
    const payer = fc.string({ unit: fc.constantFrom(...'アオゾラ ,"()'), minLength: 1, maxLength: 20 });
    const row = fc.record({
      payer: payer.filter(one => one.trim() !== ''),
      amount: fc.integer({ min: 1, max: 9e8 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), rows => {
        const lines = rows.map(one => `2026-11-30,${one.amount},"${one.payer.replaceAll('"', '""')}"`);
        const { faults, statements } = read(['date,amount,payer', ...lines].join('\n'));
        expect(faults).toEqual([]);
        expect(statements[0]!.rows.map(one => [one.payer, one.amount])).toEqual(
          rows.map(one => [one.payer.trim(), Money.yen(one.amount)]),
        );
      }),
    );
  });

  it('never throws, whatever the bytes are', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
        read(Buffer.concat([Buffer.from('date,amount,payer\n'), bytes]));
      }),
    ));
});
