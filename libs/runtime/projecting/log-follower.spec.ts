import { type EventStore, StoreUnavailable, type SubscribeOptions } from '#ports';
import { type StoreOfATest, storeOfATest } from '../../../test/support/runtime-parts.js';
import { LogFollower } from './log-follower.js';

const request = (name: string) => ({
  stream: `note-${name}`,
  expectedRevision: -1,
  events: [
    {
      type: 'test.Noted.v1',
      data: `{"name":"${name}"}`,
      meta: {
        occurredAt: '2025-01-20T00:00:00.000+09:00',
        recordedAt: '2025-01-20T00:00:00.000+09:00',
        actor: 'test',
        commandId: name,
        correlationId: name,
        bodyHash: 'a'.repeat(64),
      },
    },
  ],
});

describe('what a process keeps in memory of a shared log', () => {
  let home: StoreOfATest;
  let events: EventStore;
  let follower: LogFollower;
  const seen: string[] = [];
  const begin = (store: EventStore = events): void => {
    follower = new LogFollower(store, 0);
    follower.follow(stored => seen.push(...stored.map(event => event.stream)));
  };
  beforeEach(async () => {
    seen.length = 0;
    home = storeOfATest();
    events = await home.open();
  });
  afterEach(async () => {
    await follower.stop();
    await home.end();
  });

  it('has every event of the log the moment it is up to date', async () => {
    begin();
    for (const name of ['a', 'b', 'c']) {
      await events.append([request(name)]);
      await follower.upToDate();
      expect(seen.at(-1)).toBe(`note-${name}`);
    }
    expect(seen).toEqual(['note-a', 'note-b', 'note-c']);
  });

  it('goes on where it stood when its subscription broke', async () => {
    let broken = 0;
    const breaking = new Proxy(events, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'subscribe') return value.bind(target);
        return (options: SubscribeOptions, handler: Parameters<EventStore['subscribe']>[1]) =>
          target.subscribe(options, async stored => {
            if (broken++ === 1) throw new Error('the connection is gone');
            await handler(stored);
          });
      },
    });
    begin(breaking);
    for (const name of ['a', 'b', 'c']) {
      await events.append([request(name)]);
      await follower.upToDate();
    }
    expect(broken).toBeGreaterThan(2);
    expect(seen).toEqual(['note-a', 'note-b', 'note-c']);
  });

  it('says so when it cannot find out in time', async () => {
    begin();
    await follower.stop();
    await events.append([request('a')]);
    await expect(follower.upToDate(20)).rejects.toThrow(StoreUnavailable);
    expect(await follower.waitFor(1, 20)).toBe(false);
  });

  it('is asked for anew when it is older than it is trusted, once for all who ask together', async () => {
    let asked = 0;
    let reachable = true;
    const counting = new Proxy(events, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'headPosition') return value.bind(target);
        return () => {
          asked++;
          return reachable ? target.headPosition() : new Promise(() => undefined);
        };
      },
    });
    follower = new LogFollower(counting, 0, { trustedMs: 60, askingMs: 100 });
    follower.follow(stored => seen.push(...stored.map(event => event.stream)));
    await follower.recent();
    expect(asked).toBe(0);
    await new Promise(resolve => setTimeout(resolve, 80));
    await events.append([request('a')]);
    await Promise.all([follower.recent(), follower.recent(), follower.recent()]);
    expect([asked, seen]).toEqual([1, ['note-a']]);
    await follower.recent();
    expect(asked).toBe(1);
    // A log that is silent: nobody is told that all is well, and nobody waits for ever.
    reachable = false;
    await new Promise(resolve => setTimeout(resolve, 80));
    await expect(follower.recent()).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'UNAVAILABLE' });
    reachable = true;
    await follower.recent();
  });
});
