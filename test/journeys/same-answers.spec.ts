import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgresReadStore } from '#adapters/postgres';
import { openSqliteStore } from '#adapters/sqlite';
import { BusinessDay, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openClusterProduct, openProduct } from '#nest';
import {
  ask,
  type CallSearch,
  discardSuspense,
  listSuspense,
  type Product,
  perform,
  replayLog,
} from '#runtime';
import { BUSY_ACCOUNTS, BUSY_MONTHS, BusyProvider, writeBusyFiles } from '../support/busy-provider.js';
import { needsProgram } from '../support/needs.js';
import { overTheBus } from '../support/over-the-bus.js';
import { startPostgres } from '../support/postgres.js';
import { allRows, wholeSnapshotOf } from '../support/product-snapshot.js';
import { callerOf, StandingClock } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const A01 = parseAccountId('A01');
const OCTOBER = BusinessMonth.parse('2025-10');
/** Pages so small that every answer is asked for with a cursor. */
const small = (cursor?: string) => (cursor === undefined ? { limit: 3 } : { limit: 3, cursor });

async function explanations(product: Product): Promise<unknown[]> {
  await product.ready('head');
  const { rows: issued } = await product.closing.invoices();
  const { rows: called } = await product.prepaid.calls(A01, { limit: 2 });
  const ids = [
    ...[issued[0]!.number, 'A01@2025-11', called[0]!.callId, 'charge/first/A01', 'reverse/A01'],
    ...['adjust/A01', '#7', 'nothing of this name'],
  ];
  return Promise.all(ids.map(id => product.audit.explain(id, { log: true })));
}

/** Every question that read models answer, with every filter and small pages. */
async function everyAnswer(product: Product): Promise<Record<string, unknown>> {
  await product.ready('head');
  const { accounts, prepaid, closing, cdr, catalogue, keys, reports, eventLog } = product;
  const find = (search: string) => accounts.list({ search }).then(({ rows }) => rows.map(row => row.account));
  const calls = (more: object) => allRows(cursor => prepaid.calls(A01, { ...small(cursor), ...more }));
  const search = (more: CallSearch) =>
    Promise.all([
      reports.calls.page(A01, { ...more, limit: 7, total: true }),
      reports.statements.byNumber(A01, more),
      reports.statements.byDestination(A01, more),
    ]);
  const days = { from: BusinessDay.parse('2025-10-05'), to: BusinessDay.parse('2025-11-20') };
  const searches: CallSearch[] = [
    ...[{}, days, { direction: 'in' }, { party: '0312' }, { caller: '0312' }, { callee: '0312' }],
    ...[{ other: '031' }, { number: '050' }, { numbers: [] }, { numbers: ['05010000001'] }],
    ...[{ class: 'mobile' }, { class: 'domestic' }, { class: 'overseas' }, { status: 'missed' }],
    ...[{ scope: 'extension' }, { scope: 'outside', status: 'answered', ...days }],
  ] as CallSearch[];
  return {
    searched: await Promise.all(searches.map(search)),
    usage: await reports.statements.byDay(A01, OCTOBER),
    curve: await reports.balances.between(A01, days.from, days.to),
    months: await reports.months.all(),
    closed: await allRows(cursor => reports.months.report(OCTOBER, small(cursor))),
    eventsOfOne: (await eventLog.list({ account: A01, limit: 500 })).rows,
    all: await wholeSnapshotOf(product, BUSY_ACCOUNTS, BUSY_MONTHS),
    accounts: await allRows(cursor => accounts.list(small(cursor))),
    found: await Promise.all(['A0', 'a03', '5010000002', '株式会社', '%', '_', '!'].map(find)),
    history: await allRows(cursor => prepaid.history(A01, { ...small(cursor), month: OCTOBER })),
    outgoing: await calls({ direction: 'out', month: OCTOBER }),
    incoming: await calls({ direction: 'in' }),
    withNumber: await calls({ number: '0312' }),
    invoices: await allRows(cursor => closing.invoices(small(cursor))),
    invoicesOfOne: await allRows(cursor =>
      closing.invoices({ ...small(cursor), account: A01, month: OCTOBER }),
    ),
    reconciled: await Promise.all(BUSY_MONTHS.map(month => closing.reconcile(BusinessMonth.parse(month)))),
    suspense: await allRows(cursor => cdr.suspense(small(cursor))),
    imports: await cdr.imports(),
    tariffs: await catalogue.tariffs(),
    keys: await keys.list(),
    earlier: await prepaid.balance(A01, Instant.parse('2025-10-25T00:00:00.000+09:00')),
    explained: await explanations(product),
  };
}

needsProgram('postgres', 'initdb')('read models on PostgreSQL and embedded ones', () => {
  it('give the same answers to every question about the same two busy months', async () => {
    const directory = temporaryDirectory();
    const files = join(directory, 'files');
    writeBusyFiles(files);
    const clock = new StandingClock(Instant.parse('2025-10-01T09:00:00.000+09:00'));
    const server = await startPostgres();
    try {
      const log = await openSqliteStore({ directory });
      const { events } = log;
      const readModels = await openPostgresReadStore({ url: await server.database() });
      const close = async () => {
        await readModels.close();
        await log.close();
      };
      const given = { events, proof: events, readModels, clock, project: true, close };
      const product = overTheBus((await openClusterProduct(given)).product);
      await new BusyProvider(product, clock, files, () => undefined).run();
      await product.keys.create({ role: 'auditor', account: null, label: '監査' }, callerOf('key'));
      const [line] = (await ask(product, listSuspense, {})).rows;
      const doubled = { import: line!.import, line: line!.line, reason: '重複' };
      await perform(product, discardSuspense, doubled, callerOf('discard'));
      const there = await everyAnswer(product);
      expect(await ask(product, replayLog, {})).toMatchObject({ ok: true, problems: [] });
      await product.close();

      // The same log, taken home: the embedded store builds its own read models.
      const embedded = await openProduct({ directory, clock });
      const here = await everyAnswer(embedded);
      await embedded.close();
      for (const question of Object.keys(here))
        expect([question, there[question]]).toEqual([question, here[question]]);
      const figures = here['all'] as { trialBalance: { debit: string }[] };
      expect(Money.of(figures.trialBalance[0]!.debit)).toBeGreaterThan(0);
      expect((here['explained'] as unknown[]).filter(one => one === undefined)).toHaveLength(1);
      for (const list of [
        'found',
        'searched',
        'curve',
        'months',
        'closed',
        'eventsOfOne',
        'history',
        'outgoing',
        'withNumber',
        'invoices',
        'suspense',
        'keys',
        'imports',
      ])
        expect([list, (here[list] as unknown[]).length > 0]).toEqual([list, true]);
    } finally {
      await server.stop();
      rmSync(directory, { recursive: true });
    }
  }, 60_000);
});
