import { spawn, spawnSync } from 'node:child_process';
import { openSqliteStore } from '#adapters/sqlite';
import type { AppendRequest } from '#ports';
import { follow, nodeArguments } from '../support/child.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const big = (revision: number): AppendRequest => ({
  stream: 's',
  expectedRevision: revision - 1,
  events: [
    {
      type: 'sample.Happened.v1',
      data: `{"fill":"${'x'.repeat(50_000)}"}`,
      meta: {
        occurredAt: '2026-10-05T12:01:00.000+09:00',
        recordedAt: '2026-10-05T12:01:00.000+09:00',
        actor: 'job:fill',
        commandId: `fill/${revision}`,
        correlationId: 'fill',
        bodyHash: '0'.repeat(64),
      },
    },
  ],
});

describe('a full disk', () => {
  it('refuses writes, goes on reading, and writes again when the limit is raised', async () => {
    await inTemporaryDirectory(async directory => {
      let store = await openSqliteStore({ directory, maxBytes: 2_000_000 });
      let revision = 0;
      const full = { name: 'StoreUnavailable', code: 'DISK_FULL' };
      const fill = async (): Promise<void> => {
        for (; revision < 1_000; revision++) await store.events.append([big(revision)]);
      };
      await expect(fill()).rejects.toMatchObject(full);
      expect(revision).toBeGreaterThan(10);
      await expect(store.events.append([big(revision)])).rejects.toMatchObject(full);
      expect(await store.events.headPosition()).toBe(revision);
      expect(await store.events.streamRevision('s')).toBe(revision - 1);
      expect((await store.events.findCommands([`fill/${revision}`])).size).toBe(0);
      expect(await store.events.verifyChain()).toMatchObject({ kind: 'ok', events: revision });
      await store.close();
      store = await openSqliteStore({ directory, maxBytes: 4_000_000 });
      const [result] = await store.events.append([big(revision)]);
      expect(result).toMatchObject({ kind: 'appended', firstPosition: revision + 1, revision });
      expect(await store.events.verifyChain()).toMatchObject({ kind: 'ok', events: revision + 1 });
      await store.close();
    });
  });

  // A file system of a few megabytes needs a mount; where this user may not make one, the limit above is
  // the test.
  const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
  if (mayMount) {
    it('of a real small file system: the running store writes again as soon as space is free', async () => {
      await inTemporaryDirectory(async directory => {
        const fill = 'head -c 1500000 /dev/zero > "$0/filler"';
        const shell = `mount -t tmpfs -o size=6m tmpfs "$0" && ${fill} && exec "$@"`;
        const node = nodeArguments(
          'test/crash/fill-disk.fixture.ts',
          `${directory}/store`,
          `${directory}/filler`,
        );
        const child = follow(
          spawn('unshare', ['-rm', 'sh', '-c', shell, directory, process.execPath, ...node]),
        );
        await child.printed(line => line.startsWith('{'));
        expect(await child.ended).toBe(0);
        const seen = JSON.parse(child.lines.at(-1)!) as Record<string, unknown> & { stored: number };
        expect(seen.stored).toBeGreaterThan(20);
        expect(seen).toMatchObject({
          refusal: 'DISK_FULL',
          second: 'DISK_FULL',
          checkWhenFull: 'ok',
          headWhenFull: seen.stored,
        });
        expect(seen['check']).toMatchObject({ kind: 'ok', events: seen.stored + 1 });
      });
    });
  }
});
