import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import { callerOf, openAccount } from '../../../test/support/small-provider.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

const day = BusinessDay.parse;
const january = BusinessMonth.parse('2025-01');
const at = (text: string) => Instant.parse(`${text}:00.000+09:00`);

describe('calls that were taken back', () => {
  it('stay in the history, marked, and are no part of the money', async () => {
    const { rows, total } = await books.product.reports.calls.page(A1, { total: true });
    expect(rows.filter(row => row.reversed).map(row => row.callId)).toEqual(['c4']);
    const paid = rows.filter(row => !row.reversed).map(row => Money.of(row.net));
    expect(total).toMatchObject({ calls: 5, net: Money.text(Money.sum(paid)) });
    const paged = await books.product.reports.calls.page(A1, { total: true, limit: 2 });
    expect(paged.total).toEqual(total);
  });

  it('are in no statement', async () => {
    const { reports } = books.product;
    const february = { from: day('2025-02-01'), to: day('2025-02-28') };
    expect((await reports.statements.byNumber(A1, february)).rows).toEqual([]);
    expect((await reports.statements.byDestination(A1, february)).total).toEqual({
      calls: 0,
      seconds: 0,
      subtotal: '0',
    });
  });
});

describe('a statement by destination', () => {
  it('takes the price from the version of the tariff that was in force, not from the newest', async () => {
    await books.api.tariff('03,一般通話,9,180,standard', '0101,国際通話,0.15,1,export_exempt');
    const { rows } = await books.product.reports.statements.byDestination(A1, { other: '03' });
    expect(rows).toEqual([
      {
        ...{ number: expect.stringMatching(/^050/), direction: 'out', prefix: '03', destination: '例' },
        ...{ category: '一般通話', unitSeconds: '180', unitPrice: '8', calls: 3, seconds: 303 },
        subtotal: '32',
      },
    ]);
  });

  it('shows nobody the numbers of others', async () => {
    const { reports } = books.product;
    const none = { rows: [], total: { calls: 0, seconds: 0, subtotal: '0' } };
    expect(await reports.statements.byDestination(A1, { numbers: [] })).toEqual(none);
    expect(await reports.statements.byDestination(A1, { numbers: ['05099999999'] })).toEqual(none);
    expect((await reports.calls.page(A1, { numbers: [], total: true })).total?.calls).toBe(0);
  });
});

describe('the wallet as a curve', () => {
  it.each([A1, B2])('of %s is what its balance says at the end of every day', async account => {
    const { reports, prepaid } = books.product;
    const points = await reports.balances.between(account, day('2024-12-31'), day('2025-03-10'));
    expect(points).toHaveLength(70);
    for (const point of points) {
      const balance = await prepaid.balance(account, BusinessDay.end(day(point.day)));
      expect([point.day, point.posted]).toEqual([point.day, balance!.posted]);
    }
    const step = (i: number) =>
      Money.text(
        Money.sum([
          ...[Money.of(points[i - 1]!.posted), Money.of(points[i]!.charged)],
          ...[
            Money.subtract(Money.zero, Money.of(points[i]!.spent)),
            Money.subtract(Money.zero, Money.of(points[i]!.expired)),
          ],
        ]),
      );
    for (let i = 1; i < points.length; i++) expect([i, step(i)]).toEqual([i, points[i]!.posted]);
  });

  it('has at most 400 days', async () => {
    const { reports } = books.product;
    await expect(reports.balances.between(A1, day('2024-01-01'), day('2025-03-10'))).rejects.toThrow('400');
  });
});

describe('the months', () => {
  it('are open, partly closed or closed', async () => {
    const months = await books.product.reports.months.all();
    expect(months.map(({ month, state, over }) => [month, state, over])).toEqual([
      ['2025-03', 'open', false],
      ['2025-02', 'open', true],
      ['2025-01', 'partly_closed', true],
    ]);
    expect(months[2]).toMatchObject({ accounts: 2, closed: 1, invoices: 1 });
  });

  it('are watched until they are closed, or nothing moves, or nobody listens', async () => {
    const { reports } = books.product;
    const seen: [number, number][] = [];
    const progress = (done: number, total: number): void => void seen.push([done, total]);
    const never = new AbortController();
    const quick = { signal: never.signal, everyMs: 5, quietMs: 20 };
    expect(await reports.months.watch(january, progress, quick)).toMatchObject({ state: 'partly_closed' });
    expect(seen).toEqual([[1, 2]]);
    const gone = AbortSignal.abort();
    expect(await reports.months.watch(january, progress, { signal: gone })).toMatchObject({ closed: 1 });
    const long = { signal: never.signal, everyMs: 5, quietMs: 60_000 };
    const watching = reports.months.watch(january, progress, long);
    await books.api
      .close('2025-01', 'B2')
      .expecting('CloseDrafted', 'BillingMonthClosed', 'MonthClosed', 'AccountClosed');
    expect(await watching).toMatchObject({ state: 'closed', closed: 2 });
    expect(seen.at(-1)).toEqual([2, 2]);
  });

  it('wait for nobody who is closed through a later month', async () => {
    const { reports, closing } = books.product;
    const stateOfJanuary = async () => (await reports.months.all()).at(-1)?.state;
    const latecomer = await openAccount(books.product, 'C3', '05012340003', '2025-01-20');
    expect([latecomer.kind, await stateOfJanuary()]).toEqual(['done', 'partly_closed']);
    const february = { month: BusinessMonth.parse('2025-02'), account: parseAccountId('C3'), dryRun: false };
    expect(await closing.run(february, callerOf('C3/2025-02'))).toMatchObject({ kind: 'done' });
    expect(await stateOfJanuary()).toBe('closed');
  });
});

describe('the log of an account', () => {
  it('goes through the months of its wallet backwards, none left out, none of others', async () => {
    const { eventLog } = books.product;
    const { rows } = await eventLog.list({ account: A1, limit: 500 });
    const positions = rows.map(row => row.position);
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
    const all = (await eventLog.list({ limit: 500 })).rows;
    const own = all.filter(row => /^(account|wallet|close)-A1(_|$)/.test(row.stream));
    expect(rows.filter(row => /^(account|wallet|close)-/.test(row.stream))).toEqual(own);
    const halves = await eventLog.list({ account: A1, limit: 3 });
    const rest = await eventLog.list({ account: A1, limit: 500, cursor: halves.next! });
    expect([...halves.rows, ...rest.rows]).toEqual(rows);
  });

  it('is searched by the time of its recording, to the millisecond', async () => {
    const { eventLog } = books.product;
    const span = { from: at('2025-02-03T09:00'), to: at('2025-02-03T09:00'), limit: 500 };
    const { rows } = await eventLog.list(span);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.recordedAt).toBe('2025-02-03T09:00:00.000+09:00');
    const all = (await eventLog.list({ limit: 500 })).rows;
    expect(rows).toEqual(all.filter(row => row.recordedAt === '2025-02-03T09:00:00.000+09:00'));
  });
});
