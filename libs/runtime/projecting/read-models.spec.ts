import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { column, type Money, projection, table } from '#kernel';
import { PROJECTIONS, type ReadTables } from './read-models.js';

/** Compiles queries and runs none. */
const db = new Kysely<ReadTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: one => new SqliteIntrospector(one),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

const tally = table({
  name: 'tally',
  columns: { account: 'text', calls: 'integer', net: column.integer<Money>(), note: 'text?' },
  key: ['account'],
});

describe('queries of the read models', () => {
  it('know the tables, columns and values of every projection, and do not compile with others', () => {
    const { sql } = db.selectFrom('lots').select(['lot', 'credited']).where('kind', '=', 'paid').compile();
    expect(sql).toBe('select "lot", "credited" from "lots" where "kind" = ?');
    // @ts-expect-error there is no such table
    db.selectFrom('lot');
    // @ts-expect-error nor such a column
    db.selectFrom('lots').select('credit');
    // @ts-expect-error nor here
    db.selectFrom('lots').selectAll().where('credit', '=', 1);
    // @ts-expect-error nor such a kind of lot
    db.selectFrom('lots').selectAll().where('kind', '=', 'free');
    // @ts-expect-error what is no money is not compared with money
    db.selectFrom('lots').selectAll().where('remaining', '>', 1);
    // @ts-expect-error an account is no text that nobody parsed
    db.selectFrom('lots').selectAll().where('account', '=', 'A1');
    // @ts-expect-error nor are two tables joined by what one of them has not
    db.selectFrom('circles').innerJoin('logins', 'logins.login', 'circles.logn');
  });

  it('give rows as the domain has them: money, instants, days, null where a column may be empty', () => {
    const rows = () => db.selectFrom('logins').select(['created_at', 'disabled_at']).execute();
    type Row = Awaited<ReturnType<typeof rows>>[number];
    // @ts-expect-error a login may not be disabled: null
    const disabledAt = ({ disabled_at }: Row): number => disabled_at;
    const createdAt = ({ created_at }: Row): number => created_at;
    expect(disabledAt).not.toBe(createdAt);
  });

  it('have no table that two projections write', () => {
    const names = PROJECTIONS.flatMap(({ tables }) => tables.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what a projection writes', () => {
  it('fits into its own tables, or does not compile', () => {
    const sound = projection({
      name: 'tallies',
      version: 1,
      tables: [tally],
      handles: [],
      apply(_event, rows) {
        rows.merge('tally', { account: 'A1' }, { set: { note: null }, add: { calls: 1, net: 2n } });
        // @ts-expect-error there is no such table
        rows.remove('tallies', { account: 'A1' });
        // @ts-expect-error a row has all of its columns
        rows.insert('tally', { account: 'A1', calls: 1 });
        // @ts-expect-error and no others
        rows.merge('tally', { account: 'A1' }, { add: { minutes: 1 } });
        // @ts-expect-error nothing is added to a text
        rows.merge('tally', { account: 'A1' }, { add: { note: 1 } });
        // @ts-expect-error a row is found by its whole key
        rows.merge('tally', {}, { add: { calls: 1 } });
      },
    });
    expect(sound.tables).toEqual([tally]);
  });

  it('has a key, indexes and secrets of columns that are there', () => {
    // @ts-expect-error no such column
    table({ name: 'a', columns: { one: 'text' }, key: ['two'] });
    // @ts-expect-error no such column
    table({ name: 'a', columns: { one: 'text' }, key: ['one'], indexes: [['two']] });
    // @ts-expect-error no such column
    table({ name: 'a', columns: { one: 'text' }, key: ['one'], secret: ['two'] });
    expect(table({ name: 'a', columns: { one: 'text' }, key: ['one'] }).columns).toEqual({ one: 'text' });
  });
});
