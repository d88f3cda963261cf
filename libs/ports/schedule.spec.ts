import fc from 'fast-check';
import { BusinessDay, Instant } from '#kernel';
import { nextOccurrence } from './schedule.js';

const next = (cronJst: string, after: string): string =>
  Instant.text(nextOccurrence({ cronJst }, Instant.parse(after)));

describe('the next instant of a schedule', () => {
  it.each([
    ['midnight in Japan', '0 0 * * *', '2026-10-31T23:59:59.999+09:00', '2026-11-01T00:00:00.000+09:00'],
    [
      'later than now, never now',
      '0 0 * * *',
      '2026-11-01T00:00:00.000+09:00',
      '2026-11-02T00:00:00.000+09:00',
    ],
    [
      'the first of a month at four',
      '0 4 1 * *',
      '2026-10-01T04:00:00.001+09:00',
      '2026-11-01T04:00:00.000+09:00',
    ],
    [
      'over the end of a year',
      '30 22 31 12 *',
      '2026-12-31T22:30:00.000+09:00',
      '2027-12-31T22:30:00.000+09:00',
    ],
    ['29 February', '0 0 29 2 *', '2026-03-01T00:00:00.000+09:00', '2028-02-29T00:00:00.000+09:00'],
    [
      'every quarter of an hour',
      '*/15 * * * *',
      '2026-10-05T12:00:01.000+09:00',
      '2026-10-05T12:15:00.000+09:00',
    ],
    [
      'lists and ranges',
      '5,10 9-17/4 * * *',
      '2026-10-05T09:10:00.000+09:00',
      '2026-10-05T13:05:00.000+09:00',
    ],
    ['Sunday as 7', '0 0 * * 7', '2026-10-05T00:00:00.000+09:00', '2026-10-11T00:00:00.000+09:00'],
    [
      'either day when both are given',
      '0 0 13 * 5',
      '2026-10-05T00:00:00.000+09:00',
      '2026-10-09T00:00:00.000+09:00',
    ],
    ['an instant given in UTC', '0 0 * * *', '2026-10-31T14:59:59.000Z', '2026-11-01T00:00:00.000+09:00'],
  ])('%s', (_, cronJst, after, expected) => {
    expect(next(cronJst, after)).toBe(expected);
  });

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '1,,2 * * * *',
    '0 0 31 2 *',
  ])('refuses "%s"', cronJst => {
    expect(() => next(cronJst, '2026-10-05T00:00:00.000+09:00')).toThrow(/^schedule: /);
  });

  it('counts every so often from midnight of 1970 in Japan, so that all machines mean the same', () => {
    const after = Instant.parse('2026-10-05T10:07:00.000+09:00');
    const hourly = nextOccurrence({ everyMs: 3_600_000 }, after);
    expect(Instant.text(hourly)).toBe('2026-10-05T11:00:00.000+09:00');
    expect(Instant.text(nextOccurrence({ everyMs: 86_400_000 }, after))).toBe(
      '2026-10-06T00:00:00.000+09:00',
    );
    for (const everyMs of [0, 999, 1.5, Number.NaN, 366 * 86_400_000 + 1])
      expect(() => nextOccurrence({ everyMs }, after)).toThrow(/^schedule: /);
  });

  it('is the first minute that matches, as going through all minutes shows', () => {
    const field = (least: number, most: number) =>
      fc.oneof(fc.constant('*'), fc.integer({ min: least, max: most }).map(String), fc.constant('*/7'));
    const days = fc.oneof(fc.constant('*'), fc.integer({ min: 1, max: 28 }).map(String));
    const from = Instant.parse('2026-02-20T00:00:00.000+09:00');
    const start = fc
      .integer({ min: 0, max: 20 * 1440 })
      .map(minutes => Instant.plusMs(from, minutes * 60_000 + 1));
    fc.assert(
      fc.property(field(0, 59), field(0, 23), days, start, (minute, hour, day, after) => {
        const holds = (text: string, value: number, least = 0): boolean =>
          text === '*' || (text === '*/7' ? (value - least) % 7 === 0 : Number(text) === value);
        let at = Math.ceil(after / 60_000) * 60_000;
        const matches = (): boolean => {
          const minutes = Math.floor(Instant.msOfDay(at as Instant) / 60_000);
          const { day: ofMonth } = BusinessDay.parts(BusinessDay.of(at as Instant));
          return (
            holds(minute, minutes % 60) && holds(hour, Math.floor(minutes / 60)) && holds(day, ofMonth, 1)
          );
        };
        while (!matches()) at += 60_000;
        expect(nextOccurrence({ cronJst: `${minute} ${hour} ${day} * *` }, after)).toBe(at);
      }),
      { numRuns: 60 },
    );
  });
});
