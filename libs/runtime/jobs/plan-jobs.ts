import { BusinessDay, BusinessMonth, Instant } from '#kernel';
import type { JobRequest, RepeatRequest, RetryPolicy } from '#ports';
import { feesAt } from '../contracts/order-costs.js';

/** What timers are made of: read from the log and the read models, never from the queue. */
export interface JobFacts {
  /**
   * The day on which the log began; null when it is empty. What was over before is a backfill: it is closed
   * and swept by hand, when all of it is there.
   */
  readonly beganOn: BusinessDay | null;
  /** Months since then, up to the running one, that are not closed for every account. */
  readonly openMonths: readonly { readonly month: BusinessMonth; readonly longestCallS: number }[];
  /** A lot of the last days is past its expiry and still has value: a sweep was missed. */
  readonly sweepMissed: boolean;
  /** The first day of the oldest contract; null: there is none, so no month has fees. */
  readonly contractsSince: BusinessDay | null;
  /** A contract is over, and its end is not booked. */
  readonly endsDue: boolean;
  /** Somebody owes something and is served all the same. */
  readonly debtors: boolean;
  /** Orders that nobody has gone on with for a while: the process that did has ended. */
  readonly ordersLeft: readonly { readonly account: string; readonly order: string }[];
  /** Carts that became an order, and nobody has told them for a while what became of it. */
  readonly cartsLeft: readonly {
    readonly account: string;
    readonly circle: string | null;
    readonly order: string;
  }[];
  /** Changes of name whose fee nobody has debited for a while. */
  readonly nameChangesLeft: readonly { readonly account: string; readonly paper: string }[];
  /** Mails of business that are yet to be sent. */
  readonly noticesDue: readonly { readonly notice: string; readonly position: number }[];
  /** Orders of prepaid value that may still be paid, or whose money is becoming a lot. */
  readonly paymentsOpen: boolean;
  /** A balance calls for a mail or a charge, or a charge is under way. */
  readonly balancesDue: boolean;
  /** Records of personal data that no event refers to: who kept them was killed in between. */
  readonly orphans: boolean;
  /** Erased last: whoever did it may have been killed before the key was destroyed. */
  readonly erasedLast: string | null;
}

export type PlannedJob =
  | { readonly kind: 'once'; readonly request: JobRequest }
  | { readonly kind: 'repeat'; readonly request: RepeatRequest };

export interface JobRules {
  /** Months are closed without anybody asking for it. */
  readonly autoClose: boolean;
}

export const CLOSE_MONTH = 'close-month';
export const EXPIRE_LOTS = 'expire-lots';
export const START_MONTH = 'start-month';
export const END_CONTRACTS = 'end-contracts';
export const SUSPEND_OVERDUE = 'suspend-overdue';
export const SWEEP_PERSONAL = 'sweep-personal';
export const GO_ON_WITH_ORDER = 'go-on-with-order';
export const GO_ON_WITH_CART = 'go-on-with-cart';
export const INQUIRE_PAYMENTS = 'inquire-payments';
export const WATCH_BALANCES = 'watch-balances';
export const TELL_EXPIRY = 'tell-expiry';
export const SEND_NOTICE = 'send-notice';
export const CHARGE_NAME_CHANGE = 'charge-name-change';

/** A close that meets running calls or a busy store waits a minute, then longer: about nine hours in all. */
const CLOSE_RETRY: RetryPolicy = { attempts: 14, firstDelayMs: 60_000, longestDelayMs: 3_600_000 };

/** The first instant at which no call of the month can still be running (DECISIONS: Month-end close). */
const closeDueAt = (month: BusinessMonth, longestCallS: number): Instant =>
  Instant.plusMs(BusinessMonth.end(month), longestCallS * 1000 + 1);

