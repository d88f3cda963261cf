import { openSecretBox } from '#adapters/credentials';
import { sealedPersonalData } from '#adapters/shared';
import { openSqlitePersonalRows } from '#adapters/sqlite';
import { parseAccountId } from '#kernel';
import { startChild } from '../support/child.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const FIXTURE = 'test/crash/personal-data-forever.fixture.ts';

describe('kill -9 while personal data are put and erased', () => {
  it('keeps what was answered, and brings nothing back that was erased', async () => {
    await inTemporaryDirectory(async directory => {
      const lines: string[] = [];
      for (const [run, answers] of [3, 25, 60].entries()) {
        const child = startChild(FIXTURE, directory, String(run));
        await child.printed(() => child.lines.length >= answers);
        await child.kill();
        lines.push(...child.lines);
        const store = sealedPersonalData(
          openSqlitePersonalRows(directory),
          openSecretBox([Buffer.alloc(32, 7)]),
        );
        const erased = new Set(lines.filter(one => one.startsWith('erased ')).map(one => one.split(' ')[1]));
        const puts = lines.filter(one => one.startsWith('put ')).map(one => one.split(' ').slice(1));
        for (const [i, [account, ref, mac]] of puts.entries()) {
          const found = await store.get(parseAccountId(account!), { ref: ref!, mac: mac! });
          if (erased.has(account)) expect([ref, found]).toEqual([ref, 'erased']);
          // The last one may have been erased without an answer.
          else if (i < puts.length - 1) expect([ref, found]).toEqual([ref, expect.any(Uint8Array)]);
        }
        await store.close();
      }
    });
  }, 60_000);
});
