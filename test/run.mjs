/**
 * What `npm test` runs: types, lint and format, walls, tests. Every step runs even when one before it failed,
 * so that one run shows everything. The last line is `N passed, N failed` (with `, N skipped` when tests were
 * skipped); with CI=true a skipped test is a failed one. Exit code 1 on any failure.
 *
 * Arguments go to jest: `npm test -- libs/kernel`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const repository = join(import.meta.dirname, '..');
const bin = join(repository, 'node_modules', '.bin');
const inCi = process.env.CI === 'true';

/** The repository's own Node 24 and tools come first, whatever the machine has. */
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };

/** Runs a tool to its end with its output on this terminal. True when it exits with 0. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: repository, env, stdio: 'inherit' });
  if (error) console.error(`${command}: ${error.message}`);
  return status === 0;
}

function heading(text) {
  console.log(`\n--- ${text}`);
}

/** As `run`, beside others: what it printed comes when it has ended, in one piece. */
function runBeside(name, command, args) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => printed.push(chunk));
    const end = (ok, problem = '') => {
      heading(name);
      process.stdout.write(Buffer.concat(printed));
      if (problem) console.error(`${command}: ${problem}`);
      resolve(ok);
    };
    child.once('error', error => end(false, error.message));
    child.once('close', status => end(status === 0));
  });
}

/** What the types of the portal are checked with. */
const FIRST = ['types of the API (openapi-typescript)', 'node', ['apps/portal/api/generate.mjs']];

const STEPS = [
  ['types (tsc)', 'tsc', ['--noEmit', '-p', 'tsconfig.json']],
  ['types of the portal (tsc)', 'tsc', ['--noEmit', '-p', 'apps/portal/tsconfig.json']],
  ['lint and format (biome)', 'biome', ['ci', '--error-on-warnings', '.']],
  [
    'walls (dependency-cruiser)',
    'depcruise',
    ['--output-type', 'err-long', 'apps', 'libs', 'migrations', 'test'],
  ],
];

/** @returns {{ passed: number, failed: number, skipped: string[] }} */
function tests(jestArguments) {
  const folder = mkdtempSync(join(tmpdir(), 'daicho-test-'));
  const report = join(folder, 'jest.json');
  const jest = join(repository, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  try {
    const ok = run('node', [...flags, jest, '--json', `--outputFile=${report}`, ...jestArguments]);
    if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] };
    return counted(JSON.parse(readFileSync(report, 'utf8')), ok);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function counted(result, ok) {
  const all = result.testResults.flatMap(suite => suite.assertionResults);
  const skipped = all.filter(test => ['pending', 'todo', 'skipped', 'disabled'].includes(test.status));
  // A suite that could not even be loaded has no failed test; a run without any test is not a success either.
  let failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  if (failed === 0 && (!ok || result.numPassedTests === 0)) failed = 1;
  return { passed: result.numPassedTests, failed, skipped: skipped.map(test => test.fullName) };
}

/** Two at a time: more would take turns on the smallest machine. */
async function checks() {
  const outcomes = [];
  const next = STEPS.values();
  const work = async () => {
    for (const step of next) outcomes.push([step[0], await runBeside(...step)]);
  };
  await Promise.all([work(), work()]);
  return outcomes;
}

async function main() {
  const [name, command, args] = FIRST;
  heading(name);
  const outcomes = [[name, run(command, args)], ...(await checks())];
  heading('tests (jest)');
  const { passed, failed, skipped } = tests(process.argv.slice(2));

  heading('outcome');
  for (const [name, ok] of outcomes) console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  console.log(`${failed === 0 ? 'ok    ' : 'FAILED'} tests (jest): ${passed} passed, ${failed} failed`);
  if (skipped.length > 0) {
    console.log(`\n!!! ${skipped.length} SKIPPED${inCi ? ', which counts as failed with CI=true' : ''}:`);
    for (const name of skipped) console.log(`!!!   ${name}`);
    console.log('');
  }
  const allPassed = passed + outcomes.filter(([, ok]) => ok).length;
  const allFailed = failed + outcomes.filter(([, ok]) => !ok).length + (inCi ? skipped.length : 0);
  const tail = !inCi && skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`${allPassed} passed, ${allFailed} failed${tail}`);
  process.exitCode = allFailed > 0 ? 1 : 0;
}

await main();