/** Fees of the months that have begun, ends that are due, debts to look at, orders left, mails to send. */
function contractJobs(
  now: Instant,
  {
    openMonths,
    contractsSince,
    endsDue,
    debtors,
    ordersLeft,
    cartsLeft,
    nameChangesLeft,
    noticesDue,
  }: JobFacts,
): PlannedJob[] {
  const once = (name: string, key: string, payload: JobRequest['payload'], dueAt: Instant): PlannedJob => ({
    kind: 'once',
    request: { name, key, payload, dueAt, retry: CLOSE_RETRY },
  });
  const withFees = openMonths.filter(
    ({ month }) => contractsSince !== null && BusinessMonth.firstDay(month) > contractsSince,
  );
  const started = withFees.map(({ month }) => {
    const key = BusinessMonth.text(month);
    return once(START_MONTH, key, { month: key }, feesAt(month));
  });
  const today = BusinessDay.text(BusinessDay.of(now));
  const ends = endsDue ? [once(END_CONTRACTS, today, {}, now)] : [];
  // A grace is over at midnight: once a day is enough, at whatever hour somebody is there to ask.
  const overdue = debtors ? [once(SUSPEND_OVERDUE, today, {}, now)] : [];
  const orders = ordersLeft.map(({ account, order }) =>
    once(GO_ON_WITH_ORDER, `${account}.${order}`, { account, order }, now),
  );
  const carts = cartsLeft.map(({ account, circle, order }) =>
    once(GO_ON_WITH_CART, `${account}.${order}`, { account, circle }, now),
  );
  const names = nameChangesLeft.map(({ account, paper }) =>
    once(CHARGE_NAME_CHANGE, `${account}.${paper}`, { account }, now),
  );
  const notices = noticesDue.map(({ notice, position }) => once(SEND_NOTICE, notice, { position }, now));
  return [...started, ...ends, ...overdue, ...orders, ...carts, ...names, ...notices];
}

/** So often gateways are asked what became of open payments, also where no notification came. */
const INQUIRED_EVERY_MS = 10 * 60_000;

/** So often balances are looked at, also where the process that changed one did not get to it. */
const WATCHED_EVERY_MS = 60_000;

/** One job for each ten minutes in which a payment is open, and for each in which a balance is due. */
function paymentJobs(now: Instant, { paymentsOpen, balancesDue }: JobFacts): PlannedJob[] {
  const inSlot = (name: string, everyMs: number): PlannedJob => {
    const key = Instant.text(Instant.fromEpochMs(Math.floor(now / everyMs) * everyMs)).slice(0, 16);
    return { kind: 'once', request: { name, key, payload: {}, dueAt: now, retry: CLOSE_RETRY } };
  };
  return [
    ...(paymentsOpen ? [inSlot(INQUIRE_PAYMENTS, INQUIRED_EVERY_MS)] : []),
    ...(balancesDue ? [inSlot(WATCH_BALANCES, WATCHED_EVERY_MS)] : []),
  ];
}

/** Mails of what will expire go out once a day, when people are at work; later where nobody was there. */
const EXPIRY_TOLD_MS = 9 * 3_600_000;
function expiryMails(now: Instant): PlannedJob {
  const today = BusinessDay.of(now);
  const dueAt = Instant.plusMs(BusinessDay.start(today), EXPIRY_TOLD_MS);
  const key = BusinessDay.text(today);
  return { kind: 'once', request: { name: TELL_EXPIRY, key, payload: {}, dueAt, retry: CLOSE_RETRY } };
}

/** What was left of personal data: orphans once a day, and once after each erasure. */
function personalJobs(now: Instant, { orphans, erasedLast }: JobFacts): PlannedJob[] {
  const keys = erasedLast === null ? [] : [`erased.${erasedLast}`];
  if (orphans) keys.push(BusinessDay.text(BusinessDay.of(now)));
  return keys.map(key => ({
    kind: 'once',
    request: { name: SWEEP_PERSONAL, key, payload: {}, dueAt: now, retry: CLOSE_RETRY },
  }));
}

/**
 * Every job that must stand in the queue now. Planning again, by anybody and at any time, gives jobs of the
 * same keys: a queue that lost everything is as it was.
 */
export function planJobs(now: Instant, facts: JobFacts, rules: JobRules): PlannedJob[] {
  if (facts.beganOn === null) return [];
  const daily: RepeatRequest = {
    name: EXPIRE_LOTS,
    key: 'daily',
    payload: {},
    // A lot is worthless from 00:00:00 of the day after its last (DECISIONS: Prepaid ledger).
    schedule: { cronJst: '0 0 * * *' },
  };
  const planned: PlannedJob[] = [{ kind: 'repeat', request: daily }, expiryMails(now)];
  if (facts.sweepMissed) {
    const key = `missed.${BusinessDay.text(BusinessDay.of(now))}`;
    planned.push({ kind: 'once', request: { name: EXPIRE_LOTS, key, payload: {}, dueAt: now } });
  }
  planned.push(...contractJobs(now, facts), ...paymentJobs(now, facts), ...personalJobs(now, facts));
  if (!rules.autoClose) return planned;
  for (const { month, longestCallS } of facts.openMonths) {
    const key = BusinessMonth.text(month);
    const dueAt = closeDueAt(month, longestCallS);
    const request = { name: CLOSE_MONTH, key, payload: { month: key }, dueAt, retry: CLOSE_RETRY };
    planned.push({ kind: 'once', request });
  }
  return planned;
}
