import { Money, parseAccountId } from '#kernel';
import { openPortal, PASSWORD, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { callerOf } from '../support/small-provider.js';

const NUMBERS =
  'first,last,kind,product,region,city,area_code\n0300003000,0300003009,KDU,number.03,東京都,千代田区,03\n';
const PRICES = `price_lists:
  - name: standard
    valid_from: 2020-01-01
    products:
      - { code: unique.extension, kind: unique, name_ja: 内線端末, name_en: Extension, monthly: 50, initial: 10 }
      - { code: number.03, kind: number, name_ja: 電話番号03, name_en: Number, monthly: 30, for_numbers: ["03"] }
      - { code: vba.us, kind: vba_number, name_ja: 海外, name_en: Abroad, monthly: 20, for_numbers: [US] }
      - { code: unique.dear, kind: unique, name_ja: 高価な端末, name_en: Dear, monthly: 9000000 }
`;

const GROUPS =
  'group,country,state,city,area_code,toll_free,certificate,product,stock\n' +
  'us-ny,UNITED STATES,NEW YORK,NEW YORK,0101212,no,WORLDWIDE,vba.us,3\n';

const cartRow = ({ page }: Visitor, name: string) =>
  page.getByRole('table', { name: 'ご注文内容' }).locator('tbody tr').filter({ hasText: name }).first();

needsProgram('chromium')('the cart in the portal', () => {
  let portal: Portal;
  let customer: Visitor;
  let circle: string;
  beforeAll(async () => {
    portal = await openPortal();
    const { catalogue, numbers, identity, prepaid } = portal.home.product;
    const made = {
      ...{ account: parseAccountId('A1'), name: '本社', loginId: 'honsha' },
      ...{ password: PASSWORD, mail: 'honsha@example.jp' },
    };
    const charge = { account: parseAccountId('A1'), amount: Money.of('5000'), method: 'card' as const };
    await prepaid.charge(charge, callerOf('charge'));
    const done = await identity.circles.createCircle(made, callerOf('circle'));
    circle = done.kind === 'done' ? done.value.circle : '';
    await catalogue.importCatalogueYaml('prices.yaml', PRICES, callerOf('prices'));
    await numbers.importFile('numbers.csv', NUMBERS, callerOf('numbers'));
    await numbers.importFile('groups.csv', GROUPS, callerOf('groups'));
    customer = await portal.visitor();
    await customer.signIn('account', 'A1-login');
  }, 60_000);
  afterAll(() => portal?.close());

  it('takes a chosen number, and what is bought by count', async () => {
    const { page } = customer;
    await customer.open('/numbers');
    await page.getByLabel('下4桁').fill('3007');
    await page.getByRole('button', { name: '検索する' }).click();
    await page.getByRole('button', { name: '0300003007 を選ぶ' }).click();
    await page.getByRole('button', { name: 'カートへ', exact: true }).click();
    await cartRow(customer, '0300003007').waitFor();
    await customer.open('/shop');
    await page.getByLabel('内線端末 の数量').fill('1');
    await page.getByRole('button', { name: 'カートに入れる', exact: true }).click();
    await page.getByRole('link', { name: 'カートを見る（2）' }).waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
  });

  it('tells what the balance lacks, and lets lines go', async () => {
    const { page } = customer;
    await customer.open('/shop');
    await page.getByLabel('高価な端末 の数量').fill('1');
    await page.getByRole('button', { name: 'カートに入れる', exact: true }).click();
    await page.getByRole('link', { name: 'カートを見る（3）' }).click();
    await page.getByText('円不足しています').waitFor();
    await page.getByRole('button', { name: '高価な端末 をカートから削除' }).click();
    await page.getByRole('button', { name: '購入する', exact: true }).waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
  });

  it('leads from the missing balance back to the cart, which every page shows in its header', async () => {
    const { page } = customer;
    await customer.open('/prepaid');
    await page.getByText('カートに2件の商品が入っています。').waitFor();
    await page.getByRole('link', { name: 'カートに戻る' }).click();
    await cartRow(customer, '0300003007').waitFor();
    await customer.open('/contracts');
    await page
      .getByRole('banner')
      .getByRole('link', { name: /^カート 2/ })
      .click();
    await cartRow(customer, '0300003007').waitFor();
  });

  it('changes a quantity, and removes what is ticked (CRT-02, CAT-23)', async () => {
    const { page } = customer;
    await customer.open('/shop');
    await page.getByText('契約中の同時通話数（SIPトランク）').waitFor();
    await page.getByText('同時通話数を29より多くご希望の場合は').waitFor();
    await page.getByLabel('高価な端末 の数量').fill('1');
    await page.getByRole('button', { name: 'カートに入れる', exact: true }).click();
    await page.getByRole('link', { name: 'カートを見る（3）' }).click();
    await page.getByLabel('内線端末 の数量').fill('３');
    await page.getByRole('button', { name: '内線端末 の数量を変更' }).click();
    await cartRow(customer, '内線端末').getByText('150.0000').first().waitFor();
    expect(await page.getByLabel('0300003007 の数量').count()).toBe(0);
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
    await page.getByLabel('内線端末 の数量').fill('1');
    await page.getByRole('button', { name: '内線端末 の数量を変更' }).click();
    await cartRow(customer, '内線端末').getByText('50.0000').first().waitFor();
    await page.getByLabel('高価な端末 を選択').check();
    await page.getByRole('button', { name: 'チェックした項目を削除' }).click();
    await page.getByRole('button', { name: '購入する', exact: true }).waitFor();
    expect(await cartRow(customer, '高価な端末').count()).toBe(0);
    await page
      .getByRole('banner')
      .getByRole('link', { name: /^カート 2/ })
      .waitFor();
  });

  it('takes overseas numbers by count, and asks for the papers that they need (VBA-04, VBA-08)', async () => {
    const { page } = customer;
    await customer.open('/numbers');
    await page.getByRole('tab', { name: '海外電話番号（VBA）' }).click();
    await page.getByLabel('NEW YORK の数量').fill('2');
    await page.getByRole('button', { name: 'カートへ', exact: true }).click();
    const name = '海外電話番号VBA (NEW YORK) [0101212]';
    await cartRow(customer, name).waitFor();
    await page.getByText('承認済みの書類').waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: `${name} をカートから削除` }).click();
    await page.getByRole('button', { name: '購入する', exact: true }).waitFor();
  });

  it('shows the first invoice, is bought, and leads to what was bought', async () => {
    const { page } = customer;
    await customer.open('/cart');
    await page.getByText('ご契約月のご請求（税込）').waitFor();
    await cartRow(customer, '内線端末').getByText('50.0000').first().waitFor();
    await page.getByRole('button', { name: '購入する', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '購入する', exact: true }).click();
    await page.getByRole('heading', { name: 'ご購入ありがとうございます' }).waitFor();
    await page.getByRole('link', { name: '新規購入ユニークの設定はこちら' }).waitFor();
    const { rows } = await portal.home.product.contracts.contracts({
      ...{ account: parseAccountId('A1'), limit: 10 },
    });
    expect(rows.map(({ product, number }) => [product, number])).toEqual([
      ['number.03', '0300003007'],
      ['unique.extension', null],
    ]);
    await customer.open('/cart');
    await page.getByText('カートに商品は入っていません').waitFor();
    expect(
      await page
        .getByRole('banner')
        .getByRole('link', { name: /^カート/ })
        .count(),
    ).toBe(0);
  });

  it('is chosen by circle, and stays chosen from the shop to the cart', async () => {
    const { page } = customer;
    await customer.open('/shop');
    await page.getByLabel('購入するサークル').selectOption({ label: '本社' });
    await page.getByLabel('内線端末 の数量').fill('2');
    await page.getByRole('button', { name: 'カートに入れる', exact: true }).click();
    await page.getByRole('link', { name: 'カートを見る（1）' }).click();
    await cartRow(customer, '内線端末').waitFor();
    expect(new URL(page.url()).search).toBe(`?circle=${circle}`);
    await page.getByLabel('購入するサークル').selectOption({ index: 0 });
    await page.getByText('カートに商品は入っていません').waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
  });

  it('of a circle is its own: it finds a number, and buys it with a unique', async () => {
    const own = await portal.visitor();
    const { page } = own;
    await own.signIn('circle', 'honsha');
    await own.open('/numbers');
    await page.getByLabel('下4桁').fill('3008');
    await page.getByRole('button', { name: '検索する' }).click();
    await page.getByRole('button', { name: '0300003008 を選ぶ' }).click();
    await page.getByRole('button', { name: 'カートへ', exact: true }).click();
    await cartRow(own, '0300003008').waitFor();
    // Beside it the two terminals that the account has chosen for this circle.
    await cartRow(own, '内線端末').waitFor();
    expect(await page.getByText('利用可能残高').count()).toBe(0);
    expect([await own.barriers(), await own.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: '購入する', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '購入する', exact: true }).click();
    await page.getByRole('heading', { name: 'ご購入ありがとうございます' }).waitFor();
    for (const [path, text] of [
      ['/contracts', '0300003008'],
      ['/purchases', '0300003008'],
      ['/orders', '内線端末'],
    ] as const) {
      await own.open(path);
      await page.getByText(text).first().waitFor();
      expect([path, await own.barriers(), await own.overflow()]).toEqual([path, [], 0]);
    }
    await own.close();
  });
});
