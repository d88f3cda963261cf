import { openSqliteStore } from '#adapters/sqlite';
import { startChild } from '../support/child.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const FIXTURE = 'test/crash/append-forever.fixture.ts';

interface Stored {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

function acknowledged(lines: readonly string[]): Stored[] {
  return lines
    .map(line => /^stored (\S+) (\d+) (\d+)$/.exec(line))
    .filter(match => match !== null)
    .map(match => ({ stream: match[1]!, revision: Number(match[2]), position: Number(match[3]) }));
}

describe('kill -9 while four writers append', () => {
  it('loses nothing that was acknowledged and leaves nothing half-written, four times in a row', async () => {
    await inTemporaryDirectory(async directory => {
      let least = 0;
      for (const acknowledgements of [1, 40, 150, 77]) {
        const child = startChild(FIXTURE, directory);
        await child.printed(() => acknowledged(child.lines).length >= acknowledgements);
        await child.kill();
        const stored = acknowledged(child.lines);
        const store = await openSqliteStore({ directory });
        const check = await store.events.verifyChain();
        expect(check.kind).toBe('ok');
        const head = await store.events.headPosition();
        expect(head).toBeGreaterThanOrEqual(Math.max(least, ...stored.map(one => one.position)));
        // Each request held two events: both are there or none.
        expect(head % 2).toBe(0);
        for (const stream of ['a', 'b', 'c', 'd']) {
          const last = stored.findLast(one => one.stream === stream);
          const revision = await store.events.streamRevision(stream);
          expect(revision).toBeGreaterThanOrEqual(last?.revision ?? -1);
          if (revision < 1) continue;
          const command = `${stream}/${revision - 1}`;
          expect((await store.events.findCommands([command])).get(command)?.count).toBe(2);
        }
        least = head;
        await store.close();
      }
    });
  });

  it('lets others read but not write, and frees its lock when it is killed', async () => {
    await inTemporaryDirectory(async directory => {
      const child = startChild(FIXTURE, directory);
      await child.printed('open');
      const refused = openSqliteStore({ directory });
      await expect(refused).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'STORE_IN_USE' });
      await expect(refused).rejects.toThrow(`process ${child.process.pid} on `);
      const reader = await openSqliteStore({ directory, readOnly: true });
      const after = await reader.events.headPosition();
      await new Promise<void>(resolve => {
        reader.events.subscribe({ after }, async ([first]) => {
          expect(first?.position).toBe(after + 1);
          resolve();
        });
      });
      await expect(reader.events.append([])).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
      await reader.close();
      await child.kill();
      await (await openSqliteStore({ directory })).close();
    });
  });
});
