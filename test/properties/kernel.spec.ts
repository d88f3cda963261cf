import holidayJp from '@holiday-jp/holiday_jp';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import { BusinessDay, BusinessMonth, Instant } from '#kernel';

dayjs.extend(utc);

/**
 * Every day and every month of 2020-2040, none left out, against dayjs (an independent calendar) and against
 * the holiday table read in its own way. Mismatches are gathered, so that a failure names the days.
 */
const FROM = '2020-01-01';
const THROUGH = '2040-12-31';
const CUT_OFF_MS = 79_200_000;

/** Midnight in Japan, told by dayjs. */
const inJapan = (date: string) => dayjs.utc(`${date}T00:00:00.000Z`).subtract(9, 'hour').utcOffset(540);

const days = (() => {
  const found: string[] = [];
  for (let d = dayjs.utc(FROM); !d.isAfter(dayjs.utc(THROUGH)); d = d.add(1, 'day'))
    found.push(d.format('YYYY-MM-DD'));
  return found;
})();
const months = [...new Set(days.map(date => date.slice(0, 7)))];

const differing = <T>(
  items: readonly T[],
  check: (item: T) => unknown[],
  wanted: (item: T) => unknown[],
): unknown[] =>
  items.flatMap(item => {
    const [mine, theirs] = [JSON.stringify(check(item)), JSON.stringify(wanted(item))];
    return mine === theirs ? [] : [`${String(item)}: ${mine}, by the oracle ${theirs}`];
  });

describe('every day from 2020 to 2040', () => {
  it('covers 7,671 days and 252 months', () => {
    expect([days.length, months.length]).toEqual([7671, 252]);
  });

  it('has the same parts, weekday, start and end as in dayjs', () => {
    const mine = (date: string) => {
      const day = BusinessDay.parse(date);
      const { year, month, day: dayOfMonth } = BusinessDay.parts(day);
      const [start, end] = [BusinessDay.start(day), BusinessDay.end(day)];
      const sameDay = BusinessDay.of(start) === day && BusinessDay.of(end) === day;
      const text = [BusinessDay.text(day), Instant.text(start), Instant.text(end)];
      return [year, month, dayOfMonth, BusinessDay.weekday(day), start, end, sameDay, ...text];
    };
    const theirs = (date: string) => {
      const d = inJapan(date);
      const end = d.add(1, 'day').subtract(1, 'millisecond');
      const form = 'YYYY-MM-DDTHH:mm:ss.SSSZ';
      const parts = [d.year(), d.month() + 1, d.date(), d.day(), d.valueOf(), end.valueOf()];
      return [...parts, true, d.format('YYYY-MM-DD'), d.format(form), end.format(form)];
    };
    expect(differing(days, mine, theirs)).toEqual([]);
  });

  it('reaches the same day 1, 7, 31, 180 and 366 days on and back as in dayjs', () => {
    const steps = [1, 7, 31, 180, 366, -1, -7, -180, -366];
    const mine = (date: string) =>
      steps.map(n => BusinessDay.text(BusinessDay.plus(BusinessDay.parse(date), n)));
    const theirs = (date: string) => steps.map(n => dayjs.utc(date).add(n, 'day').format('YYYY-MM-DD'));
    expect(differing(days, mine, theirs)).toEqual([]);
  });

  it('is in the month that its text says, from its first to its last millisecond', () => {
    const mine = (date: string) => {
      const day = BusinessDay.parse(date);
      const months = [
        BusinessMonth.ofDay(day),
        BusinessMonth.of(BusinessDay.start(day)),
        BusinessMonth.of(BusinessDay.end(day)),
      ];
      return months.map(BusinessMonth.text);
    };
    expect(differing(days, mine, date => Array(3).fill(date.slice(0, 7)))).toEqual([]);
  });

  it('applies to its month until 22:00:00.000 of the last day and to the next one from .001 on', () => {
    const mine = (date: string) => {
      const start = BusinessDay.start(BusinessDay.parse(date));
      const at = [0, CUT_OFF_MS - 1, CUT_OFF_MS, CUT_OFF_MS + 1, 86_399_999];
      return at.map(ms =>
        BusinessMonth.text(BusinessMonth.ofApplication(Instant.plusMs(start, ms), CUT_OFF_MS)),
      );
    };
    const theirs = (date: string) => {
      const d = dayjs.utc(date);
      const own = d.format('YYYY-MM');
      const late = d.date() === d.daysInMonth() ? d.startOf('month').add(1, 'month').format('YYYY-MM') : own;
      return [own, own, own, late, late];
    };
    expect(differing(days, mine, theirs)).toEqual([]);
  });

  it('is a business day exactly when no rule closes it, by the holiday table', () => {
    const theirs = (date: string) => {
      const weekend = [0, 6].includes(dayjs.utc(date).day());
      const yearEnd = /-(12-29|12-30|12-31|01-01|01-02|01-03)$/.test(date);
      // The library's own question, asked for noon so that no time zone can move the day.
      const holiday = holidayJp.isHoliday(new Date(`${date}T12:00:00`));
      return [holiday, !weekend && !yearEnd && !holiday];
    };
    const mine = (date: string) => {
      const day = BusinessDay.parse(date);
      return [BusinessDay.isNationalHoliday(day), BusinessDay.isBusinessDay(day)];
    };
    expect(differing(days, mine, theirs)).toEqual([]);
  });

  it('leads back to the nearest business day, itself included', () => {
    const open = new Set(days.filter(date => BusinessDay.isBusinessDay(BusinessDay.parse(date))));
    const mine = (date: string) => [BusinessDay.text(BusinessDay.onOrBefore(BusinessDay.parse(date)))];
    const theirs = (date: string) => {
      let d = dayjs.utc(date);
      while (!open.has(d.format('YYYY-MM-DD'))) d = d.subtract(1, 'day');
      return [d.format('YYYY-MM-DD')];
    };
    expect(differing(days.slice(10), mine, theirs)).toEqual([]);
  });
});

