import fc from 'fast-check';
import { displayWidth } from '#invoicing';
import { Money } from '#kernel';
import { grouped, pairs, printable, Table } from './text.js';

const columns = [
  { key: 'name', head: { ja: '名称', en: 'name' } },
  { key: 'yen', head: { ja: '金額', en: 'amount' }, kind: 'money' },
] as const;

describe('tables', () => {
  it('aligns Japanese and Latin text by the columns they take', () => {
    const rows = [
      { name: '株式会社あおぞら', yen: '1234567.5' },
      { name: 'ABC', yen: '-1' },
    ];
    expect(new Table(columns, 'ja').lines(rows)).toBe(
      [
        '名称                   金額',
        '----------------  -----------',
        '株式会社あおぞら  1,234,567.5',
        'ABC                        -1',
        '',
      ]
        .join('\n')
        .replace('名称                   金額', '名称                     金額'),
    );
  });

  it('puts the heading once, over the first rows only', () => {
    const table = new Table(columns, 'en');
    expect(table.lines([{ name: 'a', yen: '1' }])).toContain('name');
    expect(table.lines([{ name: 'b', yen: '2' }])).toBe('b          2\n');
  });

  it('shows a missing value as a dash and never passes control characters on', () => {
    expect(new Table(columns, 'en').lines([{ name: 'a\u001b[2J\nb', yen: null }])).toContain(
      'a [2J b       -',
    );
    expect(printable('\u0007\t\u009b')).toBe('   ');
  });

  it('aligns the values of pairs', () => {
    expect(
      pairs([
        ['残高', '1'],
        ['held', '2'],
      ]),
    ).toBe('残高  1\nheld  2\n');
  });

  it('keeps every line of a table equally wide up to its last cell', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '漢', 'ｱ', '９', ' '), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), names => {
        const rows = names.map(name => ({ name, yen: '1' }));
        const lines = new Table(columns, 'ja').lines(rows).trimEnd().split('\n');
        expect(new Set(lines.map(displayWidth)).size).toBe(1);
      }),
    );
  });
});

describe('grouped amounts', () => {
  it('change nothing but the separators', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), units => {
        const text = Money.text(Money.fromUnits(units));
        expect(grouped(text).replaceAll(',', '')).toBe(text);
        expect(grouped(text)).toMatch(/^-?\d{1,3}(,\d{3})*(\.\d+)?$/);
      }),
    );
  });
});
