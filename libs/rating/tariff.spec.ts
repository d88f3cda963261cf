import { BusinessDay, InvalidInput, problemInEnglish } from '#kernel';
import {
  checkTariffRows,
  decodeTariffRow,
  encodeTariffRow,
  ledgerProblems,
  parseTariffCsv,
  type TariffRow,
} from './index.js';

const HEADER =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from';
const ROW = 'std,03,fixed,一般通話,0,8,180,180,180,2020-01-01';
const GOOD = {
  tariff: 'std',
  prefix: '03',
  destination: 'fixed',
  category: '一般通話',
  connect_fee: '0',
  price: '8',
};
const WHEN = { per_s: '180', first_increment_s: '180', increment_s: '180', valid_from: '2020-01-01' };

const check = (...changes: Record<string, unknown>[]) =>
  checkTariffRows(
    changes.map((change, i) => ({ file: 'f', line: i + 2, fields: { ...GOOD, ...WHEN, ...change } })),
  );

describe('tariff.csv', () => {
  it('reads a row with its defaults', () => {
    expect(parseTariffCsv(`${HEADER}\n${ROW}\n`, 't.csv')).toEqual({
      problems: [],
      rows: [
        {
          tariff: 'std',
          prefix: '03',
          destination: 'fixed',
          category: '一般通話',
          connectFee: '0',
          price: '8',
          perMs: 180_000,
          firstIncrementMs: 180_000,
          incrementMs: 180_000,
          validFrom: BusinessDay.parse('2020-01-01'),
          validTo: null,
          days: 0xff,
          fromMinute: 0,
          toMinute: 1440,
          rounding: 'half_up',
          decimals: 4,
          tax: 'standard',
          direction: 'out',
          firstPrice: null,
          line: 2,
        },
      ],
    });
  });

  it('takes columns in any order, a BOM, CRLF, empty lines, quoted fields and optional columns', () => {
    const header = `\uFEFF${HEADER.split(',').reverse().join(',')},tax,days`;
    const row = '2020-01-01,180,180,180,8,0,"一般 ""通話""","Tokyo, 23 wards",03,std,export_exempt,"sat,sun"';
    const { rows, problems } = parseTariffCsv(`${header}\r\n\r\n${row}\r\n`, 't.csv');
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      category: '一般 "通話"',
      tax: 'export_exempt',
      days: 0b100_0001,
      line: 3,
    });
  });
});

it('counts lines through quoted line breaks', () => {
  const text = `${HEADER}\n${ROW.replace('fixed', '"two\nlines"')}\n${ROW.replace('03', 'x')}`;
  expect(parseTariffCsv(text, 't.csv').problems.map(p => [p.line, p.field])).toEqual([
    [2, 'destination'],
    [4, 'prefix'],
  ]);
});

describe('a bad tariff file names every bad line', () => {
  it.each([
    ['an empty file', '', [[1, 'header']]],
    ['a missing column', `${HEADER.replace(',price', '')}\n${ROW}`, [[1, 'price']]],
    ['an unknown column', `${HEADER},colour\n${ROW},red`, [[1, 'colour']]],
    ['a column named twice', `${HEADER},price\n${ROW},9`, [[1, 'price']]],
    ['a line with a field too few', `${HEADER}\nstd,03\n${ROW}`, [[2, 'line']]],
    ['a quote that never closes', `${HEADER}\n"std,03,fixed`, [[2, 'line']]],
    ['text after a closing quote', `${HEADER}\n"std"x,03,fixed,c,0,8,1,1,1,2020-01-01`, [[2, 'line']]],
    ['a quote inside a plain field', `${HEADER}\ns"td,03,fixed,c,0,8,1,1,1,2020-01-01`, [[2, 'line']]],
    ['bytes that were not UTF-8', `${HEADER}\nstd,03,fixed,\uFFFD\uFFFD,0,8,1,1,1,2020-01-01`, [[2, 'line']]],
    [
      'three bad lines among good ones',
      [
        HEADER,
        ROW,
        'std,x,f,c,-1,8,0,1,1,2020-02-30',
        ROW.replace('03', '04'),
        ROW.replace(',8,', ',,'),
      ].join('\n'),
      [
        [3, 'prefix'],
        [3, 'connect_fee'],
        [3, 'per_s'],
        [3, 'valid_from'],
        [5, 'price'],
      ],
    ],
    ['two equal rows', `${HEADER}\n${ROW}\n${ROW}`, [[3, 'prefix']]],
  ])('%s', (_, text, expected) => {
    const { problems } = parseTariffCsv(text, 't.csv');
    expect(problems.map(p => [p.line, p.field])).toEqual(expected);
    expect(problems.every(p => p.file === 't.csv' && p.problem.kind.en.length > 5)).toBe(true);
  });

  it('names every column of a header that has more of them than a call takes arguments', () => {
    const { rows, problems } = parseTariffCsv(`${HEADER}${',x'.repeat(500_000)}\n${ROW}`, 't.csv');
    expect([rows.length, problems.length, problems.at(-1)?.field]).toEqual([0, 500_000, 'x']);
  });

  it('keeps the good rows beside the problems', () => {
    expect(parseTariffCsv(`${HEADER}\n${ROW}\nstd,x,f,c,0,8,1,1,1,2020-01-01`, 't.csv').rows).toHaveLength(1);
  });
});

