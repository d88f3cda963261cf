import { rmSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite';
import { invoiceEvents } from '#invoicing';
import { BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { walletEvents } from '#ledger';
import type { EventStore } from '#ports';
import { catchUp, changesOf, composeProduct, PROJECTIONS, type Product, standing } from '#runtime';
import { SimulatedClock } from '#testing';
import { callerOf, numberOfAccount, openProvider } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const A01 = parseAccountId('A01');
const OCTOBER = BusinessMonth.parse('2026-10');
const BOOKED = walletEvents.types.BillingMonthClosed;

const ISSUED = invoiceEvents.types.InvoiceIssued;

/** A door before which one process waits with its bookings, or another kind of event, until it is opened. */
class Gate {
  private readonly opened = Promise.withResolvers<void>();
  private readonly came = Promise.withResolvers<void>();
  /** Resolves when a booking stands before the door: its draft is written down. */
  readonly reached = this.came.promise;
  open = (): void => this.opened.resolve();
  kept = BOOKED;

  before<Store extends EventStore>(events: Store): Store {
    const append: EventStore['append'] = async requests => {
      if (requests.some(request => request.events.some(event => event.type === this.kept))) {
        this.came.resolve();
        await this.opened.promise;
      }
      return events.append(requests);
    };
    return new Proxy(events, {
      get(target, name) {
        if (name === 'append') return append;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
}

/** Two processes on one log, and what their bookings wait for. */
interface Closers {
  readonly clock: SimulatedClock;
  readonly products: readonly [Product, Product];
  readonly gates: readonly [Gate, Gate];
}

async function onTwo(test: (closers: Closers) => Promise<void>): Promise<void> {
  const clock = new SimulatedClock('2026-10-05T10:00:00.000+09:00');
  const directory = temporaryDirectory();
  const store = await openSqliteStore({ directory });
  const projections = await standing(store.readModels, PROJECTIONS);
  await catchUp(store.events, store.readModels, projections, () =>
    store.projectInTransaction((events, apply) => {
      const { position } = events.at(-1)!;
      for (const { projection, changes } of changesOf(projections, events))
        apply(projection, changes, position);
    }),
  );
  for (const projection of projections) await store.readModels.activate(projection);
  const nobody = (): never => {
    throw new Error('this test rebuilds nothing');
  };
  const open = (gate: Gate): Product =>
    composeProduct({
      events: gate.before(store.events),
      readModels: store.readModels,
      clock,
      audit: { proof: store.events, scratch: nobody, still: nobody, rebuild: nobody, backup: nobody },
      shared: { head: 0 },
      writeProblem: () => null,
      close: async () => undefined,
    });
  const gates = [new Gate(), new Gate()] as const;
  const products = [open(gates[0]), open(gates[1])] as const;
  try {
    await test({ clock, products, gates });
  } finally {
    for (const gate of gates) gate.open();
    for (const product of products) await product.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A call of 16 yen: its tax of 1.6 is 2 yen, or 1 yen when it is rounded down. */
async function callOf16Yen(product: Product): Promise<void> {
  await openProvider(product, ['A01'], '2026-10-01');
  await product.prepaid.charge(
    { account: A01, amount: Money.of('1000'), method: 'card' },
    callerOf('charge'),
  );
  const hold = { account: A01, hold: 'h1', amount: Money.of('100'), purpose: 'call' };
  await product.prepaid.hold(hold, callerOf('hold'));
  const number = numberOfAccount(1);
  const startedAt = Instant.parse('2026-10-05T09:00:00.000+09:00');
  const times = { startedAt, answeredAt: startedAt, endedAt: Instant.plusMs(startedAt, 30_000) };
  const call = { callId: 'c1', direction: 'out' as const, number, from: number, to: '09012345678', ...times };
  const more = { durationMs: 30_000, hangupCause: 'NORMAL_CLEARING' };
  const settled = await product.prepaid.settleHold(
    { account: A01, hold: 'h1', call: { ...call, ...more } },
    callerOf('settle'),
  );
  expect(settled).toMatchObject({ kind: 'done', value: { net: '16' } });
}

const register = (product: Product, name: string) =>
  product.catalogue.importCatalogueYaml(
    'issuer.yaml',
    `issuer:\n  name: ${name}\n  tax_rounding: floor\n`,
    callerOf(name),
  );
const closing = (product: Product, by: string) =>
  product.closing.run({ month: OCTOBER, dryRun: false }, callerOf(by));

/** What every book says of the month: the wallet's, the invoice's and the lists' total are one. */
async function expectOneClose(product: Product, issuer: string, total: string): Promise<void> {
  const { rows } = await product.closing.invoices();
  expect(rows).toMatchObject([{ number: '202610-000001', total }]);
  const document = await product.closing.invoice('202610-000001');
  expect(document).toMatchObject({ total, issuer: { name: issuer } });
  expect(await product.closing.reconcile(OCTOBER)).toEqual([]);
  const { posted } = (await product.prepaid.balance(A01))!;
  expect(Money.text(Money.subtract(Money.of('1000'), Money.of(posted)))).toBe(total);
  const report = await product.reports.months.report(OCTOBER, {});
  expect(report.rows).toMatchObject([{ account: 'A01', invoice: '202610-000001', net: '16', total }]);
  expect(await closing(product, 'again')).toMatchObject({
    value: { accounts: [{ outcome: 'already_closed', total }], total },
  });
}

describe('two closers between whose drafts the issuer changed', () => {
  /** The first has drafted under no registered issuer, then the second under one who rounds down. */
  const bothDrafted = async ({ clock, products: [first, second], gates }: Closers) => {
    await callOf16Yen(first);
    clock.moveTo('2026-11-01T04:00:01.000+09:00');
    const one = closing(first, 'first');
    await gates[0].reached;
    expect(await register(second, '台帳通信株式会社')).toMatchObject({ problems: [] });
    const other = closing(second, 'second');
    await gates[1].reached;
    return [one, other] as const;
  };

  it('issue the first draft when it was booked, although the second is the last', () =>
    onTwo(async closers => {
      const { products, gates } = closers;
      const [one, other] = await bothDrafted(closers);
      gates[0].open();
      expect(await one).toMatchObject({ value: { accounts: [{ outcome: 'closed', total: '18' }] } });
      gates[1].open();
      expect(await other).toMatchObject({ value: { accounts: [{ outcome: 'closed', total: '18' }] } });
      for (const product of products) await expectOneClose(product, '(発行者未登録)', '18');
    }));

  it('tell in a dry run what is booked and not issued yet', () =>
    onTwo(async ({ clock, products: [first, second], gates: [gate] }) => {
      await callOf16Yen(first);
      clock.moveTo('2026-11-01T04:00:01.000+09:00');
      gate.kept = ISSUED;
      const one = closing(first, 'first');
      await gate.reached;
      const dry = await second.closing.run({ month: OCTOBER, dryRun: true }, callerOf('dry'));
      const account = { outcome: 'would_close', invoice: '202610-000001', net: '16', total: '18' };
      expect(dry).toMatchObject({ value: { accounts: [account], total: '18' } });
      gate.open();
      expect(await one).toMatchObject({ value: { accounts: [{ outcome: 'closed', total: '18' }] } });
    }));

  it('issue the second draft when it was booked', () =>
    onTwo(async closers => {
      const { products, gates } = closers;
      const [one, other] = await bothDrafted(closers);
      gates[1].open();
      expect(await other).toMatchObject({ value: { accounts: [{ outcome: 'closed', total: '17' }] } });
      gates[0].open();
      expect(await one).toMatchObject({ value: { accounts: [{ outcome: 'closed', total: '17' }] } });
      for (const product of products) await expectOneClose(product, '台帳通信株式会社', '17');
    }));
});
