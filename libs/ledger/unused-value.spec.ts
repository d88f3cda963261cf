import { BusinessDay, Instant, Money, MoneyTotal } from '#kernel';
import { lastReportDay, UnusedValues } from './unused-value.js';
import type { LotState } from './wallet/wallet.facts.js';

const day = BusinessDay.parse;
let lots = 0;
const lot = (issuedOn: string, posted: string, more: Partial<LotState> = {}): LotState => ({
  ...{ id: `L${++lots}`, kind: 'paid', credited: Money.of('1000'), held: Money.zero },
  ...{ issuedAt: Instant.parse(`${issuedOn}T23:59:59.999+09:00`), posted: Money.of(posted) },
  expiresOn: BusinessDay.plus(day(issuedOn), 180),
  ...more,
});

describe('unused prepaid value (J-08)', () => {
  it('adds up by day of issue and by age, paid and bonus apart, to the 1/10,000 yen', () => {
    const values = new UnusedValues(day('2026-09-30'));
    values.add(lot('2026-09-30', '100.0001'));
    values.add(lot('2026-04-03', '7'));
    values.add(lot('2026-09-30', '0.9999'));
    values.add(lot('2026-09-30', '5', { kind: 'bonus' }));
    values.add(lot('2026-01-01', '3'));
    values.add(lot('2026-06-01', '0'));
    const { total, byIssueDay, byAge } = values.sums();
    expect([MoneyTotal.text(total.paid), MoneyTotal.text(total.bonus)]).toEqual(['111', '5']);
    expect(byIssueDay.map(row => [BusinessDay.text(row.issuedOn), MoneyTotal.text(row.paid)])).toEqual([
      ['2026-01-01', '3'],
      ['2026-04-03', '7'],
      ['2026-09-30', '101'],
    ]);
    expect(byAge.map(row => [row.days, MoneyTotal.text(row.paid), MoneyTotal.text(row.bonus)])).toEqual([
      [-1, '3', '0'],
      [30, '7', '0'],
      ...[60, 90, 120, 150].map(days => [days, '0', '0']),
      [180, '101', '5'],
      [null, '0', '0'],
    ]);
  });

  it.each([
    ['2026-09-30', -1],
    ['2026-10-01', 30],
    ['2026-10-30', 30],
    ['2026-10-31', 30],
    ['2026-11-01', 60],
    ['2027-03-30', 180],
    ['2027-03-31', null],
  ] as const)('as of 2026-10-01 value through %s is %s days old at most', (expiresOn, days) => {
    const values = new UnusedValues(day('2026-10-01'));
    values.add(lot('2026-09-01', '1', { expiresOn: day(expiresOn) }));
    expect(values.sums().byAge.find(({ paid }) => paid > 0)?.days).toBe(days);
  });

  it.each([
    ['2026-03-31', '2025-09-30'],
    ['2026-04-01', '2026-03-31'],
    ['2026-09-30', '2026-03-31'],
    ['2026-10-01', '2026-09-30'],
    ['2027-01-01', '2026-09-30'],
  ])('is asked for on %s as of %s', (today, as) =>
    expect(BusinessDay.text(lastReportDay(day(today)))).toBe(as),
  );
});
