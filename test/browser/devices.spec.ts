import { Money, parseAccountId } from '#kernel';
import { changeParty } from '#runtime';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { buy, offerProducts } from '../support/contracts-home.js';
import { needsProgram } from '../support/needs.js';
import { PERSON } from '../support/person.js';
import { callerOf } from '../support/small-provider.js';

const account = parseAccountId('A1');
const REASON = 'ブラウザーの試験';

/** Presses a button of the page and the same of the dialog that asks. */
async function confirmed({ page }: Visitor, go: string): Promise<void> {
  await page.getByRole('button', { name: go, exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('理由').fill(REASON);
  await dialog.getByRole('button', { name: go, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}
const opened = async (clerk: Visitor, state: string): Promise<void> => {
  await clerk.open(`/shipments${state}`);
  await clerk.page.getByRole('button', { name: /を開く$/ }).click();
};

needsProgram('chromium')('devices in the portal', () => {
  let portal: Portal;
  let unique: string;
  beforeAll(async () => {
    portal = await openPortal();
    const { product } = portal.home;
    const charge = { account, amount: Money.of('50000'), method: 'card' as const };
    await product.prepaid.charge(charge, callerOf('charge'));
    await product.identity.circles.createCircle(
      { account, name: '本社', password: 'Abcdef!1' },
      callerOf('circle'),
    );
    await offerProducts(product, '2020-01-01');
    await buy(product, 'terminal', { account, circle: null, items: [['unique.extension', 1]] });
    unique = (await product.identity.circles.known(account)).uniques[0]!.unique;
    const address = changeParty.input.parse({ account, part: 'shipping', ...PERSON });
    await product.parties.change(address, callerOf('shipping'));
  }, 60_000);
  afterAll(() => portal?.close());

  it('are bought with their set-up and their address, and their parcel is followed', async () => {
    const customer = await portal.visitor();
    const { page } = customer;
    await customer.signIn('account', 'A1-login');
    await customer.open('/shop');
    await page.getByRole('cell', { name: '到着後6か月' }).waitFor();
    await page.getByLabel('IP電話機 の数量').fill('2');
    await page.getByRole('button', { name: 'カートに入れる', exact: true }).click();
    await page.getByRole('link', { name: 'カートを見る（1）' }).click();
    const lines = page.getByRole('table', { name: 'ご注文内容' }).locator('tbody tr');
    await lines.filter({ hasText: '国内配送料' }).getByText('機器/送料').waitFor();
    await page.getByLabel('IP電話機 2台目').selectOption(unique);
    await page.getByRole('button', { name: '設定を保存する' }).click();
    await customer.told('機器の設定を保存しました');
    await page.getByRole('button', { name: '配送先を確認・変更する' }).click();
    await page.getByLabel('備考').fill('午前中を希望');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await customer.told('保存しました');
    await page.getByLabel('土日・祝日の配送を希望する').check();
    await page.getByRole('button', { name: '配送方法を保存する' }).click();
    await customer.told('配送方法を保存しました');
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: '購入する', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '購入する', exact: true }).click();
    await page.getByRole('link', { name: '配送状況を見る' }).click();
    await page.getByText('出荷待ち').first().waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
    await customer.close();
  }, 120_000);

  it('are shipped, arrive and are paid back by staff', async () => {
    const clerk = await portal.visitor();
    const { page } = clerk;
    await clerk.signIn('staff', 'billing', { at: '/shipments' });
    await opened(clerk, '');
    await page.getByText('午前中を希望').waitFor();
    await page.getByLabel('運送会社').fill('ヤマト運輸');
    await page.getByLabel('追跡番号').fill('1234-5678');
    // The pages stand at the instant of the product, so today is what the fields begin with.
    expect([await clerk.barriers(), await clerk.overflow()]).toEqual([[], 0]);
    await confirmed(clerk, '出荷を記録する');
    await page.getByText('出荷待ちの機器はありません').waitFor();
    await opened(clerk, '?state=shipped');
    await confirmed(clerk, '到着を記録する');
    await page.getByText('出荷済みの機器はありません').waitFor();
    await opened(clerk, '?state=delivered');
    await page.getByLabel('代金を残高に戻す').check();
    expect([await clerk.barriers(), await clerk.overflow()]).toEqual([[], 0]);
    await confirmed(clerk, '受け付ける');
    await clerk.told('代金を残高に戻しました');
    const { rows } = await portal.home.product.prepaid.trialBalance(account);
    const sold = rows.find(({ ledgerAccount }) => ledgerAccount === 'device_revenue');
    expect(sold).toMatchObject({ debit: '9800', credit: '20400' });
    await clerk.close();
  }, 120_000);
});
