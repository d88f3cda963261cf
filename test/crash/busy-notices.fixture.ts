/**
 * Orders and cancels in the data directory that it is given while its jobs tell the customer of it, and
 * prints the id of each mail that was taken over. To be killed.
 */
import { writeSync } from 'node:fs';
import { runJobs } from '#runtime';
import { buyAndCancel, openTelling } from '../support/busy-notices.js';

const [, , directory = ''] = process.argv;
const product = await openTelling(directory, id => writeSync(1, `${id}\n`));
writeSync(1, 'began\n');
runJobs(product, { autoClose: false, planEveryMs: 20 });
await buyAndCancel(product);
writeSync(1, 'bought\n');
