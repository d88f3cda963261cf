import { daysUntil, nextExpiry } from './expiry.js';
import type { Lot } from './questions.js';

const lot = (remaining: string, expiresOn: string): Lot => ({
  ...{ lot: 'L', kind: 'paid', method: 'card', credited: '100', remaining, held: '0' },
  ...{ issuedAt: '2026-10-01T00:00:00.000+09:00', expiresOn },
});

describe('the next expiry', () => {
  it('is the first day after which something is lost, with all that is lost then', () =>
    expect(
      nextExpiry([
        lot('5', '2027-03-01'),
        lot('0', '2027-01-01'),
        lot('0.5', '2027-03-01'),
        lot('9', '2027-04-01'),
      ]),
    ).toEqual({ day: '2027-03-01', amount: '5.5' }));

  it('is none where nothing is left', () =>
    expect([nextExpiry([]), nextExpiry([lot('0', '2027-01-01')])]).toEqual([null, null]));

  it('is counted in days of Japan', () => {
    expect(daysUntil('2026-10-31T15:00:00Z', '2026-11-01')).toBe(0);
    expect(daysUntil('2026-10-31T14:59:59Z', '2026-11-01')).toBe(1);
  });
});
