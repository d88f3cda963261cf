import { accountStream } from '#contracts';
import { BusinessDay, type BusinessMonth, Money, parseAccountId } from '#kernel';
import { type WalletCommand, walletStream } from '#ledger';
import type { EventStore } from '#ports';
import { SimulatedClock } from '#testing';
import {
  eventTypes,
  overtaken,
  type StoreOfATest,
  storeOfATest,
} from '../../../test/support/runtime-parts.js';
import { credit, hold, jst, month } from '../../../test/support/wallets.js';
import { CommandRunner } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';
import { runningAccount, Wallets } from './wallets.js';

const A1 = parseAccountId('A1');
const streamOf = (text: string): string => walletStream(A1, month(text));
const nowhere = async (): Promise<undefined> => undefined;
let sequence = 0;
const callerOf = (commandId = `w-${++sequence}`): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });

let home: StoreOfATest;
let events: EventStore;
beforeEach(async () => {
  home = storeOfATest();
  events = await home.open();
  const runner = new CommandRunner(events, new SimulatedClock('2025-01-15T09:00:00.000+09:00'));
  await runner.run(
    runningAccount,
    accountStream(A1),
    () => ({
      type: 'OpenAccount' as const,
      now: jst('2025-01-15'),
      account: A1,
      name: 'A1',
      openedOn: BusinessDay.parse('2025-01-15'),
      numbers: [],
      tariff: 'std',
      incomingDiscount: Money.zero,
    }),
    'open',
    callerOf(),
  );
});
afterEach(() => home.end());

/** A process that has just started: it knows nothing but the log. */
const fresh = (store = events, lastSeen: () => Promise<BusinessMonth | undefined> = nowhere): Wallets =>
  new Wallets(new CommandRunner(store, new SimulatedClock('2025-06-01T09:00:00.000+09:00')), lastSeen);
const run = (wallets: Wallets, command: WalletCommand, commandId?: string) =>
  wallets.run(A1, () => command, command, callerOf(commandId));

describe('the wallet of an account', () => {
  it('opens with the first command, in the month of the account: a backfill meets its day', async () => {
    await run(fresh(), credit('L1', '500', '2025-01-20'));
    expect(await eventTypes(events, streamOf('2025-01'))).toEqual(['WalletOpened', 'LotCredited']);
    const { state } = (await fresh().segment(A1))!;
    expect(state).toMatchObject({ lots: [{ id: 'L1', issuedAt: jst('2025-01-20') }] });
  });

  it('takes a backfill of a day before the month of the account into its first month', async () => {
    await run(fresh(), credit('L1', '500', '2024-12-20'));
    expect(await eventTypes(events, streamOf('2025-01'))).toEqual(['WalletOpened', 'LotCredited']);
    const { state } = (await fresh().segment(A1))!;
    expect(state).toMatchObject({ lots: [{ issuedAt: jst('2024-12-20') }] });
  });

  it('of nobody is refused', async () => {
    const wallets = fresh();
    const nobody = parseAccountId('nobody');
    expect(await wallets.run(nobody, () => credit('L1', '1', '2025-01-20'), 'b', callerOf())).toMatchObject({
      rejection: { code: 'NO_SUCH_ACCOUNT' },
    });
    expect(await wallets.segment(nobody)).toBeUndefined();
  });

  it('turns its months: the old stream ends, the new one begins with what was there', async () => {
    const wallets = fresh();
    await run(wallets, credit('L1', '500', '2025-01-20'));
    await run(wallets, hold('H1', '100', '2025-01-31T23:59'));
    await run(wallets, credit('L2', '300', '2025-04-02'));
    expect(await eventTypes(events, streamOf('2025-01'))).toEqual([
      'WalletOpened',
      'LotCredited',
      'FundsHeld',
      'WalletClosed',
    ]);
    expect(await eventTypes(events, streamOf('2025-02'))).toEqual([]);
    expect(await eventTypes(events, streamOf('2025-04'))).toEqual(['WalletOpened', 'LotCredited']);
    const segment = (await fresh().segment(A1))!;
    expect(segment).toMatchObject({ stream: streamOf('2025-04'), month: month('2025-04') });
    expect(segment.state).toMatchObject({
      lots: [
        { id: 'L1', posted: Money.of('500'), held: Money.of('100') },
        { id: 'L2', posted: Money.of('300'), held: Money.zero },
      ],
    });
  });

  it('goes on after a crash between the end of one month and the beginning of the next', async () => {
    const wallets = fresh();
    await run(wallets, credit('L1', '500', '2025-01-20'));
    await wallets.turnMonth((await wallets.segment(A1))!, month('2025-02'), callerOf());
    expect(await eventTypes(events, streamOf('2025-02'))).toEqual([]);
    events = await home.open();
    await run(fresh(), credit('L2', '300', '2025-02-03'));
    expect(await eventTypes(events, streamOf('2025-02'))).toEqual(['WalletOpened', 'LotCredited']);
    expect((await fresh().segment(A1))!.state).toMatchObject({
      lots: [{ id: 'L1' }, { id: 'L2' }],
    });
  });

  it.each([
    ['missing', nowhere],
    ['old', async () => month('2025-01')],
    ['new', async () => month('2025-03')],
  ])('is found when the hint of the read models is %s', async (_what, lastSeen) => {
    for (const at of ['2025-01-20', '2025-02-20', '2025-03-20']) await run(fresh(), credit(at, '1', at));
    const segment = (await fresh(events, lastSeen).segment(A1))!;
    expect(segment.stream).toBe(streamOf('2025-03'));
    expect(segment.state).toMatchObject({ lots: [{}, {}, {}] });
  });
});

