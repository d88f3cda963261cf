import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { cliReference } from './reference.js';

/** Writes docs/reference/cli.md; run from the root of the checkout. */
const file = join(process.cwd(), 'docs', 'reference', 'cli.md');
writeFileSync(file, cliReference());
process.stdout.write(`wrote ${file}\n`);
