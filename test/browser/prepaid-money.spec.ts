import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Money, parseAccountId } from '#kernel';
import { eventually, openPortal, type Portal } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { CDR_HEADER, callerOf, numberOfAccount } from '../support/small-provider.js';

const A1 = parseAccountId('A1');
const A2 = parseAccountId('A2');
const OWN = numberOfAccount(2);
const START = '2026-11-03T10:00:00.000+09:00';
const END = '2026-11-03T10:10:00.000+09:00';
/** Ten minutes to a mobile number: 160 yen, with tax 176. */
const CALL = `owing,A2,${OWN},out,${OWN},09012345678,${START},${START},${END},NORMAL_CLEARING`;

/** Of each row: item, detail, cost, change, balance, owed, owed after. */
const ROWS = [
  ['未払い分への充当', '通話料金 09012345678 76円', '', '−76', '424', '−76', '0'],
  ['チャージ (銀行振込)', '銀行振込', '', '500', '500', '0', '76'],
  ['通話料金', '09012345678', '176', '−100', '0', '76', '76'],
  ['チャージ (銀行振込)', '銀行振込', '', '100', '100', '0', '0'],
];

needsProgram('chromium')('prepaid money on the pages', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal();
    const { prepaid, cdr } = portal.home.product;
    const file = join(portal.home.directory, 'owing.csv');
    writeFileSync(file, `${CDR_HEADER}\n${CALL}\n`);
    const charge = async (yen: string) => {
      const paid = { account: A2, amount: Money.of(yen), method: 'bank_transfer' } as const;
      expect(await prepaid.charge(paid, callerOf(`charge-${yen}`))).toMatchObject({ kind: 'done' });
    };
    await charge('100');
    await cdr.importFile(file, 'csv', callerOf('import'));
    await charge('500');
  }, 60_000);
  afterAll(() => portal?.close());

  const cellsOf = (page: Page) =>
    page
      .locator('table tbody tr')
      .evaluateAll(rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent)));

  it.each([
    ['account', 'A2-login', '/prepaid'],
    ['staff', 'billing', '/accounts/A2'],
  ] as const)(
    'a call of 176 yen that met 100: the history tells cost, funds and debt apart to %s %s',
    async (level, login, path) => {
      const visitor = await portal.visitor({ width: 1440 });
      await visitor.signIn(level, login);
      await visitor.open(path);
      const { page } = visitor;
      await page.locator('tbody').getByText('未払い分への充当').waitFor();
      const shown = await cellsOf(page);
      for (const row of ROWS) expect(shown.map(cells => cells.slice(1))).toContainEqual(row);
      expect(await visitor.barriers()).toEqual([]);
    },
  );

  it('the form of a charge says the limits of the method, and sends nothing outside of them', async () => {
    const clerk = await portal.visitor();
    await clerk.signIn('staff', 'billing');
    await clerk.open('/accounts/A1');
    const { page } = clerk;
    const go = page.getByRole('button', { name: '計上する', exact: true });
    const wrong = page.locator('.field .wrong').filter({ hasText: /./ });
    await page.getByText('1回の銀行振込は 1円〜5,000,000円、1円単位です。').waitFor();
    await page.getByLabel('支払方法').selectOption('konbini');
    await page.getByText('1回のコンビニ払いは 2,000円〜300,000円、1円単位です。').waitFor();
    for (const amount of ['1999', '300001', '2000.5']) {
      await page.getByLabel('金額（円）').fill(amount);
      await go.click();
      await wrong.getByText('2,000円〜300,000円').waitFor();
      await clerk.rests();
      expect(await page.getByRole('alertdialog').count()).toBe(0);
    }
    expect(await clerk.barriers()).toEqual([]);
    await page.getByLabel('支払方法').selectOption('bonus');
    await page.getByText('1円単位です').waitFor({ state: 'detached' });
  });

  it('a payment of the past is charged with its own time: its expiry counts from there', async () => {
    const clerk = await portal.visitor();
    await clerk.signIn('staff', 'billing');
    await clerk.open('/accounts/A1');
    const { page } = clerk;
    const go = page.getByRole('button', { name: '計上する', exact: true });
    const at = page.getByLabel('入金日時');
    await page.getByLabel('金額（円）').fill('3000');
    // Half of a time is none, and must not be booked as now.
    await at.focus();
    await page.keyboard.type('2026');
    await go.click();
    await page.getByText('日付と時刻の両方を入力してください。').waitFor();
    await at.fill('2026-10-02T09:30');
    await go.click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('2026/10/02 09:30 入金の 3,000円（銀行振込）').waitFor();
    await dialog.getByLabel('理由').fill('ブラウザーの試験');
    await dialog.getByRole('button', { name: '計上する', exact: true }).click();
    await clerk.told('3,000円を計上しました。');
    const { lots } = (await portal.home.product.prepaid.balance(A1))!;
    expect(lots).toMatchObject([
      { credited: '3000', issuedAt: '2026-10-02T09:30:00.000+09:00', expiresOn: '2027-03-31' },
    ]);
    await eventually(async () => expect(await at.inputValue()).toBe(''));
  });
});
