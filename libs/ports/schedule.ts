import { BusinessDay, DAY_MS, Instant, InvalidInput, JST_OFFSET_MS } from '#kernel';

/**
 * When something repeats: every so many milliseconds, counted from 1970-01-01T00:00 JST so that all machines
 * mean the same instants, or by a line of five fields in JST: minute, hour, day of month, month, day of week
 * (0 to 7, Sunday is 0 and 7), each with `*`, lists, ranges and steps. As in crontab(5): when both days are
 * given, either is enough.
 */
export type Schedule = { readonly everyMs: number } | { readonly cronJst: string };

interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Both days are confined: either is enough. */
  readonly eitherDay: boolean;
}

const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of month', 1, 31],
  ['month', 1, 12],
  ['day of week', 0, 7],
] as const;
/** A day that matches no month within so many days (30 February) never comes: eight years hold every one. */
const DAYS_SEARCHED = 8 * 366;
const LONGEST_EVERY_MS = 366 * DAY_MS;
const MINUTE_MS = 60_000;

function bad(problem: string): InvalidInput {
  return new InvalidInput('schedule', problem);
}

/** `5`, `1-5`, `*`, each with or without a step like `/15`. */
function part(text: string, [name, least, most]: (typeof FIELDS)[number]): number[] {
  const m = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(text);
  const step = Number(m?.[3] ?? 1);
  const from = m?.[1] === undefined ? least : Number(m[1]);
  const to = m?.[2] !== undefined ? Number(m[2]) : m?.[1] === undefined || m[3] !== undefined ? most : from;
  if (!m || step < 1 || from < least || to > most || from > to)
    throw bad(`has no ${name} of ${least}-${most} in "${text}"`);
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function parseCron(line: string): CronFields {
  const texts = line.trim().split(/\s+/);
  if (texts.length !== FIELDS.length)
    throw bad('must have five fields: minute, hour, day of month, month, day of week');
  const [minutes, hours, days, months, weekdays] = FIELDS.map(
    (field, i) => new Set(texts[i]!.split(',').flatMap(text => part(text, field))),
  ) as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>];
  if (weekdays.delete(7)) weekdays.add(0);
  const eitherDay = !texts[2]!.startsWith('*') && !texts[4]!.startsWith('*');
  return { minutes, hours, days, months, weekdays, eitherDay };
}

function dayMatches(cron: CronFields, day: BusinessDay): boolean {
  const parts = BusinessDay.parts(day);
  if (!cron.months.has(parts.month)) return false;
  const ofMonth = cron.days.has(parts.day);
  const ofWeek = cron.weekdays.has(BusinessDay.weekday(day));
  return cron.eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}

/** The first minute of the day that matches, from `from` (minutes since midnight) on. */
function minuteOfDay(cron: CronFields, from: number): number | undefined {
  for (let minute = from; minute < 24 * 60; minute++) {
    if (!cron.hours.has(Math.floor(minute / 60))) minute += 59 - (minute % 60);
    else if (cron.minutes.has(minute % 60)) return minute;
  }
  return undefined;
}

function nextOfCron(cron: CronFields, after: Instant): Instant {
  let day = BusinessDay.of(after);
  let from = Math.floor(Instant.msOfDay(after) / MINUTE_MS) + 1;
  for (let i = 0; i < DAYS_SEARCHED; i++, day = BusinessDay.plus(day, 1), from = 0) {
    const minute = dayMatches(cron, day) ? minuteOfDay(cron, from) : undefined;
    if (minute !== undefined) return Instant.plusMs(BusinessDay.start(day), minute * MINUTE_MS);
  }
  throw bad('names a day that never comes');
}

/**
 * The first instant of the schedule that is later than `after`.
 * @throws InvalidInput `schedule` when the schedule is malformed or names a day that never comes.
 */
export function nextOccurrence(schedule: Schedule, after: Instant): Instant {
  if ('cronJst' in schedule) return nextOfCron(parseCron(schedule.cronJst), after);
  const { everyMs } = schedule;
  if (!Number.isSafeInteger(everyMs) || everyMs < 1000 || everyMs > LONGEST_EVERY_MS)
    throw bad(`must repeat every 1,000 to ${LONGEST_EVERY_MS} whole milliseconds`);
  const sinceStart = after + JST_OFFSET_MS;
  return Instant.fromEpochMs((Math.floor(sinceStart / everyMs) + 1) * everyMs - JST_OFFSET_MS);
}
