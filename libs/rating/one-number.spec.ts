import {
  canonicalCdr,
  checkTariffRows,
  diffTariff,
  encodeTariffRow,
  formerTexts,
  prefixKeys,
  rateCall,
  readPrefix,
} from './index.js';
import { at, call, NOON, tariffOf } from './rating.fixture.js';

/** Numbers in every way of writing them. */
const WAYS = {
  tokyo: [
    ...['0312345678', '+81312345678', '0081312345678', '01081312345678', '+81(0)3-1234-5678', '03-1234-5678'],
    ...[
      '0３ー１２３４ー５６７８',
      '1840312345678',
      '186+81 3 1234 5678',
      '0312345678 ',
      '0312345678#',
      ' 03 1234 5678',
    ],
  ],
  sapporo: ['0112345678', '+81112345678', '0081 11 234 5678', '010-81-11-234-5678', '011-234-5678'],
  hawaii: ['+18085550100', '0018085550100', '01018085550100', '+1 (808) 555-0100', '184+1-808-555-0100'],
  newYork: ['+12125550100', '0012125550100', '010 1 212 555 0100'],
  london: ['+442071234567', '00442071234567', '010442071234567', '+44 (0)20 7123 4567'],
  seoul: ['+82212345678', '0082-2-1234-5678', '01082 2 1234 5678'],
} as const;
type Place = keyof typeof WAYS;

type Expected = Readonly<Partial<Record<Place, string>>>;
const TARIFFS: readonly (readonly [prefixes: string, rows: Expected])[] = [
  ['+81 +1', { tokyo: '+81', sapporo: '+81', hawaii: '+1', newYork: '+1' }],
  ['0081 001', { tokyo: '0081', sapporo: '0081', hawaii: '001', newYork: '001' }],
  ['01081 0101', { tokyo: '01081', sapporo: '01081', hawaii: '0101', newYork: '0101' }],
  ['+1 +1808 011', { sapporo: '011', hawaii: '+1808', newYork: '+1' }],
  ['+813 0', { tokyo: '+813', sapporo: '0', hawaii: '0', newYork: '0', london: '0', seoul: '0' }],
  ['03 +81', { tokyo: '03', sapporo: '+81' }],
  ['010 +82', { hawaii: '010', newYork: '010', london: '010', seoul: '+82' }],
  ['00 +811', { sapporo: '+811', hawaii: '00', newYork: '00', london: '00', seoul: '00' }],
  ['01 +44', { sapporo: '01', hawaii: '01', newYork: '01', london: '+44', seoul: '01' }],
  ['+8', { tokyo: '+8', sapporo: '+8', seoul: '+8' }],
  ['+8 +81 010', { tokyo: '+81', sapporo: '+81', hawaii: '010', newYork: '010', london: '010', seoul: '+8' }],
  ['+4', { london: '+4' }],
];
const CASES = TARIFFS.flatMap(([prefixes, rows]) =>
  Object.entries(WAYS).map(([place, ways]) => [prefixes, place, rows[place as Place], ways] as const),
);

const STRANGERS = { isOwnNumber: () => false };