describe('every month from 2020 to 2040', () => {
  it('has the same length, ends and neighbours as in dayjs', () => {
    const steps = [-13, -1, 0, 1, 12, 13];
    const mine = (text: string) => {
      const month = BusinessMonth.parse(text);
      const neighbours = steps.map(n => BusinessMonth.text(BusinessMonth.plus(month, n)));
      const ends = [BusinessMonth.firstDay(month), BusinessMonth.lastDay(month)].map(BusinessDay.text);
      const instants = [
        BusinessMonth.start(month),
        BusinessMonth.end(month),
        BusinessMonth.cutOff(month, CUT_OFF_MS),
      ];
      return [BusinessMonth.days(month), ...ends, ...instants, ...neighbours];
    };
    const theirs = (text: string) => {
      const d = dayjs.utc(`${text}-01`);
      const last = d.endOf('month').format('YYYY-MM-DD');
      const end = inJapan(last).add(1, 'day').subtract(1, 'millisecond');
      const instants = [inJapan(`${text}-01`), end, inJapan(last).add(22, 'hour')].map(i => i.valueOf());
      const neighbours = steps.map(n => d.add(n, 'month').format('YYYY-MM'));
      return [d.daysInMonth(), d.format('YYYY-MM-DD'), last, ...instants, ...neighbours];
    };
    expect(differing(months, mine, theirs)).toEqual([]);
  });

  it('takes 22:00:00.000 of its last day as in time, 22:00:00.001 as the next month', () => {
    const mine = (text: string) => {
      const cutOff = BusinessMonth.cutOff(BusinessMonth.parse(text), CUT_OFF_MS);
      const belongs = (ms: number) =>
        BusinessMonth.text(BusinessMonth.ofApplication(Instant.plusMs(cutOff, ms), CUT_OFF_MS));
      return [
        Instant.text(cutOff).slice(10),
        belongs(-1),
        belongs(0),
        belongs(1),
        belongs(7_199_999),
        belongs(7_200_000),
      ];
    };
    const theirs = (text: string) => {
      const next = dayjs.utc(`${text}-01`).add(1, 'month').format('YYYY-MM');
      return ['T22:00:00.000+09:00', text, text, next, next, next];
    };
    expect(differing(months, mine, theirs)).toEqual([]);
  });

  it('has its n-th business day where counting finds it', () => {
    const mine = (text: string) => {
      const month = BusinessMonth.parse(text);
      return [1, 2, 3, 10, 15].map(n => BusinessDay.text(BusinessMonth.nthBusinessDay(month, n)));
    };
    const theirs = (text: string) => {
      const open = days.filter(
        date => date.startsWith(text) && BusinessDay.isBusinessDay(BusinessDay.parse(date)),
      );
      return [1, 2, 3, 10, 15].map(n => open[n - 1]);
    };
    expect(differing(months, mine, theirs)).toEqual([]);
  });
});
