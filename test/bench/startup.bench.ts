import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { parseAccountId } from '#kernel';
import { openProduct, startServer } from '#nest';
import { syntheticAccount } from '../support/tariff-10000.js';
import { atMost, type Bench } from './bench.types.js';
import { median } from './measure.js';
import { CLOCK, caller, openProvider, writeCalls } from './provider.js';
import { answerParent, runSelf } from './self.js';

const SIZES = {
  full: { files: 100, callsPerFile: 100_000, accounts: 10_000, starts: 5 },
  quick: { files: 2, callsPerFile: 100, accounts: 6, starts: 1 },
} as const;

interface Filled {
  readonly events: number;
}
/** Seconds since the process began. */
interface Start {
  readonly loaded: number;
  readonly opened: number;
  readonly balance: number;
  readonly ready: number;
}

/**
 * Imports call files into a new store, then dies as in a power cut: nothing is closed or tidied up. Every
 * file holds the calls of accounts of its own, whose rows lie together: so the store is made in minutes.
 */
async function fill(directory: string, ...counts: readonly string[]): Promise<void> {
  const [files, calls, accounts] = counts.map(count => Number.parseInt(count, 10)) as [
    number,
    number,
    number,
  ];
  const product = await openProvider(directory, { accounts, yen: '5000000' });
  const file = join(directory, 'cdr.csv');
  const share = accounts / files;
  for (let seed = 1; seed <= files; seed++) {
    await writeCalls(file, calls, { seed, accounts: share, firstAccount: (seed - 1) * share });
    await product.cdr.importFile(file, 'csv', caller());
    rmSync(file);
    if (seed % 10 === 0) process.stderr.write(`  ${seed} of ${files} files are in\n`);
  }
  await answerParent({ events: (await product.health()).head } satisfies Filled);
  process.kill(process.pid, 'SIGKILL');
}

/** Starts the whole product as the server does, asks for one balance and for readiness. */
async function start(directory: string): Promise<void> {
  const since = () => performance.now() / 1000;
  const loaded = since();
  const product = await openProduct({ directory, clock: CLOCK });
  const opened = since();
  if (!(await product.prepaid.balance(parseAccountId(syntheticAccount(0))))) throw new Error('no balance');
  const balance = since();
  const logger = pino({ level: 'silent' });
  const server = await startServer({ product, directory, port: 0, logger });
  const { status } = await fetch(`${server.url}/health/ready`);
  if (status !== 200) throw new Error(`not ready: ${status}`);
  const ready = since();
  await server.close();
  await answerParent({ loaded, opened, balance, ready } satisfies Start);
}

/** What this bench does in processes of their own. */
export const STARTUP_ERRANDS: Readonly<Record<string, (...args: never[]) => Promise<void>>> = {
  'startup-fill': fill,
  'startup-start': start,
};

export const startupBench: Bench = {
  name: 'startup',
  title: 'Start-up with a long log',
  big: true,
  async run(size, directory) {
    const { files, callsPerFile, accounts, starts } = SIZES[size];
    const store = join(directory, 'store');
    const filling = ['startup-fill', store, `${files}`, `${callsPerFile}`, `${accounts}`];
    const { events } = await runSelf<Filled>('--errand', ...filling);
    const megabytes = statSync(join(store, 'daicho.db')).size / 1e6;
    const again = () => runSelf<Start>('--errand', 'startup-start', store);
    const crashed = await again();
    const clean: Start[] = [];
    for (let i = 0; i < starts; i++) clean.push(await again());
    const middle = (of: (start: Start) => number) => median(clean.map(of));
    return {
      method:
        `A store of ${events} events (${files} files of ${callsPerFile} calls, ${accounts} accounts), ` +
        `${Math.round(megabytes)} MB, made by the product itself, whose process was then ` +
        'killed. From the start of the process until the store is open, the balance of an ' +
        `account is answered and the server is ready; once after the kill, then ${starts} ` +
        'times after an orderly end (median). The file was in the memory of the operating ' +
        'system as far as it fits.',
      figures: [
        {
          what: 'ready to serve after an orderly end',
          value: middle(s => s.ready),
          unit: 's',
          target: atMost(3),
        },
        { what: 'of it: program loaded', value: middle(s => s.loaded), unit: 's' },
        { what: 'of it: store opened', value: middle(s => s.opened - s.loaded), unit: 's' },
        { what: 'of it: first balance', value: middle(s => s.balance - s.opened), unit: 's' },
        { what: 'of it: server ready', value: middle(s => s.ready - s.balance), unit: 's' },
        { what: 'ready to serve after a kill', value: crashed.ready, unit: 's', target: atMost(3) },
      ],
    };
  },
};
