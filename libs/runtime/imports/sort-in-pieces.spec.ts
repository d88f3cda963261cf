import fc from 'fast-check';
import { sortInPieces } from './sort-in-pieces.js';

/** A fixed disorder: the same on every run. */
const shuffled = (length: number): Uint32Array => {
  const values = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1, seed = 1; i > 0; i--) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const other = seed % (i + 1);
    [values[i], values[other]] = [values[other]!, values[i]!];
  }
  return values;
};

describe('sorting in pieces', () => {
  it('gives what sorting at once gives', async () => {
    const lengths = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 500, max: 5_000 }));
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 1, max: 3_000 }), async (length, kinds) => {
        const key = (value: number): number => (value * 7_919) % kinds;
        const compare = (a: number, b: number): number => key(a) - key(b) || a - b;
        const wanted = shuffled(length).sort(compare);
        expect(await sortInPieces(shuffled(length), compare)).toEqual(wanted);
        expect(await sortInPieces(Uint32Array.from(wanted), compare)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('lets others in between', async () => {
    let turns = 0;
    let goesOn = true;
    const other = (): void => {
      turns++;
      if (goesOn) setImmediate(other);
    };
    setImmediate(other);
    await sortInPieces(shuffled(400_000), (a, b) => a - b);
    goesOn = false;
    expect(turns).toBeGreaterThan(3);
  });
});
