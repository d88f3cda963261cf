import holidayJp from '@holiday-jp/holiday_jp';
import { BusinessDay, HOLIDAYS_KNOWN } from './business-day.js';
import { Instant } from './instant.js';

const day = BusinessDay.parse;
const at = Instant.parse;

describe('BusinessDay from text', () => {
  it.each(['1970-01-01', '2024-02-29', '2000-02-29', '2199-12-31'])('reads and writes %s', text => {
    expect(BusinessDay.text(day(text))).toBe(text);
  });

  it.each([
    '2025-02-29',
    '2100-02-29',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '1969-12-31',
    '2200-01-01',
    '2025-1-1',
    '20250101',
    '2025-01-01 ',
    '',
  ])('refuses %j and names the field', text => {
    expect(() => day(text, 'valid_from')).toThrow(
      expect.objectContaining({ name: 'InvalidInput', field: 'valid_from' }),
    );
  });
});

describe('the day of an instant is the day in Japan', () => {
  it.each([
    ['CN-21', '2025-01-31T13:00:00Z', '2025-01-31'],
    ['CN-22', '2025-01-31T15:30:00Z', '2025-02-01'],
    ['EX-06', '2025-01-10T15:30:00Z', '2025-01-11'],
    ['last millisecond', '2025-01-31T14:59:59.999Z', '2025-01-31'],
    ['first millisecond', '2025-01-31T15:00:00.000Z', '2025-02-01'],
    ['first instant of all', '1970-01-01T00:00:00.000+09:00', '1970-01-01'],
    ['last instant of all', '2199-12-31T23:59:59.999+09:00', '2199-12-31'],
  ])('%s: %s is on %s', (_id, instant, date) => {
    expect(BusinessDay.text(BusinessDay.of(at(instant)))).toBe(date);
  });

  it('begins at 00:00:00.000 and ends at 23:59:59.999 JST', () => {
    expect(Instant.text(BusinessDay.start(day('2025-07-10')))).toBe('2025-07-10T00:00:00.000+09:00');
    expect(Instant.text(BusinessDay.end(day('2025-07-09')))).toBe('2025-07-09T23:59:59.999+09:00');
    expect(Instant.text(BusinessDay.start(day('1970-01-01')))).toBe('1970-01-01T00:00:00.000+09:00');
    expect(Instant.text(BusinessDay.end(day('2199-12-31')))).toBe('2199-12-31T23:59:59.999+09:00');
  });
});

describe('the 180 days of a lot', () => {
  it.each([
    ['EX-01', '2025-01-10T15:00:00+09:00', '2025-07-09'],
    ['EX-02', '2024-01-10T00:00:00+09:00', '2024-07-08'],
    ['EX-03', '2025-03-01T00:00:00+09:00', '2025-08-28'],
    ['EX-04', '2025-09-01T23:59:59.999+09:00', '2026-02-28'],
    ['EX-05', '2025-07-05T12:00:00+09:00', '2026-01-01'],
    ['EX-06', '2025-01-10T15:30:00Z', '2025-07-10'],
    ['EX-07', '2025-01-16T09:00:00+09:00', '2025-07-15'],
  ])('%s: credited %s, valid through %s', (_id, credited, through) => {
    expect(BusinessDay.text(BusinessDay.plus(BusinessDay.of(at(credited)), 180))).toBe(through);
  });
});

