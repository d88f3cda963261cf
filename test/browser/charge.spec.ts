import { openSandboxAgency, openSandboxPayments, type SandboxAgency } from '#adapters/sandbox-payments';
import { parseAccountId } from '#kernel';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { CARD_NUMBERS } from '../support/sandbox-world.js';

const SECRET = 'browser-secret';

needsProgram('chromium')('charging in the portal', () => {
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
  const balance = async () => (await portal.home.product.prepaid.balance(parseAccountId('A1')))!.available;

  it('takes what is typed, leads to the agency, and shows the charge when it is paid there', async () => {
    const { page } = customer;
    const before = await balance();
    await customer.open('/charge');
    await page.getByLabel('支払方法').selectOption('card');
    await page.getByLabel('購入額を入力する').fill('999');
    await page.getByRole('button', { name: '申し込む' }).click();
    await page.getByText('この支払方法で一度に計上できるのは').first().waitFor();
    await page.getByLabel('購入額を選ぶ').selectOption('10000');
    // PL-08: what is typed counts, in whatever way it is written.
    await page.getByLabel('購入額を入力する').fill('３，０００');
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: '申し込む' }).click();
    await page.getByText('お申し込みは、まだ完了していません').waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
    const [gateway] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '決済画面を開く' }).click(),
    ]);
    for (const [name, text] of [
      ['number', CARD_NUMBERS.good],
      ['holder', 'TARO DAICHO'],
      ['expiry', '12/30'],
      ['cvc', '123'],
      ['phone', '0312345678'],
    ] as const)
      await gateway.locator(`input[name="${name}"]`).fill(text);
    await gateway.locator('form:has(input[name="number"]) button').first().click();
    await page.getByText('チャージが完了しました').waitFor();
    await gateway.close();
    expect(await balance()).toBe(String(Number(before) + 3000));
    await customer.open('/charge');
    await page.getByText('完了', { exact: true }).waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
  });

  it('is cancelled before it is paid; nobody can pay it then', async () => {
    const { page } = customer;
    await customer.open('/charge');
    await page.getByLabel('支払方法').selectOption('konbini');
    await page.getByLabel('購入額を入力する').fill('2000');
    await page.getByRole('button', { name: '申し込む' }).click();
    await page.getByText('お申し込みは、まだ完了していません').waitFor();
    await page.getByRole('button', { name: '申し込みを取り消す' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '申し込みを取り消す' }).click();
    await page.getByText('お申し込みは取り消されました').waitFor();
    const { rows } = await portal.home.product.payments.payments(parseAccountId('A1'), {});
    expect(rows.map(({ method, phase }) => [method, phase])).toEqual([
      ['konbini', 'cancelled'],
      ['card', 'completed'],
    ]);
  });
});
