import { BusinessDay } from './business-day.js';
import { BusinessMonth } from './business-month.js';
import { Instant } from './instant.js';

const month = BusinessMonth.parse;
const at = Instant.parse;
const AT_22_00 = 79_200_000;

describe('BusinessMonth from text', () => {
  it.each(['1970-01', '2025-12', '2199-12'])('reads and writes %s', text => {
    expect(BusinessMonth.text(month(text))).toBe(text);
  });

  it.each(['2025-13', '2025-00', '1969-12', '2200-01', '2025-1', '2025/01', '202501', ''])(
    'refuses %j',
    text => {
      expect(() => month(text, 'closing month')).toThrow(
        expect.objectContaining({ name: 'InvalidInput', field: 'closing month' }),
      );
    },
  );
});

describe('the span of a month', () => {
  it('runs from its first to its last millisecond in Japan', () => {
    expect(Instant.text(BusinessMonth.start(month('2024-02')))).toBe('2024-02-01T00:00:00.000+09:00');
    expect(Instant.text(BusinessMonth.end(month('2024-02')))).toBe('2024-02-29T23:59:59.999+09:00');
    expect(BusinessMonth.text(BusinessMonth.of(at('2025-01-31T14:59:59.999Z')))).toBe('2025-01');
    expect(BusinessMonth.text(BusinessMonth.of(at('2025-01-31T15:00:00.000Z')))).toBe('2025-02');
    expect(BusinessMonth.text(BusinessMonth.of(at('2025-01-31T14:59:59.999Z')))).toBe('2025-01');
  });

  it('has its own number of days', () => {
    const days = ['2023-02', '2024-02', '2025-04', '2025-12'].map(text => BusinessMonth.days(month(text)));
    expect(days).toEqual([28, 29, 30, 31]);
  });

  it('moves over year ends', () => {
    expect(BusinessMonth.text(BusinessMonth.plus(month('2023-12'), 2))).toBe('2024-02');
    expect(BusinessMonth.text(BusinessMonth.plus(month('2024-01'), -1))).toBe('2023-12');
  });
});

describe('the month an application belongs to', () => {
  // Expected ends are those of `end_of_next_month`, as the cases print them.
  it.each([
    ['CN-01', '2025-01-15T10:00:00+09:00', '2025-02-28'],
    ['CN-02', '2025-01-31T21:59:59+09:00', '2025-02-28'],
    ['CN-03', '2025-01-31T22:00:00.000+09:00', '2025-02-28'],
    ['CN-04', '2025-01-31T22:00:00.001+09:00', '2025-03-31'],
    ['CN-05', '2025-01-31T22:00:01+09:00', '2025-03-31'],
    ['CN-08', '2025-02-28T21:59:59+09:00', '2025-03-31'],
    ['CN-09', '2025-02-28T22:00:01+09:00', '2025-04-30'],
    ['CN-10', '2024-02-28T23:30:00+09:00', '2024-03-31'],
    ['CN-11', '2024-02-29T21:59:59+09:00', '2024-03-31'],
    ['CN-12', '2024-02-29T22:00:01+09:00', '2024-04-30'],
    ['CN-13', '2024-01-31T21:00:00+09:00', '2024-02-29'],
    ['CN-14', '2023-12-31T22:00:01+09:00', '2024-02-29'],
    ['CN-21', '2025-01-31T13:00:00Z', '2025-02-28'],
    ['CN-22', '2025-01-31T15:30:00Z', '2025-03-31'],
  ])('%s: received %s, ends %s', (_id, receivedAt, end) => {
    const applied = BusinessMonth.ofApplication(at(receivedAt), AT_22_00);
    expect(BusinessDay.text(BusinessMonth.lastDay(BusinessMonth.plus(applied, 1)))).toBe(end);
  });
});

describe('the n-th business day', () => {
  it.each([
    ['IV-02', '2025-05', ['2025-05-01', '2025-05-02', '2025-05-07']],
    ['IV-03', '2025-06', ['2025-06-02', '2025-06-03', '2025-06-04']],
    ['IV-04', '2026-01', ['2026-01-05', '2026-01-06', '2026-01-07']],
    ['IV-05', '2025-11', ['2025-11-04', '2025-11-05', '2025-11-06']],
  ])('%s: the first three of %s are %j', (_id, text, wanted) => {
    const days = [1, 2, 3].map(n => BusinessDay.text(BusinessMonth.nthBusinessDay(month(text), n)));
    expect(days).toEqual(wanted);
  });

  it('passes over the closed days of the provider', () => {
    const closed = new Set([BusinessDay.parse('2025-06-03')]);
    expect(BusinessDay.text(BusinessMonth.nthBusinessDay(month('2025-06'), 3, closed))).toBe('2025-06-05');
  });

  it('says so when a month has fewer', () => {
    expect(() => BusinessMonth.nthBusinessDay(month('2025-05'), 21)).toThrow(
      '2025-05 has only 20 business days',
    );
  });

  it('refuses a year whose holidays are not known', () => {
    expect(() => BusinessMonth.nthBusinessDay(month('2051-01'), 3)).toThrow('2051');
  });
});
