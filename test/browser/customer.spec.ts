import { readFileSync } from 'node:fs';
import { parseAccountId } from '#kernel';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { fillMonths } from '../support/portal-months.js';

const OCTOBER = 'from=2026-10-01&to=2026-10-31';
/** Pages of an account, with what is on each. */
const PAGES = [
  ['/', '利用可能残高'],
  ['/prepaid', '計上残高'],
  ['/prepaid?view=lots', 'ロット番号'],
  ['/calls', '発信先区分'],
  [`/calls?view=in&${OCTOBER}`, '着信先'],
  [`/statements/numbers?${OCTOBER}`, '国内通話料（携帯以外）'],
  [`/statements/destinations?${OCTOBER}`, 'プレフィックス'],
  ['/usage', '差引額'],
  ['/invoices', '第3営業日'],
  ['/circles', '代表サークル'],
  ['/circles/add', 'ログインパスワード'],
  ['/numbers', '購入選択中の電話番号'],
  ['/shop', 'ご注意'],
  ['/cart', 'カートに商品は入っていません'],
] as const;

/** `h1` once and first, no level left out below it. */
const inOrder = (levels: readonly number[]): boolean =>
  levels.filter(level => level === 1).length === 1 &&
  levels.every((level, i) => i === 0 || level <= levels[i - 1]! + 1);

needsProgram('chromium')('the pages of a customer', () => {
  let portal: Portal;
  let invoice: string;
  let visitor: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    invoice = await fillMonths(portal.home);
    visitor = await portal.visitor();
    await visitor.signIn('account', 'A1-login');
  }, 60_000);
  afterAll(() => portal?.close());

  const textOf = async (selector: string): Promise<string> =>
    (await visitor.page.locator(selector).first().textContent()) ?? '';

  /** Follows links inside the page from the dashboard. @returns how many clicks it took */
  async function clicksTo(names: readonly string[], heading: string): Promise<number> {
    const { page } = visitor;
    await visitor.open('/');
    for (const name of names) await page.locator('main').getByRole('link', { name }).first().click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    return names.length;
  }

  it('shows the balance at once; history, statement and invoice are within two clicks', async () => {
    await visitor.open('/');
    const balance = await portal.home.product.prepaid.balance(parseAccountId('A1'));
    const shown = (await textOf('.stat.lead .money')).replaceAll(',', '').replace('円', '');
    expect(shown).toBe(balance?.available);
    const [first] = balance!.lots.map(lot => lot.expiresOn).sort();
    expect(await textOf('.stats')).toContain(first!.replaceAll('-', '/'));

    expect(await clicksTo(['プリペイド履歴へ'], 'プリペイド履歴')).toBeLessThanOrEqual(2);
    expect(await clicksTo(['利用明細へ'], '利用明細')).toBeLessThanOrEqual(2);
    expect(await clicksTo(['2026年10月分ご利用代金'], '2026年10月分ご利用代金')).toBeLessThanOrEqual(2);
  });

  it('the statement on the screen says what the product says, and comes as CSV and PDF', async () => {
    const { page } = visitor;
    await visitor.open('/usage?month=2026-10');
    const total = (await textOf('.table tfoot tr:first-child td:last-child')).replaceAll(',', '');
    const answer = await page.evaluate(
      "fetch('/api/v1/accounts/A1/statements/2026-10').then(found => found.json())",
    );
    const { total: expected } = answer as { total: { calls: number; amount: string } };
    expect(Number.parseFloat(total)).toBe(Number.parseFloat(expected.amount));
    for (const [name, begins] of [
      ['CSV', '\uFEFF'],
      ['PDF', '%PDF-'],
    ] as const) {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      const file = await (await saved).path();
      expect(readFileSync(file, 'utf8').startsWith(begins)).toBe(true);
    }
  });

  it('a search stands in the address and in its total; its CSV holds all of it', async () => {
    const { page } = visitor;
    await visitor.open(`/calls?${OCTOBER}`);
    await page.getByLabel('発信先区分').selectOption('mobile');
    await page.getByLabel('発信先（番号の一部）').fill('090');
    await page.getByRole('button', { name: '検索' }).click();
    await page.waitForURL(/class=mobile/);
    await visitor.settled();
    expect(page.url()).toContain('callee=090');
    const calls = Number.parseInt(await textOf('.stat:nth-child(2) dd'), 10);
    const rows = await page.locator('tbody tr').count();
    expect([rows, rows > 0]).toEqual([calls, true]);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const lines = readFileSync(await (await saved).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines.length).toBe(calls + 1);
    await page.getByRole('button', { name: '条件をクリア' }).click();
    await page.waitForURL(url => !url.search.includes('class'));
  });

  it('the history of a month and kind', async () => {
    await visitor.open('/prepaid?month=2026-10&kind=charge');
    const items = await visitor.page.locator('tbody tr').allTextContents();
    expect(items.length).toBe(2);
    expect(items.join()).toMatch(/チャージ \(ボーナス\).*チャージ \(クレジットカード\)/);
  });

  it('the invoice reads as its PDF, in both forms', async () => {
    const { page } = visitor;
    await visitor.open(`/invoices/${invoice}`);
    const document = await portal.home.product.closing.invoice(invoice);
    expect((await textOf('.stat.lead .money')).replaceAll(',', '').replace('円', '')).toBe(document?.total);
    for (const name of ['小数なし', '小数あり']) {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      expect(
        readFileSync(await (await saved).path())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
  });

  it.each(PAGES)('%s is without barriers, in order and says %p', async (path, japanese) => {
    await visitor.open(path);
    await visitor.page.getByText(japanese).first().waitFor();
    expect(await visitor.barriers()).toEqual([]);
    expect([await visitor.headings(), inOrder(await visitor.headings())]).toEqual([expect.anything(), true]);
    expect(await visitor.page.title()).toMatch(/.+ \| 台帳 Daicho$/);
    expect(visitor.complaints).toEqual([]);
  });
});
