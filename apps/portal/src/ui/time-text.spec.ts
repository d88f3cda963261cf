import {
  daysBetween,
  daysLater,
  dayText,
  durationText,
  inJapan,
  monthsBack,
  monthText,
  shortDay,
  timeText,
} from './time-text.js';

describe('times as the clocks in Japan show them', () => {
  it.each([
    ['2026-10-31T15:00:00.000Z', '2026/11/01 00:00'],
    ['2026-11-01T00:00:00.000+09:00', '2026/11/01 00:00'],
    ['2026-12-31T23:59:59.999+09:00', '2026/12/31 23:59'],
    ['2026-03-08T02:30:00-05:00', '2026/03/08 16:30'],
  ])('%s is %s, wherever the browser is', (time, shown) => expect(timeText(time)).toBe(shown));

  it('shows seconds when asked, and leaves what is no time as it is', () => {
    expect(timeText('2026-10-05T03:01:09Z', true)).toBe('2026/10/05 12:01:09');
    expect(inJapan('never')).toBe('never');
  });

  it.each([
    [0, '0:00:00.0'],
    [7_449, '0:00:07.4'],
    [59_960, '0:00:59.9'],
    [3_599_960, '0:59:59.9'],
    [90_061_500, '25:01:01.5'],
    [103_793_500, '28:49:53.5'],
    [999, '0:00:00.9'],
  ])('%i ms last %s, as the statement prints it (US-06)', (ms, shown) =>
    expect(durationText(ms)).toBe(shown),
  );

  it('leaves tenths out where they say nothing', () => expect(durationText(125_400, false)).toBe('0:02:05'));

  it('writes days and months in both languages', () => {
    expect([dayText('2026-10-05'), shortDay('2026-10-05')]).toEqual(['2026/10/05', '10/5']);
    expect([monthText('2026-01', 'ja'), monthText('2026-01', 'en')]).toEqual(['2026年1月', 'January 2026']);
  });

  it('counts back over the year, and days over months and leap days', () => {
    expect(monthsBack('2026-02', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
    expect([daysLater('2028-02-28', 1), daysLater('2026-03-01', -1)]).toEqual(['2028-02-29', '2026-02-28']);
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-10-05', '2026-10-05')).toBe(0);
    expect(daysBetween('2027-01-01', '2026-12-31')).toBe(-1);
  });
});
