import { readFileSync } from 'node:fs';
import { parseAccountId } from '#kernel';
import { eventually, openPortal, type Portal, type Visitor } from '../support/browser.js';
import { callLines } from '../support/call-lines.js';
import { needsProgram } from '../support/needs.js';
import { CDR_HEADER, numberOfAccount, TARIFF } from '../support/small-provider.js';

const A1 = parseAccountId('A1');
const A2 = parseAccountId('A2');
const OWN = numberOfAccount(1);
const START = '2026-10-10T10:00:00.000+09:00';
const END = '2026-10-10T10:02:00.000+09:00';

/** One call of two minutes to Tokyo. */
const call = (id: string, account: string, start = START): string =>
  `${id},${account},${OWN},out,${OWN},0312345678,${start},${start},${END},NORMAL_CLEARING`;

const csv = (lines: readonly string[]): string => `${[CDR_HEADER, ...lines].join('\n')}\n`;
const GOOD = callLines({ seed: 7, calls: 40, accounts: ['A1', 'A2'], from: START, days: 15 });

needsProgram('chromium')('the month of a billing clerk', () => {
  let portal: Portal;
  let clerk: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    clerk = await portal.visitor();
    await clerk.signIn('staff', 'billing');
  }, 60_000);
  afterAll(() => portal?.close());

  const button = (name: string | RegExp) => clerk.page.getByRole('button', { name, exact: true });

  /** Answers the question that stands open, with a reason. */
  async function confirm(go: string): Promise<void> {
    const dialog = clerk.page.getByRole('alertdialog');
    await dialog.getByLabel('理由').fill('ブラウザーの試験');
    await dialog.getByRole('button', { name: go, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  async function importFile(name: string, text: string): Promise<void> {
    await clerk.open('/imports');
    await clerk.page
      .getByLabel('通話明細ファイル（CDR）')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await button('取り込む').click();
    await confirm('取り込む');
  }

  /** A figure of the report, by its name. */
  const figure = (name: string): Promise<string | null> =>
    clerk.page
      .locator('.note-box .stat')
      .filter({ has: clerk.page.getByText(name, { exact: true }) })
      .locator('dd')
      .textContent();

  it('begins with what waits: no call record yet, October not closed', async () => {
    await clerk.open('/');
    await clerk.page.getByText('保留中の通話明細はありません。').waitFor();
    await clerk.page.getByText('データの書き込みは正常です。').waitFor();
    const due = clerk.page.locator('li').filter({ hasText: '未締めの月' });
    expect(await due.textContent()).toContain('2026年10月');
  });

  it('a file that is none is refused, and nothing of it is imported', async () => {
    await importFile('none.csv', 'call_id,account\nx,A1\n');
    await clerk.page.getByRole('alert').getByText('コード').waitFor();
    expect(await portal.home.product.cdr.imports()).toEqual([]);
  });

  it('a broken file goes to the suspense list; a line is mended in place, another given up', async () => {
    const lines = [call('ok-1', 'A1'), call('mend-1', 'A9'), call('gone-1', 'A1', '2026-13-40T10:00:00Z')];
    await importFile('broken.csv', csv(lines));
    await clerk.page.getByText('broken.csv の取り込みが終わりました').waitFor();
    expect([await figure('課金'), await figure('保留')]).toEqual(['1', '2']);
    await clerk.page.getByRole('link', { name: '保留になった 2件を直す' }).click();

    await clerk.page.getByText('アカウント A9 は登録されていません。').first().waitFor();
    await clerk.page.getByRole('button', { name: 'broken.csv の 3行目を確認する' }).click();
    const account = clerk.page.getByLabel(/^アカウント account/);
    expect(await account.inputValue()).toBe('A9');
    await account.fill('A8');
    await button('再試行する').click();
    await confirm('再試行する');
    // Still wrong: said at its field, and what came stays beside what it was mended to.
    await clerk.page
      .locator('.field .wrong')
      .filter({ hasText: 'アカウント A8 は登録されていません。' })
      .waitFor();
    await clerk.page.getByText('修正後の行').waitFor();
    await account.fill('A1');
    await button('再試行する').click();
    await confirm('再試行する');
    await clerk.told('課金しました。');
    // At once: that the list is read anew, and the line before closed, must not close this one.

    await clerk.page.getByRole('button', { name: 'broken.csv の 4行目を確認する' }).click();
    await button('破棄する').click();
    await confirm('破棄する');
    await clerk.page.getByText('保留中の通話明細はありません').waitFor();
    const calls = await portal.home.product.prepaid.calls(A1);
    expect(calls.rows.map(row => row.callId).sort()).toEqual(['mend-1', 'ok-1']);
  });

  it('a good file is charged once, however often it comes', async () => {
    await importFile('good.csv', csv(GOOD));
    await clerk.page.getByText('good.csv の取り込みが終わりました').waitFor();
    expect([await figure('読込'), await figure('保留')]).toEqual(['40', '0']);
    const before = await portal.home.product.prepaid.balance(A1);
    await importFile('again.csv', `${csv(GOOD)}\n`);
    await clerk.page.getByText('again.csv の取り込みが終わりました').waitFor();
    expect([await figure('課金'), await figure('重複')]).toEqual(['0', '40']);
    expect(await portal.home.product.prepaid.balance(A1)).toEqual(before);
  });

  it('a charge is found on the page of the customer', async () => {
    await clerk.open('/');
    await clerk.page.getByLabel('お客様名・アカウント・電話番号（一部）').fill(OWN);
    await button('検索').click();
    await clerk.page.getByRole('link', { name: 'A1', exact: true }).click();
    await clerk.page.getByLabel('金額（円）').fill('５，０００');
    await button('計上する').click();
    await confirm('計上する');
    await clerk.told('5,000円を計上しました。');
    const balance = await portal.home.product.prepaid.balance(A1);
    const shown = clerk.page.locator('.stat.lead .money').filter({ hasText: /[1-9]/ });
    await eventually(async () =>
      expect((await shown.textContent())?.replace(/[,円]/g, '')).toBe(balance?.available),
    );
  });

  it('a charge that was posted is gone from the form, and asked about before it is again', async () => {
    const lots = async () => (await portal.home.product.prepaid.balance(A1))!.lots.length;
    const before = await lots();
    const amount = clerk.page.getByLabel('金額（円）');
    await eventually(async () => expect(await amount.inputValue()).toBe(''));
    await button('計上する').click();
    await clerk.page.locator('.field .wrong').filter({ hasText: /./ }).first().waitFor();
    await clerk.rests();
    expect(await clerk.page.getByRole('alertdialog').count()).toBe(0);
    await amount.fill('5000');
    await button('計上する').click();
    await clerk.page.getByRole('alertdialog').getByLabel('理由').fill('ブラウザーの試験');
    const dialog = clerk.page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '計上する', exact: true }).click();
    await dialog.getByText('もう一度計上しますか').waitFor();
    expect(await clerk.barriers()).toEqual([]);
    await dialog.getByRole('button', { name: '計上しない', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await clerk.rests();
    expect([await lots(), await amount.inputValue()]).toEqual([before, '5000']);
    await button('計上する').click();
    await dialog.getByLabel('理由').fill('二度目の入金');
    await dialog.getByRole('button', { name: '計上する', exact: true }).click();
    await dialog.getByRole('button', { name: 'もう一度計上する', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => expect(await amount.inputValue()).toBe(''));
    expect(await lots()).toBe(before + 1);
  });

  it('a call that was recorded wrongly is corrected: shown, priced and shown anew', async () => {
    await clerk.open('/accounts/A1?act=correct');
    await clerk.page.getByLabel('通話ID').fill('ok-1');
    await button('通話を表示').click();
    await clerk.page.getByText('8円（消費税 0.8円）').waitFor();
    await button('訂正内容を確認する').click();
    await clerk.page.getByText('通話は既にこの内容で記録されています。').waitFor();
    await clerk.page.getByLabel('終了日時').fill('2026/10/10 10:05:00');
    await button('訂正内容を確認する').click();
    const dialog = clerk.page.getByRole('alertdialog');
    await dialog.getByText('現在の記録の 8円（消費税 0.8円）を取り消し').waitFor();
    await dialog.getByText('16円（消費税 1.6円）の通話として記録し直します').waitFor();
    expect(await dialog.locator('ins').allTextContents()).toEqual(['2026/10/10 10:05:00']);
    expect(await clerk.barriers()).toEqual([]);
    await confirm('訂正する');
    await clerk.page.getByText('2件目の記録：一般通話 16円（消費税 1.6円）').waitFor();
    // A call that nobody had answered is no call that costs something; and the other way.
    await clerk.page.getByLabel('応答', { exact: true }).selectOption('no');
    await button('訂正内容を確認する').click();
    await dialog.getByText('0円（消費税 0円）の通話として記録し直します').waitFor();
    await confirm('訂正する');
    await clerk.page.getByText(/3件目の記録：.*0円/).waitFor();
    expect(await clerk.barriers()).toEqual([]);
    const { rows } = await portal.home.product.reports.calls.page(A1, {});
    const own = rows.filter(({ callId }) => callId === 'ok-1');
    expect(own.map(({ net, reversed }) => [net, reversed])).toEqual([
      ['0', false],
      ['16', true],
      ['8', true],
    ]);
  });

  it('a large bonus is charged with the approval of a second person', async () => {
    const approver = await portal.visitor();
    await approver.signIn('staff', 'approver');
    await approver.open('/accounts/A2?act=approve');
    await approver.page.getByLabel('金額（円）').fill('50000');
    await approver.page.getByRole('button', { name: '承認する', exact: true }).click();
    const code = await approver.page.locator('p.code').textContent();
    await clerk.open('/accounts/A2');
    const field = clerk.page.getByLabel('承認コードまたは承認者のAPIキー');
    await clerk.page.getByLabel('金額（円）').fill('50000');
    expect(await field.count()).toBe(0);
    await clerk.page.getByLabel('支払方法').selectOption('bonus');
    await clerk.page.getByText('10,000円を超える調整やボーナスには、別の担当者の承認が必要です。').waitFor();
    await button('計上する').click();
    await confirm('計上する');
    await clerk.page
      .getByText('この金額の調整やボーナスには、別の担当者の承認が必要です。')
      .first()
      .waitFor();
    await field.fill(code!);
    await button('計上する').click();
    await confirm('計上する');
    await clerk.told('50,000円を計上しました。');
    const { lots } = (await portal.home.product.prepaid.balance(A2))!;
    expect(lots.filter(({ kind }) => kind === 'bonus').map(({ credited }) => credited)).toEqual(['50000']);
  });

  it('a tariff file is looked through before it is published', async () => {
    await clerk.open('/tariffs');
    await clerk.page.getByLabel('料金表ファイル（CSV）').setInputFiles({
      name: 'tariff.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(TARIFF.replace('std,03,東京,一般通話,0,8,', 'std,03,東京,一般通話,0,9,')),
    });
    const row = clerk.page.locator('tbody tr').filter({ hasText: '東京' });
    expect(await row.locator('del').textContent()).toBe('8');
    expect(await row.locator('ins').textContent()).toBe('9');
    const [std] = await portal.home.product.catalogue.tariffs();
    expect(std?.version).toBe(1);
    await button('公開する').click();
    await confirm('公開する');
    await clerk.told('料金表を公開しました。');
    expect((await portal.home.product.catalogue.tariffs())[0]?.version).toBe(2);
  });

  it('a price list is looked through before it is imported, and shown as of a day', async () => {
    await clerk.open('/products');
    await clerk.page.getByText('価格表はまだありません').waitFor();
    const list = (from: string, monthly: string) =>
      `price_lists: [{ name: standard, valid_from: ${from}, products: [{ code: unique.extension, ` +
      `kind: unique, name_ja: 内線端末, name_en: Extension, monthly: ${monthly} }] }]`;
    const { catalogue } = portal.home.product;
    await catalogue.importCatalogueYaml('p.yaml', list('2026-01-01', '500'), {
      actor: { id: 'staff:clerk' },
      commandId: 'prices-1',
    });
    await clerk.open('/products');
    const product = clerk.page.locator('tbody tr').filter({ hasText: 'unique.extension' });
    expect(await product.first().textContent()).toContain('500');
    await clerk.page.getByLabel('カタログファイル（YAML）').setInputFiles({
      name: 'prices.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(list('2099-04-01', '550')),
    });
    await clerk.page.locator('del').filter({ hasText: '500' }).waitFor();
    expect(await clerk.page.locator('ins').first().textContent()).toContain('550');
    await button('取り込む').click();
    await confirm('取り込む');
    await clerk.told('カタログを取り込みました。');
    await clerk.open('/products?on=2099-04-01');
    await clerk.page.getByRole('heading', { name: '第2版' }).waitFor();
    expect(await product.first().textContent()).toContain('550');
  });

  it('a close is previewed, run and told by account; its invoice is saved as PDF', async () => {
    await clerk.open('/closes/2026-10');
    await button('試算する').click();
    await clerk.page.getByRole('heading', { name: '試算の結果' }).waitFor();
    expect(await clerk.page.locator('tbody tr').filter({ hasText: '締められます' }).count()).toBe(2);
    expect((await portal.home.product.closing.invoices({})).rows).toEqual([]);

    await button('締め処理を実行').click();
    await confirm('締め処理を実行');
    await clerk.told('締め処理が終わりました。');
    const [invoice] = (await portal.home.product.closing.invoices({ account: A1 })).rows;
    const row = clerk.page.locator('tbody tr').filter({ hasText: invoice!.number });
    expect(await row.textContent()).toContain('締め済み');
    const saved = clerk.page.waitForEvent('download');
    await row.getByRole('button', { name: `請求書 ${invoice!.number} のPDFを保存` }).click();
    const file = readFileSync(await (await saved).path());
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');

    await row.getByRole('link', { name: invoice!.number, exact: true }).click();
    await clerk.page.getByRole('heading', { level: 1, name: invoice!.subject }).waitFor();
  });

  it('J-12: invoices are found by date, amount and counterparty together', async () => {
    const [invoice] = (await portal.home.product.closing.invoices({ account: A1 })).rows;
    await clerk.open('/invoices');
    await clerk.page.getByLabel('取引先（名称・アカウントの一部）').fill('A1');
    await clerk.page.getByLabel('請求日（から）').fill('2026-10-01');
    await clerk.page.getByLabel('請求日（まで）').fill('2026-10-31');
    await clerk.page.getByLabel('金額（以上）').fill(invoice!.total);
    await clerk.page.getByLabel('金額（以下）').fill(invoice!.total);
    await button('検索').click();
    await clerk.page.waitForURL(/counterparty=A1/);
    await clerk.settled();
    const found = await clerk.page.locator('tbody tr').allTextContents();
    expect([found.length, found[0]?.includes(invoice!.number)]).toEqual([1, true]);
    await clerk.page.getByLabel('金額（以上）').fill(`${invoice!.total}9`);
    await button('検索').click();
    await clerk.page.getByText('条件に合うデータはありません').waitFor();
  });

  it('a customer is seen as the customer sees it: said why, read only', async () => {
    await clerk.open('/accounts/A1');
    await button('お客様の画面を見る').click();
    await confirm('画面を開く');
    await clerk.page.getByText('A1 の画面を、お客様と同じ表示で見ています').waitFor();
    await clerk.page.getByText('利用可能残高').first().waitFor();
    await button('元の画面に戻る').click();
    await clerk.page.getByRole('heading', { level: 1, name: '業務トップ' }).waitFor();
    const { rows } = await portal.home.product.identity.logins.staffActs({ limit: 50 });
    expect(rows.some(act => act.reason === 'ブラウザーの試験' && /Customer/.test(act.type))).toBe(true);
  });

  it('complains of nothing on the way', () => expect(clerk.complaints).toEqual([]));
});
