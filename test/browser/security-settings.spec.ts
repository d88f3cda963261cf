import { Secret, TOTP } from 'otpauth';
import type { LoginLevel } from '#identity';
import { eventually, openPortal, PASSWORD, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';

const NEXT = 'Shinki-9999-qwert';

needsProgram('chromium')("one's own sign-in and security", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal();
  }, 60_000);
  afterAll(() => portal?.close());

  async function atSettings(level: LoginLevel, loginId: string, password = PASSWORD): Promise<Visitor> {
    const visitor = await portal.visitor();
    await visitor.signIn(level, loginId, { password, at: '/security' });
    return visitor;
  }
  const button = (visitor: Visitor, name: string) => visitor.page.getByRole('button', { name, exact: true });
  const toast = (visitor: Visitor, text: string) => visitor.told(text);

  it('a password changes under its rules, which say live what is missing (ACC-16, ACC-17)', async () => {
    const visitor = await atSettings('account', 'A2-login');
    const { page } = visitor;
    const unmet = () => page.locator('.rules li:not(.met)').count();
    expect(await unmet()).toBe(5);
    await page.locator('input[name="password"]').fill('abcdefgh');
    await eventually(async () =>
      expect(await page.locator('.rules li:not(.met)').allTextContents()).toEqual([
        expect.stringContaining('大文字'),
        expect.stringContaining('記号'),
      ]),
    );
    await page.locator('input[name="password"]').fill(NEXT);
    await eventually(async () => expect(await unmet()).toBe(0));
    await page.locator('input[name="again"]').fill(NEXT);
    await page.locator('input[name="current"]').fill('Not-the-one-1');
    await button(visitor, 'パスワードを変更する').click();
    await page.getByText('現在のパスワードが違います。').waitFor();
    await page.locator('input[name="current"]').fill(PASSWORD);
    await button(visitor, 'パスワードを変更する').click();
    await toast(visitor, 'パスワードを変更しました');
    expect(await visitor.barriers()).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
    await (await atSettings('account', 'A2-login', NEXT)).close();
  });

  it('a login id changes, and is the one to sign in with from then on (ACC-15)', async () => {
    const visitor = await atSettings('circle', 'second');
    const { page } = visitor;
    await page.locator('input[name="loginId"]').fill('12345678');
    await button(visitor, 'ログインIDを変更する').click();
    await page.getByText('数字のみのログインIDは使えません。').waitFor();
    await page.locator('input[name="loginId"]').fill('second.circle');
    await button(visitor, 'ログインIDを変更する').click();
    await toast(visitor, 'ログインIDを変更しました');
    await visitor.close();
    await (await atSettings('circle', 'second.circle')).close();
  });

  it('a telephone number receives codes once it is registered, and none when it is removed', async () => {
    const visitor = await atSettings('account', 'A1-login');
    const { page } = visitor;
    await page.locator('input[name="value"]').fill('080-1234-5678');
    await button(visitor, '追加する').click();
    await toast(visitor, '送り先を追加しました');
    await page.getByText('--5678').waitFor();
    await button(visitor, '--5678 を削除').click();
    await page.getByRole('alertdialog').getByText('--5678').waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: '削除' }).click();
    await toast(visitor, '送り先を削除しました');
    await page.getByText('--5678').waitFor({ state: 'detached' });
    await visitor.close();
  });

  it('another session of the login is ended from here', async () => {
    const elsewhere = await atSettings('unique', 'first-unique');
    const here = await atSettings('unique', 'first-unique');
    await button(here, 'ログアウトさせる').click();
    await here.page.getByRole('alertdialog').getByRole('button', { name: 'ログアウトさせる' }).click();
    await toast(here, 'ログアウトさせました');
    await elsewhere.open('/');
    await elsewhere.page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
    await Promise.all([elsewhere.close(), here.close()]);
  });

  it('staff set up an authenticator app by its QR code; the next sign-in asks for it', async () => {
    const visitor = await atSettings('staff', 'support');
    const { page } = visitor;
    const enrolled = page.waitForResponse(found => found.url().endsWith('/security/totp'));
    await button(visitor, '認証アプリを登録する').click();
    const { uri, secret } = (await (await enrolled).json()) as { uri: string; secret: string };
    expect(uri).toContain('otpauth://totp/');
    await page.getByRole('img', { name: '認証アプリに登録するQRコード' }).waitFor();
    expect(await visitor.barriers()).toEqual([]);
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => app.generate({ timestamp: portal.home.product.now() });
    await page.locator('input[name="code"]').fill(code() === '000000' ? '000001' : '000000');
    await button(visitor, '登録を完了する').click();
    await page.getByText('コードが違います。').waitFor();
    await page.locator('input[name="code"]').fill(code());
    await button(visitor, '登録を完了する').click();
    await toast(visitor, '認証アプリを登録しました');
    expect(visitor.complaints).toEqual([]);
    await visitor.close();

    portal.home.plusMinutes(1);
    const again = await portal.visitor();
    await again.page.goto('/');
    await again.page.getByRole('tab', { name: '社内' }).click();
    await again.page.locator('input[name="loginId"]').fill('support');
    await again.page.locator('input[name="password"]').fill(PASSWORD);
    await again.page.locator('button[type="submit"]').click();
    await again.page.getByLabel('認証アプリのコード').fill(code());
    await button(again, '確認する').first().click();
    await again.page.locator('#side-menu').waitFor({ state: 'attached' });
    await again.close();
  });

  it('staff add a passkey, and the browser confirms a sign-in with it', async () => {
    const visitor = await atSettings('staff', 'billing');
    const { page } = visitor;
    const devtools = await visitor.context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.locator('input[name="label"]').fill('会社のノートPC');
    await button(visitor, 'パスキーを追加する').click();
    await toast(visitor, 'パスキーを追加しました');
    await page.getByRole('cell', { name: '会社のノートPC', exact: true }).waitFor();
    expect(await visitor.barriers()).toEqual([]);

    await visitor.context.clearCookies();
    await page.goto('/');
    await page.getByRole('tab', { name: '社内' }).click();
    await page.locator('input[name="loginId"]').fill('billing');
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('button[type="submit"]').click();
    await button(visitor, 'パスキーで確認する').click();
    await page.locator('#side-menu').waitFor({ state: 'attached' });
    await visitor.close();
  });

  it.each([
    ['ja', 360, false],
    ['en', 1280, true],
  ] as const)('reads well in %s at %i px', async (language, width, dark) => {
    const visitor = await portal.visitor({ language, width, dark });
    await visitor.signIn('staff', 'approver', { at: '/security' });
    expect(await visitor.overflow()).toBe(0);
    expect(await visitor.barriers()).toEqual([]);
    await visitor.close();
  });
});
