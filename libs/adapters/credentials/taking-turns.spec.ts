import { takingTurns } from './taking-turns.js';

/** Work that ends when it is told to, and how much of it is under way. */
function held() {
  const ends: (() => void)[] = [];
  let underWay = 0;
  return {
    ends,
    underWay: () => underWay,
    work: async () => {
      underWay++;
      await new Promise<void>(end => ends.push(end));
      underWay--;
      return 'done';
    },
  };
}
const soon = () => new Promise(resolve => setImmediate(resolve));

describe('costly work', () => {
  it('is done a few pieces at a time, in turn, and refused when too many wait', async () => {
    const { ends, underWay, work } = held();
    const inTurn = takingTurns(2, 3, () => new Error('busy'));
    const pieces = Array.from({ length: 5 }, () => inTurn(work));
    await soon();
    expect([underWay(), ends.length]).toEqual([2, 2]);
    await expect(inTurn(work)).rejects.toThrow('busy');
    for (let ended = 0; ended < 5; ended++) {
      ends[ended]!();
      await soon();
      expect(underWay()).toBe(Math.min(2, 4 - ended));
    }
    expect(await Promise.all(pieces)).toEqual(Array(5).fill('done'));
  });

  it('that fails gives its turn to the next, and all turns are free in the end', async () => {
    const inTurn = takingTurns(1, 1, () => new Error('busy'));
    const failing = inTurn(() => Promise.reject(new Error('broken')));
    const next = inTurn(async () => 'next');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
    expect(await inTurn(async () => 'again')).toBe('again');
  });
});
