import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Money, parseAccountId } from '#kernel';
import { openPortal, type Portal } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { CDR_HEADER, callerOf, numberOfAccount } from '../support/small-provider.js';

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

needsProgram('chromium')('the prepaid history of a call of 176 yen that met 100 yen', () => {
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
  ] as const)('tells cost, funds and debt apart to %s %s', async (level, login, path) => {
    const visitor = await portal.visitor({ width: 1440 });
    await visitor.signIn(level, login);
    await visitor.open(path);
    const { page } = visitor;
    await page.locator('tbody').getByText('未払い分への充当').waitFor();
    const shown = await cellsOf(page);
    for (const row of ROWS) expect(shown.map(cells => cells.slice(1))).toContainEqual(row);
    expect(await visitor.barriers()).toEqual([]);
  });
});
