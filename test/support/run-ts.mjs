/**
 * Lets a child process run the TypeScript sources as they are, without a build before it:
 *
 *     node --import ./test/support/run-ts.mjs --conditions=daicho-source test/crash/some.fixture.ts
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const translator = [require('@swc/core/package.json').version, readFileSync(`${repository}/.swcrc`, 'utf8')];

/** Tests start dozens of programs: what one has translated the next ones read, if nothing has changed. */
const translated = join(tmpdir(), 'daicho-run-ts');
mkdirSync(translated, { recursive: true });
enableCompileCache(join(translated, 'compiled'));

function codeOf(filename) {
  const source = readFileSync(filename, 'utf8');
  const name = createHash('sha256')
    .update(JSON.stringify([...translator, filename, source]))
    .digest('hex');
  const kept = join(translated, `${name}.mjs`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code } = require('@swc/core').transformSync(source, { filename, sourceMaps: 'inline' });
  // Whole or not at all, also when programs are killed while they start.
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}

registerHooks({
  resolve(specifier, context, next) {
    const relative =
      specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts');
    if (relative) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
    // A thread's program is named by its whole address.
    if (specifier.startsWith('file:') && specifier.endsWith('.js') && !existsSync(new URL(specifier))) {
      const program = new URL(specifier.replace(/\.js$/, '.ts'));
      if (existsSync(program)) return { url: program.href, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    return { format: 'module', source: codeOf(fileURLToPath(url)), shortCircuit: true };
  },
});
