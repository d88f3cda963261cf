import fc from 'fast-check';
import { randomOrder } from './random-order.js';

describe('a random order', () => {
  it('holds each place once, and is the same for the same seed', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 0, max: 2 ** 31 }), (size, seed) => {
        const order = randomOrder(size, seed);
        const places = Array.from({ length: size }, (_, place) => order(place));
        expect(new Set(places).size).toBe(size);
        expect(Math.max(...places)).toBe(size - 1);
        const again = randomOrder(size, seed);
        expect(Array.from({ length: size }, (_, place) => again(place))).toEqual(places);
      }),
    ));

  it('is another one for another seed, and no neighbours stay neighbours', () => {
    const [one, other] = [1, 2].map(seed => randomOrder(1_000_000, seed));
    const first = Array.from({ length: 100 }, (_, place) => one!(place));
    expect(first).not.toEqual(Array.from({ length: 100 }, (_, place) => other!(place)));
    expect(first.filter((at, i) => at === first[i - 1]! + 1).length).toBeLessThan(3);
  });
});
