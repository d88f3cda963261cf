import { join } from 'node:path';
import { BusinessMonth } from '#kernel';
import { atLeast, type Bench, type Figure } from './bench.types.js';
import { seconds, settle } from './measure.js';
import { caller, openProvider, writeCalls } from './provider.js';

const CALLS_EACH = 5;
const SIZES = { full: [100, 1_000, 10_000], quick: [2, 4, 8] } as const;
const MONTH = BusinessMonth.parse('2026-10');

/** Accounts closed per second, every one with an invoice. */
async function closeInto(directory: string, accounts: number): Promise<number> {
  const product = await openProvider(directory, { accounts, yen: '100000' });
  try {
    const file = join(directory, 'cdr.csv');
    await writeCalls(file, accounts * CALLS_EACH, { seed: 3, accounts });
    await product.cdr.importFile(file, 'csv', caller());
    settle();
    let invoices = 0;
    const spent = await seconds(async () => {
      const closed = await product.closing.run({ month: MONTH, dryRun: false }, caller());
      if (closed.kind !== 'done') throw new Error(`not closed: ${JSON.stringify(closed)}`);
      invoices = closed.value.invoices;
      const refused = closed.value.accounts.find(a => !['closed', 'nothing_to_bill'].includes(a.outcome));
      if (refused) throw new Error(`not closed: ${JSON.stringify(refused)}`);
    });
    if (invoices < accounts * 0.8) throw new Error(`${invoices} invoices for ${accounts} accounts`);
    return accounts / spent;
  } finally {
    await product.close();
  }
}

export const closeBench: Bench = {
  name: 'close',
  title: 'Month-end close',
  async run(size, directory) {
    const counts = SIZES[size];
    await closeInto(join(directory, 'warm-up'), counts[0]);
    const speeds: number[] = [];
    for (const accounts of counts) speeds.push(await closeInto(join(directory, `${accounts}`), accounts));
    const figures: Figure[] = counts.map((accounts, i) => ({
      what: `${accounts} accounts`,
      value: speeds[i]!,
      unit: 'accounts/s',
    }));
    const share = (100 * speeds[2]!) / speeds[0]!;
    return {
      method:
        `One close of October for all accounts of a store, about ${CALLS_EACH} calls each: ` +
        'settled, taxed, an invoice numbered and issued, the rounding difference booked, the ' +
        'period closed; all durable.',
      figures: [
        ...figures,
        {
          what: `speed at ${counts[2]} accounts, of that at ${counts[0]}`,
          value: share,
          unit: '%',
          target: atLeast(50),
        },
      ],
    };
  },
};
