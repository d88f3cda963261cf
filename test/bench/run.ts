/**
 * `npm run bench`: measures the product beside its own machine. Every bench runs in a process of its own.
 *
 *     --only a,b        these benches (also big ones): rating, cdr, hold, replay, close, startup,
 *                       projections, numbers, contracts, cluster
 *     --big             also what takes many minutes and tens of gigabytes
 *     --quick           tiny sizes: shows that the benches run, measures nothing
 *     --write           puts what was found into docs/reference/benchmarks.md
 *     --directory DIR   the disk that is measured; the machine's folder for temporary files without one
 *     --here            no process of its own, for `node --cpu-prof dist/test/bench/run.js --only cdr --here`
 *
 * Exit code 1 when a bench could not be measured. A target that is not reached is told as SHORT.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram } from '../support/needs.js';
import type { Bench, Finding, Size } from './bench.types.js';
import { cdrBench } from './cdr.bench.js';
import { closeBench } from './close.bench.js';
import { CLUSTER_ERRANDS, clusterBench } from './cluster.bench.js';
import { CONTRACT_ERRANDS, contractsBench } from './contracts.bench.js';
import { holdBench } from './hold.bench.js';
import { describeMachine, isDurable, machineText } from './machine.js';
import { numbersBench } from './numbers.bench.js';
import { projectionsBench } from './projections.bench.js';
import { ratingBench } from './rating.bench.js';
import { replayBench } from './replay.bench.js';
import { benchmarksPage, type Section, sectionText, summaryText } from './report.js';
import { answerParent, runSelf } from './self.js';
import { STARTUP_ERRANDS, startupBench } from './startup.bench.js';

const BENCHES: readonly Bench[] = [
  ratingBench,
  cdrBench,
  holdBench,
  replayBench,
  closeBench,
  startupBench,
  projectionsBench,
  numbersBench,
  contractsBench,
  clusterBench,
];
const ERRANDS = { ...STARTUP_ERRANDS, ...CONTRACT_ERRANDS, ...CLUSTER_ERRANDS };
const REFERENCE = join(process.cwd(), 'docs', 'reference');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    big: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    directory: { type: 'string', default: tmpdir() },
    here: { type: 'boolean', default: false },
    /** Between this program and itself. */
    bench: { type: 'string' },
    errand: { type: 'string' },
  },
});
const size: Size = options.quick ? 'quick' : 'full';

async function runHere(bench: Bench): Promise<Finding> {
  const directory = mkdtempSync(join(options.directory, 'daicho-bench-'));
  try {
    return await bench.run(size, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function runApart(bench: Bench): Promise<Finding> {
  const more = options.quick ? ['--quick'] : [];
  return runSelf<Finding>('--bench', bench.name, '--directory', options.directory, ...more);
}

function benchNamed(name: string): Bench {
  const found = BENCHES.find(bench => bench.name === name);
  if (!found) throw new Error(`there is no bench ${name}; there are ${BENCHES.map(b => b.name).join(', ')}`);
  return found;
}

/** Replaces the sections of the benches that ran; those of the others stay. */
function writePage(fresh: readonly Section[]): void {
  const record = join(REFERENCE, 'benchmarks.json');
  const known = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as Section[]) : [];
  const sections = BENCHES.flatMap(({ name }) => {
    const section = [...fresh, ...known].find(({ bench }) => bench === name);
    return section ? [section] : [];
  });
  writeFileSync(record, `${JSON.stringify(sections, null, 1)}\n`);
  writeFileSync(join(REFERENCE, 'benchmarks.md'), benchmarksPage(sections));
}

async function measure(): Promise<void> {
  if (options.write && options.quick) throw new Error('--quick measures nothing that could be written');
  const machine = describeMachine(options.directory);
  console.log(`${machineText(machine)}\n`);
  if (!isDurable(machine)) console.log(`${options.directory} is memory, not a disk: use --directory\n`);
  const chosen = options.only
    ? options.only.split(',').map(benchNamed)
    : BENCHES.filter(bench => options.big || !bench.big);
  const sections: Section[] = [];
  for (const bench of chosen) {
    const { name, title, needs } = bench;
    if (needs !== undefined && findProgram(needs) === null) {
      console.log(`${title}: left out, ${needs} is not installed\n`);
      continue;
    }
    try {
      const finding = await (options.here ? runHere(bench) : runApart(bench));
      const day = new Date().toISOString().slice(0, 10);
      sections.push({ bench: name, title, ...finding, day, machine });
      console.log(sectionText(sections.at(-1)!));
    } catch (error) {
      console.error(`${title}: not measured`, error);
      process.exitCode = 1;
    }
  }
  console.log(summaryText(sections));
  if (options.write) writePage(sections);
}

if (options.errand) await ERRANDS[options.errand]!(...(positionals as never[]));
else if (options.bench) await answerParent(await runHere(benchNamed(options.bench)));
else await measure();
