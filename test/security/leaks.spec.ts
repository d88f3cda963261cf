import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD, signInHome } from '../support/sign-in.js';

describe('what proves who somebody is', () => {
  const read = (folder: string): [string, Buffer][] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map(name => join(folder, name))
      .filter(path => statSync(path).isFile())
      .map(path => [path, readFileSync(path)]);

  it('is in no file of the store and in no line of the log', async () => {
    const home = await signInHome();
    try {
      const browser = home.browser();
      await browser.signIn('staff', 'admin');
      await browser.sendCode();
      const code = await browser.readCode();
      const secrets = [browser.cookie?.split('.')[1]];
      await browser.enterCode('000000' === code ? '111111' : '000000');
      await browser.enterCode(code);
      secrets.push(browser.cookie?.split('.')[1], browser.csrf);
      await browser.send('POST', '/session/codes', { contact: 'x', method: 'mail' });
      await home.browser().signIn('staff', 'admin', 'Wrong-Secret-99');
      await home.browser().send('POST', '/password-reminders', { level: 'staff', loginId: 'billing' });
      const totp = await browser.send('POST', '/security/totp');
      const contact = await browser.send('POST', '/security/contacts', {
        kind: 'phone',
        value: '09087654321',
      });
      expect([totp.status, contact.status]).toEqual([200, 201]);
      const mails = home.product.identity.logins.outbox()!;
      const token = /token=[\w-]+(?:\.|%2E)([\w-]{43})/i.exec(
        mails.find(({ to }) => to.startsWith('billing'))!.text,
      )![1];
      expect(mails.some(({ text }) => text.includes(code))).toBe(true);
      const log = home.server.log.join('');
      await home.server.stop();
      const personal = ['09087654321', 'admin@example.jp', '127.0.0.1'];
      const markers = [PASSWORD, 'Wrong-Secret-99', totp.json['secret'], token, ...secrets, ...personal];
      for (const marker of markers as string[]) {
        expect(marker.length).toBeGreaterThan(8);
        const found = read(home.directory).filter(([, bytes]) => bytes.includes(marker));
        expect([marker, found.map(([path]) => path)]).toEqual([marker, []]);
        expect([marker, log.includes(marker)]).toEqual([marker, false]);
      }
      // Six digits occur by chance: as a code they would stand alone or in quotes.
      const asCode = new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`);
      expect(asCode.test(log)).toBe(false);
      const events = read(home.directory).filter(([path]) => /\.db/.test(path));
      expect(events.length).toBeGreaterThan(0);
      for (const [path, bytes] of events)
        expect([path, bytes.includes(`"${code}"`), bytes.includes(`:${code},`)]).toEqual([
          path,
          false,
          false,
        ]);
    } finally {
      await home.close().catch(() => {});
    }
  }, 30_000);
});

describe('the outbox of the sandbox', () => {
  it('shows codes to their own login alone; admins and support see that others were sent one', async () => {
    const home = await signInHome();
    try {
      const waiting = home.browser();
      await waiting.signIn('staff', 'admin');
      await waiting.sendCode();
      const code = await waiting.readCode();
      expect(code).toMatch(/^\d{6}$/);
      for (const [loginId, receivers] of [
        ['support', ['admin@example.jp', 'support@example.jp']],
        ['auditor', ['auditor@example.jp']],
      ] as const) {
        const curious = home.browser();
        await curious.signInWhole('staff', loginId);
        const { json, text } = await curious.send('GET', '/outbox');
        const shown = (json['rows'] as { to: string }[]).map(({ to }) => to).toSorted();
        expect([loginId, shown]).toEqual([loginId, receivers]);
        expect(text).not.toContain(code);
      }
      const half = home.browser();
      await half.signIn('staff', 'admin');
      expect((await half.send('GET', '/outbox')).json['rows']).toEqual([]);
    } finally {
      await home.close();
    }
  }, 30_000);
});
