import { BusinessDay, BusinessMonth, Instant } from '#kernel';
import { type JobFacts, planJobs } from './plan-jobs.js';

const NOW = Instant.parse('2026-11-15T10:00:00.000+09:00');
const FACTS: JobFacts = {
  beganOn: BusinessDay.parse('2026-10-03'),
  openMonths: [
    { month: BusinessMonth.parse('2026-10'), longestCallS: 14_400 },
    { month: BusinessMonth.parse('2026-11'), longestCallS: 3_600 },
  ],
  sweepMissed: false,
  contractsSince: null,
  endsDue: false,
  debtors: false,
  ordersLeft: [],
  cartsLeft: [],
  paymentsOpen: false,
  balancesDue: false,
  nameChangesLeft: [],
  noticesDue: [],
  orphans: false,
  erasedLast: null,
};
const shown = (facts: JobFacts, autoClose = true, now = NOW) =>
  planJobs(now, facts, { autoClose }).map(({ kind, request }) => [
    kind,
    `${request.name}/${request.key}`,
    'dueAt' in request ? Instant.text(request.dueAt) : request.schedule,
  ]);
const DAILY = [
  ['repeat', 'expire-lots/daily', { cronJst: '0 0 * * *' }],
  ['once', 'tell-expiry/2026-11-15', '2026-11-15T09:00:00.000+09:00'],
];

describe('the plan of jobs', () => {
  it('closes each open month after the longest call of its own policy, and sweeps at midnight', () => {
    expect(shown(FACTS)).toEqual([
      ...DAILY,
      ['once', 'close-month/2026-10', '2026-11-01T04:00:00.000+09:00'],
      ['once', 'close-month/2026-11', '2026-12-01T01:00:00.000+09:00'],
    ]);
  });

  it('is the same whenever it is made: what is lost is planned again under the same keys', () => {
    const later = Instant.parse('2026-11-15T23:00:00.000+09:00');
    expect(shown(FACTS, true, later)).toEqual(shown(FACTS));
  });

  it('makes up a sweep that was missed, once a day', () => {
    const missed = ['once', 'expire-lots/missed.2026-11-15', Instant.text(NOW)];
    expect(shown({ ...FACTS, sweepMissed: true, openMonths: [] })).toEqual([...DAILY, missed]);
  });

  it('debits the fees of each open month that a contract was there before, at 00:00:01', () => {
    const since = (day: string) => shown({ ...FACTS, contractsSince: BusinessDay.parse(day) }, false);
    const november = ['once', 'start-month/2026-11', '2026-11-01T00:00:01.000+09:00'];
    expect(since('2026-10-01')).toEqual([...DAILY, november]);
    expect(since('2026-09-30')).toEqual([
      ...DAILY,
      ['once', 'start-month/2026-10', '2026-10-01T00:00:01.000+09:00'],
      november,
    ]);
    expect(since('2026-11-01')).toEqual(DAILY);
  });

  it('looks at debts once a day, as long as somebody owes something and is served', () => {
    const owing = { ...FACTS, openMonths: [], debtors: true };
    expect(shown(owing)).toEqual([...DAILY, ['once', 'suspend-overdue/2026-11-15', Instant.text(NOW)]]);
    const tomorrow = Instant.parse('2026-11-16T00:00:00.000+09:00');
    expect(shown(owing, true, tomorrow)[2]![1]).toBe('suspend-overdue/2026-11-16');
  });

  it('finishes what was left of personal data: once after each erasure, and once a day for orphans', () => {
    const left = { ...FACTS, openMonths: [], orphans: true, erasedLast: 'A7' };
    const erased = ['once', 'sweep-personal/erased.A7', Instant.text(NOW)];
    expect(shown(left)).toEqual([...DAILY, erased, ['once', 'sweep-personal/2026-11-15', Instant.text(NOW)]]);
    const tomorrow = Instant.parse('2026-11-16T00:00:00.000+09:00');
    expect(shown(left, true, tomorrow)[3]![1]).toBe('sweep-personal/2026-11-16');
  });

  it('books ends that are due, and goes on with orders that were left', () => {
    const ordersLeft = [{ account: 'A1', order: '7K3Q0Z9X1A' }];
    const cartsLeft = [{ account: 'A1', circle: '0000000001', order: '7K3Q0Z9X1B' }];
    expect(shown({ ...FACTS, openMonths: [], endsDue: true, ordersLeft, cartsLeft })).toEqual([
      ...DAILY,
      ['once', 'end-contracts/2026-11-15', Instant.text(NOW)],
      ['once', 'go-on-with-order/A1.7K3Q0Z9X1A', Instant.text(NOW)],
      ['once', 'go-on-with-cart/A1.7K3Q0Z9X1B', Instant.text(NOW)],
    ]);
  });

  it('debits the fees of names that were left, and sends each mail under its own key', () => {
    const nameChangesLeft = [{ account: 'A1', paper: '0123456789' }];
    const noticesDue = [{ notice: '3f1a9c0d5b7e24680a1b2c3d4e5f6071', position: 42 }];
    expect(shown({ ...FACTS, openMonths: [], nameChangesLeft, noticesDue })).toEqual([
      ...DAILY,
      ['once', 'charge-name-change/A1.0123456789', Instant.text(NOW)],
      ['once', 'send-notice/3f1a9c0d5b7e24680a1b2c3d4e5f6071', Instant.text(NOW)],
    ]);
  });

  it('leaves closing to people where they want it so', () => {
    expect(shown(FACTS, false)).toEqual(DAILY);
  });

  it('plans nothing for an empty log', () => {
    expect(shown({ ...FACTS, beganOn: null })).toEqual([]);
  });
});
