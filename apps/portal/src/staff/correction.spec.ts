import { changesOf, type Preview, previewQuery, valuesOf } from './correction.js';

const recorded: Preview = {
  ...{ callId: 'c1', entry: 1, reversed: false, direction: 'out', number: '0501', from: '101', to: '0312' },
  ...{ startedAt: '2026-10-10T10:02:00.000+09:00', endedAt: '2026-10-10T10:03:00.500+09:00' },
  ...{ answeredAt: '2026-10-10T10:02:03.000+09:00', durationMs: 57_500, category: 'fixed' },
  ...{ net: '8', tax: '0.8', corrected: null },
};
const changed = (values: Partial<ReturnType<typeof valuesOf>>, of = recorded) =>
  changesOf(of, { ...valuesOf(of), ...values });

describe('a call that is corrected', () => {
  it('begins as it is recorded, with the clocks of Japan, and nothing has changed', () => {
    expect(valuesOf(recorded)).toMatchObject({
      ...{ startedAt: '2026/10/10 10:02:00', endedAt: '2026/10/10 10:03:00.500', answered: 'yes' },
    });
    expect(changed({})).toEqual({});
    expect(changed({ to: ' 0312 ' })).toEqual({});
  });

  it.each([
    ['2026/10/10 10:04', '2026-10-10T10:04:00.000+09:00'],
    ['２０２６－１０－１０ １０:０４:０５', '2026-10-10T10:04:05.000+09:00'],
    ['2026-1-2T3:04:05.6', '2026-01-02T03:04:05.600+09:00'],
    // The server says what is wrong with it.
    ['noon', 'noon'],
  ])('ends at %s: %s', (typed, instant) => expect(changed({ endedAt: typed })).toEqual({ endedAt: instant }));

  it('was answered by nobody, or at a time', () => {
    expect(changed({ answered: 'no' })).toEqual({ answeredAt: null });
    const missed = { ...recorded, answeredAt: null };
    expect(changed({}, missed)).toEqual({});
    expect(changed({ answered: 'yes', answeredAt: '2026/10/10 10:02:05' }, missed)).toEqual({
      answeredAt: '2026-10-10T10:02:05.000+09:00',
    });
  });

  it('is asked about with what differs alone', () => {
    expect(previewQuery('c1', { to: '0313' })).toEqual({ call: 'c1', to: '0313', answeredAt: undefined });
    expect(previewQuery('c1', { answeredAt: null })).toEqual({ call: 'c1', answeredAt: 'none' });
  });
});
