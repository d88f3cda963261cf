#!/usr/bin/env node
// Plain JavaScript for any Node >= 20: it only finds the right Node and the built program.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), '..', '..', '..');
const program = join(root, 'dist', 'apps', 'cli', 'main.js');
const WANTED = 24;

/**
 * Work that goes through many events makes much short-lived garbage: a small nursery keeps the import of a
 * million calls below 600 MB.
 */
const LONG_WORK = ['serve', 'cdr', 'demo', 'close', 'audit', 'rebuild', 'migrate-store'];
const SMALL_NURSERY = '--max-semi-space-size=8';

/** The same process, begun again with the option: it cannot be set later. */
function beginAgainForLongWork() {
  const verb = process.argv.slice(2).find(word => LONG_WORK.includes(word));
  if (!verb || typeof process.execve !== 'function' || process.execArgv.includes(SMALL_NURSERY)) return;
  process.execve(
    process.execPath,
    [process.execPath, SMALL_NURSERY, here, ...process.argv.slice(2)],
    process.env,
  );
}

const fail = message => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

/**
 * The Node 24 that came with `npm ci` does the work; a replaced process where this Node can, a child
 * elsewhere.
 */
function runWithOwnNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(root, 'node_modules', 'node', 'bin', name);
  if (process.env.DAICHO_NODE_STARTED || !existsSync(node)) {
    fail(
      `NODE_TOO_OLD: Daicho needs Node ${WANTED}, this is ${process.versions.node}; run "npm ci" in ${root}`,
    );
  }
  const args = [SMALL_NURSERY, here, ...process.argv.slice(2)];
  const env = { ...process.env, DAICHO_NODE_STARTED: '1' };
  if (typeof process.execve === 'function') process.execve(node, [node, ...args], env);
  const child = spawn(node, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', error => fail(`NODE_TOO_OLD: ${node} does not start: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (Number(process.versions.node.split('.')[0]) < WANTED) {
  runWithOwnNode();
} else if (!existsSync(program)) {
  fail(`NOT_BUILT: ${program} is not there; run "npm run build" in ${root}`);
} else {
  beginAgainForLongWork();
  const { main } = await import(program);
  await main();
}
