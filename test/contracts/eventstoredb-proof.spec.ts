import { clusterFindings, memoryLogIndex } from '#adapters/eventstoredb';
import { openSqliteStore } from '#adapters/sqlite';
import { problemSaid } from '#kernel';
import { type ChainProof, type EventStore, logFindings, wordsOf } from '#ports';
import type { LoggedEvent } from '../support/eventstoredb/memory-log.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';
import { everything, onCluster, request, type Scene } from './eventstoredb-faults.fixture.js';

/** Nothing is lost here: a busy machine may take its time over a thousand events. */
const CALM = { deadlineMs: 10_000 };

/** Two streams that take turns: `count` events. */
async function fill(store: EventStore, count: number): Promise<void> {
  const requests = Array.from({ length: count }, (_, i) =>
    request(i % 2 === 0 ? 'even' : 'odd', Math.floor(i / 2) - 1),
  );
  for (let from = 0; from < count; from += 100) await store.append(requests.slice(from, from + 100));
}

const ours = (events: readonly LoggedEvent[]) => events.filter(event => event.stream.startsWith('daicho.'));

describe("the proof of a cluster's log", () => {
  it(
    'counts and hashes what is there, and says how far it is',
    onCluster(async ({ adapter }) => {
      const store = await adapter(CALM);
      expect(await store.verifyChain()).toEqual({ kind: 'ok', events: 0, headHash: '0'.repeat(64) });
      await fill(store, 1_300);
      const seen: number[] = [];
      const proof = await store.verifyChain((position, head) => seen.push(position, head));
      expect(proof).toEqual({ kind: 'ok', events: 1_300, headHash: store.headHash() });
      expect(seen.slice(-2)).toEqual([1_300, 1_300]);
    }),
  );

  it.each([1, 256, 257, 400, 599, 600])(
    'names event %i when its content was changed after the index had seen it',
    position =>
      onCluster(async ({ cluster, adapter }) => {
        const index = memoryLogIndex();
        const writer = await adapter({ ...CALM, index });
        await fill(writer, 600);
        const event = ours(cluster.log.events)[position - 1]!;
        event.data = Buffer.from('{"a":2}');
        const expected = { kind: 'broken', position };
        expect(await writer.verifyChain()).toMatchObject(expected);
        await writer.close();
        const later = await adapter({ ...CALM, index });
        expect(await later.verifyChain()).toMatchObject(expected);
      })(),
  );

  it(
    'finds that events at the end are missing, also one process later',
    onCluster(async ({ cluster, adapter }) => {
      const index = memoryLogIndex();
      const store = await adapter({ ...CALM, index });
      await fill(store, 300);
      cluster.log.events.splice(-5);
      expect(await store.verifyChain()).toMatchObject({ kind: 'broken', position: 296 });
      await store.close();
      await expect(adapter({ ...CALM, index })).rejects.toThrow(/belongs to another log, or the log was cut/);
    }),
  );

  it(
    'finds an event that is missing in the middle',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter(CALM);
      await fill(store, 300);
      cluster.log.events.splice(cluster.log.events.indexOf(ours(cluster.log.events)[99]!), 1);
      expect(await store.verifyChain()).toMatchObject({ kind: 'broken', position: 100 });
    }),
  );

  it(
    'is the same as that of an embedded store with the same events: moving up keeps every hash',
    onCluster(({ adapter }) =>
      inTemporaryDirectory(async directory => {
        const embedded = await openSqliteStore({ directory });
        try {
          await fill(embedded.events, 50);
          const inOrder = await everything(embedded.events);
          const store = await adapter(CALM);
          for (const { stream, revision, type, data, meta } of inOrder)
            await store.append([{ stream, expectedRevision: revision - 1, events: [{ type, data, meta }] }]);
          expect(await everything(store)).toEqual(inOrder);
          expect(store.headHash()).toBe(embedded.events.headHash());
        } finally {
          await embedded.close();
        }
      }),
    ),
  );

  it(
    'stops at an event that another program wrote into our namespace',
    onCluster(async ({ cluster, adapter }) => {
      const store = await adapter(CALM);
      await fill(store, 10);
      cluster.log.writeSystemEvent('daicho.even', 'Intruder');
      await expect(store.headPosition()).rejects.toThrow(/daicho\.even@5 was written by another program/);
    }),
  );
});

