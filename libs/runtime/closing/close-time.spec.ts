import { BusinessMonth, Instant } from '#kernel';
import { closeRefusal } from './close-time.js';

const month = BusinessMonth.parse('2026-10');

describe('the time of a close (DECISIONS: Month-end close)', () => {
  it.each([
    ['in the month', '2026-10-31T23:59:59.999+09:00', undefined, 'MONTH_NOT_OVER'],
    ['in the month, forced', '2026-10-31T23:59:59.999+09:00', 'x', 'MONTH_NOT_OVER'],
    ['at its end', '2026-11-01T00:00:00.000+09:00', undefined, 'CLOSE_TOO_EARLY'],
    ['while the longest call can run', '2026-11-01T03:59:59.999+09:00', undefined, 'CLOSE_TOO_EARLY'],
    ['when it must have ended', '2026-11-01T04:00:00.000+09:00', undefined, undefined],
    ['early, forced with a reason', '2026-11-01T00:00:00.000+09:00', '通話なし', undefined],
    ['early, forced without a word', '2026-11-01T00:00:00.000+09:00', ' ', 'REASON_REQUIRED'],
    ['late, forced without a word', '2026-11-02T00:00:00.000+09:00', '', 'REASON_REQUIRED'],
  ])('%s', (_case, now, forced, code) => {
    const moment = { now: Instant.parse(now), month, longestCallS: 14_400, forced };
    expect(closeRefusal(moment)?.code).toBe(code);
  });

  it('says until when it waits', () => {
    const now = Instant.parse('2026-11-01T00:00:00.000+09:00');
    const refused = closeRefusal({ now, month, longestCallS: 60, forced: undefined });
    expect(refused?.details).toEqual({ until: '2026-11-01T00:00:59.999+09:00' });
  });
});
