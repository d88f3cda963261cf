/**
 * Plays a busy shop in the data directory that comes on its standard input, a line, and prints each phase
 * with the milliseconds until it began. To be killed.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Instant } from '#kernel';
import { openProduct } from '#nest';
import { BusyShop } from '../support/busy-shop.js';
import { StandingClock } from '../support/small-provider.js';

writeSync(1, 'ready\n');
for await (const directory of createInterface({ input: process.stdin })) {
  const clock = new StandingClock(Instant.parse('2025-04-16T10:00:00.000+09:00'));
  const product = await openProduct({ directory, clock });
  const began = performance.now();
  const told = (what: string): number => writeSync(1, `${what} ${Math.round(performance.now() - began)}\n`);
  await new BusyShop(product, clock, told).run();
  told('finished');
  await product.close();
  process.exit(0);
}