describe('a number means one number in a tariff, however it is written', () => {
  it.each(CASES)('rows %s price %s by %s', (prefixes, _, row, ways) => {
    const tariff = tariffOf(...prefixes.split(' ').map(prefix => `${prefix} 10 60 60 60`));
    const found = ways.map(to => tariff.rowFor('out', to, NOON)?.prefix);
    expect(found).toEqual(ways.map(() => row));
  });

  it.each([
    ['+81-3', '+813'],
    ['０３', '03'],
    ['010 44', '01044'],
    ['+１', '+1'],
    ['#9110', '#9110'],
    ['+', null],
    ['03x', null],
    ['*8', null],
  ])('reads the prefix %s as %s', (written, prefix) => expect(readPrefix(written)).toBe(prefix));

  const row = (prefix: string, line: number) => ({
    file: 't',
    line,
    fields: {
      ...{ tariff: 't', destination: 'd', category: 'c', connect_fee: '0', price: '1', per_s: '60' },
      ...{ first_increment_s: '60', increment_s: '60', valid_from: '2020-01-01', prefix },
    },
  });

  it.each([
    ['03', '+813'],
    ['03', '0081-3'],
    ['03', '010813'],
    ['+1', '0101'],
    ['+1', '001'],
    ['0', '+81'],
    ['01', '+811'],
    ['010', '00'],
    ['+8', '0108'],
    ['18403', '03'],
  ])('names a row for %s and one for %s as an overlap', (one, other) => {
    const { problems } = checkTariffRows([row(one, 2), row(other, 3)]);
    expect(problems).toMatchObject([
      {
        line: 3,
        field: 'prefix',
        problem: { kind: { code: 'ROWS_OVERLAP' }, values: { line: { en: 'line 2' } } },
      },
    ]);
  });

  it.each([
    ['0', '010'],
    ['+81', '010'],
    ['+81', '01'],
    ['+1', '+1808'],
    ['1', '+1'],
    ['011', '+1'],
  ])('takes a row for %s beside one for %s', (one, other) => {
    expect(checkTariffRows([row(one, 2), row(other, 3)]).problems).toEqual([]);
    expect(prefixKeys(one).filter(key => prefixKeys(other).includes(key))).toEqual([]);
  });

  it('calls a prefix that is only written anew a change, not another row', () => {
    const [before, after] = ['03', '+813'].map(prefix =>
      checkTariffRows([row(prefix, 2)]).rows.map(encodeTariffRow),
    );
    const { added, removed, changed } = diffTariff('t', before!, after!);
    expect([added, removed, changed.map(one => one.fields)]).toEqual([[], [], [['prefix']]]);
  });
});

describe('a call whose number cannot be read', () => {
  const tariff = tariffOf('03 8 180 180 180', '0 10 60 60 60', '1 5 60 60 60');

  it.each([
    '03-1234-567x',
    '0312345678,1',
    '000312345678',
    '+81 10 1234 5678',
    'anonymous',
    'sip:alice@example.jp',
  ])('has no price, rather than that of a shorter prefix: %s', to =>
    expect(rateCall(call(to, '10'), tariff, STRANGERS)).toBe('UNREADABLE_NUMBER'),
  );

  it('needs none when nobody answered', () => {
    expect(rateCall(call('anonymous', null), tariff, STRANGERS)).toMatchObject({
      kind: 'unanswered',
      priced: null,
    });
  });

  it('is priced by the own number when it came in', () => {
    const free = tariffOf('0120 3 60 60 60 direction=in');
    const incoming = { ...call('service', '61'), direction: 'in' as const, from: 'anonymous' };
    expect(rateCall({ ...incoming, number: '0120123456' }, free, STRANGERS)).toMatchObject({
      kind: 'incoming',
    });
    expect(rateCall({ ...incoming, number: '0312345678' }, free, STRANGERS)).toMatchObject({ priced: null });
  });
});

describe('the report of a call', () => {
  const cdr = call('0312345678', '10', at('2026-10-05T12:00:00.000'));

  it.each(WAYS.tokyo)('is the same report with the called number written %s', to => {
    expect(canonicalCdr({ ...cdr, to })).toBe(canonicalCdr(cdr));
  });

  it('is another one when another number was called', () => {
    expect(canonicalCdr({ ...cdr, to: '03-1234-5679' })).not.toBe(canonicalCdr(cdr));
  });

  it('is known again as an earlier version stored it', () => {
    const texts = formerTexts({ ...cdr, to: '+81312345678' });
    expect(texts.map(text => text.split('\t').slice(2, 6))).toEqual([
      ['05012345678', 'out', '05012345678', '+81312345678'],
      ['+815012345678', 'out', '05012345678', '+81312345678'],
    ]);
  });
});
