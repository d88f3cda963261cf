import { openPortal, type Portal } from '../support/browser.js';
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
});
