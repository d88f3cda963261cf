import { formatDuration, formatSignedDuration } from './duration.js';

describe('a talk time on the statement', () => {
  it.each([
    ['US-06', 103_793_500, '28:49:53.5'],
    ['US-02 一般', 103_793_500, '28:49:53.5'],
    ['US-02 total', 395_663_500, '109:54:23.5'],
    ['US-04', 140_863_000, '39:07:43.0'],
    ['nothing', 0, '0:00:00.0'],
    ['tenths are cut, not rounded', 999, '0:00:00.9'],
    ['less than a tenth', 99, '0:00:00.0'],
    ['a minute less a millisecond', 59_999, '0:00:59.9'],
    ['an hour', 3_600_000, '1:00:00.0'],
  ])('%s: %d ms is %s', (_id, milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each([-1, 0.5, Number.NaN])('refuses %d ms', milliseconds => {
    expect(() => formatDuration(milliseconds)).toThrow(RangeError);
  });

  it('that is taken back has a sign, and is cut towards zero', () => {
    expect([-60_001, -99, 0, 60_001].map(formatSignedDuration)).toEqual([
      '-0:01:00.0',
      '-0:00:00.0',
      '0:00:00.0',
      '0:01:00.0',
    ]);
  });
});
