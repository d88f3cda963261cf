/**
 * Loaded before a program of ours (`node --import`): its clock runs DAICHO_TEST_SHIFT_MS ahead of the
 * machine's (behind, when negative), so that a real process lives in the month of a test. Timers run as
 * always.
 */
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
