/**
 * Works through the months of a busy provider and prints `ack <ms> <phase> <command>` after each
 * acknowledgement. Waits for one line on its standard input: the data directory and the directory of the call
 * files, separated by a tab. To be killed.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Instant } from '#kernel';
import { openProduct } from '#nest';
import { BusyProvider } from '../support/busy-provider.js';
import { StandingClock } from '../support/small-provider.js';

/**
 * At once and whole: what was printed was acknowledged, also when the process dies in the next instruction.
 */
const say = (line: string): void => {
  const bytes = Buffer.from(`${line}\n`);
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(1, bytes, from);
    } catch (error) {
      // The pipe is full for a moment: its reader shares the machine with us.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};

say('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [directory = '', files = ''] = line.split('\t');
  const clock = new StandingClock(Instant.parse('2025-10-01T00:00:00.000+09:00'));
  const product = await openProduct({ directory, clock });
  say('open');
  const began = performance.now();
  const told = (phase: string, command: string, answer: unknown): void => {
    const { kind = 'done' } = answer as { kind?: string };
    const ms = Math.round(performance.now() - began);
    say(`${kind === 'done' ? 'ack' : kind} ${ms} ${phase} ${command}`);
  };
  await new BusyProvider(product, clock, files, told).run();
  say('finished');
  await product.close();
  process.exit(0);
}
