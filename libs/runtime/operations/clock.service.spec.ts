import { Instant, saidOf } from '#kernel';
import { type EventStore, StoreUnavailable } from '#ports';
import { Clocks, trustOf } from './clock.service.js';

const clock = { now: () => Instant.parse('2026-12-01T09:00:00.000+09:00') };

/** A log of one event in which nothing can be read. */
function unreadable(error: Error): EventStore {
  const fails = async () => {
    throw error;
  };
  const read = () => ({ [Symbol.asyncIterator]: () => ({ next: fails }) });
  const store = {
    headPosition: async () => 1,
    streamRevision: async () => 0,
    readAll: read,
    readStream: read,
  };
  return store as unknown as EventStore;
}

describe('a log that does not tell what time it was', () => {
  it('lets no clock be believed, and says why', async () => {
    const events = unreadable(new Error('damaged'));
    const trust = await trustOf(events, clock);
    expect(trust.doubt()).toMatchObject({ why: 'unreadable' });
    const clocks = new Clocks(events, clock, trust);
    const refusal = await clocks.refusal();
    expect(refusal).toMatchObject({ code: 'CLOCK_NOT_TRUSTED' });
    expect(saidOf(refusal!).en).toContain('the log cannot be read');
    const { en: message, ja: messageJa } = saidOf(refusal!);
    expect(await clocks.state()).toMatchObject({ trusted: false, why: 'unreadable', message, messageJa });
  });

  it('starts nothing while it is out of reach', () =>
    expect(trustOf(unreadable(new StoreUnavailable('UNAVAILABLE', 'gone')), clock)).rejects.toThrow('gone'));
});
