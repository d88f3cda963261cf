import { openSandboxAgency, openSandboxPayments, type SandboxAgency } from '#adapters/sandbox-payments';
import { Money, parseAccountId } from '#kernel';
import { eventually, openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { CARD_NUMBERS } from '../support/sandbox-world.js';
import { callerOf } from '../support/small-provider.js';

const SECRET = 'browser-secret';
const A1 = parseAccountId('A1');

needsProgram('chromium')('prepaid settings in the portal', () => {
  let portal: Portal;
  let agency: SandboxAgency;
  let customer: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    const { product } = portal.home;
    agency = await openSandboxAgency({ clock: { now: () => product.now() }, secret: SECRET });
    product.payments.offer(openSandboxPayments({ url: agency.url, secret: SECRET }));
    agency.notifyAt(`${portal.home.server.url}/api/v1/payment-gateways/sandbox/notifications`);
    customer = await portal.visitor();
    await customer.signIn('account', 'A1-login');
  }, 60_000);
  afterAll(async () => {
    await agency?.close();
    await portal?.close();
  });
  const balance = async () => (await portal.home.product.prepaid.balance(A1))!.available;

  it('PAY-05: registers a card while it pays, and shows its last four digits', async () => {
    const { page } = customer;
    await customer.open('/prepaid-settings');
    await page.getByText('登録済みのカードはありません').waitFor();
    await customer.open('/charge');
    await page.getByLabel('支払方法').selectOption('card');
    await page.getByLabel('入力するカードを、次回のお支払いのために登録する').check();
    await page.getByLabel('購入額を入力する').fill('3000');
    await page.getByRole('button', { name: '申し込む' }).click();
    const [gateway] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '決済画面を開く' }).click(),
    ]);
    for (const [name, text] of [
      ...([
        ['number', CARD_NUMBERS.good],
        ['holder', 'TARO DAICHO'],
      ] as const),
      ...([
        ['expiry', '12/30'],
        ['cvc', '123'],
        ['phone', '0312345678'],
      ] as const),
    ])
      await gateway.locator(`input[name="${name}"]`).fill(text);
    await gateway.locator('form:has(input[name="number"]) button').first().click();
    await page.getByText('チャージが完了しました').waitFor();
    await gateway.close();
    await customer.open('/prepaid-settings');
    await page.getByRole('cell', { name: 'VISA 下4桁 4242' }).waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
  });

  it('says at the field what is missing, keeps what was typed, and saves it', async () => {
    const { page } = customer;
    await page.getByLabel('日本語のメールで通知する').first().check();
    await page.getByLabel('登録済みのカードで自動的にチャージする').check();
    await page.getByLabel('実行される残高').fill('１，０００');
    await page.getByLabel('チャージ額（円）', { exact: false }).last().fill('¥5,000');
    await page.getByLabel('1か月の限度額').fill('30000');
    const save = page.getByRole('button', { name: '変更を保存する' });
    await save.click();
    await page.getByText('アラート通知額は、2つのうち少なくとも1つを入力してください。').first().waitFor();
    await page.getByLabel('アラート通知額1').fill('2000');
    await page.getByLabel('残額アラートの送信先').fill('a@example.jp,b@example.jp');
    await save.click();
    await page.getByText('オートリチャージに使用するカードを選んでください。').first().waitFor();
    await page.getByLabel('使用するカード').selectOption({ label: 'VISA 下4桁 4242' });
    await save.click();
    await page.getByText('利用可能残高が1,000円以下になると、5,000円をチャージします。').waitFor();
    await page.getByText('使用中').waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
  });

  it('shows an auto-recharge at once, with the total of the month and the next time', async () => {
    const { product } = portal.home;
    const amount = Money.negate(Money.subtract(Money.of(await balance()), Money.of('900')));
    const because = { adjustment: 'down', approvedBy: 'staff:b', reason: '調整' };
    await product.prepaid.adjust({ account: A1, amount, ...because }, callerOf('down'));
    await eventually(async () => expect(await balance()).toBe('5900'));
    const { page } = customer;
    await customer.open('/prepaid-settings');
    await page.getByText('次のオートリチャージは').waitFor();
    await customer.open('/charge');
    await page.getByRole('cell', { name: 'オートリチャージ' }).waitFor();
    await page.getByRole('button', { name: /日本語/ }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await customer.open('/prepaid-settings');
    await page.getByText('Recharged this month').waitFor();
    expect([await customer.barriers(), await customer.overflow(), customer.complaints]).toEqual([[], 0, []]);
  });

  it('pays with the registered card without a page, and removes it', async () => {
    const { page } = customer;
    const before = await balance();
    await customer.open('/charge');
    await page.getByLabel('How to pay').selectOption('card');
    await page.locator('select[name="card"]').selectOption({ label: 'VISA ending in 4242' });
    await page.getByRole('button', { name: 'Order', exact: true }).first().click();
    await eventually(async () => expect(await balance()).toBe(String(Number(before) + 10_000)));
    await customer.open('/prepaid-settings');
    await page.getByRole('button', { name: 'Remove VISA ending in 4242' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No card is registered').waitFor();
    await page.getByText('Auto-recharge is off.').waitFor();
  });
});
