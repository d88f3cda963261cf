import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { BusinessDay, BusinessMonth, Instant, Money } from '#kernel';
import { endDay, firstMonthFee, undoUntil } from './prices.js';

dayjs.extend(utc);
const CUT_OFF_MS = 22 * 3_600_000;
const fee = (monthly: string, day: string, proRated = true) =>
  Money.display(firstMonthFee(Money.of(monthly), proRated, BusinessDay.parse(day)), 4);

describe('the fee of the first month', () => {
  it.each([
    ['PR-01', '500', '2025-04-16', '250.0000'],
    ['PR-02', '500', '2025-04-01', '500.0000'],
    ['PR-03', '500', '2025-04-30', '16.6667'],
    ['PR-04', '500', '2025-01-31', '16.1290'],
    ['PR-05', '1000', '2025-02-10', '678.5714'],
    ['PR-06', '1000', '2024-02-10', '689.6552'],
    ['PR-07', '1000', '2024-02-29', '34.4828'],
    ['PR-12 at 23:59:59 of the last day', '500', '2025-01-31', '16.1290'],
    ['PR-12 at 00:00:00 of the first', '500', '2025-02-01', '500.0000'],
  ])('%s: %s from %s on is %s', (_, monthly, day, expected) => expect(fee(monthly, day)).toBe(expected));

  it('PR-10: is the whole month of a product that is not pro-ratable', () =>
    expect(fee('100', '2025-04-20', false)).toBe('100.0000'));

  it('is the decimal fraction of the days that are left, half-up, whatever the price and the day', () => {
    const prices = fc.integer({ min: 0, max: 10_000_000_0000 });
    const days = fc.integer({ min: BusinessDay.parse('2020-01-01'), max: BusinessDay.parse('2040-12-31') });
    fc.assert(
      fc.property(prices, days, (units, day) => {
        const date = dayjs.utc(day * 86_400_000);
        const left = date.daysInMonth() - date.date() + 1;
        const exact = new Decimal(units).times(left).div(date.daysInMonth());
        expect(firstMonthFee(Money.fromUnits(units), true, day as BusinessDay)).toBe(
          exact.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber(),
        );
      }),
    );
  });
});

describe('the end of what is cancelled', () => {
  const instants = fc.integer({
    min: Instant.parse('2020-01-01T00:00:00.000+09:00'),
    max: Instant.parse('2040-12-31T23:59:59.999+09:00'),
  });
  /** The independent oracle: the calendar of dayjs, at +9 hours. */
  const oracle = (at: number, months: number): string => {
    const local = dayjs.utc(at).add(9, 'hour');
    const last = local.endOf('month');
    const cutOff = last.startOf('day').add(22, 'hour');
    const month = local.isAfter(cutOff) ? last.add(1, 'millisecond') : local;
    return month.startOf('month').add(months, 'month').endOf('month').format('YYYY-MM-DD');
  };

  it.each([
    ['end_of_next_month', 1],
    ['end_of_current_month', 0],
  ] as const)('follows the policy %s for every instant from 2020 to 2040', (rule, months) =>
    fc.assert(
      fc.property(instants, at => {
        expect(BusinessDay.text(endDay(at as Instant, CUT_OFF_MS, rule))).toBe(oracle(at, months));
      }),
    ),
  );

  it.each([
    ['end_of_next_month', 1],
    ['end_of_current_month', 0],
  ] as const)('follows it around every cut-off and turn of a month, too: %s', (rule, months) => {
    const wrong: string[] = [];
    for (let first = BusinessMonth.parse('2020-01'); first < BusinessMonth.parse('2041-01'); ) {
      const cutOff = BusinessMonth.cutOff(first, CUT_OFF_MS);
      first = BusinessMonth.plus(first, 1);
      for (const turn of [cutOff, BusinessMonth.start(first)])
        for (const ms of [-1, 0, 1]) {
          const at = Instant.plusMs(turn, ms);
          const day = BusinessDay.text(endDay(at, CUT_OFF_MS, rule));
          if (day !== oracle(at, months)) wrong.push(`${Instant.text(at)} ${day}`);
        }
    }
    expect(wrong).toEqual([]);
  });

  it('puts no instant into two months: a millisecond later is the same month or the next', () =>
    fc.assert(
      fc.property(instants, at => {
        const month = BusinessMonth.ofApplication(at as Instant, CUT_OFF_MS);
        const after = BusinessMonth.ofApplication((at + 1) as Instant, CUT_OFF_MS);
        expect([month, month + 1]).toContain(after);
      }),
    ));

  it('can be undone through 22:00:00.000 of the last day', () =>
    expect(Instant.text(undoUntil(BusinessDay.parse('2025-02-28'), CUT_OFF_MS))).toBe(
      '2025-02-28T22:00:00.000+09:00',
    ));
});
