import axe from 'axe-core';
import { parseAccountId } from '#kernel';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { type LinkFormWorld, openLinkFormWorld, typeThere } from '../support/link-form-world.js';
import { needsProgram } from '../support/needs.js';

needsProgram('chromium')('charging through an agency with link forms', () => {
  let portal: Portal;
  let home: LinkFormWorld;
  let customer: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    const { product, server } = portal.home;
    const gateways = `${server.url}/api/v1/payment-gateways/linkform`;
    home = await openLinkFormWorld({ now: () => product.now() }, { pageUrl: `${gateways}/form` });
    product.payments.offer(home.gateway);
    home.running.agency.notifyAt = `${gateways}/notifications`;
    customer = await portal.visitor();
    await customer.signIn('account', 'A1-login');
  }, 60_000);
  afterAll(async () => {
    await home?.dispose();
    await portal?.close();
  });

  it('leads over our page to that of the agency, and keeps no card (PAY-04)', async () => {
    const { page } = customer;
    const balance = async () => (await portal.home.product.prepaid.balance(parseAccountId('A1')))!.available;
    const before = await balance();
    await customer.open('/charge');
    await page.getByLabel('支払方法').selectOption('card');
    await page.getByLabel('購入額を入力する').fill('3000');
    expect(await page.getByLabel('次回のお支払いのために登録する').count()).toBe(0);
    await page.getByRole('button', { name: '申し込む' }).click();
    const [between] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '決済画面を開く' }).click(),
    ]);
    const go = between.getByRole('button', { name: '支払いに進む' });
    await go.waitFor();
    await between.evaluate(axe.source);
    const { violations } = (await between.evaluate('axe.run(document)')) as axe.AxeResults;
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(await between.locator('input:not([type=hidden])').count()).toBe(0);
    await go.click();
    await between.waitForURL(url => url.pathname === '/cgi-bin/credit/order.cgi');
    const [, session] = /session=(\d+)/.exec(await between.content())!;
    await typeThere(home.running.url, session!, {});
    await between.close();
    await page.getByText('チャージが完了しました').waitFor();
    expect(await balance()).toBe(String(Number(before) + 3000));
  });
});
