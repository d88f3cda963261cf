import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { openApiText } from './openapi-text.js';
import { paperCharactersFile } from './paper-characters.js';
import { referencePages } from './reference.js';

/**
 * Writes the generated pages of docs/reference and the table of what papers can show; run from the root of
 * the checkout (`npm run docs`).
 */
const pages = {
  ...referencePages(),
  ...paperCharactersFile(),
  'docs/reference/openapi.json': await openApiText(),
};
for (const [path, text] of Object.entries(pages)) {
  writeFileSync(path, text);
  process.stdout.write(`wrote ${path}\n`);
}
