import { rmSync } from 'node:fs';
import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import { BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import { openClusterProduct } from '#nest';
import { ask, type Caller, type Product, replayLog } from '#runtime';
import { needsProgram } from '../support/needs.js';
import { overTheBus } from '../support/over-the-bus.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const clock = { now: () => Instant.parse('2025-10-05T10:00:00.000+09:00') };
const COLUMNS =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from,tax';
const TARIFF = `${COLUMNS}
std,03,東京,一般通話,0,8,180,180,180,2020-01-01,standard
`;
let sequence = 0;
const caller = (commandId = `two-${++sequence}`): Caller => ({
  actor: { id: 'staff:test', reason: 'two servers' },
  commandId,
});

needsProgram('postgres', 'initdb')('two servers on one log', () => {
  let server: PostgresServer;
  let log: SqliteStore;
  let readModels: PostgresReadStore;
  let directory: string;
  let first: Product;
  let second: Product;

  const open = async (project: boolean): Promise<Product> => {
    const { events } = log;
    const close = async () => undefined;
    const given = { events, proof: events, readModels, clock, project, close };
    return overTheBus((await openClusterProduct(given)).product);
  };
  beforeAll(async () => {
    server = await startPostgres();
    directory = temporaryDirectory();
    log = await openSqliteStore({ directory });
    readModels = await openPostgresReadStore({ url: await server.database() });
    first = await open(true);
    second = await open(false);
    await first.catalogue.importTariffCsv('tariff.csv', TARIFF, caller());
  });
  afterAll(async () => {
    for (const product of [second, first]) await product.close();
    await readModels.close();
    await log.close();
    rmSync(directory, { recursive: true });
    await server.stop();
  });

  const opened = (product: Product, id: string, number: string) => {
    const account = parseAccountId(id);
    const openedOn = BusinessDay.parse('2025-10-01');
    const more = { openedOn, numbers: [number], tariff: 'std', incomingDiscount: Money.zero };
    return product.accounts.open({ account, name: id, ...more }, caller());
  };
  const charge = (product: Product, id: string, amount: string) =>
    product.prepaid.charge(
      { account: parseAccountId(id), amount: Money.of(amount), method: 'bank_transfer' },
      caller(),
    );
  const hold = (product: Product, id: string, name: string, amount: string) =>
    product.prepaid.hold(
      { account: parseAccountId(id), hold: name, amount: Money.of(amount), purpose: 'call' },
      caller(),
    );

  it('knows an account that the other opened, although it had asked for it before', async () => {
    expect(await second.accounts.get(parseAccountId('A1'))).toBeUndefined();
    expect(await charge(second, 'A1', '1000')).toMatchObject({ rejection: { code: 'NO_SUCH_ACCOUNT' } });
    expect(await opened(first, 'A1', '0501111')).toMatchObject({ kind: 'done' });
    expect(await charge(second, 'A1', '1000')).toMatchObject({ kind: 'done' });
    expect(await opened(second, 'A1', '0502222')).toMatchObject({ kind: 'rejected' });
  });

  it('refuses nothing on funds of before: what the other credited counts at once', async () => {
    expect(await hold(second, 'A1', 'h1', '1500')).toMatchObject({
      rejection: { code: 'INSUFFICIENT_FUNDS', details: { available: '1000' } },
    });
    await charge(first, 'A1', '1000');
    expect(await hold(second, 'A1', 'h2', '1500')).toMatchObject({ kind: 'done' });
    expect(await hold(first, 'A1', 'h3', '500.0001')).toMatchObject({
      rejection: { code: 'INSUFFICIENT_FUNDS', details: { available: '500' } },
    });
  });

  it('spends the last yen of a wallet once, however often both reach for it', async () => {
    await opened(first, 'R1', '0503333');
    for (let round = 0; round < 100; round++) {
      await charge(round % 2 === 0 ? first : second, 'R1', '1000');
      const both = await Promise.all([
        hold(first, 'R1', `a${round}`, '1000'),
        hold(second, 'R1', `b${round}`, '1000'),
      ]);
      expect(both.map(answer => answer.kind).sort()).toEqual(['done', 'rejected']);
    }
    const balance = await second.prepaid.balance(parseAccountId('R1'));
    expect(balance).toMatchObject({ posted: '100000', held: '100000', available: '0' });
  });

  it('answers a command that the other carried out, and never does it twice', async () => {
    const input = {
      account: parseAccountId('A1'),
      amount: Money.of('1000'),
      method: 'bank_transfer' as const,
    };
    const by = caller('same-command');
    const both = await Promise.all([first, second].map(product => product.prepaid.charge(input, by)));
    expect(both.map(answer => answer.kind)).toEqual(['done', 'done']);
    const again = await second.prepaid.charge(input, by);
    expect(again).toMatchObject({ kind: 'done', replayed: true });
    expect(await first.prepaid.balance(parseAccountId('A1'))).toMatchObject({ posted: '3000' });
  });

  it('lets a new key in and a revoked one no longer, from the answer on', async () => {
    const input = { role: 'auditor' as const, account: null, label: '監査' };
    const created = await second.keys.create(input, caller());
    if (created.kind !== 'done') throw new Error('no key');
    const { token, key } = created.value;
    expect(await second.keys.authenticate(token)).toMatchObject({ key });
    await second.keys.revoke(key, caller());
    expect(await second.keys.authenticate(token)).toBeUndefined();
  });

  it('shows in both what either did, and a replay finds no difference', async () => {
    const { rows } = await first.prepaid.history(parseAccountId('R1'), { limit: 1_000 });
    expect(rows).toHaveLength(100);
    const { head } = await first.health();
    expect(await ask(second, replayLog, {})).toMatchObject({ ok: true, problems: [], events: head });
  });
});
