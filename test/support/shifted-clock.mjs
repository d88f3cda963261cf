/**
 * Loaded before a program of ours (`node --import`): its clock runs DAICHO_TEST_SHIFT_MS ahead of the
 * machine's (behind, when negative), so that a real process lives in the month of a test. Timers run as
 * always. It also goes when the test that started it is gone, however that ended: nobody is left to stop it.
 */
import { isMainThread } from 'node:worker_threads';

const shift = Number(process.env.DAICHO_TEST_SHIFT_MS ?? '0');
const Machine = globalThis.Date;
const now = () => Machine.now() + shift;

globalThis.Date = class ShiftedDate extends Machine {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }

  static now() {
    return now();
  }
};

// A thread ends with its process.
if (isMainThread) {
  process.stdin.once('end', () => process.exit(1)).resume();
  process.stdin.unref();
}
