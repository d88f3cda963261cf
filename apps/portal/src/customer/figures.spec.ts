import { decimalsFor, figuresOf } from './figures.js';

describe('the usage of a month', () => {
  it('is summed by category, without a float', () => {
    const day = (net: string) => ({ calls: 1, seconds: 0.5, net });
    const usage = {
      month: '2026-10',
      categories: ['fixed', 'free'],
      days: [
        { day: '2026-10-01', categories: { fixed: day('0.1') } },
        { day: '2026-10-02', categories: { fixed: day('0.2') } },
      ],
      total: { calls: 2, seconds: 1, net: '0.3' },
    };
    expect(figuresOf(usage)).toEqual([
      { category: 'fixed', calls: 2, ms: 1000, net: '0.3' },
      { category: 'free', calls: 0, ms: 0, net: '0' },
    ]);
  });

  it.each([
    [['1', '20'], 0],
    [['1', '2.5'], 2],
    [['1.005'], 4],
  ])('of %j has %i decimals, as the printed statement', (amounts, decimals) =>
    expect(decimalsFor(amounts)).toBe(decimals),
  );
});
