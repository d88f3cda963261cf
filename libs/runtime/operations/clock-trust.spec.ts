import { Instant } from '#kernel';
import { certainlyPast } from '#operations';
import { ClockTrust } from './clock-trust.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = Instant.parse;
const START = at('2026-12-01T09:00:00.000+09:00');
const LIMITS = { jumpMs: 10 * MINUTE, aheadMs: 40 * DAY };

/** A machine: its steady time passes, its time of day can be set. */
function machine(wall = START) {
  let [steady, offset] = [5_000, wall - 5_000];
  return {
    now: () => Instant.fromEpochMs(steady + offset),
    steadyMs: () => steady,
    pass: (ms: number) => (steady += ms),
    jump: (ms: number) => (offset += ms),
  };
}

describe('a clock against steady time', () => {
  it.each([
    ['passes evenly', 0, true],
    ['is set forward by less than the policy', 10 * MINUTE, true],
    ['is set forward by more', 10 * MINUTE + 1, false],
    ['is set back by less than the policy', -10 * MINUTE, true],
    ['is set back by more', -10 * MINUTE - 1, false],
    ['is set forward by 400 days', 400 * DAY, false],
  ])('%s: %d ms is believed: %s', (_what, ms, believed) => {
    const clock = machine();
    const trust = new ClockTrust(clock, START, LIMITS);
    clock.pass(90 * MINUTE);
    clock.jump(ms);
    expect(trust.doubt() === null).toBe(believed);
  });

  it('is believed again when it is put right, without anybody', () => {
    const clock = machine();
    const trust = new ClockTrust(clock, START, LIMITS);
    clock.jump(400 * DAY);
    clock.pass(45_000);
    expect(trust.doubt()).toMatchObject({ why: 'jumped', believed: Instant.plusMs(START, 45_000) });
    expect(trust.now()).toBe(Instant.plusMs(START, 45_000));
    clock.jump(-400 * DAY);
    expect(trust.doubt()).toBeNull();
  });

  it('that gains a little every hour is believed: small steps do not add up', () => {
    const clock = machine();
    const trust = new ClockTrust(clock, START, LIMITS);
    for (let hour = 0; hour < 24; hour++) {
      clock.pass(60 * MINUTE);
      clock.jump(MINUTE);
      expect(trust.doubt()).toBeNull();
    }
  });

  it('is believed from where somebody confirmed it, until it jumps again', () => {
    const clock = machine();
    const trust = new ClockTrust(clock, START, LIMITS);
    clock.jump(DAY);
    expect(trust.doubt()).not.toBeNull();
    trust.believe();
    expect(trust.doubt()).toBeNull();
    clock.jump(DAY);
    expect(trust.doubt()).toMatchObject({ why: 'jumped' });
  });

  it('without steady time is believed, however it jumps: a test moves it', () => {
    let now = START;
    const trust = new ClockTrust({ now: () => now }, START, LIMITS);
    now = Instant.plusMs(START, 400 * DAY);
    expect(trust.doubt()).toBeNull();
  });
});

describe('a clock when a process starts', () => {
  it.each([
    ['an empty log says nothing', null, 400 * DAY, true],
    ['two weeks switched off', START, 14 * DAY, true],
    ['as far ahead as the policy allows', START, 40 * DAY, true],
    ['further ahead of the newest event', START, 40 * DAY + 1, false],
    ['behind the newest event', START, -DAY, true],
  ])('%s: believed %s', (_what, past, ahead, believed) => {
    const trust = new ClockTrust(machine(Instant.plusMs(START, ahead)), past, LIMITS);
    expect(trust.doubt() === null).toBe(believed);
  });

  it('far ahead should show a whole millisecond, as every instant is', () => {
    const clock = machine(Instant.plusMs(START, 400 * DAY));
    const finer = { now: clock.now, steadyMs: () => clock.steadyMs() + clock.steadyMs() / 7 };
    const trust = new ClockTrust(finer, START, LIMITS);
    clock.pass(1_003);
    const { believed } = trust.doubt() ?? {};
    expect([believed === undefined, believed]).toEqual([false, Instant.plusMs(START, 1_146)]);
    expect(at(Instant.text(trust.now()))).toBe(believed);
  });

  it('far ahead is doubted as long as it is so, also over the days', () => {
    const clock = machine(Instant.plusMs(START, 400 * DAY));
    const trust = new ClockTrust(clock, START, LIMITS);
    clock.pass(DAY);
    expect(trust.doubt()).toMatchObject({ why: 'ahead', believed: Instant.plusMs(START, DAY) });
    expect(trust.latest()).toBe(Instant.plusMs(START, 41 * DAY));
    clock.jump(-400 * DAY);
    expect(trust.doubt()).toBeNull();
  });

  it('where the log cannot be read is doubted until a person confirms it', () => {
    const clock = machine();
    const trust = ClockTrust.unreadable(clock, LIMITS.jumpMs);
    clock.pass(DAY);
    const now = clock.now();
    expect(trust.doubt()).toEqual({ why: 'unreadable', shown: now, believed: now });
    expect([trust.now(), trust.latest()]).toEqual([now, now]);
    // No act of any time is certain to be past.
    expect(trust.provenUntil()).toBeLessThan(START - 10_000 * DAY);
    trust.believe();
    expect(trust.doubt()).toBeNull();
    expect(trust.provenUntil()).toBe(now);
  });

  it.each([
    ['the same time', 0, true],
    ['a day before', -DAY, true],
    ['a time long before', -41 * DAY, false],
    ['a time an hour later', 60 * MINUTE, false],
  ])('that shows 400 days more is believed when somebody confirmed %s elsewhere: %s', (_what, ms, ok) => {
    const shown = Instant.plusMs(START, 400 * DAY);
    const trust = new ClockTrust(machine(shown), START, LIMITS);
    expect(trust.confirmedBy(Instant.plusMs(shown, ms))).toBe(ok);
  });
});

describe('what is certainly past', () => {
  const [earlier, wrong] = [START, Instant.plusMs(START, 400 * DAY)];
  const doubt = { shown: wrong, believed: earlier };
  it.each([
    ['nothing, in an empty log', null, { doubt: null, confirmed: null }, null],
    ['the newest event', earlier, { doubt: null, confirmed: null }, earlier],
    [
      'what was believed, where the newest event bears a doubted time',
      wrong,
      { doubt, confirmed: null },
      earlier,
    ],
    [
      'the newest event, where it bears a time of before the doubt',
      earlier,
      { doubt, confirmed: null },
      earlier,
    ],
    ['what a person confirmed', earlier, { doubt: null, confirmed: wrong }, wrong],
  ])('%s', (_what, newest, state, past) => expect(certainlyPast(newest, state)).toBe(past));
});
