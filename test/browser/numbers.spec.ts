import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { callerOf } from '../support/small-provider.js';

const NUMBERS =
  'first,last,kind,product,region,city,area_code\n' +
  '0300002000,0300002099,KDU,number.03,東京都,千代田区,03\n' +
  '0120000200,0120000209,UCA,number.0120,,,0120\n';
const GROUPS =
  'group,country,state,city,area_code,toll_free,certificate,product,stock\n' +
  'de-berlin,GERMANY,,BERLIN,0104930,no,NATIONAL,vba.de,3\n' +
  Array.from({ length: 40 }, (_, i) => {
    const code = String(10 + i);
    return `fr-${code},FRANCE,,VILLE ${code},01033${code},no,,vba.de,1\n`;
  }).join('');

/** Answers the question that stands open, with a reason. */
async function confirm({ page }: Visitor, go: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('理由').fill('ブラウザーの試験');
  await dialog.getByRole('button', { name: go, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

const rowOf = ({ page }: Visitor, text: string) => page.locator('tbody tr').filter({ hasText: text }).first();

needsProgram('chromium')('numbers in the portal', () => {
  let portal: Portal;
  let clerk: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    clerk = await portal.visitor();
    await clerk.signIn('staff', 'billing');
  }, 60_000);
  afterAll(() => portal?.close());

  it('come into stock from a file that is looked through first', async () => {
    await clerk.open('/numbers');
    const file = { name: 'numbers.csv', mimeType: 'text/csv', buffer: Buffer.from(NUMBERS) };
    await clerk.page.getByLabel('CSVファイル').setInputFiles(file);
    await clerk.page.getByText('新しい番号 110 件').waitFor();
    await clerk.page.getByRole('button', { name: '在庫に入れる', exact: true }).click();
    await confirm(clerk, '在庫に入れる');
    await rowOf(clerk, 'フリーコール').waitFor();
    expect((await portal.home.product.numbers.counts()).length).toBe(2);
  });

  it('are refused line by line', async () => {
    await clerk.open('/numbers');
    const bad = `${NUMBERS}1001,0300000000,kdu,number.03,,,03\n`;
    const file = { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) };
    await clerk.page.getByLabel('CSVファイル').setInputFiles(file);
    await clerk.page.getByText('bad.csv:4 first').waitFor();
  });

  it('are taken out of stock and put back', async () => {
    await clerk.open('/numbers?last4=2042');
    await clerk.page.getByRole('button', { name: '停止 0300002042' }).click();
    await confirm(clerk, '停止');
    await rowOf(clerk, '取扱停止').waitFor();
    await clerk.page.getByRole('button', { name: '在庫に戻す 0300002042' }).click();
    await confirm(clerk, '在庫に戻す');
    await rowOf(clerk, '購入可').waitFor();
  });

  it('are found and chosen by a customer', async () => {
    await portal.home.product.numbers.importFile('groups.csv', GROUPS, callerOf('groups'));
    const customer = await portal.visitor();
    await customer.signIn('account', 'A1-login');
    await customer.open('/numbers');
    const { page } = customer;
    await page.getByLabel('市外局番').selectOption('03');
    await page.getByLabel('下4桁').fill('2007');
    await page.getByRole('button', { name: '検索する' }).click();
    await page.getByRole('button', { name: '0300002007 を選ぶ' }).click();
    await page.getByRole('button', { name: '0300002007 を選択から外す' }).first().waitFor();
    await page.getByRole('tab', { name: '海外電話番号（VBA）' }).click();
    // VBA-05: by number, forwards and back; another search begins at its first page.
    const pages = page.getByRole('navigation', { name: 'ページ' });
    await page.getByText('VILLE 10').waitFor();
    await pages.getByRole('button', { name: '3', exact: true }).click();
    await page.getByText('BERLIN (0104930)').waitFor();
    expect([
      await pages.getByRole('button', { name: '次へ' }).isDisabled(),
      await customer.barriers(),
    ]).toEqual([true, []]);
    await pages.getByRole('button', { name: '戻る' }).click();
    await page.getByText('VILLE 30').waitFor();
    await page.getByLabel('国名').selectOption('GERMANY');
    await page.getByRole('button', { name: '検索する' }).click();
    await page.getByLabel('BERLIN の数量').fill('9');
    const chosen = page.getByRole('table', { name: '購入選択中の電話番号' });
    await chosen.getByText('0300002007').waitFor();
    // No more than there are.
    await chosen.locator('tr').filter({ hasText: 'BERLIN' }).getByText('3', { exact: true }).waitFor();
  });
});
