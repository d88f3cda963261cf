import { startChild } from '../../../test/support/child.js';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { checkChain } from './chain-check.js';
import { checkChainInThread } from './chain-thread.js';
import { databaseFile, openReader } from './database.js';
import { EventReader } from './event-reader.js';
import { chainFindings, fileFindings } from './findings.js';
import { openSqliteStore } from './index.js';

describe('a thread that proves the chain', () => {
  it('finds what the check in place finds, and tells how far it is', async () => {
    await inTemporaryDirectory(async directory => {
      const child = startChild('libs/adapters/sqlite/chain-thread.fixture.ts', directory);
      expect(await child.ended).toBe(0);
      const [sound, cut, changed, told, damages] = child.lines.map(line => JSON.parse(line));
      expect(sound).toMatchObject({
        kind: 'ok',
        events: 300,
        headHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(cut).toMatchObject({ kind: 'broken', position: 301 });
      expect(changed).toMatchObject({ kind: 'broken', position: 123 });
      expect(told).toEqual([300, 300]);
      // Findings come out of a thread as they went in.
      expect(damages).toEqual([{ kind: fileFindings.COMMAND_MISSING, values: { position: 1 } }]);
      expect(changed.problem.kind).toEqual(chainFindings.HASH_DIFFERS);
      const reader = openReader(databaseFile(directory));
      expect(await checkChain(new EventReader(reader), () => 300)).toEqual(changed);
      reader.close();
    });
  });

  it('that cannot begin finds nothing, so that the check is made in place', async () => {
    await inTemporaryDirectory(async directory => {
      const store = await openSqliteStore({ directory });
      await store.close();
      // Under jest there is no built program beside the source.
      expect(await checkChainInThread({ file: databaseFile(directory), known: 0 }).found).toBeUndefined();
    });
  });
});
