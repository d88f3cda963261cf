/**
 * Builds the portal to dist/portal when its sources, or what they are built with, have changed since the last
 * build. Fails when what a browser loads before the first page is larger than `FIRST_LOAD_BYTES`.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const portal = import.meta.dirname;
const repository = join(portal, '..', '..');
const finished = join(repository, 'dist', 'portal');
/** Built beside and then put in place, so that nobody is ever served half a portal. */
const out = `${finished}.${process.pid}`;
const stamp = join(finished, '.sources');
const FIRST_LOAD_BYTES = 250_000;

/** What is built from: the portal without its specs, and the versions of the packages. */
function fingerprint() {
  const files = [
    'src/**/*',
    'api/schema.ts',
    'public/**/*',
    'index.html',
    'vite.config.ts',
    'tsconfig.json',
    'build.mjs',
  ]
    .flatMap(pattern => globSync(pattern, { cwd: portal, withFileTypes: true }))
    .filter(entry => entry.isFile() && !/\.(spec|fixture)\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
  const house = [
    'package.json',
    'package-lock.json',
    'libs/kernel/amount-text.ts',
    'libs/kernel/csv.ts',
    'libs/kernel/text.ts',
  ];
  const packages = house.map(name => join(repository, name));
  const hash = createHash('sha256');
  for (const path of [...files, ...packages.filter(path => existsSync(path))].sort()) {
    hash.update(`${relative(repository, path)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** The files that the entry needs before anything is shown, with their sizes on the wire. */
function firstLoad() {
  const manifest = JSON.parse(readFileSync(join(out, '.vite', 'manifest.json'), 'utf8'));
  const files = new Set();
  const visit = key => {
    const chunk = manifest[key];
    if (files.has(chunk.file)) return;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const inner of chunk.imports ?? []) visit(inner);
  };
  visit('index.html');
  return [...files].map(file => [file, gzipSync(readFileSync(join(out, file))).length]);
}

/** Leaves each text compressed beside itself, so that the server has nothing to do but send it. */
function compress() {
  for (const name of globSync('**/*.{html,js,css,svg}', { cwd: out })) {
    const path = join(out, name);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  }
}

async function main() {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  // Whoever builds from within a test has another one set, and would get React for developers.
  process.env.NODE_ENV = 'production';
  // Loaded here, so that a build of unchanged sources takes no time.
  const { build } = await import('vite');
  await build({ configFile: join(portal, 'vite.config.ts'), logLevel: 'warn', build: { outDir: out } });
  const sizes = firstLoad();
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  process.stdout.write(
    `portal: first load ${Math.ceil(total / 1000)} kB of ${FIRST_LOAD_BYTES / 1000} (gzip)\n`,
  );
  if (total > FIRST_LOAD_BYTES) {
    for (const [file, bytes] of sizes) process.stderr.write(`${bytes} ${file}\n`);
    throw new Error(`the portal's first load is ${total} bytes, more than ${FIRST_LOAD_BYTES}`);
  }
  compress();
  writeFileSync(join(out, '.sources'), now);
  rmSync(finished, { recursive: true, force: true });
  renameSync(out, finished);
}

try {
  await main();
} finally {
  rmSync(out, { recursive: true, force: true });
}
