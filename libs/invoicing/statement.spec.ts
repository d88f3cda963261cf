import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { BusinessMonth, Money } from '#kernel';
import { incomingTimeDiscount } from '#ledger';
import { type StatementInput, type UsageRow, usageStatement } from './statement.js';
import { displayWidth, printStatement, statementCsv, statementTable } from './statement-print.js';

const fixture = new URL('../../test/fixtures/statement-002/expected.json', import.meta.url);

const row = (category: string, calls: number, seconds: number, net: string): UsageRow => ({
  category,
  calls,
  durationMs: seconds * 1000,
  net: Money.of(net),
});

const hours = (h: number, m: number, s: number): number => h * 3600 + m * 60 + s;

/** The month that document 002 prints, in no order. */
const october: StatementInput = {
  account: 'A1',
  month: BusinessMonth.parse('2025-10'),
  rows: [
    row('PHS通話', 510, hours(10, 55, 30), '15300'),
    row('IP通話', 480, hours(10, 27, 15), '0'),
    row('一般通話', 1096, hours(28, 49, 53.5), '10240'),
    row('携帯通話', 330, hours(4, 40, 45), '7680'),
    row('国際通話', 600, hours(55, 1, 0), '96870'),
  ],
  incoming: { calls: 3016, durationMs: hours(39, 7, 43) * 1000 },
  unansweredCalls: 120,
  incomingDiscountPerMinute: Money.of('0.5'),
};

describe('the statement of document 002', () => {
  const statement = usageStatement(october);

  it('has exactly the keys, order and forms of the expected JSON (US-01 to US-04, US-06, US-08)', () => {
    expect(JSON.stringify(statement, null, 1)).toBe(readFileSync(fixture, 'utf8').trimEnd());
  });

  it.each([
    ['US-01 counts', statement.total.calls, 3016],
    ['US-02 duration, X-49', statement.total.duration, '109:54:23.5'],
    ['US-03 amount', statement.total.amount, '130090'],
    ['US-04 discount', statement.incomingDiscount.amount, '-1174'],
    ['US-06 hours not capped at 24', statement.rows[0]?.duration, '28:49:53.5'],
    ['US-08 free calls are counted', statement.rows[3]?.calls, 480],
    ['US-08 and timed', statement.rows[3]?.duration, '10:27:15.0'],
    ['US-08 at no charge', statement.rows[3]?.amount, '0'],
    ['unanswered calls stand apart', statement.unansweredNotCounted, 120],
  ])('%s', (_case, actual, expected) => expect(actual).toBe(expected));

  it.each([
    ['一般通話', 1280, '8', '10240'],
    ['携帯通話', 480, '16', '7680'],
    ['PHS通話', 510, '30', '15300'],
  ])('US-09: %s is %d units of %s yen', (category, units, price, amount) => {
    expect(Money.text(Money.share(Money.of(price), units, 1, 'half_up'))).toBe(amount);
    expect(statement.rows.find(r => r.category === category)?.amount).toBe(amount);
  });
});

describe('the incoming-time discount (着割)', () => {
  it.each([
    ['US-04: 39:07:43.0 at 0.5', '0.5', 140_863_000, '130090', '1174'],
    ['US-07: never more than was paid', '0.5', 140_863_000, '100', '100'],
    ['nothing paid, nothing off', '0.5', 140_863_000, '0', '0'],
    ['a negative paid sum (reversals) is no base', '0.5', 140_863_000, '-8', '0'],
    ['half a yen goes up', '0.5', 60_000, '100', '1'],
    ['just under half a yen goes down', '0.5', 59_999, '100', '0'],
    ['no rate, no discount', '0', 140_863_000, '130090', '0'],
    ['the cap keeps the decimals of what was paid', '0.5', 140_863_000, '100.1234', '100.1234'],
  ])('%s', (_case, rate, ms, paid, expected) => {
    expect(Money.text(incomingTimeDiscount(Money.of(rate), ms, Money.of(paid)))).toBe(expected);
  });

  it('is printed as zero, not as minus zero', () => {
    const none = usageStatement({ ...october, incoming: { calls: 0, durationMs: 0 } });
    expect(none.incomingDiscount).toEqual({ calls: 0, duration: '0:00:00.0', amount: '0' });
  });
});

