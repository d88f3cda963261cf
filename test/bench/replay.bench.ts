import { join } from 'node:path';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import { type WalletEvent, type WalletState, wallet } from '#ledger';
import { decodeEvent } from '#runtime';
import { atLeast, type Bench } from './bench.types.js';
import { median, seconds, settle } from './measure.js';
import { caller, openProvider, writeCalls } from './provider.js';

const SIZES = {
  full: { calls: 300_000, accounts: 1_000, rounds: 3 },
  quick: { calls: 300, accounts: 10, rounds: 1 },
} as const;

/** Decodes every event and folds every wallet; returns how many wallet streams there are. */
function foldWallets({ events }: SqliteStore, head: number): number {
  const wallets = new Map<string, WalletState>();
  events.scan(1, head, ({ stream, type, data }) => {
    const event = decodeEvent(stream, type, data);
    if (!stream.startsWith('wallet-')) return;
    wallets.set(stream, wallet.evolve(wallets.get(stream) ?? wallet.fresh(), event as WalletEvent));
  });
  return wallets.size;
}

async function verify({ events }: SqliteStore, head: number): Promise<void> {
  const found = await events.verifyChain();
  if (found.kind !== 'ok' || found.events !== head) throw new Error(`not proven: ${JSON.stringify(found)}`);
}

async function fill(directory: string, calls: number, accounts: number): Promise<void> {
  const product = await openProvider(directory, { accounts, yen: '5000000' });
  try {
    const file = join(directory, 'cdr.csv');
    await writeCalls(file, calls, { seed: 5, accounts });
    await product.cdr.importFile(file, 'csv', caller());
  } finally {
    await product.close();
  }
}

export const replayBench: Bench = {
  name: 'replay',
  title: 'Replay with proof of the chain',
  async run(size, directory) {
    const { calls, accounts, rounds } = SIZES[size];
    await fill(directory, calls, accounts);
    const store = await openSqliteStore({ directory, readOnly: true });
    const found: { verified: number; folded: number; scanned: number }[] = [];
    let head = 0;
    try {
      head = await store.events.headPosition();
      for (let round = -1; round < rounds; round++) {
        settle();
        const scanned = await seconds(() => store.events.scan(1, head, () => undefined));
        const verified = await seconds(() => verify(store, head));
        const folded = await seconds(() => {
          const streams = foldWallets(store, head);
          if (streams < accounts) throw new Error(`${streams} wallets were folded`);
        });
        if (round >= 0) found.push({ verified, folded, scanned });
      }
    } finally {
      await store.close();
    }
    const rate = (of: (round: (typeof found)[number]) => number) => head / median(found.map(of));
    return {
      method:
        `A log of ${head} events (${calls} calls, ${accounts} wallets): every hash recomputed from the bytes in the ` +
        `file, every event decoded, every wallet folded from its first event, one after the other on one core; ` +
        `median of ${rounds} rounds after one to warm up. Ceiling: only reading the rows.`,
      figures: [
        {
          what: 'proven, decoded and folded',
          value: rate(r => r.verified + r.folded),
          unit: 'events/s',
          target: atLeast(200_000),
        },
        { what: 'of it: chain proven', value: rate(r => r.verified), unit: 'events/s' },
        { what: 'of it: decoded and folded', value: rate(r => r.folded), unit: 'events/s' },
        { what: 'ceiling: rows read', value: rate(r => r.scanned), unit: 'events/s' },
      ],
    };
  },
};
