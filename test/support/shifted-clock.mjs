/**
 * Loaded before a program of ours (`node --import`): its clock runs DAICHO_TEST_SHIFT_MS ahead of the
 * machine's (behind, when negative), so that a real process lives in the month of a test. Timers run as
 * always. SIGUSR2 makes it jump by DAICHO_TEST_JUMP_MS, and back the next time. It also goes when the test
 * that started it is gone, however that ended: nobody is left to stop it.
 */
import { isMainThread } from 'node:worker_threads';

const shift = Number(process.env.DAICHO_TEST_SHIFT_MS ?? '0');
const Machine = globalThis.Date;
const jump = Number(process.env.DAICHO_TEST_JUMP_MS ?? '0');
let jumped = false;
const now = () => Machine.now() + shift + (jumped ? jump : 0);

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
  if (jump !== 0) process.on('SIGUSR2', () => (jumped = !jumped));
  process.stdin.once('end', () => process.exit(1)).resume();
  process.stdin.unref();
}
