import { accountStream } from '#contracts';
import { type AccountId, BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import { type WalletCommand, walletStream } from '#ledger';
import type { EventStore } from '#ports';
import { SimulatedClock } from '#testing';
import {
  eventTypes,
  overtaken,
  type StoreOfATest,
  storeOfATest,
} from '../../../test/support/runtime-parts.js';
import { call, credit, hold, jst, month } from '../../../test/support/wallets.js';
import { sha256 } from '../engine/command-log.js';
import { CommandRunner } from '../engine/run-command.js';
import { runningAccount, Wallets } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';
import { type BatchItem, DebitBatch } from './debit-batch.js';

const A1 = parseAccountId('A1');
const B2 = parseAccountId('B2');
const clock = new SimulatedClock('2025-06-01T09:00:00.000+09:00');
const caller: Caller = { actor: { id: 'cli:operator' }, commandId: 'import/i1' };

let home: StoreOfATest;
let events: EventStore;
const fresh = (store = events): Wallets =>
  new Wallets(new CommandRunner(store, clock), async () => undefined);

async function openAccount(account: AccountId): Promise<void> {
  const open = {
    type: 'OpenAccount',
    now: jst('2025-01-01'),
    account,
    name: account,
    openedOn: BusinessDay.parse('2025-01-01'),
    numbers: [],
    tariff: 'std',
    incomingDiscount: Money.zero,
  } as const;
  const opener = { actor: { id: 'staff:a' }, commandId: `open/${account}` };
  await new CommandRunner(events, clock).run(
    runningAccount,
    accountStream(account),
    () => open,
    open,
    opener,
  );
}
beforeEach(async () => {
  home = storeOfATest();
  events = await home.open();
  await openAccount(A1);
  await openAccount(B2);
});
afterEach(() => home.end());

const item = (
  id: string,
  at: string,
  other: { account?: AccountId; net?: string; body?: string } = {},
): BatchItem => ({
  commandId: `cdr/${id}`,
  bodyHash: sha256(other.body ?? id),
  account: other.account ?? A1,
  command: call(id, other.net ?? '8', at),
});
const batch = (items: readonly BatchItem[], wallets = fresh()) =>
  new DebitBatch(wallets, items, caller).run();
const chargesOf = async (account: AccountId, of: string): Promise<string[]> =>
  (await eventTypes(events, walletStream(account, month(of)))).filter(type => type === 'CallCharged');

const refusedWith = (code: string) => ({ refused: expect.objectContaining({ code }) });

describe('a batch of calls', () => {
  it('of two wallets is durable in one write, each call under its own id', async () => {
    let writes = 0;
    const store = overtaken(events, async requests => {
      if (requests.some(request => request.events.some(e => e.type === 'ledger.CallCharged.v1'))) writes++;
    });
    const items = [
      item('c1', '2025-01-10'),
      item('c2', '2025-01-11', { account: B2 }),
      item('c3', '2025-01-12'),
    ];
    expect(await batch(items, fresh(store))).toEqual(['done', 'done', 'done']);
    expect(writes).toBe(1);
    const known = await events.findCommands(['cdr/c1', 'cdr/c2', 'cdr/c3']);
    expect([...known.values()].map(command => command.stream)).toEqual([
      walletStream(A1, month('2025-01')),
      walletStream(B2, month('2025-01')),
      walletStream(A1, month('2025-01')),
    ]);
  });

  it('charges a call once that stands in it twice', async () => {
    const twice = [item('c1', '2025-01-10'), item('c2', '2025-01-10'), item('c1', '2025-01-10')];
    expect(await batch(twice)).toEqual(['done', 'done', 'duplicate']);
    expect(await chargesOf(A1, '2025-01')).toHaveLength(2);
  });

  it('tells another body of the same id, in the batch and from before', async () => {
    const first = item('c1', '2025-01-10');
    const other = item('c1', '2025-01-10', { body: 'c1 of another length', net: '16' });
    expect(await batch([first, other])).toEqual(['done', 'other_body']);
    expect(await batch([other, first])).toEqual(['other_body', 'duplicate']);
    expect(await chargesOf(A1, '2025-01')).toHaveLength(1);
  });

  it('run again is all duplicates, also after a restart', async () => {
    const items = [item('c1', '2025-01-10'), item('c2', '2025-02-10')];
    await batch(items);
    const head = await events.headPosition();
    events = await home.open();
    expect(await batch(items)).toEqual(['duplicate', 'duplicate']);
    expect(await events.headPosition()).toBe(head);
  });

  it('turns the month within, and charges late calls in the month that is open', async () => {
    const items = [
      item('c1', '2025-01-31T23:59'),
      item('c2', '2025-02-01T00:00'),
      item('late', '2025-01-20'),
      item('c3', '2025-04-01'),
      item('b1', '2025-01-20', { account: B2 }),
    ];
    expect(await batch(items)).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(await eventTypes(events, walletStream(A1, month('2025-01')))).toEqual([
      'WalletOpened',
      'CallCharged',
      'WalletClosed',
    ]);
    expect(await chargesOf(A1, '2025-02')).toHaveLength(2);
    expect(await chargesOf(A1, '2025-03')).toHaveLength(0);
    expect(await chargesOf(A1, '2025-04')).toHaveLength(1);
    expect(await chargesOf(B2, '2025-01')).toHaveLength(1);
  });

  it('gives what one command after another would give', async () => {
    const ids = ['2025-01-05', '2025-01-31', '2025-02-02', '2025-03-01'];
    const items = ids.flatMap(at => [item(`a-${at}`, at), item(`b-${at}`, at, { account: B2 })]);
    await batch(items.filter(i => i.account === A1));
    const alone = fresh();
    for (const { account, command, commandId, bodyHash } of items.filter(i => i.account === B2)) {
      await alone.lock(account, () =>
        alone.runAlone(account, () => command, bodyHash, { ...caller, commandId }),
      );
    }
    const balances = [];
    for (const account of [A1, B2]) {
      const { state } = (await fresh().segment(account))!;
      balances.push({ ...state, account: '' });
    }
    expect(balances[0]).toEqual(balances[1]);
  });

  it('refuses nothing on what another process has changed meanwhile', async () => {
    const shared = new Wallets(new CommandRunner(events, clock, true), async () => undefined);
    await batch([item('c1', '2025-01-10'), item('b1', '2025-01-10', { account: B2 })], shared);
    const holding = (id: string, amount: string, account = A1): BatchItem => ({
      ...item(id, '2025-01-12', { account }),
      command: hold(id, amount, '2025-01-12'),
    });
    const refused = refusedWith('INSUFFICIENT_FUNDS');
    expect(await batch([holding('h1', '50')], shared)).toEqual([refused]);
    const lot = credit('L1', '500', '2025-01-11');
    await fresh().run(A1, () => lot, lot, { ...caller, commandId: 'elsewhere' });
    const again = [holding('h1', '50'), holding('h2', '501'), holding('h3', '50', B2)];
    expect(await batch(again, shared)).toEqual(['done', refused, refused]);
  });

  it('refuses the calls of nobody, and charges the others', async () => {
    const nobody = parseAccountId('nobody');
    expect(
      await batch([
        item('c1', '2025-01-10', { account: nobody }),
        item('c2', '2025-01-10'),
        item('c3', '2025-01-10', { account: nobody }),
      ]),
    ).toEqual([refusedWith('NO_SUCH_ACCOUNT'), 'done', refusedWith('NO_SUCH_ACCOUNT')]);
  });

  it('names the refusal of a command', async () => {
    const hold: WalletCommand = {
      type: 'HoldFunds',
      now: jst('2025-01-10'),
      hold: 'h1',
      amount: Money.of('5'),
      purpose: 'call',
    };
    const items = [{ ...item('c1', '2025-01-10'), command: hold }, item('c2', '2025-01-10')];
    expect(await batch(items)).toEqual([refusedWith('INSUFFICIENT_FUNDS'), 'done']);
  });
});

describe('a batch that another process overtakes', () => {
  it('decides again what was overtaken, one by one, and nothing twice', async () => {
    await fresh().run(A1, () => credit('L1', '100', '2025-01-02'), 'L1', { ...caller, commandId: 'L1' });
    let n = 0;
    const store = overtaken(events, async requests => {
      const charges = requests.some(r => r.events.some(e => e.type === 'ledger.CallCharged.v1'));
      if (charges && n++ === 0) expect(await batch([item('c1', '2025-01-10')])).toEqual(['done']);
    });
    const items = [
      item('c1', '2025-01-10'),
      item('c2', '2025-01-11'),
      item('b1', '2025-01-11', { account: B2 }),
    ];
    expect(await batch(items, fresh(store))).toEqual(['duplicate', 'done', 'done']);
    const { state } = (await fresh().segment(A1))!;
    expect(state).toMatchObject({ lots: [{ posted: Money.of('84') }], receivable: Money.zero });
    expect(await chargesOf(A1, '2025-01')).toHaveLength(2);
  });

  it('gives every wallet back when the store fails', async () => {
    const store = overtaken(events, async requests => {
      if (requests.some(r => r.events.some(e => e.type === 'ledger.CallCharged.v1'))) throw new Error('disk');
    });
    const wallets = fresh(store);
    await expect(batch([item('c1', '2025-01-10')], wallets)).rejects.toThrow('disk');
    expect(await wallets.lock(A1, async () => 'free')).toBe('free');
    // What was decided in memory and not stored is forgotten: the same call is charged once.
    expect(await batch([item('c1', '2025-01-10')])).toEqual(['done']);
    const { state } = (await wallets.segment(A1))!;
    expect(state).toMatchObject({
      receivable: Money.of('8'),
      lastDecidedAt: Instant.parse(noonOf('2025-01-10')),
    });
  });
});

const noonOf = (date: string): string => `${date}T12:00:00.000+09:00`;
