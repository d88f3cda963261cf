import type { AppendRequest } from '#ports';
import {
  appendOne,
  BODY_HASH,
  collect,
  expectGapless,
  type OpenEventStore,
  onFreshStore,
  request,
  requests,
  sampleEvent,
} from './event-store.samples.js';

const at = (stream: string, expectedRevision: number, ...commandIds: string[]): AppendRequest => ({
  stream,
  expectedRevision,
  events: commandIds.map(id => sampleEvent(id)),
});

export function revisionRules(open: OpenEventStore): void {
  describe('expects the exact revision', () => {
    it.each([
      ['a stream without events', 0, 0, -1],
      ['NO_STREAM for a stream that has events', 2, -1, 1],
      ['a revision that was overtaken', 3, 1, 2],
      ['a revision that is not reached yet', 2, 2, 1],
    ])('refuses %s', async (_, stored, expected, actual) => {
      await onFreshStore(open, async store => {
        await store.append(requests('s', stored));
        const result = await appendOne(store, request('s', expected, 'late'));
        expect(result).toEqual({ kind: 'conflict', actualRevision: actual });
        expect(await store.headPosition()).toBe(stored);
        expect(await store.findCommands(['late'])).toEqual(new Map());
      })();
    });

    it(
      'lets exactly one of many writers win a revision',
      onFreshStore(open, async store => {
        await store.append(requests('s', 1));
        const race = Array.from({ length: 20 }, (_, i) => store.append([request('s', 0, `racer-${i}`)]));
        const kinds = (await Promise.all(race)).map(([result]) => result?.kind);
        expect(kinds.filter(kind => kind === 'appended')).toHaveLength(1);
        expect(kinds.filter(kind => kind === 'conflict')).toHaveLength(19);
        expect(await store.streamRevision('s')).toBe(1);
      }),
    );

    it(
      'answers each request of a call on its own, in order',
      onFreshStore(open, async store => {
        const results = await store.append([
          request('a', -1, 'c1'),
          request('a', 0, 'c2'),
          request('a', 0, 'c3'),
          request('b', -1, 'c4'),
          request('a', 1, 'c1'),
        ]);
        expect(results).toEqual([
          { kind: 'appended', firstPosition: 1, lastPosition: 1, revision: 0 },
          { kind: 'appended', firstPosition: 2, lastPosition: 2, revision: 1 },
          { kind: 'conflict', actualRevision: 1 },
          { kind: 'appended', firstPosition: 3, lastPosition: 3, revision: 0 },
          { kind: 'duplicate', commandId: 'c1' },
        ]);
        expectGapless(await collect(store.readAll()));
      }),
    );
  });
}

export function commandRules(open: OpenEventStore): void {
  describe('stores a command once, for ever', () => {
    it(
      'refuses a command that is sent again, also with the next revision, elsewhere, and after opening again',
      onFreshStore(open, async (store, under) => {
        expect(await appendOne(store, request('s', -1, 'c1'))).toMatchObject({ kind: 'appended' });
        const again = { kind: 'duplicate', commandId: 'c1' };
        expect(await appendOne(store, request('s', -1, 'c1'))).toEqual(again);
        expect(await appendOne(store, request('s', 0, 'c1'))).toEqual(again);
        expect(await appendOne(store, request('other', -1, 'c1'))).toEqual(again);
        const reopened = await under.reopen();
        expect(await appendOne(reopened, request('s', 0, 'c1'))).toEqual(again);
        expect(await reopened.headPosition()).toBe(1);
      }),
    );

    it(
      'stores one of two equal requests that arrive together',
      onFreshStore(open, async store => {
        const both = await Promise.all([
          store.append([request('s', -1, 'c')]),
          store.append([request('s', -1, 'c')]),
        ]);
        expect(
          both
            .flat()
            .map(result => result.kind)
            .sort(),
        ).toEqual(['appended', 'duplicate']);
        expect(await store.headPosition()).toBe(1);
      }),
    );

    it(
      'refuses a whole request when one of its commands is stored',
      onFreshStore(open, async store => {
        await store.append([at('s', -1, 'c1', 'c2', 'c2', 'c3')]);
        expect(await appendOne(store, at('t', -1, 'c8', 'c2', 'c9'))).toEqual({
          kind: 'duplicate',
          commandId: 'c2',
        });
        expect(await store.streamRevision('t')).toBe(-1);
        expect((await store.findCommands(['c8', 'c9'])).size).toBe(0);
      }),
    );

    it(
      'finds commands with their place and the number of their events, and leaves out the others',
      onFreshStore(open, async (store, under) => {
        await store.append([at('s', -1, 'c1', 'c2', 'c2', 'c2'), at('t', -1, 'c3')]);
        const expected = new Map([
          ['c2', { commandId: 'c2', bodyHash: BODY_HASH, stream: 's', firstPosition: 2, count: 3 }],
          ['c3', { commandId: 'c3', bodyHash: BODY_HASH, stream: 't', firstPosition: 5, count: 1 }],
        ]);
        expect(await store.findCommands(['c3', 'nobody', 'c2'])).toEqual(expected);
        expect(await (await under.reopen()).findCommands(['c2', 'c3'])).toEqual(expected);
      }),
    );
  });
}

export function inputRules(open: OpenEventStore): void {
  describe('refuses what it could not store as given', () => {
    const sample = sampleEvent('c');
    const meta = (change: object): AppendRequest => ({
      stream: 's',
      expectedRevision: -1,
      events: [{ ...sample, meta: { ...sample.meta, ...change } }],
    });
    it.each<[string, string, AppendRequest]>([
      ['a request without events', 'events', { stream: 's', expectedRevision: -1, events: [] }],
      ['10,001 events', 'events', { stream: 's', expectedRevision: -1, events: Array(10_001).fill(sample) }],
      ['an empty stream name', 'stream', request('', -1)],
      ['a stream name with a line break', 'stream', request('a\nb', -1)],
      ['a revision below -1', 'expectedRevision', request('s', -2)],
      ['a broken revision', 'expectedRevision', request('s', 0.5)],
      [
        'a type with a space',
        'type',
        { stream: 's', expectedRevision: -1, events: [{ ...sample, type: 'a b' }] },
      ],
      [
        'half a character',
        'data',
        { stream: 's', expectedRevision: -1, events: [sampleEvent('c', '"\ud83d"')] },
      ],
      ['events of one command apart', 'events', at('s', -1, 'c1', 'c2', 'c1')],
      ['an empty command id', 'commandId', meta({ commandId: '' })],
      ['an empty reason', 'reason', meta({ reason: '' })],
    ])('%s', async (_, field, bad) => {
      await onFreshStore(open, async store => {
        const both = store.append([request('good', -1), bad]);
        await expect(both).rejects.toMatchObject({ name: 'InvalidInput', field });
        expect(await store.headPosition()).toBe(0);
      })();
    });
  });
}
