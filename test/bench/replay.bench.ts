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
  events.facts(1, head, (stream, type, data) => {
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

/** Seconds. */
interface Round {
  readonly read: number;
  readonly proven: number;
  readonly folded: number;
  readonly both: number;
}

async function measureRound(store: SqliteStore, head: number, accounts: number): Promise<Round> {
  const fold = (): void => {
    const streams = foldWallets(store, head);
    if (streams < accounts) throw new Error(`${streams} wallets were folded`);
  };
  const alone = async (work: () => unknown): Promise<number> => {
    settle();
    return seconds(work);
  };
  return {
    read: await alone(() => store.events.scan(1, head, () => undefined)),
    proven: await alone(() => verify(store, head)),
    folded: await alone(fold),
    both: await alone(async () => {
      const proof = verify(store, head);
      fold();
      await proof;
    }),
  };
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
    const found: Round[] = [];
    let head = 0;
    try {
      head = await store.events.headPosition();
      for (let round = -1; round < rounds; round++) {
        const seen = await measureRound(store, head, accounts);
        if (round >= 0) found.push(seen);
      }
    } finally {
      await store.close();
    }
    const rate = (of: (round: Round) => number) => head / median(found.map(of));
    return {
      method:
        `A log of ${head} events (${calls} calls, ${accounts} wallets): every hash recomputed ` +
        'from the bytes in the file by one thread while another decodes every event and folds ' +
        `every wallet from its first event; then each alone. Median of ${rounds} rounds after ` +
        'one to warm up. Ceiling: only reading the rows, one thread.',
      figures: [
        {
          what: 'proven, decoded and folded',
          value: rate(r => r.both),
          unit: 'events/s',
          target: atLeast(200_000),
        },
        { what: 'ceiling: rows read', value: rate(r => r.read), unit: 'events/s' },
        { what: 'of the ceiling', value: (100 * rate(r => r.both)) / rate(r => r.read), unit: '%' },
        { what: 'chain proven, alone', value: rate(r => r.proven), unit: 'events/s' },
        { what: 'decoded and folded, alone', value: rate(r => r.folded), unit: 'events/s' },
      ],
    };
  },
};
