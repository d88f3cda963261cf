import { numberEvents, numberStream } from '#contracts';
import { type AccountId, Instant, type Projection, type StoredEvent } from '#kernel';
import { Overtaken, type ProjectionMove, type ReadStore, StoreUnavailable } from '#ports';
import { Convoy, Work } from './projection-convoy.js';

const AT = '2026-10-01T00:00:00.000+09:00';
const CLAIMED = 'contracts.NumberClaimed.v1';
const projection = (name: string): Projection => ({
  name,
  version: 1,
  tables: [{ name, columns: { number: 'text' }, key: ['number'] }],
  handles: [CLAIMED],
  apply: ({ event }, rows) => rows.insert(name, { number: (event as { number: string }).number }),
});

function claims(from: number, to: number): StoredEvent[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const number = `050${String(from + i).padStart(8, '0')}`;
    const claimed = {
      type: 'NumberClaimed' as const,
      at: Instant.parse(AT),
      number,
      account: 'A1' as AccountId,
    };
    const { type, data } = numberEvents.codec.encode(claimed);
    const id = `claim/${from + i}`;
    const meta = { occurredAt: AT, recordedAt: AT, actor: 'test', commandId: id, correlationId: id };
    return {
      ...{ position: from + i, stream: numberStream(number), revision: 0, type, data: JSON.stringify(data) },
      ...{ meta: { ...meta, bodyHash: '0'.repeat(64) }, hash: '0'.repeat(64) },
    };
  });
}

/** Writes of a read store: how many of them, and what came in each. */
interface Writes {
  readonly together: (readonly ProjectionMove[])[];
  readonly apart: string[];
}

function writing(fail: (what: 'together' | string) => Error | undefined = () => undefined) {
  const writes: Writes = { together: [], apart: [] };
  const readModels = {
    async applyTogether(moves: readonly ProjectionMove[]) {
      writes.together.push(moves);
      const error = fail('together');
      if (error) throw error;
    },
    async apply({ name }: Projection, from: number, to: number) {
      writes.apart.push(`${name} ${from}-${to}`);
      const error = fail(name);
      if (error) throw error;
    },
  } as unknown as ReadStore;
  const works = ['a', 'b'].map(name => new Work(projection(name), 0));
  const failed: [string | undefined, string][] = [];
  const convoy = new Convoy(works, {
    readModels,
    batchSize: 4_000,
    counted: () => undefined,
    failed: (work, error) => failed.push([work?.projection.name, (error as Error).message]),
  });
  return { writes, works, failed, convoy };
}
const positions = (works: readonly Work[]): number[] => works.map(work => work.position);

describe('how a batch of several projections is written', () => {
  it.each([1, 250])('in one transaction when it has %i events', async events => {
    const { writes, works, convoy } = writing();
    await convoy.take(claims(1, events));
    await convoy.end();
    expect(writes.together.map(moves => moves.map(({ from, to }) => [from, to]))).toEqual([
      [
        [0, events],
        [0, events],
      ],
    ]);
    expect(writes.apart).toEqual([]);
    expect(positions(works)).toEqual([events, events]);
  });

  it('side by side when it has 251: several connections are busy', async () => {
    const { writes, works, convoy } = writing();
    await convoy.take(claims(1, 251));
    await convoy.end();
    expect([writes.together, writes.apart]).toEqual([[], ['a 0-251', 'b 0-251']]);
    expect(positions(works)).toEqual([251, 251]);
  });

  it('by what has come in all since the last batch, not by what came last', async () => {
    const { writes, convoy } = writing();
    await Promise.all([convoy.take(claims(1, 250)), convoy.take(claims(251, 251))]);
    await convoy.end();
    expect([writes.together.length, writes.apart]).toEqual([0, ['a 0-251', 'b 0-251']]);
  });
});

describe('a batch that is not written', () => {
  it.each([new Overtaken(projection('b'), 0), new StoreUnavailable('UNAVAILABLE', 'the server is away')])(
    'leaves nobody counted when the store is in trouble: $name',
    async trouble => {
      const { writes, works, failed, convoy } = writing(what => (what === 'together' ? trouble : undefined));
      await convoy.take(claims(1, 10));
      await convoy.end();
      expect(writes.apart).toEqual([]);
      expect(positions(works)).toEqual([0, 0]);
      expect(failed).toEqual([[undefined, trouble.message]]);
      // What comes now is not taken up behind a gap.
      await convoy.take(claims(11, 20));
      expect(writes.together).toHaveLength(1);
    },
  );

  it('is written apart when its rows are wrong: only the one they belong to is left behind', async () => {
    const wrong = new Error('duplicate key');
    const { writes, works, failed, convoy } = writing(what =>
      what === 'b' || what === 'together' ? wrong : undefined,
    );
    await convoy.take(claims(1, 10));
    await convoy.end();
    expect(writes.apart).toEqual(['a 0-10', 'b 0-10']);
    expect(positions(works)).toEqual([10, 0]);
    expect(failed).toEqual([['b', 'duplicate key']]);
  });
});
