import { TARIFF_HEADER } from '../../../test/support/small-provider.js';
import { FILE_TASKS, PROBLEMS_TOLD } from './heavy-tasks.js';

const line = (tariff: string, prefix: string, price = '8'): string =>
  `${tariff},${prefix},東京,一般通話,0,${price},180,180,180,2020-01-01,standard`;
const read = (lines: readonly string[]) =>
  FILE_TASKS.readTariffFile('t.csv', [TARIFF_HEADER, ...lines, ''].join('\n'));
const times = (count: number, of: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => of(i));

describe('a tariff file', () => {
  it('is told by its first problems and the number of all others', () => {
    const { tariffs, problems, more } = read(times(1_000, i => line('std', `0${i}`, 'x')));
    expect(tariffs).toEqual([]);
    expect(problems.map(one => one.line)).toEqual(times(PROBLEMS_TOLD, String).map(i => Number(i) + 2));
    expect(more).toBe(1_000 - PROBLEMS_TOLD);
  });

  it('with as many problems as are told has no more', () => {
    expect(read(times(PROBLEMS_TOLD, i => line('std', `0${i}`, 'x')))).not.toHaveProperty('more');
  });

  it('of more than 200,000 rows is refused at the first row beyond', () => {
    const { problems } = read(times(200_001, () => ''.padEnd(10, ',')));
    expect(problems).toMatchObject([
      { file: 't.csv', line: 200_002, field: 'line', problem: expect.stringMatching(/at most 200000/) },
    ]);
  });

  it('of more than a thousand tariffs is refused: each is a publication of its own', () => {
    expect(read(times(1_000, i => line(`t${i}`, '03'))).tariffs).toHaveLength(1_000);
    expect(read(times(1_001, i => line(`t${i}`, '03'))).problems).toMatchObject([
      { line: 1_002, field: 'tariff' },
    ]);
  });

  it('compares at most 500 rows of one prefix with each other', () => {
    const season = (i: number): string => {
      const month = `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;
      return `std,03,東京,一般通話,0,8,180,180,180,${month}-01,${month}-02`;
    };
    const text = (count: number): string =>
      [TARIFF_HEADER.replace(',tax', ',valid_to'), ...times(count, season), ''].join('\n');
    expect(FILE_TASKS.readTariffFile('t.csv', text(500)).problems).toEqual([]);
    expect(FILE_TASKS.readTariffFile('t.csv', text(502)).problems.map(one => one.line)).toEqual([502, 503]);
  });
});

it('a catalogue file with a problem gives nothing of what is good in it', () => {
  const { issuer, policies, tariffs, problems } = FILE_TASKS.readCatalogueFile(
    'c.yaml',
    'issuer: {name: 台帳}\nprices: []\n',
  );
  expect({ issuer, policies, tariffs }).toEqual({ issuer: null, policies: [], tariffs: [] });
  expect(problems).toHaveLength(1);
});
