import { problemInEnglish } from '#kernel';
import { checkTariffRows, daysText, parseDays } from './index.js';

const GOOD = {
  tariff: 'std',
  prefix: '03',
  destination: 'fixed',
  category: '一般通話',
  connect_fee: '0',
  price: '8',
};
const WHEN = { per_s: '180', first_increment_s: '180', increment_s: '180', valid_from: '2020-01-01' };

const check = (...changes: Record<string, unknown>[]) =>
  checkTariffRows(
    changes.map((change, i) => ({ file: 'f', line: i + 2, fields: { ...GOOD, ...WHEN, ...change } })),
  );

describe('two rows that can apply at the same time', () => {
  const overlap: [string, Record<string, string>, Record<string, string>, boolean][] = [
    ['the same row twice', {}, {}, true],
    ['another prefix', {}, { prefix: '04' }, false],
    ['a longer prefix', {}, { prefix: '033' }, false],
    ['another tariff', {}, { tariff: 'gold' }, false],
    ['another direction', {}, { direction: 'in' }, false],
    ['the same prefix in international form', {}, { prefix: '+813' }, true],
    ['one day in common', { valid_to: '2026-10-31' }, { valid_from: '2026-10-31' }, true],
    ['the day after', { valid_to: '2026-10-31' }, { valid_from: '2026-11-01' }, false],
    ['dates inside', { valid_to: '2030-01-01' }, { valid_from: '2022-01-01', valid_to: '2022-01-01' }, true],
    ['weekdays and weekend', { days: 'mon-fri' }, { days: 'sat,sun' }, false],
    ['weekdays and one of them', { days: 'mon-fri' }, { days: 'fri' }, true],
    ['every day and holidays', {}, { days: 'holiday' }, true],
    ['weekdays and holidays, which go first', { days: 'mon-sun' }, { days: 'holiday' }, false],
    ['holidays twice', { days: 'sat,holiday' }, { days: 'sun,holiday' }, true],
    ['a week over the weekend', { days: 'fri-mon' }, { days: 'tue-thu' }, false],
    [
      'bands that touch',
      { from_time: '08:00', to_time: '19:00' },
      { from_time: '19:00', to_time: '08:00' },
      false,
    ],
    [
      'bands that meet for a minute',
      { from_time: '08:00', to_time: '19:01' },
      { from_time: '19:00', to_time: '08:00' },
      true,
    ],
    [
      'a band inside a night',
      { from_time: '22:00', to_time: '06:00' },
      { from_time: '01:00', to_time: '02:00' },
      true,
    ],
    ['two nights', { from_time: '22:00', to_time: '06:00' }, { from_time: '23:00', to_time: '01:00' }, true],
    [
      'a band up to 24:00 and one from 00:00',
      { from_time: '12:00', to_time: '24:00' },
      { to_time: '12:00' },
      false,
    ],
    // 2026-10-05 is a Monday, 2026-10-12 a holiday.
    [
      'a weekday that the common days do not have',
      { days: 'tue', valid_from: '2026-10-05', valid_to: '2026-10-05' },
      { days: 'mon-fri' },
      false,
    ],
    [
      'a weekday that the common day is',
      { days: 'mon', valid_from: '2026-10-05', valid_to: '2026-10-05' },
      { days: 'mon-fri' },
      true,
    ],
    [
      'a holiday in the common days',
      { days: 'tue,holiday', valid_from: '2026-10-05', valid_to: '2026-10-12' },
      { days: 'wed,holiday' },
      true,
    ],
    [
      'no holiday in the common days',
      { days: 'tue,holiday', valid_from: '2026-10-05', valid_to: '2026-10-11' },
      { days: 'wed,holiday' },
      false,
    ],
    [
      'a common day on which a holiday row goes first',
      { days: 'mon', valid_from: '2026-10-12', valid_to: '2026-10-12' },
      { days: 'mon,holiday' },
      false,
    ],
  ];
  it.each(overlap)('%s', (_, first, second, found) => {
    for (const pair of [
      [first, second],
      [second, first],
    ]) {
      const { problems } = check(...pair);
      expect(problems.map(p => [p.line, p.field])).toEqual(found ? [[3, 'prefix']] : []);
      if (found) expect(problemInEnglish(problems[0]!.problem)).toContain('line 2');
    }
  });

  it('names the other file where the lines are of two files', () => {
    const raw = (file: string) => ({ file, line: 2, fields: { ...GOOD, ...WHEN } });
    expect(checkTariffRows([raw('a.csv'), raw('b.csv')]).problems[0]).toMatchObject({
      file: 'b.csv',
      problem: { values: { line: { ja: 'a.csvの2行目', en: 'line 2 of a.csv' } } },
    });
  });

  it('checks ten thousand prefixes with three bands each without comparing strangers', () => {
    const bands = [{ days: 'mon-fri' }, { days: 'sat,sun' }, { days: 'holiday' }];
    const raws = Array.from({ length: 30_000 }, (_, i) => ({
      file: 'f',
      line: i + 2,
      fields: { ...GOOD, ...WHEN, prefix: String(100_000 + Math.floor(i / 3)), ...bands[i % 3] },
    }));
    expect(checkTariffRows(raws).problems).toEqual([]);
  });
});

describe('days', () => {
  it.each([
    ['', ''],
    ['mon-fri', 'mon,tue,wed,thu,fri'],
    ['sat,sun', 'sun,sat'],
    ['holiday', 'holiday'],
    ['MON', 'mon'],
    ['sat-sun,holiday', 'sun,sat,holiday'],
    ['mon-sun', 'sun,mon,tue,wed,thu,fri,sat'],
    ['sun-sat,holiday', ''],
  ])('%p are %p', (text, days) => {
    const parsed = parseDays(text)!;
    expect(daysText(parsed)).toBe(days);
    expect(parseDays(daysText(parsed))).toBe(parsed);
  });
});