describe('business days', () => {
  it.each([
    ['2025-05-02', true, 'Friday'],
    ['2025-05-03', false, 'Saturday and Constitution Day'],
    ['2025-05-05', false, "Children's Day"],
    ['2025-05-06', false, 'substitute holiday'],
    ['2025-05-07', true, 'Wednesday'],
    ['2026-09-22', false, "citizens' holiday between two holidays"],
    ['2019-05-01', false, 'accession of the Emperor'],
    ['2021-07-23', false, 'Sports Day, moved for the Olympics'],
    ['2021-10-11', true, 'where Sports Day had been'],
    ['2025-11-23', false, 'Sunday and Labour Thanksgiving'],
    ['2025-11-24', false, 'its substitute'],
    ['2025-12-28', false, 'Sunday'],
    ['2025-12-29', false, 'year end, no national holiday'],
    ['2025-12-31', false, 'year end'],
    ['2026-01-02', false, 'new year, a Friday'],
    ['2023-01-03', false, 'new year, a Tuesday'],
    ['2023-01-04', true, 'first working day'],
    ['2024-12-27', true, 'last working day'],
  ])('%s is a business day: %s (%s)', (date, expected) => {
    expect(BusinessDay.isBusinessDay(day(date))).toBe(expected);
  });

  it('respects the closed days of the provider', () => {
    expect(BusinessDay.isBusinessDay(day('2025-08-14'))).toBe(true);
    expect(BusinessDay.isBusinessDay(day('2025-08-14'), new Set([day('2025-08-14')]))).toBe(false);
  });

  it('counts weekdays from Sunday = 0', () => {
    const week = [
      '2025-11-02',
      '2025-11-03',
      '2025-11-04',
      '2025-11-05',
      '2025-11-06',
      '2025-11-07',
      '2025-11-08',
    ];
    expect(week.map(text => BusinessDay.weekday(day(text)))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(BusinessDay.weekday(day('1970-01-01'))).toBe(4);
  });

  it('PL-13: a deadline on a holiday Monday moves to the Friday before', () => {
    const due = BusinessDay.plus(day('2025-04-28'), 7);
    expect(BusinessDay.text(due)).toBe('2025-05-05');
    expect(BusinessDay.text(BusinessDay.onOrBefore(due))).toBe('2025-05-02');
    expect(BusinessDay.onOrBefore(day('2025-05-02'))).toBe(day('2025-05-02'));
    expect(BusinessDay.text(BusinessDay.onOrBefore(due, new Set([day('2025-05-02')])))).toBe('2025-05-01');
    expect(BusinessDay.text(BusinessDay.onOrBefore(day('2026-01-03')))).toBe('2025-12-26');
  });

  it('gives up when the provider is closed for good', () => {
    const closed = new Set(Array.from({ length: 70 }, (_, i) => BusinessDay.plus(day('2025-05-31'), -i)));
    expect(() => BusinessDay.onOrBefore(day('2025-05-31'), closed)).toThrow('no business day within 60 days');
  });
});

describe('the years whose holidays are known', () => {
  const years = Object.keys(holidayJp.holidays).map(date => Number(date.slice(0, 4)));

  it('are exactly those of the library, and each of them is whole', () => {
    expect({ from: Math.min(...years), to: Math.max(...years) }).toEqual(HOLIDAYS_KNOWN);
    for (let year = HOLIDAYS_KNOWN.from; year <= HOLIDAYS_KNOWN.to; year++) {
      // Since 1966 every year has at least twelve national holidays, from New Year to Labour Thanksgiving.
      expect([year, years.filter(y => y === year).length >= 12]).toEqual([year, true]);
      expect(BusinessDay.isNationalHoliday(day(`${year}-01-01`))).toBe(true);
      expect(BusinessDay.isNationalHoliday(day(`${year}-11-23`))).toBe(true);
    }
  });

  it.each(['2051-01-02', '2051-05-03', '2051-06-01', '2051-06-03', '2199-12-31'])(
    'refuse to answer for %s',
    text => {
      const year = text.slice(0, 4);
      expect(() => BusinessDay.isBusinessDay(day(text))).toThrow(RangeError);
      expect(() => BusinessDay.isBusinessDay(day(text))).toThrow(year);
      expect(() => BusinessDay.isNationalHoliday(day(text))).toThrow(year);
      expect(() => BusinessDay.onOrBefore(day(text))).toThrow(year);
    },
  );

  it('still answer for the last day of the last year', () => {
    expect(BusinessDay.isBusinessDay(day('2050-12-28'))).toBe(true);
    expect(BusinessDay.isBusinessDay(day('2050-12-31'))).toBe(false);
  });
});
