import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '#adapters/sqlite';
import { Instant } from '#kernel';
import { openProduct } from '#nest';
import { openProvider, StandingClock } from '../support/small-provider.js';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

describe('the scratch stores of replays', () => {
  it('are gone after a replay; those of a killed one go at the next start, those in use stay', async () => {
    await inTemporaryDirectory(async directory => {
      const clock = new StandingClock(Instant.parse('2025-11-05T10:00:00.000+09:00'));
      const temporary = join(directory, 'tmp');
      let product = await openProduct({ directory, clock });
      await openProvider(product, ['A01'], '2025-10-01');
      expect(await product.audit.replay({})).toMatchObject({ ok: true });
      expect(readdirSync(temporary)).toEqual([]);
      await product.close();

      mkdirSync(join(temporary, 'replay-early'));
      const killed = await openSqliteStore({ directory: join(temporary, 'replay-killed') });
      await killed.close();
      const running = await openSqliteStore({ directory: join(temporary, 'replay-running') });
      product = await openProduct({ directory, clock });
      expect(readdirSync(temporary)).toEqual(['replay-running']);
      await running.close();
      await product.close();
      await (await openProduct({ directory, clock })).close();
      expect(existsSync(join(temporary, 'replay-running'))).toBe(false);
    });
  });
});