/** Ten events, what happens to them, and what is said of it. */
type Damage = (scene: Scene) => Promise<ChainProof>;
const FOUND: readonly (readonly [code: string, position: number, damage: Damage, en: string, ja: string])[] =
  [
    [
      'EVENT_CHANGED',
      3,
      async ({ cluster, adapter }) => {
        const store = await adapter(CALM);
        await fill(store, 10);
        ours(cluster.log.events)[2]!.data = Buffer.from('{"a":2}');
        return store.verifyChain();
      },
      'the event is not the one that was seen first: content, order or number differ',
      '最初に読み取った記録と違います。内容・順序・番号のいずれかが異なります',
    ],
    [
      'EVENTS_LOST',
      9,
      async ({ cluster, adapter }) => {
        const store = await adapter(CALM);
        await fill(store, 10);
        cluster.log.events.splice(-2);
        return store.verifyChain();
      },
      'the log ends at 8, but 10 events were seen before',
      '記録は8件で終わっていますが、以前は10件ありました',
    ],
    [
      'REVISION_MISPLACED',
      3,
      async ({ cluster, adapter }) => {
        await fill(await adapter(CALM), 10);
        cluster.log.events.splice(cluster.log.events.indexOf(ours(cluster.log.events)[2]!), 1);
        return (await adapter(CALM)).verifyChain();
      },
      'revision 3 of even stands where 2 belongs',
      'even の番号2があるべき位置に、番号3があります',
    ],
    [
      'WRITTEN_BY_ANOTHER',
      11,
      async ({ cluster, adapter }) => {
        const store = await adapter(CALM);
        await fill(store, 10);
        cluster.log.writeSystemEvent('daicho.even', 'Intruder');
        return store.verifyChain();
      },
      'daicho.even@5 was written by another program',
      'daicho.even@5 は別のプログラムが書き込んだものです',
    ],
    [
      'INDEX_DIFFERS',
      2,
      async ({ adapter }) => {
        const index = memoryLogIndex();
        const store = await adapter({ ...CALM, index });
        await store.append([request('s', -1)]);
        while (!(await index.head())) await new Promise(next => setTimeout(next, 10));
        const head = (await index.head())!;
        const place = { commit: head.place.commit + 1n, prepare: head.place.prepare + 1n };
        await index.save([
          { ...head, position: 2, place, revision: 1, hash: 'ee'.repeat(32), commandId: 'x' },
        ]);
        await store.append([request('s', 0)]);
        let proof = await store.verifyChain();
        for (; code(proof) !== 'INDEX_DIFFERS'; proof = await store.verifyChain())
          await new Promise(next => setTimeout(next, 10));
        return proof;
      },
      'event 2 is not the one that is in the index: its content, order or number differ',
      '記録2が索引にある記録と違います。内容・順序・番号のいずれかが異なります',
    ],
  ];
const code = (proof: ChainProof): string => (proof.kind === 'broken' ? proof.problem.kind.code : 'OK');

/** What ends a question to such a log; a replay quotes it. */
const MET: readonly (readonly [
  code: string,
  meet: (scene: Scene) => Promise<unknown>,
  en: string,
  ja: string,
])[] = [
  [
    'INDEX_OF_ANOTHER_LOG',
    async ({ cluster, adapter }) => {
      const index = memoryLogIndex();
      const store = await adapter({ ...CALM, index });
      await fill(store, 10);
      await store.close();
      cluster.log.events.splice(-1);
      return adapter({ ...CALM, index });
    },
    'the index has odd@4 as event 10, the log does not: the index belongs to another log, or the log was cut',
    '索引では odd@4 が記録10ですが、クラスターにありません。' +
      '索引が別のクラスターのものか、クラスターの記録が切り詰められています',
  ],
  [
    'NOT_IN_LOG',
    async ({ adapter }) => {
      const index = memoryLogIndex();
      const store = await adapter({ ...CALM, index });
      await fill(store, 10);
      await store.close();
      const ofStream: typeof index.ofStream = async (stream, from, to) =>
        (await index.ofStream(stream, from, to)).filter(({ revision }) => revision > 1);
      const later = await adapter({ ...CALM, index: { ...index, ofStream } });
      for await (const event of later.readStream('even')) expect(event.revision).toBe(0);
    },
    'even@0 is not in the log of all events',
    'even@0 が、すべての記録の並びにありません',
  ],
  [
    'STREAM_DELETED',
    async ({ cluster, adapter }) => {
      const store = await adapter(CALM);
      await fill(store, 10);
      cluster.log.softDelete('daicho.even');
      await store.append([request('even', -1, 'anew')]);
    },
    'even goes on with 5, not 0: it was deleted',
    'even は番号0ではなく5から続いています。削除されています',
  ],
  [
    'COMMAND_MISPLACED',
    async ({ adapter }) => {
      const index = memoryLogIndex();
      const store = await adapter({ ...CALM, index });
      await fill(store, 10);
      await store.close();
      const other = (await index.at(7))!;
      const ofCommands: typeof index.ofCommands = async () =>
        new Map([['even/0', { ...other, commandId: 'even/0' }]]);
      const later = await adapter({ ...CALM, index: { ...index, ofCommands } });
      await later.findCommands(['even/0']);
    },
    'event 7 is not the first of command even/0, as the index has it',
    '記録7は、索引にあるコマンド even/0 の最初の記録ではありません',
  ],
];

describe('what is wrong with the log of a cluster', () => {
  it.each(FOUND)('is found and said in both languages: %s', (code, position, damage, en, ja) =>
    onCluster(async scene => {
      const proof = await damage(scene);
      if (proof.kind === 'ok') throw new Error('nothing was found');
      expect(proof).toMatchObject({ position, problem: { kind: { code } } });
      expect(problemSaid(proof.problem)).toEqual({ en, ja });
    })(),
  );

  it.each(MET)('is said in both languages where it is met: %s', (_code, meet, en, ja) =>
    onCluster(async scene => {
      const error: unknown = await meet(scene).catch((thrown: unknown) => thrown);
      expect(wordsOf(error)).toEqual({ en, ja });
    })(),
  );

  it('is all in these tables', () => {
    const said = [...FOUND, ...MET].map(([code]) => code);
    const all = [...Object.keys(clusterFindings), ...Object.keys(logFindings)];
    // Positions have no gaps here: the events are counted.
    expect(all.filter(code => !said.includes(code))).toEqual(['EVENT_MISSING']);
  });
});
