import type { LoginLevel } from '#identity';
import { parseAccountId } from '#kernel';
import { eventually, openPortal, PASSWORD, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';

const TEMPORARY = 'Karimono-2468-abc';
const NEXT = 'Shinki-9999-qwert';
const A1 = parseAccountId('A1');

needsProgram('chromium')('forgotten passwords', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal();
  }, 60_000);
  afterAll(() => portal?.close());

  async function choose({ page }: Visitor, password: string): Promise<void> {
    await page.locator('input[name="password"]').fill(password);
    await page.locator('input[name="again"]').fill(password);
    await page.locator('button[type="submit"]').click();
  }

  /** Signs in with the temporary password, and has to choose another one before anything else. */
  async function chooseOwn(level: LoginLevel, loginId: string): Promise<void> {
    const visitor = await portal.visitor();
    const { page } = visitor;
    await page.goto('/');
    await page.getByRole('tab', { name: level === 'circle' ? 'サークル' : 'ユニーク' }).click();
    await page.locator('input[name="loginId"]').fill(loginId);
    await page.locator('input[name="password"]').fill(TEMPORARY);
    await page.locator('button[type="submit"]').click();
    await page.getByRole('heading', { level: 1, name: '本人確認' }).waitFor();
    await visitor.secondStep();
    await page.getByRole('heading', { level: 1, name: 'パスワードの変更' }).waitFor();
    await choose(visitor, NEXT);
    await page.getByRole('heading', { level: 1, name: '通話履歴' }).waitFor();
    await visitor.close();
  }

  async function reset(visitor: Visitor, name: string): Promise<void> {
    const { page } = visitor;
    await page
      .getByRole('heading', { level: 1, name: `${name} のパスワードの再設定`, exact: true })
      .waitFor();
    await choose(visitor, 'abcdefgh');
    await page.getByRole('alertdialog').getByRole('button', { name: '再設定する' }).click();
    await page.getByText('大文字を含めてください。').waitFor();
    await choose(visitor, TEMPORARY);
    expect(await page.getByRole('alertdialog').textContent()).toContain(name);
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: '再設定する' }).click();
    await visitor.told(`${name} のパスワードを再設定しました`);
  }

  it('an account sets another password for a circle and its unique, who then choose their own', async () => {
    const [circle] = await portal.home.product.identity.circles.circles(A1);
    const visitor = await portal.visitor();
    const { page } = visitor;
    await visitor.signIn('account', 'A1-login', { at: `/circles/${circle!.circle}` });
    await page.getByRole('link', { name: 'パスワードの再設定', exact: true }).click();
    await reset(visitor, 'first');
    await page.getByRole('heading', { level: 1, name: 'first', exact: true }).waitFor();
    await page.getByRole('link', { name: 'first のパスワードの再設定' }).click();
    await reset(visitor, 'first');
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
    await chooseOwn('circle', 'first');
    await chooseOwn('unique', 'first-unique');
  });

  it('a circle sets another password for its unique, on a telephone in the dark', async () => {
    const visitor = await portal.visitor({ width: 360, dark: true });
    await visitor.signIn('circle', 'second', { at: '/uniques' });
    await visitor.page.getByRole('link', { name: 'second のパスワードの再設定' }).click();
    await visitor.page.getByRole('heading', { level: 1, name: 'second のパスワードの再設定' }).waitFor();
    expect(await visitor.overflow()).toBe(0);
    await reset(visitor, 'second');
    await visitor.page.getByRole('heading', { level: 1, name: 'ユニーク', exact: true }).waitFor();
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
    await chooseOwn('unique', 'second-unique');
  });

  it.each([
    ['アカウント', 'A2-login'],
    ['社内', 'billing'],
  ])(
    'a login of "%s" gets a link by mail and sets another password with it (ACC-13)',
    async (tab, loginId) => {
      const visitor = await portal.visitor();
      const { page } = visitor;
      await page.goto('/');
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('link', { name: 'パスワードを忘れた方' }).click();
      expect(await page.getByRole('radio', { name: tab }).isChecked()).toBe(true);
      expect(await visitor.barriers()).toEqual([]);
      await page.locator('input[name="loginId"]').fill(loginId);
      await page.locator('button[type="submit"]').click();
      await page.getByRole('status').getByText('再設定のURLをお送りしました').waitFor();
      let link = '';
      // The answer does not wait for the mail: how long it takes would tell whether there is a login.
      await eventually(() => {
        const [mail] = portal.home.product.identity.logins.outbox() ?? [];
        link = /\/reset-password\S+/.exec(mail?.text ?? '')?.[0] ?? '';
        expect(link).not.toBe('');
      });

      await visitor.open(link);
      await choose(visitor, NEXT);
      await page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
      await visitor.told('パスワードを設定しました。');
      await visitor.open(link);
      await choose(visitor, PASSWORD);
      await page.getByText('このリンクは使えません。').waitFor();
      expect(visitor.complaints).toEqual([]);
      await visitor.close();
      const again = await portal.visitor();
      await again.signIn(tab === '社内' ? 'staff' : 'account', loginId, { password: NEXT });
      await again.close();
    },
  );

  it.each(['サークル', 'ユニーク'])('a login of "%s" is told who sets it another one', async tab => {
    const visitor = await portal.visitor();
    const { page } = visitor;
    await page.goto('/');
    await page.getByRole('tab', { name: tab }).click();
    await page.getByText('管理者に再設定をご依頼ください。').waitFor();
    expect(await page.getByRole('link', { name: 'パスワードを忘れた方' }).count()).toBe(0);
    await visitor.close();
  });
});
