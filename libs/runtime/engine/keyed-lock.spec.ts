import { KeyedLock } from './keyed-lock.js';

/** A promise that is kept when it is told. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open!: () => void;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { opened, open };
}

describe('a lock by key', () => {
  it('lets one in at a time, in the order of asking', async () => {
    const lock = new KeyedLock();
    const told: string[] = [];
    const first = gate();
    const work = (name: string, until?: Promise<void>) => async () => {
      told.push(`${name} in`);
      await until;
      told.push(`${name} out`);
      return name;
    };
    const all = Promise.all([
      lock.run('k', work('a', first.opened)),
      lock.run('k', work('b')),
      lock.run('k', work('c')),
    ]);
    await new Promise(setImmediate);
    expect(told).toEqual(['a in']);
    first.open();
    expect(await all).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('keeps other keys free', async () => {
    const lock = new KeyedLock();
    const release = await lock.acquire('a');
    expect(await lock.run('b', async () => 'free')).toBe('free');
    release();
  });

  it('is given back by work that fails', async () => {
    const lock = new KeyedLock();
    await expect(lock.run('k', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await lock.run('k', async () => 'next')).toBe('next');
  });

  it('takes no memory for keys that nobody holds', async () => {
    const lock = new KeyedLock();
    await Promise.all(Array.from({ length: 100 }, (_, i) => lock.run(`k${i % 7}`, async () => i)));
    expect((lock as unknown as { tails: Map<string, unknown> }).tails.size).toBe(0);
  });
});