describe('a command on a wallet', () => {
  it('is known by its id in every month, also after a restart', async () => {
    await run(fresh(), credit('L1', '500', '2025-01-20'), 'charge-1');
    await run(fresh(), credit('L2', '500', '2025-02-20'));
    events = await home.open();
    expect(await run(fresh(), credit('L1', '500', '2025-01-20'), 'charge-1')).toMatchObject({
      kind: 'done',
      events: [{ type: 'LotCredited', lot: 'L1' }],
      replayed: true,
    });
    expect(await run(fresh(), credit('L1', '501', '2025-01-20'), 'charge-1')).toMatchObject({
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('is decided again when another process was faster: the same funds are not held twice', async () => {
    await run(fresh(), credit('L1', '500', '2025-01-20'));
    let n = 0;
    const racing = overtaken(events, async () => {
      if (n++ === 0) await run(fresh(), hold('H1', '300', '2025-01-21'));
    });
    expect(await run(fresh(racing), hold('H2', '300', '2025-01-21'))).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'INSUFFICIENT_FUNDS', details: { available: '200' } },
    });
  });

  it('turns no month that another process turned meanwhile, and begins none twice', async () => {
    await run(fresh(), credit('L1', '500', '2025-01-20'));
    const slow = fresh();
    const seen = (await slow.segment(A1))!;
    await run(fresh(), credit('L2', '500', '2025-02-20'));
    // What it knows of January is of before the turn, and it has looked at the stream since.
    slow.runner.forget(seen.stream);
    await slow.segment(A1);
    await slow.turnMonth(seen, month('2025-02'), callerOf());
    expect(await eventTypes(events, streamOf('2025-01'))).toEqual([
      ...['WalletOpened', 'LotCredited', 'WalletClosed'],
    ]);
    expect(await run(slow, credit('L3', '500', '2025-02-21'))).toMatchObject({ kind: 'done' });
    expect(await eventTypes(events, streamOf('2025-02'))).toEqual([
      ...['WalletOpened', 'LotCredited', 'LotCredited'],
    ]);
  });

  it('follows the wallet into the month that another process turned to', async () => {
    const slow = fresh();
    await run(slow, credit('L1', '500', '2025-01-20'));
    await run(fresh(), credit('L2', '500', '2025-03-20'));
    expect(await run(slow, hold('H1', '700', '2025-03-21'))).toMatchObject({ kind: 'done' });
    expect(await eventTypes(events, streamOf('2025-03'))).toEqual([
      'WalletOpened',
      'LotCredited',
      'FundsHeld',
    ]);
  });

  it('is refused without a trace', async () => {
    await run(fresh(), credit('L1', '500', '2025-01-20'));
    const head = await events.headPosition();
    expect(await run(fresh(), hold('H1', '501', '2025-01-21'))).toMatchObject({ kind: 'rejected' });
    expect(await events.headPosition()).toBe(head);
  });
});
