import type { Projection, Row, TableSpec } from '#kernel';
import type { ReadStore, RowChange } from '#ports';

/**
 * What a contract suite is given for each test: a read store without projections and the ways to end its
 * life.
 */
export interface ReadStoreUnderTest {
  readonly store: ReadStore;
  /** Closes the store and opens the same data again. */
  reopen(): Promise<ReadStore>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

export type OpenReadStore = () => Promise<ReadStoreUnderTest>;

/** Runs `test` on a fresh read store and removes it afterwards, whatever happened. */
export const onFreshReadStore =
  (open: OpenReadStore, test: (store: ReadStore, under: ReadStoreUnderTest) => Promise<void>) =>
  async (): Promise<void> => {
    const under = await open();
    try {
      await test(under.store, under);
    } finally {
      await under.dispose();
    }
  };

export const FUNDS: TableSpec = {
  name: 'sample_funds',
  columns: {
    account: 'text',
    month: 'text',
    posted: 'integer',
    label: 'text',
    closed_at: 'integer?',
    note: 'text?',
  },
  key: ['account', 'month'],
  indexes: [['month', 'posted']],
};

export const ENTRIES: TableSpec = {
  name: 'sample_entries',
  columns: { position: 'integer', account: 'text', amount: 'integer' },
  key: ['position'],
};

/** A projection of which only the tables matter: changes are handed to the store directly. */
export const sampleProjection = (
  version = 1,
  tables: readonly TableSpec[] = [FUNDS, ENTRIES],
): Projection => ({
  name: 'sample',
  version,
  tables,
  handles: [],
  apply: () => undefined,
});

export const funds = (account: string, posted: number, more: Row = {}): Row => ({
  account,
  month: '2026-10',
  posted,
  label: '',
  closed_at: null,
  note: null,
  ...more,
});

export const insert = (table: string, ...rows: Row[]): RowChange => ({ kind: 'insert', table, rows });
export const remove = (table: string, key: Row): RowChange => ({ kind: 'remove', table, key });
export const merge = (table: string, key: Row, set: Row, add: Record<string, number> = {}): RowChange => ({
  kind: 'merge',
  table,
  key,
  set,
  add,
});
export const keyOf = (account: string): Row => ({ account, month: '2026-10' });

/** The rows of a table by its plain name, in the order of the given columns. */
export const rowsOf = async (store: ReadStore, { name, key }: TableSpec): Promise<Row[]> => {
  let query = store.db.selectFrom(name).selectAll();
  for (const column of key) query = query.orderBy(column);
  return store.query<Row>(query.compile() as Parameters<typeof store.query<Row>>[0]);
};

/** Prepares and activates a projection, so that its tables can be asked by their plain names. */
export async function ready(store: ReadStore, projection: Projection): Promise<Projection> {
  await store.prepare(projection);
  await store.activate(projection);
  return projection;
}
