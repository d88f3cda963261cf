import { BusinessDay, Instant, YEAR_END } from '#kernel';
import { SHIPPING_TERMS as TERMS } from './book.fixture.js';
import {
  expectedArrival,
  expectedShipping,
  returnUntil,
  warrantyEnd,
  warrantyUntil,
} from './shipping-days.js';

const day = BusinessDay.parse;
const text = BusinessDay.text;

describe('the shipping of a device', () => {
  it.each([
    ['on a Monday', '2026-10-05', '2026-10-06', '2026-10-08'],
    ['on a Thursday: over the weekend', '2026-10-08', '2026-10-09', '2026-10-14'],
    ['on a Saturday before a holiday', '2026-10-10', '2026-10-13', '2026-10-15'],
    ['before three holidays in a row', '2026-05-01', '2026-05-07', '2026-05-11'],
    ['before a day between two holidays', '2026-09-18', '2026-09-24', '2026-09-28'],
    ['before the turn of the year', '2026-12-28', '2027-01-04', '2027-01-06'],
    ['at the turn of the year', '2026-12-31', '2027-01-04', '2027-01-06'],
    ['in February of a leap year', '2028-02-28', '2028-02-29', '2028-03-02'],
  ])('is expected after an order %s', (_, ordered, from, to) => {
    const expected = expectedShipping(day(ordered), TERMS);
    expect([text(expected.from), text(expected.to)]).toEqual([from, to]);
  });

  it('skips the closed days of the provider', () => {
    const closedDays = new Set([day('2026-10-06'), day('2026-10-07')]);
    const expected = expectedShipping(day('2026-10-05'), { ...TERMS, closedDays });
    expect([text(expected.from), text(expected.to)]).toEqual(['2026-10-08', '2026-10-13']);
  });

  it('names one day where the latest is not after the earliest', () => {
    const { from, to } = expectedShipping(day('2026-10-05'), { ...TERMS, shipsFrom: 2, shipsTo: 1 });
    expect([text(from), text(to)]).toEqual(['2026-10-07', '2026-10-07']);
  });

  it.each([
    ['the next day', '2026-10-06', false, '2026-10-07'],
    ['a Saturday becomes Monday', '2026-10-02', false, '2026-10-05'],
    ['a Saturday before a holiday becomes Tuesday', '2026-10-09', false, '2026-10-13'],
    ['a holiday becomes the day after', '2026-11-02', false, '2026-11-04'],
    ['the turn of the year', '2026-12-28', false, '2027-01-04'],
    ['a Saturday that was asked for', '2026-10-02', true, '2026-10-03'],
    ['a holiday that was asked for', '2026-11-02', true, '2026-11-03'],
  ])('arrives: %s', (_, shipped, anyDay, arrives) => {
    expect(text(expectedArrival(day(shipped), anyDay, { closedDays: new Set(), yearEnd: YEAR_END }))).toBe(
      arrives,
    );
  });
});

describe('what can be done after the arrival', () => {
  it.each([
    ['2026-10-05', 7, '2026-10-12T23:59:59.999+09:00'],
    ['2026-12-28', 7, '2027-01-04T23:59:59.999+09:00'],
    ['2028-02-26', 7, '2028-03-04T23:59:59.999+09:00'],
    ['2026-10-05', 0, '2026-10-05T23:59:59.999+09:00'],
  ])('a return from %s within %i days: until %s', (arrived, days, until) =>
    expect(Instant.text(returnUntil(day(arrived), days))).toBe(until),
  );

  it.each([
    ['2026-10-05', 6, '2027-04-05'],
    ['2026-08-30', 6, '2027-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-30', 6, '2028-02-29'],
    ['2027-08-28', 6, '2028-02-28'],
    ['2026-02-28', 6, '2026-08-31'],
    ['2028-02-29', 6, '2028-08-31'],
    ['2026-09-30', 6, '2027-03-31'],
    ['2026-12-31', 6, '2027-06-30'],
    ['2026-10-05', 12, '2027-10-05'],
  ])('the guarantee from %s for %i months: through %s', (arrived, months, last) => {
    expect(text(warrantyEnd(day(arrived), months))).toBe(last);
    expect(warrantyUntil(day(arrived), months)).toBe(BusinessDay.end(day(last)));
  });
});
