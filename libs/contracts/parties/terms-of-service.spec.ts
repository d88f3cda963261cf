import { BusinessDay } from '#kernel';
import { countAsAccepted, objectionsUntil } from './terms-of-service.js';

const day = BusinessDay.parse;

describe('changed terms of service', () => {
  it.each<[string, string, number, string, boolean]>([
    ['LM-28: on the day of the notice', '2025-04-01', 7, '2025-04-01', false],
    ['LM-28: on the last day of the week', '2025-04-01', 7, '2025-04-08', false],
    ['LM-28: on the day after it', '2025-04-01', 7, '2025-04-09', true],
    ['over the end of a year', '2024-12-28', 7, '2025-01-05', true],
    ['where nobody may object', '2025-04-01', 0, '2025-04-02', true],
  ])('%s', (_, notified, days, today, accepted) =>
    expect(countAsAccepted(day(notified), days, day(today))).toBe(accepted),
  );

  it('can be objected to within the week', () =>
    expect(BusinessDay.text(objectionsUntil(day('2025-04-01'), 7))).toBe('2025-04-08'));
});
