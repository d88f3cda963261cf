import { FairQueue } from './fair-queue.js';

const queue = (limits: Partial<ConstructorParameters<typeof FairQueue>[0]> = {}) =>
  new FairQueue<string>({ waiting: 100, waitingOfOne: 50, runningOfOne: 1, ...limits });

/** Takes one after the other, each ended before the next. */
function inTurn(of: FairQueue<string>): string[] {
  const taken: string[] = [];
  for (let next = of.next(); next; next = of.next()) {
    taken.push(next.job);
    of.done(next.whose);
  }
  return taken;
}

describe('a fair queue', () => {
  it('lets those who ask take turns, each in the order of their asking', () => {
    const of = queue();
    for (const job of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) of.add(job[0]!, job);
    expect(inTurn(of)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('gives one who asks no more at once than it may have', () => {
    const of = queue({ runningOfOne: 2 });
    for (const job of ['a1', 'a2', 'a3', 'b1']) of.add(job[0]!, job);
    expect([of.next(), of.next(), of.next(), of.next()].map(next => next?.job)).toEqual([
      'a1',
      'b1',
      'a2',
      undefined,
    ]);
    of.done('a');
    expect(of.next()?.job).toBe('a3');
  });

  it('refuses what is too much, of one and of all, and takes more when some is done', () => {
    const of = queue({ waiting: 3, waitingOfOne: 2 });
    expect(['a1', 'a2', 'a3', 'b1', 'c1'].map(job => of.add(job[0]!, job))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    of.next();
    expect(of.add('c', 'c1')).toBe(true);
  });

  it('gives back what waits when it is emptied', () => {
    const of = queue();
    of.add('a', 'a1');
    of.add('b', 'b1');
    expect(of.drain()).toEqual(['a1', 'b1']);
    expect(of.next()).toBeUndefined();
  });
});
