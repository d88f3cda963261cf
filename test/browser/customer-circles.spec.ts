import { parseAccountId } from '#kernel';
import { openPortal, PASSWORD, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { CIRCLE } from '../support/person.js';
import { fillMonths } from '../support/portal-months.js';
import { callerOf } from '../support/small-provider.js';

const NEXT = 'Shinki-9999-qwert';
const A1 = parseAccountId('A1');
const WIDE = [
  '/',
  '/prepaid',
  '/prepaid?view=lots',
  '/calls?from=2026-10-01',
  '/statements/numbers?from=2026-10-01',
  '/statements/destinations?from=2026-10-01',
  '/usage',
  '/invoices',
  '/circles',
  '/circles/add',
];

needsProgram('chromium')('circles and uniques of a customer', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal();
    await fillMonths(portal.home);
  }, 60_000);
  afterAll(() => portal?.close());

  const circleOf = async (loginId: string): Promise<string> =>
    (await portal.home.product.identity.circles.circles(A1)).find(one => one.loginId === loginId)!.circle;
  async function fillPasswords({ page }: Visitor): Promise<void> {
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('input[name="again"]').fill(PASSWORD);
  }

  it('the account goes down to a circle, from there to a unique, and back (ACC-12)', async () => {
    const visitor = await portal.visitor();
    const { page } = visitor;
    await visitor.signIn('account', 'A1-login', { at: '/circles' });
    await page.getByRole('button', { name: 'second の管理画面へ' }).click();
    await page.locator('.band').getByText('サークル').waitFor();
    await visitor.settled();
    const menu = await page.locator('#side-menu').textContent();
    expect(menu).toContain('通話履歴');
    expect(menu).not.toMatch(/請求書|プリペイド/);
    await page.locator('#side-menu').getByRole('link', { name: 'ユニーク' }).click();
    await page.getByRole('button', { name: 'second の管理画面へ' }).click();
    await page.locator('.band').getByText('ユニーク').waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await page.locator('.band').getByRole('button').click();
    await page.getByRole('heading', { level: 1, name: 'ご利用状況' }).waitFor();
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  it('the account adds a circle and a unique, gives it a number, and finds it by that number', async () => {
    const visitor = await portal.visitor();
    const { page } = visitor;
    await visitor.signIn('account', 'A1-login', { at: '/circles/add' });
    await page.locator('input[name="name"]').fill('名古屋支店');
    await page.locator('input[name="loginId"]').fill('first');
    await fillPasswords(visitor);
    await page.getByRole('button', { name: '追加する' }).click();
    await page.getByText('このログインIDは使われています。').waitFor();
    await page.locator('input[name="loginId"]').fill('nagoya');
    await page.getByRole('button', { name: '追加する' }).click();
    await page.getByRole('heading', { level: 1, name: '名古屋支店' }).waitFor();
    await page.getByText('利用者・担当者・住所が登録されていません。').waitFor();
    await page.getByRole('link', { name: '利用者情報を変更' }).click();
    for (const [name, text] of Object.entries(CIRCLE).filter(([field]) => field !== 'prefecture'))
      await page.locator(`input[name="${name}"]`).fill(text);
    await page.locator('input[name="personKana"]').fill('たま');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('全角カタカナで入力してください').first().waitFor();
    expect([await visitor.barriers(), await visitor.overflow()]).toEqual([[], 0]);
    await page.locator('input[name="personKana"]').fill(CIRCLE.personKana);
    await page.getByRole('button', { name: '保存' }).click();
    await visitor.told('保存しました');
    await page.getByRole('link', { name: 'サークルへ戻る' }).click();
    await page.getByText('蓬莱玉（ホウライ　タマ）').waitFor();

    await page.getByRole('link', { name: 'ユニークを追加' }).click();
    await page.getByRole('heading', { level: 1, name: 'ユニークを追加' }).waitFor();
    await page.locator('input[name="name"]').fill('窓口');
    await fillPasswords(visitor);
    await page.getByRole('button', { name: '追加する' }).click();
    await page.getByRole('link', { name: '窓口 の番号の設定' }).click();
    await page.getByLabel('05099990001').check();
    await page.getByRole('button', { name: '保存' }).click();
    await visitor.told('電話番号を設定しました');

    const circle = await circleOf('nagoya');
    const [unique] = await portal.home.product.identity.circles.uniques(A1, circle);
    expect(unique?.numbers).toEqual(['05099990001']);
    await visitor.open('/circles?q=0509-999');
    const found = await page.locator('tbody tr').allTextContents();
    expect(found.some(row => row.includes('窓口') && row.includes('05099990001'))).toBe(true);
    expect(await visitor.barriers()).toEqual([]);
    await visitor.close();
  });

  it('a forced change is asked for, and the circle gets no further before it (ACC-18)', async () => {
    const visitor = await portal.visitor();
    const { page } = visitor;
    await visitor.signIn('account', 'A1-login');
    await visitor.open(`/circles/${await circleOf('first')}`);
    await page.getByLabel('強制変更（変更するまで利用できません）').check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '強制変更にする' }).click();
    await visitor.told('パスワードの強制変更を設定しました');
    expect(await visitor.barriers()).toEqual([]);
    await visitor.close();

    const circle = await portal.visitor();
    await circle.page.goto('/');
    await circle.page.getByRole('tab', { name: 'サークル' }).click();
    await circle.page.locator('input[name="loginId"]').fill('first');
    await circle.page.locator('input[name="password"]').fill(PASSWORD);
    await circle.page.locator('button[type="submit"]').click();
    await circle.page.getByRole('heading', { level: 1, name: '本人確認' }).waitFor();
    await circle.secondStep();
    await circle.page.getByRole('heading', { level: 1, name: 'パスワードの変更' }).waitFor();
    expect(await circle.page.locator('#side-menu').count()).toBe(0);
    await circle.page.locator('input[name="password"]').fill(NEXT);
    await circle.page.locator('input[name="again"]').fill(NEXT);
    await circle.page.locator('button[type="submit"]').click();
    await circle.page.getByRole('heading', { level: 1, name: '通話履歴' }).waitFor();
    await circle.close();
  });

  it('a unique sees its own calls and statements after a second step, and nothing of the money', async () => {
    const { identity } = portal.home.product;
    const circle = await circleOf('second');
    const bare = { account: A1, circle, name: '倉庫', loginId: 'bare-unique', password: PASSWORD };
    await identity.circles.createUnique(bare, callerOf('bare-unique'));
    const { unique } = (await identity.circles.uniques(A1, circle)).find(
      one => one.loginId === 'bare-unique',
    )!;
    const own = { account: A1, unique, numbers: ['05099990001'] };
    await identity.circles.setUniqueNumbers(own, callerOf('bare-numbers'));
    const visitor = await portal.visitor();
    await visitor.signIn('unique', 'bare-unique');
    expect(await visitor.page.locator('h1').textContent()).toBe('本人確認が必要です');
    await visitor.open('/invoices');
    await visitor.page.getByRole('heading', { level: 1, name: 'ページが見つかりません' }).waitFor();
    // It has no contact yet, and calls and their statements ask for a second step (AUT-08).
    const { page } = visitor;
    await visitor.open('/statements/numbers?from=2026-10-01');
    await page.getByRole('link', { name: '送り先を登録する' }).click();
    portal.home.plusMinutes(15);
    await page.locator('select[name="kind"]').selectOption('mail');
    await page.locator('input[name="value"]').fill('bare@example.jp');
    await page.getByRole('button', { name: '追加する' }).click();
    await page.getByRole('dialog').locator('input[name="current"]').fill(PASSWORD);
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('button', { name: '確認して続ける' }).click();
    await visitor.told('送り先を追加しました');
    await page.locator('#side-menu').getByRole('link', { name: '電話番号明細' }).click();
    await page.getByRole('heading', { level: 1, name: '本人確認' }).waitFor();
    await visitor.secondStep();
    await page.getByRole('heading', { level: 1, name: '電話番号明細' }).waitFor();
    await visitor.settled();
    // The account's other number, whose calls fill the months, is not the unique's.
    expect(await page.getByText('05010000001').count()).toBe(0);
    await visitor.close();
  });

  it.each([
    ['ja', 360, false],
    ['en', 1280, true],
  ] as const)('all pages of the account read well in %s at %i px', async (language, width, dark) => {
    // An hour later: a login is sent so many codes an hour.
    portal.home.plusMinutes(61);
    const visitor = await portal.visitor({ language, width, dark });
    await visitor.signIn('account', 'A1-login');
    for (const path of WIDE) {
      await visitor.open(path);
      expect([path, await visitor.overflow(), await visitor.barriers()]).toEqual([path, 0, []]);
    }
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });
});
