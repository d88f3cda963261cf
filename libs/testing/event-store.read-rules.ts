import type { EventMeta } from '#kernel';
import {
  collect,
  expectGapless,
  type OpenEventStore,
  onFreshStore,
  request,
  requests,
  sampleEvent,
} from './event-store.samples.js';

/** Texts that break formats which join, quote or convert. */
const AWKWARD: readonly [string, string][] = [
  ['Japanese and characters beyond the BMP', '{"名":"台帳 𠮷野家 👨‍👩‍👧"}'],
  ['quotes, backslashes and escaped controls', '{"a":"\\"\\\\ \\n \\u0000 \' ; --"}'],
  ['line separators', '{"a":"\u2028\u2029\u0085"}'],
  ['numbers as texts', '{"amount":"900719925474.0991","n":1e21}'],
  ['a plain value', '""'],
  ['300,000 characters', `{"a":"${'漢'.repeat(300_000)}"}`],
];

const FULL_META: EventMeta = {
  occurredAt: '2026-10-31T23:59:59.999+09:00',
  recordedAt: '2026-11-01T00:00:00.000+09:00',
  actor: 'staff:tanaka',
  reason: '二重請求の訂正\n2行目 \\n でない',
  commandId: 'adjust/1',
  correlationId: 'case/77',
  causationId: 'adjust/0',
  bodyHash: '0123456789abcdef'.repeat(4),
};

export function fidelityRules(open: OpenEventStore): void {
  describe('gives back what was stored', () => {
    it.each(AWKWARD)('%s', async (_, data) => {
      await onFreshStore(open, async (store, under) => {
        await store.append([{ stream: 's', expectedRevision: -1, events: [sampleEvent('c', data)] }]);
        expect((await collect(store.readStream('s')))[0]?.data).toBe(data);
        expect((await collect((await under.reopen()).readAll()))[0]?.data).toBe(data);
      })();
    });

    it(
      'all meta data, the absent ones absent, and a hash of 64 hex digits that stays',
      onFreshStore(open, async (store, under) => {
        const full = { type: 'wallet.Adjusted.v2', data: '{}', meta: FULL_META };
        await store.append([{ stream: 's', expectedRevision: -1, events: [full, sampleEvent('c')] }]);
        const [first, second] = await collect(store.readStream('s'));
        expect(first).toEqual({
          ...full,
          position: 1,
          stream: 's',
          revision: 0,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        });
        expect(second).toEqual({
          ...sampleEvent('c'),
          position: 2,
          stream: 's',
          revision: 1,
          hash: expect.any(String),
        });
        expect(second?.hash).not.toBe(first?.hash);
        expect(await collect((await under.reopen()).readAll())).toEqual([first, second]);
      }),
    );
  });
}

export function readingRules(open: OpenEventStore): void {
  describe('reads', () => {
    it(
      'nothing from an empty store',
      onFreshStore(open, async store => {
        expect(await store.headPosition()).toBe(0);
        expect(await store.streamRevision('s')).toBe(-1);
        expect(await collect(store.readStream('s'))).toEqual([]);
        expect(await collect(store.readAll())).toEqual([]);
        expect(await store.append([])).toEqual([]);
      }),
    );

    it(
      'streams and the whole log from anywhere, up to a limit, over many pages',
      onFreshStore(open, async store => {
        await store.append([...requests('a', 1_200), ...requests('b', 1_300)]);
        await store.append(requests('a', 1_100, 1_200));
        const all = await collect(store.readAll());
        expect(all).toHaveLength(3_600);
        expectGapless(all);
        expect(await collect(store.readStream('a'))).toEqual(all.filter(event => event.stream === 'a'));
        const revisions = (await collect(store.readStream('a', { from: 1_150, limit: 1_020 }))).map(
          e => e.revision,
        );
        expect(revisions).toEqual(Array.from({ length: 1_020 }, (_, i) => 1_150 + i));
        const positions = (await collect(store.readAll({ from: 3_599, limit: 50 }))).map(e => e.position);
        expect(positions).toEqual([3_599, 3_600]);
        expect(await collect(store.readAll({ limit: 0 }))).toEqual([]);
        expect(await collect(store.readStream('a', { from: 9_999 }))).toEqual([]);
      }),
    );

    it(
      'its own writes at once, and all of them after opening again',
      onFreshStore(open, async (store, under) => {
        for (let i = 0; i < 20; i++) {
          await store.append([request('s', i - 1)]);
          expect(await store.streamRevision('s')).toBe(i);
          expect(await store.headPosition()).toBe(i + 1);
        }
        const before = await collect(store.readAll());
        const reopened = await under.reopen();
        expect(await collect(reopened.readAll())).toEqual(before);
        await reopened.append([request('s', 19)]);
        expectGapless(await collect(reopened.readAll()));
      }),
    );

    it(
      'nothing after it was closed, and takes nothing',
      onFreshStore(open, async store => {
        await store.append([request('s', -1)]);
        await store.close();
        const closed = { name: 'StoreUnavailable', code: 'STORE_CLOSED' };
        await expect(store.append([request('s', 0)])).rejects.toMatchObject(closed);
        await expect(collect(store.readAll())).rejects.toMatchObject(closed);
        await expect(store.headPosition()).rejects.toMatchObject(closed);
      }),
    );
  });
}
