import { BusinessDay, BusinessMonth, DAY_MS, Instant } from '#kernel';
import { DEMO_ACCOUNTS, type DemoAccount } from './carrier.js';
import { Random } from './random.js';
import { DEMO_AREAS, DEMO_COUNTRIES } from './tariff.js';

/** One line of cdr.csv and the instant it ends. */
export interface DemoCall {
  readonly line: string;
  readonly endedAt: Instant;
}

export const CDR_HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';

const HOUR_MS = 3_600_000;
/** Longest talk in the example. */
const TALK_MS = 1_200_000;
/** On a weekend or holiday so many of a thousand calls of a working day are made. */
const WEEKEND_PER_MILLE = 150;

/** Toll-free numbers are called, they do not call. */
const isTollFree = (number: string): boolean => number.startsWith('0120');
const callersOf = (account: DemoAccount): string[] => account.numbers.filter(number => !isTollFree(number));

/** Zeros behind the code, so that no real subscriber is named. */
const plain = (random: Random, code: string, length = /^0[5789]0/.test(code) ? 11 : 10): string =>
  `${code}${'0'.repeat(length - code.length - 4)}${random.digits(4)}`;

const MOBILES = ['070', '080', '090'];

/** Where an outgoing call goes, and how many of a thousand do. */
const DESTINATIONS: readonly (readonly [perMille: number, number: (random: Random) => string])[] = [
  [380, random => plain(random, random.pick(DEMO_AREAS))],
  [328, random => plain(random, random.pick(MOBILES))],
  [90, random => random.pick(random.pick(DEMO_ACCOUNTS).numbers)],
  [60, random => `2${random.digits(2)}`],
  [50, random => plain(random, '050')],
  [50, random => `010${random.pick(DEMO_COUNTRIES)}${random.digits(8)}`],
  [25, random => plain(random, '0120')],
  [13, random => plain(random, '0570')],
  [2, random => random.pick(['117', '177', '104'])],
  [2, random => random.pick(['110', '119'])],
];

function destination(random: Random): string {
  let rest = random.below(1000);
  const found = DESTINATIONS.find(([perMille]) => (rest -= perMille) < 0);
  if (!found) throw new Error('the destinations do not add up to 1000');
  return found[1](random);
}

/** A start in the month: mostly on working days, mostly in office hours. */
function startIn(month: BusinessMonth, random: Random): Instant {
  let day: BusinessDay;
  do {
    day = BusinessDay.plus(BusinessMonth.firstDay(month), random.below(BusinessMonth.days(month)));
  } while (!BusinessDay.isBusinessDay(day) && !random.perMille(WEEKEND_PER_MILLE));
  const office = random.perMille(880);
  const offset = office ? 9 * HOUR_MS + random.below(9 * HOUR_MS) : random.below(DAY_MS);
  return Instant.plusMs(BusinessDay.start(day), offset);
}

function line(fields: readonly string[]): string {
  return fields.join(',');
}

function oneCall(account: DemoAccount, month: BusinessMonth, index: number, random: Random): DemoCall {
  const startedAt = startIn(month, random);
  const incoming = random.perMille(360);
  const own = random.pick(incoming ? account.numbers : callersOf(account));
  const other = incoming ? plain(random, random.pick(['03', '06', '045', ...MOBILES])) : destination(random);
  const rings = 1500 + random.below(20_000);
  const answered = random.perMille(870);
  const talk = answered ? 2000 + random.skewed(TALK_MS) : 0;
  const answeredAt = Instant.plusMs(startedAt, rings);
  const endedAt = Instant.plusMs(answeredAt, talk);
  const cause = answered ? 'NORMAL_CLEARING' : random.pick(['NO_ANSWER', 'USER_BUSY', 'ORIGINATOR_CANCEL']);
  const id = `demo-${account.id}-${BusinessMonth.text(month)}-${String(index).padStart(4, '0')}`;
  const parties = incoming ? ['in', other, own] : ['out', own, other];
  const times = [Instant.text(startedAt), answered ? Instant.text(answeredAt) : '', Instant.text(endedAt)];
  return { line: line([id, account.id, own, ...parties, ...times, cause]), endedAt };
}

/**
 * The calls of one account in one month that have ended by `until`: the same for the same month, on every
 * machine.
 */
function monthOfCalls(account: DemoAccount, month: BusinessMonth, until: Instant): DemoCall[] {
  const random = new Random(`${account.id} ${BusinessMonth.text(month)}`);
  const count = account.calls + random.below(40) - 20;
  const calls: DemoCall[] = [];
  for (let index = 1; index <= count; index++) {
    const call = oneCall(account, month, index, random);
    if (call.endedAt < until) calls.push(call);
  }
  return calls;
}

/**
 * The calls of all accounts in one month as cdr.csv, with its share of what goes wrong; null when there
 * are none.
 */
export function monthFile(month: BusinessMonth, until: Instant, faults: boolean): string | null {
  const lines = DEMO_ACCOUNTS.flatMap(account => monthOfCalls(account, month, until)).map(call => call.line);
  const [first] = lines;
  if (first === undefined) return null;
  if (faults) lines.push(...faultyLines(month), first);
  return `${[CDR_HEADER, ...lines].join('\n')}\n`;
}

/**
 * A record of an account that nobody knows, and one with a day that does not exist: both end on the
 * suspense list.
 */
function faultyLines(month: BusinessMonth): string[] {
  const at = Instant.text(Instant.plusMs(BusinessMonth.start(month), 10 * HOUR_MS));
  const parties = ['0500000999', 'out', '0500000999', '0300000000'];
  const broken = at.replace(/-\d\dT/, '-32T');
  return [
    line([`demo-unknown-${BusinessMonth.text(month)}`, 'D-9999', ...parties, at, at, at, 'NORMAL_CLEARING']),
    line([
      `demo-broken-${BusinessMonth.text(month)}`,
      'D-1001',
      ...parties,
      broken,
      at,
      at,
      'NORMAL_CLEARING',
    ]),
  ];
}

/** A call of the first month whose record arrives after that month is closed: it goes to the next invoice. */
export function lateFile(month: BusinessMonth): string {
  const account = DEMO_ACCOUNTS[0]!;
  const own = account.numbers[0]!;
  const at = (ms: number): string =>
    Instant.text(Instant.plusMs(BusinessMonth.start(month), 20 * DAY_MS + ms));
  const times = [at(14 * HOUR_MS), at(14 * HOUR_MS + 4000), at(14 * HOUR_MS + 184_500)];
  const id = `demo-late-${BusinessMonth.text(month)}`;
  const parties = [own, 'out', own, '0300004321'];
  return `${CDR_HEADER}\n${line([id, account.id, ...parties, ...times, 'NORMAL_CLEARING'])}\n`;
}
