/**
 * Imports one call file into a new provider and prints what became of it, and the most memory that the
 * process had, as JSON. Arguments: data directory, file, format.
 */
import { readFileSync } from 'node:fs';
import { Instant } from '#kernel';
import { openProduct } from '#nest';
import type { CdrFormat } from '#rating';
import { callerOf, openProvider, StandingClock } from '../support/small-provider.js';

const [directory = '', file = '', format = 'csv'] = process.argv.slice(2);
const clock = new StandingClock(Instant.parse('2025-11-05T10:00:00.000+09:00'));
const product = await openProduct({ directory, clock });
await openProvider(product, ['A01'], '2025-10-01');
const { head } = await product.health();
const outcome = await product.cdr.importFile(file, format as CdrFormat, callerOf('import')).then(
  ({ counts }) => ({ counts }),
  (error: Error) => ({ refused: error.message }),
);
const { rows } = await product.cdr.suspense();
const waiting = rows.map(({ line, reason, problem, raw }) => ({
  line,
  reason,
  problem,
  rawLength: raw.length,
}));
const stored = (await product.health()).head - head;
await product.close();
// Of this program alone: the figure of resourceUsage() begins with that of the process that started it.
const [, peak = ''] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
const megabytes = Math.round(Number.parseInt(peak, 10) / 1024);
console.log(JSON.stringify({ ...outcome, waiting, stored, megabytes }));
