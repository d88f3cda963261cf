import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';

/** The band above every page while the clock is not trusted. */
const band = ({ page }: Visitor, name = 'サーバーの時計') => page.getByRole('status', { name, exact: true });

needsProgram('chromium')('a clock that is wrong, on the pages of staff', () => {
  let portal: Portal;
  const people = new Map<string, Visitor>();
  const visitorOf = (name: string): Visitor => people.get(name)!;
  beforeAll(async () => {
    portal = await openPortal();
    for (const name of ['billing', 'support', 'auditor', 'customer']) {
      const visitor = await portal.visitor({ width: name === 'support' ? 360 : 1280 });
      await (name === 'customer' ? visitor.signIn('account', 'A1-login') : visitor.signIn('staff', name));
      people.set(name, visitor);
    }
    portal.home.wrongByMinutes(15);
  }, 120_000);
  afterAll(() => portal?.close());

  it.each(['billing', 'support', 'auditor'])('is told to %s on every page, with what waits', async name => {
    const visitor = visitorOf(name);
    for (const path of ['/', '/security']) {
      await visitor.open(path);
      await band(visitor).getByText('サーバーの時計が急に変わり').waitFor();
      await band(visitor).getByText('残高の失効と月の締めは行われず').waitFor();
      expect([await visitor.barriers(), await visitor.overflow()]).toEqual([[], 0]);
    }
    expect(await band(visitor).getByRole('button').count()).toBe(name === 'billing' ? 1 : 0);
  });

  it('is no matter of customers', async () => {
    await visitorOf('customer').open('/');
    expect(await band(visitorOf('customer')).count()).toBe(0);
  });

  it('that was put right needs nobody', async () => {
    portal.home.wrongByMinutes(0);
    await visitorOf('billing').open('/accounts');
    expect(await band(visitorOf('billing')).count()).toBe(0);
    portal.home.wrongByMinutes(15);
  });

  it('refuses what time alone causes in words of ours', async () => {
    const { page } = visitorOf('billing');
    await visitorOf('billing').open('/closes/2026-10');
    await page.locator('main .page-head button').first().click();
    await page.getByText('サーバーの時計を確認しているため、いまは処理できません').first().waitFor();
  });

  it('is confirmed by a person with a reason, and all goes on', async () => {
    const visitor = visitorOf('billing');
    await visitor.open('/');
    await band(visitor).getByRole('button', { name: '時計は正しい' }).click();
    const dialog = visitor.page.getByRole('alertdialog');
    await dialog.getByText('正しい時刻として記録します').waitFor();
    await dialog.getByRole('button', { name: '正しいと記録する' }).click();
    await dialog.getByText('理由を入力してください').waitFor();
    await dialog.getByLabel('理由').fill('時刻サーバーと照合した');
    await dialog.getByRole('button', { name: '正しいと記録する' }).click();
    await visitor.told('記録しました。待っていた処理が再開します。');
    await band(visitor).waitFor({ state: 'detached' });
    expect((await portal.home.product.clock.state()).trusted).toBe(true);
  });

  it('made nobody’s browser complain', () => {
    for (const visitor of people.values()) expect(visitor.complaints).toEqual([]);
  });
});
