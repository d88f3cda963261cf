import { openEventStoreDb } from '#adapters/eventstoredb';
import { openSqliteStore } from '#adapters/sqlite';
import type { StoredEvent } from '#kernel';
import type { AppendRequest } from '#ports';
import { startChild } from '../support/child.js';
import { FakeCluster } from '../support/eventstoredb/fake-cluster.js';
import { everything } from '../support/kept-books.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

const FIXTURE = 'test/crash/copy-log.fixture.ts';
const COMMANDS = 400;
const KILLS = 20;
/** Of one life: all of them together are less than the log. */
const BATCHES_AT_MOST = 8;

/** Command `n` has 1 to 5 events in one of seven streams; some commands of a stream follow each other. */
function requests(): AppendRequest[] {
  const revisions = new Map<string, number>();
  return Array.from({ length: COMMANDS }, (_, n) => {
    const stream = `wallet-A${Math.floor(n / 2) % 7}_2026-10`;
    const expectedRevision = revisions.get(stream) ?? -1;
    const meta = {
      occurredAt: '2026-10-05T12:01:00.000+09:00',
      recordedAt: '2026-10-05T12:01:00.250+09:00',
      actor: 'cli:operator',
      commandId: `c${n}`,
      correlationId: `c${n}`,
      bodyHash: 'b0d1'.repeat(16),
    };
    const count = 1 + (n % 5);
    const events = Array.from({ length: count }, (_e, i) => ({
      type: 'sample.Happened.v1',
      data: `{"n":${n},"i":${i},"金額":"${n}.5"}`,
      meta,
    }));
    revisions.set(stream, expectedRevision + count);
    return { stream, expectedRevision, events };
  });
}

describe('kill -9 while a log is copied into a cluster', () => {
  it('leaves what the next run goes on from, 20 times in a row', async () => {
    const cluster = await FakeCluster.start();
    const stored = async (): Promise<StoredEvent[]> => {
      const log = await openEventStoreDb({ url: cluster.url() });
      return everything(log).finally(() => log.close());
    };
    const copied = inTemporaryDirectory(async directory => {
      const store = await openSqliteStore({ directory });
      await store.events.append(requests());
      const source = await everything(store.events);
      await store.close();
      let before = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const child = startChild(FIXTURE, directory, cluster.url(), String(BATCHES_AT_MOST));
        // The first line says where it begins, each further one that a batch was read back.
        await child.printed(() => child.lines.length > 1 + (kill % 4));
        await new Promise(resolve => setTimeout(resolve, kill % 5));
        await child.kill();
        const now = await stored();
        expect(now).toEqual(source.slice(0, now.length));
        expect(now.length).toBeGreaterThan(before);
        expect(now.length).toBeLessThan(source.length);
        before = now.length;
      }
      const last = startChild(FIXTURE, directory, cluster.url());
      expect(await last.ended).toBe(0);
      expect(last.lines[0]).toBe(`copied ${before}`);
      expect(last.lines.at(-1)).toBe(`done ${source.at(-1)!.hash}`);
      expect(await stored()).toEqual(source);
    });
    await copied.finally(() => cluster.stop());
  }, 240_000);
});
