import * as fc from 'fast-check';
import { Turns } from './turns.js';

const breath = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('turns', () => {
  it('come in the order of entering for those who share a key, whoever is slow', async () => {
    const visitors = fc.array(
      fc.record({
        keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }),
        breaths: fc.nat(3),
      }),
      { minLength: 1, maxLength: 12 },
    );
    const law = fc.asyncProperty(visitors, async all => {
      const turns = new Turns();
      const inside = new Set<string>();
      const left: Record<string, number[]> = { a: [], b: [], c: [], d: [] };
      const entered = all.map(({ keys }) => turns.enter(keys));
      const visits = all.map(async ({ keys, breaths }, i) => {
        await entered[i]!.come;
        const own = new Set(keys);
        for (const key of own) expect(inside.has(key)).toBe(false);
        for (const key of own) inside.add(key);
        for (let n = 0; n < breaths; n++) await breath();
        for (const key of own) {
          inside.delete(key);
          left[key]!.push(i);
        }
        entered[i]!.leave();
      });
      await Promise.all(visits);
      for (const order of Object.values(left)) expect(order).toEqual([...order].sort((x, y) => x - y));
      expect(turns.enter(['a', 'b', 'c', 'd']).free).toBe(true);
    });
    await fc.assert(law, { numRuns: 50 });
  });

  it('do not wait for others', async () => {
    const turns = new Turns();
    expect(turns.enter(['a', 'a']).free).toBe(true);
    expect(turns.enter(['b']).free).toBe(true);
    const second = turns.enter(['c', 'a']);
    expect(second.free).toBe(false);
  });
});
