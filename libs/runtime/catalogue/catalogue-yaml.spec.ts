import { parseDocument } from 'yaml';
import { BusinessDay, problemInEnglish, problemSaid } from '#kernel';
import { readCatalogue } from './catalogue-yaml.js';
import { yamlWords } from './yaml-words.js';

const GOOD = `issuer:
  name: 台帳通信株式会社
  postal_code: 100-0001
  address: 東京都千代田区千代田1-1
  registration_number: T8700110005901
  phone: 03-0000-0000
  tax_rounding: floor
policies:
  - name: prepaid.expiry-days
    value: 180
    valid_from: 2026-04-01
tariffs:
  - tariff: std
    prefix: 03
    destination: 東京
    category: 一般通話
    connect_fee: 0
    price: 8.10
    per_s: 180
    first_increment_s: 180
    increment_s: 180
    valid_from: 2020-01-01
`;
const toldIn = (text: string) =>
  readCatalogue('c.yaml', text).problems.map(one => ({ ...one, problem: problemInEnglish(one.problem) }));
const problemsOf = (text: string) => {
  const { problems, tariff } = readCatalogue('c.yaml', text);
  return [...problems, ...tariff.problems].map(({ file, line, field }) => [file, line, field]);
};

describe('a catalogue file', () => {
  it('gives issuer, policies and tariff rows; the prefix 03 keeps its zero', () => {
    const read = readCatalogue('c.yaml', GOOD);
    expect(read.problems).toEqual([]);
    expect(read.tariff.problems).toEqual([]);
    expect(read.issuer).toMatchObject({
      profile: { name: '台帳通信株式会社', postalCode: '100-0001', taxRounding: 'floor' },
    });
    expect(read.policies).toEqual([
      { name: 'prepaid.expiry-days', value: '180', validFrom: BusinessDay.parse('2026-04-01'), line: 9 },
    ]);
    expect(read.tariff.rows).toMatchObject([{ prefix: '03', price: '8.1', line: 13 }]);
  });

  it('may hold one section only', () => {
    const read = readCatalogue('c.yaml', 'issuer:\n  name: 台帳\n');
    expect(read).toMatchObject({
      issuer: { profile: { name: '台帳', registrationNumber: '', taxRounding: 'half_up' } },
      policies: [],
      tariff: { rows: [], problems: [] },
      problems: [],
    });
  });

  it.each([
    ['name: "x\n', 'MISSING_CHAR'],
    ['name: x: y\n', 'BLOCK_AS_IMPLICIT_KEY'],
    ['\tname: x\n', 'TAB_AS_INDENT'],
    ['  name: x\n phone: y\n', 'UNEXPECTED_TOKEN'],
    ['name: *\n', 'BAD_ALIAS'],
    ['name: @x\n', 'BAD_SCALAR_START'],
    ['name: "\\q"\n', 'BAD_DQ_ESCAPE'],
    ['name: &a &b x\n', 'MULTIPLE_ANCHORS'],
    ['name: !!int x\n', 'TAG_RESOLVE_FAILED'],
    ['name: [a, b\n', 'BAD_INDENT'],
    ['name: a\n---\nname: b\n', 'MULTIPLE_DOCS'],
    ['name: a\n]\n', 'UNEXPECTED_TOKEN'],
  ])('says in both languages what the YAML library finds wrong with %j', (text, code) => {
    const [first] = readCatalogue('c.yaml', text).problems;
    const { errors, warnings } = parseDocument(text, { prettyErrors: false });
    const [found] = [...errors, ...warnings];
    const { ja, en } = problemSaid(first!.problem);
    expect([found?.code, en.replace(/ \(character \d+\)$/, '')]).toEqual([code, found?.message]);
    expect(ja).toMatch(/^YAMLとして読み取れません：.*[ぁ-ん].*（\d+文字目）$/);
    expect(ja).toContain(yamlWords(found!).ja);
    expect(ja).not.toContain(found!.message);
  });

  it('keeps the English words of what the YAML library may find one day', () => {
    const unknown = { code: 'NEW_ONE' as 'IMPOSSIBLE', message: 'Never seen' };
    expect(yamlWords(unknown)).toEqual({ ja: 'Never seen', en: 'Never seen' });
  });

  it.each<[what: string, text: string, problems: readonly (readonly [number, string | null])[]]>([
    ['that is not YAML', 'issuer:\n  name: "x\n', [[3, null]]],
    ['with a tab', 'issuer:\n\tname: x\n', [[2, null]]],
    ['with a key twice', 'issuer:\n  name: a\n  name: b\n', [[3, null]]],
    ['that is a list', '- issuer\n', [[1, null]]],
    ['that is empty', '', [[1, null]]],
    ['with an unknown section', 'policies: []\nprices: []\n', [[2, 'prices']]],
    ['whose issuer is a text', 'issuer: 台帳\n', [[1, 'issuer']]],
    ['whose issuer has no name', 'issuer:\n  phone: "1"\n', [[2, 'name']]],
    [
      'whose issuer has everything wrong',
      'issuer:\n  name: 台帳\n  fax: 1\n  address: [a]\n  registration_number: T1\n  tax_rounding: up\n',
      [
        [3, 'fax'],
        [4, 'address'],
        [6, 'tax_rounding'],
        [5, 'registration_number'],
      ],
    ],
    ['whose policies are a mapping', 'policies:\n  a: 1\n', [[2, 'policies']]],
    ['with a policy that is a text', 'policies:\n  - expiry\n', [[2, 'policies']]],
    [
      'with a policy without day',
      'policies:\n  - name: prepaid.expiry-days\n    value: 9\n',
      [[2, 'valid_from']],
    ],
    [
      'with an unknown policy',
      'policies:\n  - name: prepaid.days\n    value: 9\n    valid_from: 2026-01-01\n',
      [[2, 'policy prepaid.days']],
    ],
    [
      'with a policy of a wrong value',
      'policies:\n  - name: prepaid.expiry-days\n    value: many\n    valid_from: 2026-01-01\n',
      [[2, 'policy prepaid.expiry-days']],
    ],
    [
      'with a policy from a day that does not exist',
      'policies:\n  - name: prepaid.expiry-days\n    value: 9\n    valid_from: 2026-02-30\n',
      [[4, 'valid_from']],
    ],
    [
      'with a policy twice from the same day',
      `policies:${'\n  - name: prepaid.expiry-days\n    value: 9\n    valid_from: 2026-01-01'.repeat(2)}\n`,
      [[7, 'valid_from']],
    ],
    [
      'with a closed day that does not exist',
      'policies:\n  - name: provider.closed-days\n    value: 2026-02-30\n    valid_from: 2026-01-01\n',
      [[2, 'policy provider.closed-days']],
    ],
    ['with a tariff that is a text', 'tariffs:\n  - std\n', [[2, 'tariffs']]],
    ['with a wrong price', GOOD.replace('8.10', 'eight'), [[13, 'price']]],
    [
      'with an unknown column',
      GOOD.replace('destination:', 'country:'),
      [
        [13, 'country'],
        [13, 'destination'],
      ],
    ],
  ])('%s is refused with its lines', (_what, text, problems) =>
    expect(problemsOf(text)).toEqual(problems.map(([line, field]) => ['c.yaml', line, field])),
  );
});

