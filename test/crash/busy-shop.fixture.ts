/**
 * Plays a busy shop in the data directory that it is given and prints each step that was answered. To be
 * killed.
 */
import { writeSync } from 'node:fs';
import { Instant } from '#kernel';
import { openProduct } from '#nest';
import { BusyShop } from '../support/busy-shop.js';
import { StandingClock } from '../support/small-provider.js';

const [, , directory = ''] = process.argv;
const clock = new StandingClock(Instant.parse('2025-04-16T10:00:00.000+09:00'));
const product = await openProduct({ directory, clock });
writeSync(1, 'began\n');
await new BusyShop(product, clock, step => writeSync(1, `${step}\n`)).run();
writeSync(1, 'finished\n');
await product.close();
process.exit(0);
