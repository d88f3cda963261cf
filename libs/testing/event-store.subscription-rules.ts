import type { StoredEvent } from '#kernel';
import {
  expectGapless,
  type OpenEventStore,
  onFreshStore,
  request,
  requests,
  until,
} from './event-store.samples.js';

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

export function subscriptionRules(open: OpenEventStore): void {
  describe('subscriptions', () => {
    it(
      'give the stored events, then the live ones, while many append',
      onFreshStore(open, async store => {
        await store.append(requests('before', 700));
        const seen: StoredEvent[] = [];
        const subscription = store.subscribe({ after: 0, batchSize: 64 }, async events => {
          expect(events.length).toBeLessThanOrEqual(64);
          seen.push(...events);
        });
        const writer = async (name: string): Promise<void> => {
          for (let i = 0; i < 100; i++) {
            await store.append([request(name, i - 1)]);
            if (i % 10 === 0) await pause(1);
          }
        };
        await Promise.all(['w1', 'w2', 'w3', 'w4'].map(writer));
        await until(() => seen.length >= 1_100, '1,100 events');
        await subscription.stop();
        await subscription.ended;
        expect(seen).toHaveLength(1_100);
        expectGapless(seen);
      }),
    );

    it(
      'begin after the given position',
      onFreshStore(open, async store => {
        await store.append(requests('s', 5));
        const seen: number[] = [];
        const subscription = store.subscribe({ after: 3 }, async events => {
          seen.push(...events.map(event => event.position));
        });
        await until(() => seen.length >= 2, 'two stored events');
        await store.append([request('s', 4)]);
        await until(() => seen.length >= 3, 'a live event');
        await subscription.stop();
        expect(seen).toEqual([4, 5, 6]);
      }),
    );

    it(
      'wait for a slow handler and never run it twice at a time',
      onFreshStore(open, async store => {
        let running = 0;
        let most = 0;
        const seen: StoredEvent[] = [];
        const subscription = store.subscribe({ after: 0, batchSize: 5 }, async events => {
          most = Math.max(most, ++running);
          await pause(3);
          seen.push(...events);
          running--;
        });
        for (let i = 0; i < 30; i++) await store.append([request('s', i - 1)]);
        await until(() => seen.length >= 30, '30 events');
        await subscription.stop();
        expect(most).toBe(1);
        expectGapless(seen);
      }),
    );
  });
}

export function subscriptionEndRules(open: OpenEventStore): void {
  describe('the end of a subscription', () => {
    it(
      'comes with the error of the handler; the store and other subscriptions go on',
      onFreshStore(open, async store => {
        const seen: StoredEvent[] = [];
        const healthy = store.subscribe({ after: 0 }, async events => {
          seen.push(...events);
        });
        const failing = store.subscribe({ after: 0 }, async () => {
          throw new Error('handler failed');
        });
        await store.append([request('s', -1)]);
        await expect(failing.ended).rejects.toThrow('handler failed');
        await store.append([request('s', 0)]);
        await until(() => seen.length >= 2, 'two events');
        await healthy.stop();
      }),
    );

    it(
      'is final: no event after stop, and none after the store closed',
      onFreshStore(open, async store => {
        let calls = 0;
        const count = async (): Promise<void> => {
          calls++;
        };
        const stopped = store.subscribe({ after: 0 }, count);
        const closed = store.subscribe({ after: 0 }, count);
        await stopped.stop();
        await store.append([request('s', -1)]);
        await until(() => calls >= 1, 'the event of the open one');
        await store.append([request('s', 0)]);
        await store.close();
        await closed.ended;
        const atClose = calls;
        await pause(20);
        expect(calls).toBe(atClose);
        expect(atClose).toBeLessThanOrEqual(2);
      }),
    );
  });
}
