import { Money, parseAccountId } from '#kernel';
import { writtenFile } from '../support/bank-files.js';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { callerOf } from '../support/small-provider.js';

const BANK = '0001/見本銀行/001/本店/ordinary/1234567/ミホン';
const POLICY = `policies:\n  - { name: payment.bank-account, value: ${BANK}, valid_from: 2025-01-01 }\n`;

needsProgram('chromium')('files of the bank in the portal', () => {
  const A1 = parseAccountId('A1');
  let portal: Portal;
  let clerk: Visitor;
  let today: string;
  beforeAll(async () => {
    portal = await openPortal();
    const { product } = portal.home;
    await product.catalogue.importCatalogueYaml('bank.yaml', POLICY, callerOf('bank'));
    for (const nth of [1, 2]) {
      const order = { account: A1, method: 'bank_transfer', amount: Money.of('10000') } as const;
      expect(await product.payments.order(order, callerOf(`order-${nth}`))).toMatchObject({ kind: 'done' });
    }
    const { rows } = await product.payments.payments(A1, {});
    today = rows[0]!.orderedAt.slice(0, 10);
    clerk = await portal.visitor();
    await clerk.signIn('staff', 'billing', { at: '/deposits' });
  }, 60_000);
  afterAll(async () => {
    await portal?.close();
  });
  const balance = async () => Number((await portal.home.product.prepaid.balance(A1))!.available);
  const file = (name: string, trailer: object = {}) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from(
      writtenFile({
        ...{ day: today, trailer: trailer as Record<string, number> },
        rows: [
          { number: '000001', amount: 10_000, payer: 'ﾀｹﾄﾘ ｶｸﾞﾔ' },
          { number: '000002', amount: 700, payer: 'ﾐｼﾗﾇﾋﾄ' },
        ],
      }),
    ),
  });
  async function send(what: ReturnType<typeof file>): Promise<void> {
    const { page } = clerk;
    await page.getByLabel('入金ファイル', { exact: true }).setInputFiles(what);
    await page.getByRole('button', { name: '取り込む' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('理由').fill('11月30日分');
    await dialog.getByRole('button', { name: '取り込む' }).click();
  }

  it('with a fault are refused by record and field, and nothing is booked', async () => {
    const { page } = clerk;
    await send(file('bad.txt', { sum: 1 }));
    await page.getByText('入金合計金額は1ですが、明細を数えると10700です。').waitFor();
    await page.getByText('取り込んだファイルはまだありません').waitFor();
    expect([await clerk.barriers(), await clerk.overflow()]).toEqual([[], 0]);
  });

  it('are imported; what nobody can decide waits, and staff say what it is, with the reason', async () => {
    const { page } = clerk;
    await send(file('nyukin.txt'));
    await page.getByText('nyukin.txt の取り込みが終わりました').waitFor();
    await page.getByText('名義が申込者と異なる').waitFor();
    expect([await clerk.barriers(), await clerk.overflow()]).toEqual([[], 0]);
    const before = await balance();
    await page.getByRole('button', { name: 'ﾀｹﾄﾘ ｶｸﾞﾔ 10000円 を処理する' }).click();
    await page.getByLabel('申し込み', { exact: true }).waitFor();
    expect([await clerk.barriers(), await clerk.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: '決定する' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('10,000円 を、A1 の申し込みの支払いとしてチャージします').waitFor();
    await dialog.getByLabel('理由').fill('電話で確認した');
    await dialog.getByRole('button', { name: '決定する' }).click();
    await page.getByText('候補から選ぶ入金はありません').waitFor();
    expect(await balance()).toBe(before + 10_000);

    await page.getByLabel('表示', { exact: true }).selectOption('unknown');
    await page.getByText('該当する申し込みがない').waitFor();
    await page.getByRole('button', { name: 'ﾐｼﾗﾇﾋﾄ 700円 を処理する' }).click();
    await page.getByLabel('返金した').check();
    await page.getByRole('button', { name: '決定する' }).click();
    await dialog.getByLabel('理由').fill('誤って振り込まれた');
    await dialog.getByRole('button', { name: '決定する' }).click();
    await page.getByText('申し込みの分からない入金はありません').waitFor();
    expect(await balance()).toBe(before + 10_000);
  });

  it('need not be waited for: staff register what they see at the bank', async () => {
    const { page } = clerk;
    await page.getByLabel('入金額').fill('800');
    await page.getByLabel('振込依頼人').fill('ミシラヌ ヒト');
    await page.getByRole('button', { name: '登録する' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('理由').fill('通帳で確認');
    await dialog.getByRole('button', { name: '登録する' }).click();
    await page.getByText('登録しました。該当する申し込みがありません').waitFor();
    await page.getByRole('button', { name: 'ミシラヌ ヒト 800円 を処理する' }).waitFor();
  });

  it('that come again book nothing; the lists are there in English too', async () => {
    const { page } = clerk;
    await send(file('again.txt'));
    await page.getByText('取り込み済みです。二重には計上していません。').waitFor();
    await page.getByLabel('表示', { exact: true }).selectOption('decided');
    await page.getByRole('cell', { name: 'チャージ済み' }).waitFor();
    await page.getByRole('cell', { name: '返金', exact: true }).waitFor();
    await page.getByRole('button', { name: /日本語/ }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Bank deposits' }).waitFor();
    await page.getByRole('cell', { name: 'Sent back' }).waitFor();
    expect([await clerk.barriers(), await clerk.overflow()]).toEqual([[], 0]);
  });
});
