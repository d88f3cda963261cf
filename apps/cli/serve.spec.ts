import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { DEMO_LOGINS, DEMO_PASSWORD } from './demo/logins.js';
import { processHost } from './main.js';
import { ran } from './spec-support.fixture.js';

describe('the first start', () => {
  const cwd = temporaryDirectory();
  const data = join(cwd, 'data');
  /** The caller ends at once, so that the server stops as soon as it runs. */
  const start = (...more: string[]) => {
    const argv = ['serve', '--port', '0', '--log-level', 'silent', '--data', data, ...more];
    return ran(argv, processHost, { cwd, stop: AbortSignal.abort() });
  };
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  it.each([
    ['loads the example', 'en', 'read the code of the second step in the outbox'],
    ['finds it there', 'ja', '二段階認証のコード'],
  ])(
    '%s and says where it is, who can sign in, and where codes are (%s)',
    async (_what, language, codes) => {
      const { exit, out } = await start('--lang', language);
      expect(exit).toBe(0);
      expect(out).toMatch(/http:\/\/localhost:\d+\n/);
      expect(out).toContain(DEMO_PASSWORD);
      expect(out).toContain(codes);
      expect(out).toContain('npx daicho outbox');
      for (const { loginId } of DEMO_LOGINS) expect(out).toContain(loginId);
      expect(out.split('\n').length).toBeLessThanOrEqual(12);
    },
    60_000,
  );

  it('prints no password for a provider of your own', async () => {
    const own = ['--data', join(cwd, 'own'), '--empty', '--lang', 'en'];
    const argv = ['serve', '--port', '0', '--log-level', 'silent', ...own];
    const { exit, out } = await ran(argv, processHost, { cwd, stop: AbortSignal.abort() });
    expect([exit, out.includes(DEMO_PASSWORD)]).toEqual([0, false]);
  });
});
