import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { referencePages } from './reference.js';

/** Writes the generated pages of docs/reference; run from the root of the checkout (`npm run docs`). */
for (const [path, text] of Object.entries(referencePages())) {
  writeFileSync(path, text);
  process.stdout.write(`wrote ${path}\n`);
}
