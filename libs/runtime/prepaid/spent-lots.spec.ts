import { rmSync } from 'node:fs';
import { openSqliteStore } from '#adapters/sqlite';
import { accountStream } from '#contracts';
import { Money, parseAccountId } from '#kernel';
import type { WalletCommand } from '#ledger';
import { SimulatedClock } from '#testing';
import { temporaryDirectory } from '../../../test/support/temporary-directory.js';
import { credit, day, debit, jst } from '../../../test/support/wallets.js';
import { CommandRunner } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';
import type { PositionWatch } from '../projecting/position-watch.js';
import { prepaid } from './prepaid.projection.js';
import { SpentLots } from './spent-lots.js';
import { runningAccount, Wallets } from './wallets.js';

const A1 = parseAccountId('A1');
let sequence = 0;
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `l-${++sequence}` });

let directory: string;
let store: Awaited<ReturnType<typeof openSqliteStore>>;
let wallets: Wallets;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openSqliteStore({ directory });
  // They stand still from here on, and know no lot.
  await store.readModels.prepare(prepaid);
  await store.readModels.activate(prepaid);
  const runner = new CommandRunner(store.events, new SimulatedClock('2025-06-01T09:00:00.000+09:00'));
  wallets = new Wallets(runner, async () => undefined);
  const opening = {
    ...{ type: 'OpenAccount' as const, now: jst('2025-01-15'), account: A1, name: 'A1', numbers: [] },
    ...{ openedOn: day('2025-01-15'), tariff: 'std', incomingDiscount: Money.zero },
  };
  await runner.run(runningAccount, accountStream(A1), () => opening, 'open', caller());
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const run = (command: WalletCommand) => wallets.run(A1, () => command, command, caller());
const adjusted = (id: string, amount: string, at: string): WalletCommand => ({
  ...{ type: 'Adjust', now: jst(at), adjustment: id, amount: Money.of(amount), reason: 'test' },
  ...{ approvedBy: null, approvalAbove: Money.of('10000'), expiryDays: 180, takenBefore: [] },
});
/** What is told of the lots by read models that have counted so far. */
async function told(counted: number, named: readonly string[] = []): Promise<string[]> {
  const watch = { position: async () => counted } as unknown as PositionWatch;
  const segment = (await wallets.segment(A1))!;
  const asked = { account: A1, segment, day: day('2025-03-01'), named };
  const lots = await new SpentLots(wallets, store.readModels, watch).of(asked);
  return lots.map(({ lot, credited }) => `${lot} ${Money.text(credited)}`).sort();
}

describe('lots that have left the wallet, where the read models are behind', () => {
  it('are told by the months that were not counted, closed ones and the present one', async () => {
    await run(credit('L1', '50', '2025-01-20'));
    await run(adjusted('a1', '-50', '2025-01-21'));
    const afterJanuary = await store.events.headPosition();
    await run(credit('L2', '30', '2025-02-10'));
    await run(debit('D1', '30', '2025-02-11'));
    await run(credit('L3', '20', '2025-03-01'));
    await run(adjusted('a2', '5', '2025-03-02'));
    await run(adjusted('a3', '-25', '2025-03-02'));
    const { state } = (await wallets.segment(A1))!;
    expect(state).toMatchObject({ lots: [] });
    expect(await told(0, ['L1'])).toEqual(['L1 50', 'L2 30', 'L3 20', 'a2 5']);
    // January's end was not counted: its lots are told. Before the head, the present month always.
    expect(await told(afterJanuary)).toEqual(['L1 50', 'L2 30', 'L3 20', 'a2 5']);
    const head = await store.events.headPosition();
    // L2 was carried into March, whose bill it may still be given back from.
    expect(await told(head - 1)).toEqual(['L2 30', 'L3 20', 'a2 5']);
  });

  it('are asked of the read models alone where these know all', async () => {
    await run(credit('L1', '50', '2025-01-20'));
    await run(adjusted('a1', '-50', '2025-01-21'));
    expect(await told(await store.events.headPosition())).toEqual([]);
  });
});