describe('a catalogue file that would hold everybody up', () => {
  const many = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join('');
  /** With the package's own check this takes minutes: it compares every key with every other. */
  it('of a hundred thousand keys is read, and a key that stands twice is found', () => {
    const text = `issuer:\n${many(100_000, i => `  k${i}: 1\n`)}  k7: 2\n`;
    expect(toldIn(text)).toEqual([
      { file: 'c.yaml', line: 100_002, field: null, problem: 'Map keys must be unique' },
    ]);
  });

  it.each([
    ['keys', `issuer: {${many(300_001, i => `k${i}: 1, `)}}`, /more than 300000 keys/],
    ['brackets', `issuer: ${'['.repeat(500_000)}`, /nested more than 20 deep/],
    ['braces', `issuer: ${'{a: '.repeat(100_000)}`, /nested more than 20 deep/],
    ['aliases', `issuer: &a [x]\ntariffs:\n${many(50_000, () => '- *a\n')}`, /more than 1000 aliases/],
    ['anchors', `issuer:\n  name: ${many(50_000, i => `&a${i} `)}x\n`, /more than 1000 anchors/],
    ['list entries', `tariffs:\n${many(300_001, () => '- x\n')}`, /more than 300000 list entries/],
    ['commas', `tariffs: [${','.repeat(300_001)}]`, /more than 300000 list entries/],
    ['characters in a value', `issuer:\n  name: ${'x'.repeat(9_000_000)}\n`, /more than 40000 characters/],
    ['characters in quotes', `issuer:\n  name: "${'\\q'.repeat(900_000)}"\n`, /more than 40000 characters/],
    ['lists in lists', `tariffs:\n${'- '.repeat(100_000)}\n`, /nested more than 20 deep/],
    ['keys in keys', `tariffs:\n${'? '.repeat(100_000)}\n`, /nested more than 20 deep/],
  ])('of too many %s is refused before it is built, and the section is named', (_what, text, problem) => {
    const field = /^\w+/.exec(text)![0];
    const [found, ...more] = toldIn(text);
    expect([more, found?.file]).toEqual([[], 'c.yaml']);
    expect(found?.problem).toMatch(problem);
    expect([field, 'tariffs']).toContain(found?.field);
  });

  it('of too many characters is refused before a word of it is read', () => {
    expect(toldIn(`# ${'x'.repeat(16_000_000)}`)).toEqual([
      {
        file: 'c.yaml',
        line: 1,
        field: null,
        problem: expect.stringMatching(/more than 16000000 characters/),
      },
    ]);
  });

  /** The package's pretty errors copy the line of each: 40,000 faults on one line took seconds of work. */
  it.each([
    ['commas', `tariffs: [${','.repeat(80_000)}]`],
    ['brackets', `issuer: ${'[]'.repeat(80_000)}`],
  ])(
    'of very many faults in one line (%s) is told them without a copy of the line for each',
    (_what, text) => {
      const told = toldIn(text);
      expect(told.length).toBeGreaterThan(70_000);
      expect(told.filter(({ problem }) => /column|\^|,,|\[\]\[/.test(problem))).toEqual([]);
    },
  );

  it('is read when it is as large as a catalogue may be', () => {
    const days = Array.from({ length: 3_000 }, () => '2026-01-01').join(',');
    const policy = `  - name: provider.closed-days\n    value: "${days}"\n    valid_from: 2026-01-01\n`;
    expect(readCatalogue('c.yaml', `policies:\n${policy}`).problems).toEqual([]);
  });

  it('of lists within lists of lists is refused', () => {
    expect(readCatalogue('c.yaml', `issuer:\n${'- '.repeat(100_000)}\n`).problems).not.toEqual([]);
  });
});
