import { FIRST_BATCH, nextBatch } from './batch-size.js';

describe('the size of an import batch', () => {
  it('doubles from 500 to 8,000 while a batch takes less than a second', () => {
    const sizes = [FIRST_BATCH];
    for (let n = 0; n < 5; n++) sizes.push(nextBatch(sizes.at(-1)!, 999, false));
    expect(sizes).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  });

  it('is halved by one that took a second, down to 50', () => {
    const sizes = [500];
    for (let n = 0; n < 5; n++) sizes.push(nextBatch(sizes.at(-1)!, 1_000, false));
    expect(sizes).toEqual([500, 250, 125, 62, 50, 50]);
  });

  it.each([
    [8_000, 100, 500],
    [500, 100, 500],
    [100, 100, 200],
    [500, 2_000, 250],
  ])('in company: after %i calls in %i ms come %i', (size, tookMs, next) =>
    expect(nextBatch(size, tookMs, true)).toBe(next),
  );
});
