import type { Projection } from '#kernel';
import type { ReadStore } from '#ports';
import { PositionWatch } from './position-watch.js';

const projections = ['a', 'b'].map(
  (name): Projection => ({ name, version: 1, tables: [], handles: [], apply: () => undefined }),
);

/** Read models that stand where the test says. */
function standing(positions: Record<string, number>) {
  const checkpoints = async () =>
    Object.entries(positions).map(([projection, position]) => ({ projection, version: 1_000, position }));
  return new PositionWatch({ checkpoints } as unknown as ReadStore, projections);
}

describe('how far the read models are', () => {
  it('is what the last of them has counted', async () => {
    const at = { a: 7, b: 5 };
    const watch = standing(at);
    expect(await watch.position()).toBe(5);
    expect(await watch.waitFor(5, 1_000)).toBe(true);
    expect(await watch.waitFor(6, 20)).toBe(false);
    const waiting = watch.waitFor(7, 1_000);
    at.b = 7;
    expect(await waiting).toBe(true);
  });

  it('is looked at anew where a server that crashed may have taken something back', async () => {
    const at = { a: 7, b: 7 };
    const watch = standing(at);
    expect(await watch.waitFor(7, 1_000)).toBe(true);
    Object.assign(at, { a: 3, b: 3 });
    expect(await watch.waitAnew(7, 30)).toBe(false);
    const waiting = watch.waitAnew(7, 1_000);
    Object.assign(at, { a: 7, b: 7 });
    expect(await waiting).toBe(true);
  });
});
