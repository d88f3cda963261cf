import { parseAccountId } from '#kernel';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const FORM: Readonly<Record<string, string>> = {
  ...{
    name: '竹取 かぐや',
    nameKana: 'かぐや',
    postalCode: '1000005',
    city: '千代田区',
    cityKana: 'チヨダク',
  },
  ...{ street: '丸の内1-2-3', streetKana: 'マルノウチ1-2-3', phone: '050-9999-0001' },
};

/** Answers the question that stands open, with a reason. */
async function confirmed({ page }: Visitor, reason: string, go: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.locator('textarea, input').first().fill(reason);
  await dialog.getByRole('button', { name: go, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

needsProgram('chromium')('account information', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal();
  }, 60_000);
  afterAll(() => portal?.close());

  it('a customer fills the form, mends it and uploads a paper; staff approve it', async () => {
    const visitor = await portal.visitor();
    const { page } = visitor;
    await visitor.signIn('account', 'A1-login', { at: '/account-info' });
    await page.getByRole('heading', { level: 1, name: 'アカウント情報' }).waitFor();
    for (const [name, value] of Object.entries(FORM)) await page.locator(`input[name="${name}"]`).fill(value);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('全角カタカナで入力してください。例：').waitFor();
    await page.locator('input[name="nameKana"]').fill('タケトリ カグヤ');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('緊急連絡先には、当社以外の電話番号を入力してください。').waitFor();
    await page.locator('input[name="phone"]').fill('03-1234-5678');
    await page.getByRole('button', { name: '保存' }).click();
    await visitor.told('保存しました');
    await page.getByText('本人確認書類をアップロードしてください').first().waitFor();
    expect(await visitor.barriers()).toEqual([]);
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);

    await visitor.open('/account-info?view=mails');
    await page.locator('input[name="billing"]').fill('a@x.jp,b@x.jp');
    await page.locator('input[name="billingAgain"]').fill('a@x.jp');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('2回の入力が一致していません。').waitFor();
    await page.locator('input[name="billingAgain"]').fill('a@x.jp,b@x.jp');
    await page.getByRole('button', { name: '保存' }).click();
    await visitor.told('保存しました');
    expect(await visitor.barriers()).toEqual([]);

    await visitor.open('/account-info?view=papers');
    const chosen = page.getByLabel('画像ファイル');
    const sent = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
    await chosen.setInputFiles(sent('paper.png', Buffer.from('%PDF-1.7 no picture')));
    await page.getByRole('button', { name: 'アップロード' }).click();
    await page.getByText('jpg、png、gif の画像ではありません。').waitFor();
    await chosen.setInputFiles(sent('licence.png', PNG));
    await page.getByRole('button', { name: 'アップロード' }).click();
    await page.getByText('書類を受け付けました。').waitFor();
    await page.getByText('確認待ち').waitFor();
    expect(await visitor.barriers()).toEqual([]);

    const clerk = await portal.visitor();
    await clerk.signIn('staff', 'support', { at: '/papers' });
    await clerk.page.getByRole('heading', { level: 1, name: '申込審査' }).waitFor();
    await clerk.page.getByRole('button', { name: '書類を見る' }).click();
    const picture = clerk.page.getByRole('img', { name: 'A1 の本人確認書類の画像' });
    await picture.waitFor();
    expect(await picture.evaluate(image => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(
      1,
    );
    expect(await clerk.barriers()).toEqual([]);
    await clerk.page.getByRole('button', { name: '承認する' }).click();
    const dialog = clerk.page.getByRole('alertdialog');
    await dialog.locator('textarea, input').first().fill('照合済み');
    await dialog.getByRole('button', { name: '承認する' }).click();
    await clerk.page.getByText('確認待ちの書類はありません').waitFor();
    await clerk.open('/accounts/A1');
    await clerk.page.getByText('竹取 かぐや').waitFor();
    expect(await clerk.barriers()).toEqual([]);
    await clerk.close();

    await visitor.open('/account-info?view=papers');
    await page.getByText('承認済み').waitFor();
    expect(visitor.complaints.filter(text => !/422|400/.test(text))).toEqual([]);
    await visitor.close();
  }, 120_000);

  it('keeps the two settings, and speaks English to staff who do', async () => {
    const visitor = await portal.visitor();
    const { page } = visitor;
    await visitor.signIn('account', 'A1-login');
    await visitor.open('/account-info?view=settings');
    await page.getByLabel('希望しない').check();
    await page.getByRole('button', { name: '保存' }).first().click();
    await visitor.told('保存しました');
    expect(await visitor.barriers()).toEqual([]);
    await visitor.close();
    const clerk = await portal.visitor({ language: 'en', dark: true, width: 360 });
    await clerk.signIn('staff', 'support', { at: '/papers' });
    await clerk.page.getByRole('button', { name: /日本語/ }).click();
    await clerk.page.getByRole('menuitemradio', { name: 'English' }).click();
    await clerk.page.getByRole('heading', { level: 1, name: 'Identity papers' }).waitFor();
    expect(await clerk.barriers()).toEqual([]);
    expect(await clerk.overflow()).toBeLessThanOrEqual(0);
    await clerk.close();
  }, 60_000);

  it('support changes it with a reason; a second person approves that it is erased', async () => {
    const { parties } = portal.home.product;
    const A2 = parseAccountId('A2');
    const support = await portal.visitor();
    await support.signIn('staff', 'support', { at: '/accounts/A2?party=shipping' });
    await support.page.getByRole('button', { name: '送付先情報の変更' }).click();
    const save = support.page.getByRole('button', { name: '保存する' });
    const form = support.page.locator('form').filter({ has: save });
    for (const [name, value] of Object.entries({
      ...FORM,
      phone: '03-1234-5678',
      nameKana: 'タケトリ カグヤ',
    }))
      await form.locator(`input[name="${name}"]`).fill(value);
    await save.click();
    await confirmed(support, 'お客様の電話による', '保存する');
    await support.told('保存しました');
    await support.page.getByText('丸の内1-2-3').waitFor();
    expect(await parties.show(A2)).toMatchObject({ shipping: { name: '竹取 かぐや' } });
    await support.open('/accounts/A2?party=mails');
    await support.page.getByRole('button', { name: 'メールアドレスの変更' }).click();
    await support.page.locator('input[name="billing"]').fill('a@x.jp');
    await save.click();
    await confirmed(support, 'お客様の電話による', '保存する');
    await support.told('保存しました');
    expect([await support.barriers(), await support.overflow()]).toEqual([[], 0]);

    const admin = await portal.visitor();
    await admin.signIn('staff', 'admin', { at: '/accounts/A2?ending=erase' });
    await admin.page.getByRole('button', { name: '消去する' }).click();
    // Without the second person it is not even asked about.
    await admin.page.locator('.field .wrong').filter({ hasText: '必須' }).waitFor();
    const approver = await portal.visitor();
    await approver.signIn('staff', 'approver', { at: '/accounts/A2?ending=approve' });
    await approver.page.getByRole('button', { name: '消去を承認する' }).click();
    const code = approver.page.getByRole('status').locator('.code');
    await code.waitFor();
    await admin.page.getByLabel('承認コードまたは承認者のAPIキー').fill((await code.textContent())!);
    await admin.page.getByRole('button', { name: '消去する' }).click();
    await confirmed(admin, '依頼 2026-114', '消去する');
    await admin.told('個人情報を消去しました。');
    await admin.page.getByText('このアカウントの個人情報は消去されています。').waitFor();
    expect(await parties.show(A2)).toMatchObject({ shipping: null, mails: { billing: '' } });
    expect([await admin.barriers(), await admin.overflow()]).toEqual([[], 0]);
    for (const visitor of [support, approver, admin]) await visitor.close();
  }, 120_000);

  it('support closes an account for ever', async () => {
    const support = await portal.visitor();
    await support.signIn('staff', 'support', { at: '/accounts/A1?ending=close' });
    await support.page.getByRole('button', { name: '閉鎖する' }).click();
    await confirmed(support, '申込の取り下げ', '閉鎖する');
    await support.page.getByText('このアカウントは閉鎖されています。').waitFor();
    await support.close();
  });
});
