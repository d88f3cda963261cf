import type { RowChange } from '#ports';
import {
  ENTRIES,
  FUNDS,
  funds,
  insert,
  keyOf,
  merge,
  type OpenReadStore,
  onFreshReadStore,
  ready,
  remove,
  rowsOf,
  sampleProjection,
} from './read-store.samples.js';

const F = FUNDS.name;
type Rows = ReturnType<typeof funds>[];

const CHANGES: readonly [string, RowChange[], Rows][] = [
  ['inserts rows', [insert(F, funds('B', 2), funds('A', 1))], [funds('A', 1), funds('B', 2)]],
  [
    'keeps the difference between null and empty',
    [insert(F, funds('A', 1, { note: '' }))],
    [funds('A', 1, { note: '' })],
  ],
  [
    'leaves columns that may be empty empty',
    [insert(F, { account: 'A', month: '2026-10', posted: 1, label: 'x' })],
    [funds('A', 1, { label: 'x' })],
  ],
  ['creates a row by merge: numbers from 0', [merge(F, keyOf('A'), {}, { posted: 7 })], [funds('A', 7)]],
  ['creates a row by merge without any change', [merge(F, keyOf('A'), {})], [funds('A', 0)]],
  [
    'adds to a number',
    [insert(F, funds('A', 10)), merge(F, keyOf('A'), {}, { posted: -4 })],
    [funds('A', 6)],
  ],
  [
    'adds to an empty number',
    [insert(F, funds('A', 1)), merge(F, keyOf('A'), {}, { closed_at: 5 })],
    [funds('A', 1, { closed_at: 5 })],
  ],
  [
    'sets and adds in one merge',
    [insert(F, funds('A', 1)), merge(F, keyOf('A'), { note: '訂正' }, { posted: 2 })],
    [funds('A', 3, { note: '訂正' })],
  ],
  [
    'sets a column back to empty',
    [insert(F, funds('A', 1, { note: 'x' })), merge(F, keyOf('A'), { note: null })],
    [funds('A', 1)],
  ],
  [
    'leaves other columns alone',
    [insert(F, funds('A', 1, { label: 'kept' })), merge(F, keyOf('A'), {}, { posted: 1 })],
    [funds('A', 2, { label: 'kept' })],
  ],
  ['removes a row', [insert(F, funds('A', 1), funds('B', 2)), remove(F, keyOf('A'))], [funds('B', 2)]],
  ['removes what is not there', [remove(F, keyOf('A'))], []],
  [
    'inserts again what was removed',
    [insert(F, funds('A', 1)), remove(F, keyOf('A')), insert(F, funds('A', 9))],
    [funds('A', 9)],
  ],
  [
    'holds 53 bits',
    [insert(F, funds('A', 9_007_199_254_740_991), funds('B', -9_007_199_254_740_991))],
    [funds('A', 9_007_199_254_740_991), funds('B', -9_007_199_254_740_991)],
  ],
  [
    'holds a sum beyond 53 bits as a bigint, exactly',
    [
      insert(F, funds('A', 9_007_199_254_740_991), funds('B', 9_007_199_254_740_993n as never)),
      merge(F, keyOf('A'), {}, { posted: 9_007_199_254_740_990 }),
      merge(F, keyOf('C'), {}, { posted: -18_014_398_509_481_985n as never }),
    ],
    [
      funds('A', 18_014_398_509_481_981n as never),
      funds('B', 9_007_199_254_740_993n as never),
      funds('C', -18_014_398_509_481_985n as never),
    ],
  ],
];

export function changeRules(open: OpenReadStore): void {
  describe('changes rows', () => {
    it.each(CHANGES)('%s', async (_, changes, expected) => {
      await onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        await store.apply(projection, 0, 1, changes);
        expect(await rowsOf(store, FUNDS)).toEqual(expected);
      })();
    });

    it(
      'adds up over all rows exactly, a number while it is one',
      onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        const most = Number.MAX_SAFE_INTEGER;
        await store.apply(projection, 0, 1, [insert(F, funds('A', most), funds('B', most), funds('C', 1))]);
        const sum = (accounts: string[]) =>
          store.db
            .selectFrom(F)
            .select(({ fn }) => fn.sum('posted').as('sum'))
            .where('account', 'in', accounts)
            .executeTakeFirst();
        expect(await sum(['A', 'B', 'C'])).toEqual({ sum: 18_014_398_509_481_983n });
        expect(await sum(['A'])).toEqual({ sum: most });
      }),
    );

    it(
      'writes thousands of rows and merges of one transaction',
      onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        const rows = Array.from({ length: 2_001 }, (_, i) => ({ position: i, account: 'A', amount: i }));
        const merges = Array.from({ length: 999 }, (_, i) =>
          merge(F, keyOf(`A${i % 333}`), {}, { posted: 1 }),
        );
        await store.apply(projection, 0, 3_000, [insert(ENTRIES.name, ...rows), ...merges]);
        expect(await rowsOf(store, ENTRIES)).toEqual(rows);
        expect((await rowsOf(store, FUNDS)).map(row => row['posted'])).toEqual(Array(333).fill(3));
      }),
    );
  });
}

export function checkpointRules(open: OpenReadStore): void {
  describe('moves changes and checkpoint together or not at all', () => {
    it.each<[string, RowChange[]]>([
      ['a second row with the same key', [insert(F, funds('B', 1), funds('A', 5))]],
      ['an unknown column', [insert(F, funds('B', 1, { surprise: 1 }))]],
      ['a missing column', [insert(F, { account: 'B', month: '2026-10', posted: 1 })]],
      ['a text where a number belongs', [insert(F, funds('B', 1, { posted: 'many' }))]],
      ['an unknown table', [insert('sample_nothing', { a: 1 })]],
    ])('when a change is wrong: %s', async (_, wrong) => {
      await onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        await store.apply(projection, 0, 1, [insert(F, funds('A', 1))]);
        const good = insert(ENTRIES.name, { position: 2, account: 'A', amount: 1 });
        await expect(store.apply(projection, 1, 2, [good, ...wrong])).rejects.toThrow();
        expect(await rowsOf(store, FUNDS)).toEqual([funds('A', 1)]);
        expect(await rowsOf(store, ENTRIES)).toEqual([]);
        expect((await store.checkpoints())[0]?.position).toBe(1);
        await store.apply(projection, 1, 2, [good]);
        expect(await rowsOf(store, ENTRIES)).toHaveLength(1);
      })();
    });

    it(
      'when another worker was faster',
      onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        const one = [merge(F, keyOf('A'), {}, { posted: 1 })];
        const both = await Promise.allSettled([
          store.apply(projection, 0, 5, one),
          store.apply(projection, 0, 5, one),
        ]);
        expect(both.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(await rowsOf(store, FUNDS)).toEqual([funds('A', 1)]);
        await expect(store.apply(projection, 4, 6, one)).rejects.toThrow(/another worker/);
        expect((await store.checkpoints())[0]?.position).toBe(5);
      }),
    );
  });
}
