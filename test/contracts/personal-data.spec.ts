import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSecretBox } from '#adapters/credentials';
import { openPostgresPersonalRows } from '#adapters/postgres';
import { copySealedRows, sealedPersonalData } from '#adapters/shared';
import { openSqlitePersonalRows } from '#adapters/sqlite';
import { Instant, parseAccountId } from '#kernel';
import { personalDataContract } from '#testing';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { inTemporaryDirectory, temporaryDirectory } from '../support/temporary-directory.js';

const secrets = openSecretBox([Buffer.alloc(32, 7)]);
const A1 = parseAccountId('A1');
const record = (ref: string) => ({
  account: A1,
  ref,
  kind: 'contract' as const,
  bytes: Buffer.from('竹取かぐや'),
  at: Instant.parse('2026-10-01T09:00:00.000+09:00'),
});

personalDataContract('SQLite', async () => {
  const directory = temporaryDirectory();
  return {
    open: async () => sealedPersonalData(openSqlitePersonalRows(directory), secrets),
    stored: async () =>
      readdirSync(directory)
        .map(name => readFileSync(join(directory, name), 'latin1'))
        .join('\n'),
    dispose: async () => rmSync(directory, { recursive: true, force: true }),
  };
});

describe('personal data in a directory', () => {
  it('makes no file before there is a record, and writes none where only questions are allowed', async () => {
    await inTemporaryDirectory(async directory => {
      const reader = sealedPersonalData(openSqlitePersonalRows(directory, true), secrets);
      expect(await reader.get(A1, { ref: 'r1', mac: 'x' })).toBeUndefined();
      await expect(reader.put(record('r1'))).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
      expect(readdirSync(directory)).toEqual([]);
      await reader.close();
    });
  });

  it('destroys a key again that came back, when it stands on the list of erased keys', async () => {
    await inTemporaryDirectory(async directory => {
      const [now, before] = [join(directory, 'now'), join(directory, 'before')];
      const rows = openSqlitePersonalRows(now);
      const store = sealedPersonalData(rows, secrets);
      const put = await store.put(record('r1'));
      const copy = openSqlitePersonalRows(before);
      await copySealedRows(rows, copy);
      await copy.close();
      await store.destroyKey(A1);
      await store.close();
      copyFileSync(join(now, 'personal.erased'), join(before, 'personal.erased'));
      const restored = sealedPersonalData(openSqlitePersonalRows(before), secrets);
      expect(await restored.get(A1, put)).toBe('erased');
      await restored.close();
    });
  });

  it('opens nothing with another key of the product', async () => {
    await inTemporaryDirectory(async directory => {
      const rows = openSqlitePersonalRows(directory);
      const put = await sealedPersonalData(rows, secrets).put(record('r1'));
      const other = sealedPersonalData(rows, openSecretBox([Buffer.alloc(32, 8)]));
      await expect(other.get(A1, put)).rejects.toMatchObject({ code: 'SECRET_KEY_MISSING' });
      await rows.close();
    });
  });
});

needsProgram('postgres', 'initdb')('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  personalDataContract('PostgreSQL', async () => {
    const url = await server.database();
    return {
      open: async () => sealedPersonalData(await openPostgresPersonalRows({ url }), secrets),
      async stored() {
        const [keys, records] = await Promise.all(
          ['personal_key', 'personal_record'].map(table => server.run(`SELECT * FROM ${table}`, { url })),
        );
        return JSON.stringify([keys, records]);
      },
      dispose: async () => undefined,
    };
  });

  it('goes there and back as it is, and an account that was erased stays so', async () => {
    await inTemporaryDirectory(async directory => {
      const here = openSqlitePersonalRows(join(directory, 'a'));
      const put = await sealedPersonalData(here, secrets).put(record('r1'));
      await here.keep(A1, ['r1']);
      const there = await openPostgresPersonalRows({ url: await server.database() });
      expect([await copySealedRows(here, there), await copySealedRows(here, there)]).toEqual([1, 1]);
      const back = openSqlitePersonalRows(join(directory, 'b'));
      await copySealedRows(there, back);
      expect(await back.recordsOf(A1)).toEqual(await here.recordsOf(A1));
      expect(await sealedPersonalData(back, secrets).get(A1, put)).toBeInstanceOf(Uint8Array);
      await here.destroy(A1);
      await copySealedRows(here, there);
      expect(await sealedPersonalData(there, secrets).get(A1, put)).toBe('erased');
      await Promise.all([here.close(), there.close(), back.close()]);
    });
  });
});
