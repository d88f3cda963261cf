import { join } from 'node:path';
import type { Bench, Figure } from './bench.types.js';
import { median, peakMegabytes, seconds, settle } from './measure.js';
import { caller, openProvider, writeCalls } from './provider.js';
import { rawInsertsPerSecond } from './raw-sqlite.js';

const BATCH = 4_000;
const SIZES = {
  full: { calls: 1_000_000, accounts: 1_000, warmUp: 20_000, alone: 50_000, rounds: 3 },
  quick: { calls: 400, accounts: 20, warmUp: 50, alone: 100, rounds: 1 },
} as const;

interface Round {
  readonly perSecond: number;
  readonly raw: number;
}

/** One file into a fresh store: calls per second from the open file to the durable end of the import. */
async function importInto(directory: string, calls: number, accounts: number): Promise<number> {
  const product = await openProvider(directory, { accounts, yen: '5000000' });
  try {
    const file = join(directory, 'cdr.csv');
    await writeCalls(file, calls, { seed: 7, accounts });
    settle();
    let charged = 0;
    const spent = await seconds(async () => {
      const { counts } = await product.cdr.importFile(file, 'csv', caller());
      charged = counts.charged + counts.noted;
    });
    if (charged !== calls) throw new Error(`${charged} of ${calls} calls were taken`);
    return calls / spent;
  } finally {
    await product.close();
  }
}

/** A call file: read, rated, debited, projected and durable, beside bare inserts of the events it made. */
export const cdrBench: Bench = {
  name: 'cdr',
  title: 'CDR file to durable debits',
  async run(size, directory) {
    const { calls, accounts, warmUp, alone, rounds } = SIZES[size];
    await importInto(join(directory, 'warm-up'), warmUp, accounts);
    const found: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const store = join(directory, `store-${round}`);
      const perSecond = await importInto(store, calls, accounts);
      found.push({ perSecond, raw: 0 });
      const raw = rawInsertsPerSecond(store, join(directory, 'bare.db'), BATCH);
      found[round] = { perSecond, raw };
    }
    const memory = peakMegabytes();
    const one = await importInto(join(directory, 'alone'), alone, 1);
    const speed = median(found.map(round => round.perSecond));
    const raw = median(found.map(round => round.raw));
    const figures: Figure[] = [
      {
        what: `${calls} calls, ${accounts} accounts`,
        value: speed,
        unit: 'calls/s',
        target: { at: 'least', value: 30_000 },
      },
      { what: 'bare inserts of the same events (ceiling)', value: raw, unit: 'events/s' },
      {
        what: 'share of the ceiling',
        value: speed / raw,
        unit: 'ratio',
        target: { at: 'least', value: 0.25 },
      },
      { what: 'highest memory', value: memory, unit: 'MB', target: { at: 'most', value: 600 } },
      { what: `${alone} calls of one account`, value: one, unit: 'calls/s' },
    ];
    return { method: '', figures };
  },
};
