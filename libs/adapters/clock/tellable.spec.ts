import { Instant } from '#kernel';
import { tellable } from './index.js';

const REAL = Instant.parse('2026-11-20T10:00:00.000+09:00');
const TOLD = Instant.parse('2026-09-08T11:00:00.000+09:00');

describe('a clock that is told another time', () => {
  it('tells it to the work alone, also after it waited, and not to what runs beside it', async () => {
    const clock = tellable({ now: () => REAL });
    let goOn = () => {};
    const waited = new Promise<void>(resolve => (goOn = resolve));
    const told = clock.asOf(TOLD, async () => {
      const before = clock.now();
      await waited;
      return [before, clock.now(), clock.recording?.()];
    });
    expect([clock.now(), clock.recording?.()]).toEqual([REAL, REAL]);
    goOn();
    expect(await told).toEqual([TOLD, TOLD, REAL]);
    expect(clock.now()).toBe(REAL);
  });

  it('has steady time where the clock behind it has', () => {
    expect(tellable({ now: () => REAL }).steadyMs).toBeUndefined();
    expect(tellable({ now: () => REAL, steadyMs: () => 7 }).steadyMs?.()).toBe(7);
  });
});
