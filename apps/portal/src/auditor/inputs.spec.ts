import { instantOf, isRange } from './inputs.js';

describe('a time of a field', () => {
  it.each([
    ['2026-10-05T12:01', '2026-10-05T12:01:00+09:00'],
    ['2026-10-05T12:01:09', '2026-10-05T12:01:09+09:00'],
    ['2026-10-05T23:59:59.999', '2026-10-05T23:59:59.999+09:00'],
  ])("%s is Japan's %s", (local, instant) => expect(instantOf(local)).toBe(instant));

  it.each(['', '2026-10-05', '2026-10-05T12', '2026-10-05T12:01Z', 'x'])('%j is none', text =>
    expect(instantOf(text)).toBeUndefined(),
  );
});

describe('a range of positions', () => {
  it.each([
    ['', ''],
    ['1', ''],
    ['', '9'],
    ['5', '5'],
    ['9', '10'],
  ])('may be %j to %j', (from, to) => expect(isRange({ from, to })).toBe(true));

  it.each([
    ['0', ''],
    ['-1', ''],
    ['1.5', ''],
    ['', 'x'],
    ['10', '9'],
    ['9999999999999999', ''],
  ])('may not be %j to %j', (from, to) => expect(isRange({ from, to })).toBe(false));
});
