import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import type { Projection } from '#kernel';
import type { RowChange } from '#ports';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

needsProgram('postgres', 'initdb')('several projections in one transaction of PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  const opened: PostgresReadStore[] = [];
  const open = async (): Promise<PostgresReadStore> => {
    const store = await openPostgresReadStore({ url });
    opened.push(store);
    return store;
  };
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.database();
  });
  afterAll(async () => {
    await Promise.all(opened.map(store => store.close()));
    await server.stop();
  });

  it('rolls the whole batch back when another worker has moved one of its checkpoints', async () => {
    const [slow, quick] = [await open(), await open()];
    const of = (name: string): Projection => {
      const columns = { who: 'text', seen: 'integer' } as const;
      const tables = [{ name: `counts_of_${name}`, columns, key: ['who'] }];
      return { name, version: 1, tables, handles: [], apply: () => undefined };
    };
    const plusOf = (name: string): RowChange => ({
      kind: 'merge',
      table: `counts_of_${name}`,
      key: { who: 'A' },
      set: {},
      add: { seen: 1 },
    });
    const names = ['first', 'middle', 'last'];
    for (const name of names) {
      await slow.prepare(of(name));
      await slow.activate(of(name));
    }
    const moves = (...some: readonly string[]) =>
      some.map(name => ({ projection: of(name), from: 0, to: 5, changes: [plusOf(name)] }));
    await quick.applyTogether!(moves('middle'));
    await expect(slow.applyTogether!(moves(...names))).rejects.toMatchObject({
      name: 'Overtaken',
      message: expect.stringContaining('middle'),
    });
    const seen = () =>
      Promise.all(names.map(name => quick.db.selectFrom(`counts_of_${name}`).selectAll().execute()));
    const one = [{ who: 'A', seen: 1 }];
    expect(await seen()).toEqual([[], one, []]);
    const positions = async () =>
      new Map((await quick.checkpoints()).map(({ projection, position }) => [projection, position]));
    expect(await positions()).toEqual(
      new Map([
        ['first', 0],
        ['last', 0],
        ['middle', 5],
      ]),
    );
    await slow.applyTogether!(moves('first', 'last'));
    expect(await seen()).toEqual([one, one, one]);
  });
});
