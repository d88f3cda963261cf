/**
 * Lets a child process run the TypeScript sources as they are, without a build before it:
 *
 *     node --import ./test/support/run-ts.mjs --conditions=daicho-source test/crash/some.fixture.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

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
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, sourceMaps: 'inline' });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
