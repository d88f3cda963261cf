import fc from 'fast-check';
import { DAY_MS, Instant, JST_OFFSET_MS } from './instant.js';

const first = -JST_OFFSET_MS;
const last = 7_258_118_400_000 - JST_OFFSET_MS - 1;

describe('Instant from text', () => {
  it.each([
    ['2026-10-05T12:01:00.000+09:00', 1_791_169_260_000],
    ['2026-10-05T03:01:00Z', 1_791_169_260_000],
    ['2026-10-05T03:01:00.5Z', 1_791_169_260_500],
    ['2026-10-05T03:01:00.123999999Z', 1_791_169_260_123],
    ['2026-10-04T22:01:00.000-05:00', 1_791_169_260_000],
    ['2026-10-05T08:31:00+05:30', 1_791_169_260_000],
    ['1970-01-01T00:00:00.000+09:00', first],
    ['1969-12-31T15:00:00Z', first],
    ['2199-12-31T23:59:59.999+09:00', last],
    ['2024-02-29T00:00:00.000+09:00', Date.UTC(2024, 1, 28, 15)],
  ])('reads %s', (text, epochMs) => {
    expect(Instant.parse(text)).toBe(epochMs);
  });

  it.each([
    ['2026-10-05T12:01:00', 'no offset'],
    ['2026-10-05', 'no time'],
    ['2026-10-05 12:01:00+09:00', 'a space for the T'],
    ['2026-02-29T00:00:00.000+09:00', 'no leap year'],
    ['2100-02-29T00:00:00.000+09:00', 'no leap year: a full century'],
    ['2026-13-01T00:00:00Z', 'month 13'],
    ['2026-00-01T00:00:00Z', 'month 0'],
    ['2026-04-31T00:00:00Z', 'day 31 of April'],
    ['2026-04-00T00:00:00Z', 'day 0'],
    ['2026-10-05T24:00:00.000+09:00', 'hour 24'],
    ['2026-10-05T23:60:00.000+09:00', 'minute 60'],
    ['2026-12-31T23:59:60.000+09:00', 'a leap second'],
    ['2026-10-05T12:01:00.+09:00', 'a point without digits'],
    ['2026-10-05T12:01:00+0900', 'an offset without a colon'],
    ['2026-10-05T12:01:00+24:00', 'an offset of a day'],
    ['2026-10-05T12:01:00+09:60', 'an offset of 60 minutes'],
    ['2026-10-05t12:01:00z', 'small letters'],
    ['1969-12-31T23:59:59.999+09:00', 'a millisecond too early'],
    ['2200-01-01T00:00:00.000+09:00', 'a millisecond too late'],
    ['2026-10-05T12:0x:00.000+09:00', 'a letter'],
    ['', 'nothing'],
  ])('refuses %j (%s) and names the field', text => {
    expect(() => Instant.parse(text, 'start')).toThrow(
      expect.objectContaining({ name: 'InvalidInput', field: 'start' }),
    );
  });
});

describe('Instant as text', () => {
  it('is JST with milliseconds, 29 characters, and reads back as the same instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), ms => {
        const text = Instant.text(Instant.fromEpochMs(ms));
        expect(text).toHaveLength(29);
        expect(text).toBe(new Date(ms + JST_OFFSET_MS).toISOString().replace('Z', '+09:00'));
        expect(Instant.parse(text)).toBe(ms);
        expect(Instant.parse(new Date(ms).toISOString())).toBe(ms);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every offset of a quarter of an hour as the same moment', () => {
    const at = Instant.parse('2026-10-05T12:01:00.000+09:00');
    for (let minutes = -23 * 60; minutes <= 23 * 60; minutes += 15) {
      const local = new Date(at + minutes * 60_000).toISOString().slice(0, -1);
      const size = Math.abs(minutes);
      const two = (n: number): string => String(n).padStart(2, '0');
      const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      expect([zone, Instant.parse(local + zone)]).toEqual([zone, at]);
    }
  });
});

describe('Instant arithmetic', () => {
  it.each([first - 1, last + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %d as an instant',
    ms => {
      expect(() => Instant.fromEpochMs(ms)).toThrow(RangeError);
    },
  );

  it('knows the milliseconds since midnight in Japan', () => {
    expect(Instant.msOfDay(Instant.parse('2026-10-05T00:00:00.000+09:00'))).toBe(0);
    expect(Instant.msOfDay(Instant.parse('2026-10-05T22:00:00.001+09:00'))).toBe(79_200_001);
    expect(Instant.msOfDay(Instant.fromEpochMs(first))).toBe(0);
    expect(Instant.msOfDay(Instant.fromEpochMs(last))).toBe(DAY_MS - 1);
  });

  it('moves by milliseconds and takes the later of two', () => {
    const at = Instant.parse('2026-12-31T23:59:59.999+09:00');
    expect(Instant.text(Instant.plusMs(at, 1))).toBe('2027-01-01T00:00:00.000+09:00');
    expect(Instant.later(at, Instant.plusMs(at, -1))).toBe(at);
    expect(Instant.later(Instant.plusMs(at, -1), at)).toBe(at);
  });
});
