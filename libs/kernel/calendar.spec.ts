import { BusinessDay } from './business-day.js';
import { BusinessMonth } from './business-month.js';
import { dateOf, dateTextInWords, monthTextInWords } from './calendar.js';
import { Instant } from './instant.js';

const FIRST = BusinessDay.parse('1970-01-01');
const LAST = BusinessDay.parse('2199-12-31');

describe('the two calendars of the kernel: integers for what is done per call, dayjs for the rest', () => {
  it('agree on every day from 1970 to 2199', () => {
    const differing: string[] = [];
    for (let day = FIRST; day <= LAST; day = BusinessDay.plus(day, 1)) {
      const date = dateOf(day);
      const text = date.format('YYYY-MM-DD');
      const start = Instant.text(BusinessDay.start(day));
      const end = Instant.text(BusinessDay.end(day));
      const same =
        BusinessDay.text(day) === text &&
        BusinessDay.parse(text) === day &&
        BusinessDay.weekday(day) === date.day() &&
        BusinessMonth.text(BusinessMonth.ofDay(day)) === date.format('YYYY-MM') &&
        start === `${text}T00:00:00.000+09:00` &&
        end === `${text}T23:59:59.999+09:00` &&
        Instant.parse(start) === BusinessDay.start(day) &&
        BusinessDay.of(Instant.parse(end)) === day;
      if (!same) differing.push(text);
    }
    expect(differing).toEqual([]);
  });

  it('agree on the ends of every month', () => {
    const differing: string[] = [];
    const last = BusinessMonth.parse('2199-12');
    for (let month = BusinessMonth.parse('1970-01'); month <= last; month = BusinessMonth.plus(month, 1)) {
      const [from, to] = [BusinessMonth.firstDay(month), BusinessMonth.lastDay(month)];
      const months = [from, to, BusinessDay.plus(to, 1)].map(BusinessMonth.ofDay);
      const days = Array.from({ length: BusinessMonth.days(month) }, (_, i) => BusinessDay.plus(from, i));
      const same =
        String(months) === String([month, month, month + 1]) &&
        days.at(-1) === to &&
        days.every(day => BusinessMonth.ofDay(day) === month);
      if (!same) differing.push(BusinessMonth.text(month));
    }
    expect(differing).toEqual([]);
  });
});

describe('a date in words', () => {
  it.each([
    ['2025-01', '2025年1月', 'Jan 2025'],
    ['2025-09', '2025年9月', 'Sep 2025'],
    ['2025-12', '2025年12月', 'Dec 2025'],
  ])('of the month %s is %s, %s', (month, ja, en) => {
    expect([monthTextInWords(month, 'ja'), monthTextInWords(month, 'en')]).toEqual([ja, en]);
  });

  it.each([
    ['2025-10-31', '2025年10月31日', '31 Oct 2025'],
    ['2024-02-29', '2024年2月29日', '29 Feb 2024'],
    ['2026-05-01', '2026年5月1日', '1 May 2026'],
    ['1970-01-01', '1970年1月1日', '1 Jan 1970'],
    ['2199-12-31', '2199年12月31日', '31 Dec 2199'],
  ])('of the day %s is %s, %s', (day, ja, en) => {
    expect([dateTextInWords(day, 'ja'), dateTextInWords(day, 'en')]).toEqual([ja, en]);
  });
});