describe('rows', () => {
  it('follow the order of the print, then the names of other categories', () => {
    const rows = ['衛星通話', 'PHS通話', 'ナビダイヤル', '国際通話', '一般通話'].map(name =>
      row(name, 1, 1, '1'),
    );
    const names = usageStatement({ ...october, rows }).rows.map(r => r.category);
    expect(names).toEqual(['一般通話', '国際通話', 'PHS通話', 'ナビダイヤル', '衛星通話']);
  });

  it('of one category are one row', () => {
    const rows = [row('国際通話', 2, 10, '1.5'), row('国際通話', 3, 20, '2.25')];
    expect(usageStatement({ ...october, rows }).rows).toEqual([
      { category: '国際通話', calls: 5, duration: '0:00:30.0', amount: '3.75' },
    ]);
  });

  it('of an empty month give a total of zero', () => {
    const empty = usageStatement({ ...october, rows: [] });
    expect(empty.rows).toEqual([]);
    expect(empty.total).toEqual({ calls: 0, duration: '0:00:00.0', amount: '0' });
  });

  it('add up to the printed total, tenths and amounts included', () => {
    const tenths = (text: string): number => {
      const [h, m, s] = text.split(':') as [string, string, string];
      return (Number(h) * 60 + Number(m)) * 600 + Number(s.replace('.', ''));
    };
    const anyRow = fc.record({
      category: fc.constantFrom('一般通話', '国際通話', '携帯通話', 'IP通話', 'X'),
      calls: fc.nat(9999),
      durationMs: fc.nat(400_000_000),
      net: fc.nat(2_000_000_000).map(Money.fromUnits),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), rows => {
        const { rows: printed, total } = usageStatement({ ...october, rows });
        expect(printed.reduce((sum, r) => sum + tenths(r.duration), 0)).toBe(tenths(total.duration));
        expect(printed.reduce((sum, r) => sum + r.calls, 0)).toBe(total.calls);
        expect(Money.text(Money.sum(printed.map(r => Money.of(r.amount))))).toBe(total.amount);
      }),
    );
  });
});

describe('the statement on other media', () => {
  const statement = usageStatement(october);

  it('is a CSV with a byte-order mark, CRLF and plain numbers', () => {
    expect(statementCsv(statement)).toBe(
      [
        '\uFEFF明細,通話種別,通話数,通話時間 (時:分:秒),通話料金 (円・税別)',
        '通話,一般通話,1096,28:49:53.5,10240',
        '通話,国際通話,600,55:01:00.0,96870',
        '通話,携帯通話,330,4:40:45.0,7680',
        '通話,IP通話,480,10:27:15.0,0',
        '通話,PHS通話,510,10:55:30.0,15300',
        ',合計,3016,109:54:23.5,130090',
        '着割,着割対象通話,3016,39:07:43.0,-1174',
        '',
      ].join('\r\n'),
    );
  });

  it('quotes names that hold separators', () => {
    const odd = usageStatement({ ...october, rows: [row('a,"b"', 1, 1, '1')] });
    expect(statementCsv(odd, 'en')).toContain('\r\nCalls,"a,""b""",1,0:00:01.0,1\r\n');
  });

  it.each(['ja', 'en'] as const)('lines up on a terminal (%s)', language => {
    const lines = statementTable(statement, language).split('\n');
    const amounts = lines.filter(line => /[\d)][\d)]*$/.test(line) && line.includes('  ')).slice(1);
    expect(new Set(amounts.map(displayWidth)).size).toBe(1);
    expect(amounts.some(line => line.endsWith(' 128,916'))).toBe(true);
    expect(lines.find(line => line.includes('109:54:23.5'))).toMatch(/3,016 +109:54:23\.5 +130,090$/);
  });

  it('names the categories in English', () => {
    expect(printStatement(statement, 'en').rows.map(r => r.name)).toEqual([
      'Domestic calls',
      'International calls',
      'Mobile calls',
      'IP calls',
      'PHS calls',
    ]);
  });

  it('counts full-width characters as two columns', () => {
    expect(displayWidth('IP通話 10')).toBe(9);
    expect(displayWidth('ﾊﾝｶｸ')).toBe(4);
    expect(displayWidth('𠮷')).toBe(2);
  });

  it('shows decimals in one column only where there are some', () => {
    const rows = [row('一般通話', 1, 1, '8'), row('国際通話', 1, 1, '0.15')];
    const printed = printStatement(usageStatement({ ...october, rows }), 'ja');
    expect(printed.rows.map(r => r.amount)).toEqual(['8.00', '0.15']);
    expect(printed.total.amount).toBe('8.15');
    expect(printed.discount.amount).toBe('-8.15');
    expect(printed.afterDiscount.amount).toBe('0.00');
  });
});
