import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdrBench } from './cdr.bench.js';

const directory = mkdtempSync(join(tmpdir(), 'daicho-bench-'));
const size = process.argv.includes('--quick') ? 'quick' : 'full';
try {
  console.log(await cdrBench.run(size, directory));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
