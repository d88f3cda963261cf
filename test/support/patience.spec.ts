import { setTimeout as sleep } from 'node:timers/promises';

describe('a limit of time', () => {
  let started = 0;
  beforeEach(async () => {
    started++;
    await sleep(20);
  });

  it.each(Array.from({ length: 40 }, (_, i) => i + 1))('is stretched once for hook number %i', n =>
    expect(started).toBe(n),
  );

  it('is stretched for a test that the machine keeps waiting', async () => {
    await sleep(400);
    expect.assertions(0);
  }, 100);
});

describe('a hook that runs before each of many tests', () => {
  // Ten times longer each time would soon be no time at all: timers take 31 bits.
  beforeEach(() => sleep(20));

  it.each(Array.from({ length: 12 }, (_, i) => i + 1))('has its time before test %d', i =>
    expect(i).toBeGreaterThan(0),
  );
});
