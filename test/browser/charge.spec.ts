import { openSandboxAgency, openSandboxPayments, type SandboxAgency } from '#adapters/sandbox-payments';
import { Money, parseAccountId } from '#kernel';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { CARD_NUMBERS, press } from '../support/sandbox-world.js';
import { callerOf } from '../support/small-provider.js';

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

  it('shows the shop and the numbers of a slip that is chosen on the page of the agency', async () => {
    const { product } = portal.home;
    const account = parseAccountId('A1');
    const order = { account, method: 'konbini' as const, amount: Money.of('2000') };
    const ordered = await product.payments.order(order, callerOf('slip'));
    if (ordered.kind !== 'done') throw new Error(ordered.kind);
    const { page } = customer;
    await customer.open(`/charge/${ordered.value.payment}`);
    await page.getByRole('link', { name: '決済画面を開く' }).waitFor();
    const { origin, pathname } = new URL(ordered.value.page!);
    await press(origin, `${pathname.slice(1)}/shop`, { shop: 'lawson', phone: '0312345678' });
    await page.getByRole('link', { name: '払込票を開く' }).waitFor();
    for (const text of ['ご入金をお待ちしています', 'ローソン', '受付番号', '確認番号'])
      await page.getByText(text, { exact: true }).waitFor();
    expect([await customer.barriers(), await customer.overflow()]).toEqual([[], 0]);
    await product.payments.cancel({ account, payment: ordered.value.payment }, callerOf('no-slip'));
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
      ['konbini', 'cancelled'],
      ['card', 'completed'],
    ]);
  });
  it('PL-10: another amount waits for staff, who credit it with the reason, in both languages', async () => {
    const { product } = portal.home;
    const order = {
      account: parseAccountId('A1'),
      method: 'bank_transfer' as const,
      amount: Money.of('10000'),
    };
    const ordered = await product.payments.order(order, callerOf('short'));
    if (ordered.kind !== 'done') throw new Error(ordered.kind);
    const { payment } = ordered.value;
    const gateway = openSandboxPayments({ url: agency.url, secret: SECRET });
    const { payment: reference } = (await gateway.inquire({ attempt: `${payment}-1` }))!;
    await press(agency.url, `pay/${reference}/transfer`, { amount: '9999', payer: 'ダイチョウ タロウ' });
    await product.payments.goOn(payment, callerOf('ask'));
    const before = await balance();

    const clerk = await portal.visitor();
    await clerk.signIn('staff', 'billing', { at: '/parked-money' });
    const { page } = clerk;
    await page.getByText('申込額と異なる').waitFor();
    await page.getByRole('cell', { name: '9,999', exact: true }).waitFor();
    expect([await clerk.barriers(), await clerk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: `${payment}.1 をチャージする` }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('9,999円を A1 の残高に加算します').waitFor();
    await dialog.getByLabel('理由').fill('振込手数料を差し引かれた入金');
    await dialog.getByRole('button', { name: 'チャージする' }).click();
    await page.getByText('確認待ちの入金はありません').waitFor();
    expect(await balance()).toBe(String(Number(before) + 9_999));
    await page.getByLabel('表示').selectOption('decided');
    await page.getByText('申込額と異なる').waitFor();
    await page.getByRole('button', { name: /日本語/ }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByText('Another amount than ordered').waitFor();
    expect([await clerk.barriers(), await clerk.overflow(), clerk.complaints]).toEqual([[], 0, []]);
    await clerk.close();
  });
});
