import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('has types that are what docs/reference/openapi.json says (npm run docs)', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'generate.mjs'), '--check'],
    { encoding: 'utf8' },
  );
  expect([stderr, status]).toEqual(['', 0]);
}, 60_000);