describe('a bad value is named by its column', () => {
  it.each([
    ['tariff', ''],
    ['tariff', 7],
    ['prefix', ''],
    ['prefix', '03a1234'],
    ['prefix', '123456789012345678901'],
    ['prefix', 3],
    ['destination', ''],
    ['category', ' '],
    ['category', 'a\u0007b'],
    ['connect_fee', ''],
    ['connect_fee', '-1'],
    ['price', '1e3'],
    ['price', '1,000'],
    ['price', '０'],
    ['price', '0.123456789'],
    ['price', '10000000'],
    ['price', true],
    ['price', 1e-7],
    ['per_s', '0'],
    ['per_s', '-60'],
    ['per_s', '0.0001'],
    ['per_s', '86401'],
    ['first_increment_s', '0'],
    ['increment_s', 'sixty'],
    ['valid_from', '2026-02-29'],
    ['valid_from', '2026/01/01'],
    ['valid_to', '2019-12-31'],
    ['valid_to', 'never'],
    ['days', 'mon-'],
    ['days', 'weekday'],
    ['days', 'mon-tue-wed'],
    ['from_time', '8:00'],
    ['from_time', '24:01'],
    ['to_time', '00:00'],
    ['rounding', 'floor'],
    ['rounding', 'HALF_UP'],
    ['decimals', '7'],
    ['decimals', '-1'],
    ['decimals', '2.0'],
    ['tax', '10'],
    ['direction', 'both'],
    ['first_price', 'free'],
    ['colour', 'red'],
  ])('%s = %p', (column, value) => {
    const { rows, problems } = check({ [column]: value });
    expect([rows.length, problems.map(p => p.field)]).toEqual([0, [column]]);
  });

  it('takes numbers of YAML as the decimals they are written as', () => {
    const { rows, problems } = check({ price: 0.1, per_s: 60, decimals: 2 });
    expect(problems).toEqual([]);
    expect(rows[0]).toMatchObject({ price: '0.1', perMs: 60_000, decimals: 2 });
  });

  it.each([
    ['0.10', '0.1'],
    ['8', '8'],
    ['08.50', '8.5'],
    ['0.000', '0'],
  ])('writes the price %s as %s', (given, price) =>
    expect(check({ price: given }).rows[0]?.price).toBe(price),
  );
});

describe('the stored row', () => {
  const rows = check(
    {},
    {
      prefix: '04',
      valid_to: '2026-12-31',
      days: 'mon-fri',
      from_time: '22:30',
      to_time: '06:00',
      rounding: 'up',
      decimals: '2',
    },
    {
      prefix: '0120',
      direction: 'in',
      tax: 'out_of_scope',
      first_price: '10.50',
      per_s: '57.5',
      increment_s: '0.1',
      connect_fee: '0.15',
    },
  ).rows;

  it.each(rows.map((row): [string, TariffRow] => [row.prefix, row]))(
    'of prefix %s reads back equal',
    (_, row) => {
      expect(decodeTariffRow(JSON.parse(JSON.stringify(encodeTariffRow(row))))).toEqual(row);
    },
  );

  it('leaves defaults out and writes decimal texts', () => {
    expect(encodeTariffRow(rows[0]!)).toEqual({ ...GOOD, ...WHEN, line: '2' });
    expect(encodeTariffRow(rows[2]!)).toMatchObject({
      first_price: '10.5',
      per_s: '57.5',
      increment_s: '0.1',
    });
  });

  it('refuses what is not a row of ours', () => {
    expect(() => decodeTariffRow({ ...GOOD, ...WHEN, price: 'x' })).toThrow(InvalidInput);
  });

  it('is refused by the ledger when it rounds to more than 4 decimals', () => {
    const found = ledgerProblems(check({ decimals: '5' }, { prefix: '04', decimals: '4' }).rows, 'f');
    expect(found.map(p => [p.file, p.line, p.field])).toEqual([['f', 2, 'decimals']]);
  });
});

it.each([
  [';', "';'"],
  ['\t', 'TAB'],
])('a tariff whose columns stand apart by %j is refused with that alone', (sign, said) => {
  const { problems } = parseTariffCsv(`${HEADER}\n${ROW}\n`.replaceAll(',', sign), 't.csv');
  expect(problems.map(one => ({ ...one, problem: problemInEnglish(one.problem) }))).toEqual([
    { file: 't.csv', line: 1, field: 'header', problem: expect.stringContaining(`by ${said}, expected ','`) },
  ]);
});
