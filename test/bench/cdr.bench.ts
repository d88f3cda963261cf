import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, atMost, type Bench } from './bench.types.js';
import { median, peakMegabytes, seconds, settle } from './measure.js';
import { caller, openProvider, writeCalls } from './provider.js';
import { type RawWay, rawInserts } from './raw-sqlite.js';

/** Events to a commit of the bare inserts: as many calls as the product makes durable together. */
const BATCH = 4_000;
const SIZES = {
  full: { calls: 1_000_000, accounts: 1_000, warmUp: 50_000, alone: 100_000, rounds: 3 },
  quick: { calls: 400, accounts: 20, warmUp: 50, alone: 100, rounds: 1 },
} as const;

/** One file into a fresh store: calls per second from opening the file to the end of the import. */
async function importInto(directory: string, calls: number, accounts: number): Promise<number> {
  const product = await openProvider(directory, { accounts, yen: '5000000' });
  try {
    const file = join(directory, 'cdr.csv');
    await writeCalls(file, calls, { seed: 7, accounts });
    settle();
    let taken = 0;
    const spent = await seconds(async () => {
      const { counts } = await product.cdr.importFile(file, 'csv', caller());
      taken = counts.charged + counts.noted;
    });
    if (taken !== calls) throw new Error(`${taken} of ${calls} calls were charged or noted`);
    return calls / spent;
  } finally {
    await product.close();
  }
}

interface Round {
  /** Calls per second. */
  readonly speed: number;
  /** Events per second of bare inserts. */
  readonly plain: number;
  readonly tuned: number;
  /** Megabytes, before the bare inserts of this round. */
  readonly memory: number;
}

export const cdrBench: Bench = {
  name: 'cdr',
  title: 'CDR file to durable debits',
  async run(size, directory) {
    const { calls, accounts, warmUp, alone, rounds } = SIZES[size];
    const importOnce = async (name: string, count: number, owners: number): Promise<Round> => {
      const store = join(directory, name);
      const speed = await importInto(store, count, owners);
      const memory = peakMegabytes();
      const raw = (way: RawWay) =>
        rawInserts({ store, file: join(directory, 'bare.db'), way, batch: BATCH }).rowsPerSecond;
      const round = { speed, memory, plain: raw('plain'), tuned: raw('tuned') };
      rmSync(store, { recursive: true });
      return round;
    };
    await importOnce('warm-up', warmUp, accounts);
    const found: Round[] = [];
    for (let round = 0; round < rounds; round++) found.push(await importOnce(`${round}`, calls, accounts));
    const one = await importOnce('alone', alone, 1);
    const middle = (of: (round: Round) => number) => median(found.map(of));
    const share = (of: (round: Round) => number) => middle(round => (100 * round.speed) / of(round));
    return {
      method:
        `One cdr.csv of ${calls} calls on ${accounts} accounts (90 % outgoing, 5 % incoming, ` +
        '5 % unanswered) into a fresh store with a tariff of 10,000 prefixes: read, rated, ' +
        'debited, put into every read model and durable; from opening the file to the end of ' +
        `the import, median of ${rounds} rounds. Ceilings: the very events of that store in ` +
        `one bare table without an index, ${BATCH} to a commit: with SQLite as it comes, a ` +
        'row to a statement, and tuned as the product is. Memory: the highest of the process ' +
        'up to its last import, the stores and files it made on the way included.',
      figures: [
        { what: 'calls taken', value: middle(r => r.speed), unit: 'calls/s', target: atLeast(30_000) },
        { what: 'ceiling: bare inserts of the same events', value: middle(r => r.plain), unit: 'events/s' },
        { what: 'of the ceiling', value: share(r => r.plain), unit: '%', target: atLeast(25) },
        { what: 'ceiling: the same, tuned', value: middle(r => r.tuned), unit: 'events/s' },
        { what: 'of the tuned ceiling', value: share(r => r.tuned), unit: '%' },
        {
          what: 'highest memory',
          value: Math.max(...found.map(r => r.memory)),
          unit: 'MB',
          target: atMost(600),
        },
        { what: `calls taken, ${alone} of one account`, value: one.speed, unit: 'calls/s' },
        { what: 'of its ceiling', value: (100 * one.speed) / one.plain, unit: '%' },
      ],
    };
  },
};
