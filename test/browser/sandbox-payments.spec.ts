import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Instant, type Language, Money } from '#kernel';
import type { GatewayMethod, GatewayPayment, PaymentRequest } from '#ports';
import { SimulatedClock } from '#testing';
import { startChromium, Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { CARD_NUMBERS, openSandboxWorld } from '../support/sandbox-world.js';
import { slowed } from '../support/slow-pages.js';

const AMOUNT = Money.yen(3_000);
/** Pictures are kept where somebody asks for them. */
const PICTURES = process.env['DAICHO_PICTURES'];

type Home = Awaited<ReturnType<typeof openSandboxWorld>>;

/** A page of the shop, to which the agency sends the browser back. */
async function startShop(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><html lang="en"><title>Shop</title><h1>Back in the shop</h1></html>');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

needsProgram('chromium')('the pages of the payment sandbox', () => {
  const clock = new SimulatedClock('2026-11-20T09:00:00+09:00');
  let home: Home;
  let shop: Awaited<ReturnType<typeof startShop>>;
  let browser: Browser;
  let visitor: Visitor;
  let attempts = 0;

  beforeAll(async () => {
    home = await openSandboxWorld(clock);
    shop = await startShop();
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    await home.dispose();
    shop.server.closeAllConnections();
    shop.server.close();
  });
  beforeEach(async () => {
    // A narrow telephone: what fits there fits everywhere.
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    visitor = new Visitor(context, await slowed(context, await context.newPage()));
  });
  afterEach(async () => {
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

  const begin = (method: GatewayMethod, language: Language, change: Partial<PaymentRequest> = {}) =>
    home.gateway.begin({
      attempt: `order-${++attempts}`,
      ...{ method, language, amount: AMOUNT, customer: 'a-1', card: null, chain: null },
      ...{ keepCard: false, unattended: false, returnTo: `${shop.url}/payments/1` },
      payableUntil: Instant.parse('2026-11-27T23:59:59.999+09:00'),
      ...change,
    });
  const said = async ({ payment }: GatewayPayment) => (await home.gateway.inquire({ payment }))!;

  /** The page is whole, readable by everybody, narrow enough, and in its language. */
  async function looksRight(name: string, language: Language): Promise<void> {
    const { page } = visitor;
    await visitor.settled();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const banner = language === 'ja' ? '練習用の決済ページ' : 'Sandbox: no real money';
    expect(await page.getByRole('note').textContent()).toContain(banner);
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}-${language}.png`), fullPage: true });
    }
    expect(await visitor.barriers()).toEqual([]);
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
  }

  async function open(payment: GatewayPayment): Promise<void> {
    await visitor.page.goto(payment.page!);
  }

  const button = (name: string) => visitor.page.getByRole('button', { name, exact: true }).click();
  const backInShop = () => visitor.page.getByRole('heading', { name: 'Back in the shop' }).waitFor();

  async function typeCard(number: string): Promise<void> {
    const { page } = visitor;
    await page.locator('input[name="holder"]').fill('TARO DAICHO');
    await page.locator('input[name="phone"]').fill('0312345678');
    await page.locator('input[name="number"]').fill(number);
    await page.locator('input[name="expiry"]').fill('12/30');
    await page.locator('input[name="cvc"]').fill('123');
    await page.locator('main form button').first().click();
  }

  it.each(['ja', 'en'] as const)('take a card, and send back to the shop: %s', async language => {
    const payment = await begin('card', language, { keepCard: true });
    await open(payment);
    await looksRight('card', language);
    await typeCard(CARD_NUMBERS.good);
    await backInShop();
    expect(visitor.page.url()).toBe(`${shop.url}/payments/1`);
    expect(await said(payment)).toMatchObject({ state: 'paid', received: AMOUNT });
    await open(payment);
    await looksRight('card-paid', language);
  });

  it.each(['ja', 'en'] as const)('ask for a code where the issuer wants one: %s', async language => {
    const payment = await begin('card', language);
    await open(payment);
    await typeCard(CARD_NUMBERS.asked);
    await looksRight('challenge', language);
    await visitor.page.locator('input[name="code"]').fill('1234');
    await button(language === 'ja' ? '認証する' : 'Authenticate');
    await backInShop();
    expect(await said(payment)).toMatchObject({ state: 'paid', received: AMOUNT });
  });

  it.each(['ja', 'en'] as const)(
    'say what is wrong with a card, and never show it again: %s',
    async language => {
      const payment = await begin('card', language);
      await open(payment);
      await typeCard('4242424242424241');
      await visitor.page.getByRole('alert').waitFor();
      await looksRight('card-wrong', language);
      expect(await visitor.page.locator('input[name="number"]').inputValue()).toBe('');
      await typeCard('4111111111111111');
      await visitor.page
        .getByRole('alert')
        .filter({ hasText: /実際の|real card/ })
        .waitFor();
      expect(await visitor.page.content()).not.toMatch(/4242424242424241|4111111111111111/);
      await typeCard(CARD_NUMBERS.refused);
      await backInShop();
      expect(await said(payment)).toMatchObject({ state: 'failed', decline: 'declined' });
      await open(payment);
      await looksRight('card-failed', language);
    },
  );

  it.each(['ja', 'en'] as const)('take money from a net bank at once: %s', async language => {
    const payment = await begin('net_bank', language);
    await open(payment);
    await looksRight('net-bank', language);
    const { page } = visitor;
    await page.getByRole('radio', { name: language === 'ja' ? 'PayPay銀行' : 'PayPay Bank' }).check();
    await page.locator('input[name="payer"]').fill('ダイチョウ タロウ');
    await page.locator('input[name="phone"]').fill('0312345678');
    await button(language === 'ja' ? '支払う' : 'Pay');
    await backInShop();
    expect(await said(payment)).toMatchObject({ state: 'paid', payer: 'ダイチョウ タロウ' });
  });

  it.each(['ja', 'en'] as const)('give an account to who has another bank: %s', async language => {
    const payment = await begin('net_bank', language);
    await open(payment);
    const { page } = visitor;
    await page.locator('input[value="any"]').check();
    await page.locator('input[name="payer"]').fill('ダイチョウ タロウ');
    await page.locator('input[name="phone"]').fill('0312345678');
    await button(language === 'ja' ? '支払う' : 'Pay');
    await page.locator('input[name="amount"]').waitFor();
    expect(await said(payment)).toMatchObject({ state: 'waits_for_money', received: 0 });
    await page.locator('input[name="amount"]').fill('２,５００');
    await button(language === 'ja' ? '振り込む' : 'Send the money');
    await page.getByText(language === 'ja' ? '入金額' : 'Received', { exact: true }).waitFor();
    expect(await said(payment)).toMatchObject({ state: 'paid', received: Money.yen(2_500) });
  });

  it.each(['ja', 'en'] as const)('issue the numbers of a shop, and let pay there: %s', async language => {
    const payment = await begin('konbini', language);
    await open(payment);
    await looksRight('konbini', language);
    const { page } = visitor;
    await page.locator('input[value="familymart"]').check();
    await page.locator('input[name="phone"]').fill('0312345678');
    await button(language === 'ja' ? '番号を発行する' : 'Issue the numbers');
    await page.getByText(language === 'ja' ? '企業コード' : 'Company code').waitFor();
    await looksRight('konbini-slip', language);
    await button(language === 'ja' ? '端末で申込券を印刷する' : 'Print the ticket at the machine');
    await button(language === 'ja' ? 'レジで支払う' : 'Pay at the shop');
    await page
      .getByText(language === 'ja' ? 'インターネット受付領収書' : 'Receipt of an internet order')
      .waitFor();
    await looksRight('konbini-paid', language);
    expect(await said(payment)).toMatchObject({ state: 'paid', received: AMOUNT });
  });

  it.each(['ja', 'en'] as const)('take a transfer of another amount by another name: %s', async language => {
    const payment = await begin('bank_transfer', language);
    await open(payment);
    await looksRight('transfer', language);
    await visitor.page.locator('input[name="payer"]').fill('ベツノ ヒト');
    await button(language === 'ja' ? '振り込む' : 'Send the money');
    await visitor.page.getByText('ベツノ ヒト').waitFor();
    await looksRight('transfer-paid', language);
    expect(await said(payment)).toMatchObject({ payer: 'ベツノ ヒト', received: AMOUNT });
  });

  it('can be read in the other language, and left without paying', async () => {
    const payment = await begin('konbini', 'ja');
    await open(payment);
    await visitor.page.getByRole('link', { name: 'English' }).click();
    await visitor.page.getByRole('heading', { name: 'Choose a convenience store' }).waitFor();
    await button('Do not pay');
    await backInShop();
    expect(await said(payment)).toMatchObject({ state: 'failed', decline: 'given_up' });
  });

  it.each(['ja', 'en'] as const)('let somebody practise what goes wrong: %s', async language => {
    const { page } = visitor;
    await page.goto(`${home.agency.url}/control?lang=${language}`);
    await page.locator('select').selectOption('wrong_amount');
    await page.locator('input[name="by"]').fill('-1');
    await button(language === 'ja' ? '設定する' : 'Set');
    await page.getByRole('cell', { name: language === 'ja' ? '入金額が異なる' : 'Another amount' }).waitFor();
    await looksRight('control', language);
    const payment = await begin('card', language);
    await home.world.typeCard(payment, 'good');
    expect(await said(payment)).toMatchObject({ received: Money.yen(2_999) });
  });
});
