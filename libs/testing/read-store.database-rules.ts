import type { TableSpec } from '#kernel';
import {
  ENTRIES,
  FUNDS,
  funds,
  insert,
  type OpenReadStore,
  onFreshReadStore,
  ready,
  rowsOf,
  sampleProjection,
} from './read-store.samples.js';

/** The next version of the funds table: one column more. */
const FUNDS_2: TableSpec = { ...FUNDS, columns: { ...FUNDS.columns, held: 'integer' } };

export function versionRules(open: OpenReadStore): void {
  describe('versions of a projection', () => {
    it(
      'begin empty at 0, and are there again after opening again',
      onFreshReadStore(open, async (store, under) => {
        const projection = sampleProjection();
        expect(await store.prepare(projection)).toEqual({ projection: 'sample', version: 1, position: 0 });
        await store.activate(projection);
        await store.apply(projection, 0, 4, [insert(FUNDS.name, funds('A', 1))]);
        const reopened = await under.reopen();
        expect(await reopened.prepare(projection)).toEqual({ projection: 'sample', version: 1, position: 4 });
        expect(await rowsOf(reopened, FUNDS)).toEqual([funds('A', 1)]);
        await reopened.apply(projection, 4, 5, []);
        expect(await reopened.checkpoints()).toEqual([{ projection: 'sample', version: 1, position: 5 }]);
      }),
    );

    it(
      'are built beside the running one, which goes on counting, and then switched',
      onFreshReadStore(open, async store => {
        const first = await ready(store, sampleProjection());
        await store.apply(first, 0, 1, [insert(FUNDS.name, funds('A', 1))]);
        const second = sampleProjection(2, [FUNDS_2]);
        await store.prepare(second);
        await store.apply(second, 0, 1, [insert(FUNDS.name, { ...funds('A', 1), held: 3 })]);
        await store.apply(first, 1, 2, [insert(FUNDS.name, funds('B', 2))]);
        expect(await rowsOf(store, FUNDS)).toEqual([funds('A', 1), funds('B', 2)]);
        expect((await store.checkpoints()).map(({ version, position }) => [version, position])).toEqual([
          [1, 2],
          [2, 1],
        ]);
        await store.activate(second);
        expect(await rowsOf(store, FUNDS)).toEqual([{ ...funds('A', 1), held: 3 }]);
        expect(await store.checkpoints()).toEqual([{ projection: 'sample', version: 2, position: 1 }]);
        await expect(store.apply(first, 2, 3, [])).rejects.toThrow();
        await expect(rowsOf(store, ENTRIES)).rejects.toThrow();
      }),
    );

    it(
      'are refused when the tables changed without a new version, or belong to another projection',
      onFreshReadStore(open, async store => {
        await store.prepare(sampleProjection());
        await expect(store.prepare(sampleProjection(1, [FUNDS_2, ENTRIES]))).rejects.toThrow(/version/);
        await expect(store.prepare({ ...sampleProjection(), name: 'thief' })).rejects.toThrow(/belongs to/);
        await expect(store.activate(sampleProjection(2))).rejects.toThrow(/not prepared/);
      }),
    );
  });
}

export function databaseRules(open: OpenReadStore): void {
  describe('queries', () => {
    it(
      'join, count and bind values as values',
      onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        const odd = 'O\'Brien"; DROP TABLE x; --';
        await store.apply(projection, 0, 2, [
          insert(FUNDS.name, funds(odd, 10), funds('B', 20)),
          insert(
            ENTRIES.name,
            { position: 1, account: odd, amount: 4 },
            { position: 2, account: odd, amount: 6 },
          ),
        ]);
        const query = store.db
          .selectFrom('sample_entries as e')
          .innerJoin('sample_funds as f', 'f.account', 'e.account')
          .select(({ fn }: { fn: typeof store.db.fn }) => [
            'f.account',
            'f.posted',
            fn.countAll().as('entries'),
          ])
          .where('f.account', '=', odd)
          .groupBy(['f.account', 'f.posted']);
        const [row] = await store.query<Record<string, unknown>>(query.compile());
        expect({ ...row, entries: Number(row?.['entries']) }).toEqual({
          account: odd,
          posted: 10,
          entries: 2,
        });
      }),
    );

    it(
      'cannot write',
      onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        await store.apply(projection, 0, 1, [insert(FUNDS.name, funds('A', 1))]);
        const query = store.db.deleteFrom('sample_funds_v1').compile();
        await expect(store.query(query)).rejects.toThrow();
        expect(await rowsOf(store, FUNDS)).toHaveLength(1);
      }),
    );

    it(
      'are refused after the store was closed',
      onFreshReadStore(open, async store => {
        const projection = await ready(store, sampleProjection());
        await store.close();
        const closed = { name: 'StoreUnavailable', code: 'STORE_CLOSED' };
        await expect(rowsOf(store, FUNDS)).rejects.toMatchObject(closed);
        await expect(store.apply(projection, 0, 1, [])).rejects.toMatchObject(closed);
        await expect(store.checkpoints()).rejects.toMatchObject(closed);
      }),
    );
  });
}
