import type { StoredEvent } from '#kernel';
import type { AppendRequest, EventStore } from '#ports';
import { type StoreOfATest, storeOfATest } from '../../../test/support/runtime-parts.js';
import { Rehearsal } from './rehearsal.js';

const AT = '2026-10-05T12:00:00.000+09:00';
const request = (stream: string, expectedRevision: number, commandId: string, count = 1): AppendRequest => ({
  stream,
  expectedRevision,
  events: Array.from({ length: count }, (_, i) => ({
    type: 'sample.Happened.v1',
    data: `{"n":${i}}`,
    meta: {
      ...{ occurredAt: AT, recordedAt: AT, actor: 'cli:test', commandId, correlationId: commandId },
      bodyHash: 'b0d1'.repeat(16),
    },
  })),
});
const all = async (events: AsyncIterable<StoredEvent>): Promise<(readonly [string, number, string])[]> => {
  const found: (readonly [string, number, string])[] = [];
  for await (const { stream, revision, meta } of events) found.push([stream, revision, meta.commandId]);
  return found;
};

let home: StoreOfATest;
let log: EventStore;
let rehearsal: Rehearsal;
beforeEach(async () => {
  home = storeOfATest();
  log = await home.open();
  await log.append([request('a', -1, 'a0', 2), request('b', -1, 'b0')]);
  rehearsal = new Rehearsal(log);
});
afterEach(() => home.end());

describe('a rehearsal', () => {
  it('goes on from what is stored, reads both, and writes nothing', async () => {
    const [a, c] = await rehearsal.append([request('a', 1, 'a2', 2), request('c', -1, 'c0')]);
    expect([a, c]).toMatchObject([
      { kind: 'appended', revision: 3 },
      { kind: 'appended', revision: 0 },
    ]);
    const whole = [
      ...[0, 1].map(revision => ['a', revision, 'a0']),
      ...[2, 3].map(revision => ['a', revision, 'a2']),
    ];
    expect(await all(rehearsal.readStream('a'))).toEqual(whole);
    expect(await all(rehearsal.readStream('a', { from: 1, limit: 2 }))).toEqual(whole.slice(1, 3));
    expect(await all(rehearsal.readAll())).toHaveLength(6);
    expect([await rehearsal.streamRevision('a'), await rehearsal.streamRevision('d')]).toEqual([3, -1]);
    expect([await log.headPosition(), await log.streamRevision('a')]).toEqual([3, 1]);
    expect((await log.findCommands(['a2', 'c0'])).size).toBe(0);
  });

  it('knows the commands of both, and finds their events by their positions', async () => {
    await rehearsal.append([request('c', -1, 'c0'), request('a', 1, 'a2', 2)]);
    const known = await rehearsal.findCommands(['a0', 'a2', 'x']);
    expect([...known.keys()].sort()).toEqual(['a0', 'a2']);
    for (const [id, count] of [
      ['a0', 2],
      ['a2', 2],
    ] as const) {
      const { firstPosition: from, count: limit } = known.get(id)!;
      expect(await all(rehearsal.readAll({ from, limit }))).toEqual(
        Array(count).fill(['a', expect.any(Number), id]),
      );
    }
  });

  it('refuses as the log does: another revision, a command that is known to either', async () => {
    await rehearsal.append([request('c', -1, 'c0')]);
    expect(
      await rehearsal.append([
        ...[request('a', 0, 'x1'), request('c', -1, 'x2'), request('a', 1, 'b0'), request('a', 1, 'c0')],
      ]),
    ).toEqual([
      { kind: 'conflict', actualRevision: 1 },
      { kind: 'conflict', actualRevision: 0 },
      { kind: 'duplicate', commandId: 'b0' },
      { kind: 'duplicate', commandId: 'c0' },
    ]);
  });

  it('stays as it began where others write to the same stream meanwhile', async () => {
    await rehearsal.append([request('a', 1, 'a2')]);
    await log.append([request('a', 1, 'other', 3)]);
    expect((await all(rehearsal.readStream('a'))).map(([, , id]) => id)).toEqual(['a0', 'a0', 'a2']);
    expect(await rehearsal.streamRevision('a')).toBe(2);
  });
});
