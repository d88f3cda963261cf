import { parseAccountId } from '#kernel';
import type { OrderView } from '#runtime';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { fillContracts } from '../support/contracts-home.js';
import { needsProgram } from '../support/needs.js';

const A1 = parseAccountId('A1');
const RECORDING = '全通話録音';

needsProgram('chromium')('contracts on the pages', () => {
  let portal: Portal;
  let phones: OrderView;
  let recording: string;
  beforeAll(async () => {
    portal = await openPortal();
    const orders = await fillContracts(portal.home.product, '2026-11-04T09:00:00.000+09:00');
    phones = orders[0]!;
    recording = orders[1]!.contracts[3]!;
  }, 60_000);
  afterAll(() => portal?.close());

  const visitorAt = async (time: string, login: readonly ['account' | 'staff', string]): Promise<Visitor> => {
    portal.home.at(time);
    const visitor = await portal.visitor();
    await visitor.signIn(...login);
    return visitor;
  };
  const endOf = async () => (await portal.home.product.contracts.contract(A1, recording))?.endsOn;

  /** The cells of the recording in a list. */
  const rowOf = ({ page }: Visitor) => page.locator('tr', { hasText: RECORDING }).last();

  async function ask(visitor: Visitor, button: string): Promise<void> {
    await visitor.page.getByLabel(`${RECORDING} を選択`).check();
    await visitor.page.getByRole('button', { name: button }).click();
  }

  /** Cancels the recording where the page says before that it ends so. */
  async function cancel(visitor: Visitor, day: string): Promise<void> {
    const { page } = visitor;
    await ask(visitor, '解約する（1件）');
    await rowOf(visitor).getByText(day, { exact: true }).waitFor();
    await rowOf(visitor).getByText(`${day} 22:00`).waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('button', { name: '解約を申し込む' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(`${day} をもって解約：1件`).waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await dialog.getByRole('button', { name: '解約を申し込む' }).click();
    await page.getByRole('status').getByText('解約のお申し込みを承りました').first().waitFor();
    await page.getByRole('main').getByRole('link', { name: '契約中の商品へ' }).click();
    await rowOf(visitor).getByText('解約中').waitFor();
    expect(await rowOf(visitor).textContent()).toContain(day);
  }

  it('is cancelled at 21:59:59 for the next month, undone, and at 22:00:01 for the month after', async () => {
    const visitor = await visitorAt('2026-11-30T21:59:59.000+09:00', ['account', 'A1-login']);
    const { page } = visitor;
    await visitor.open('/contracts');
    await cancel(visitor, '2026/12/31');
    expect(await endOf()).toBe('2026-12-31');
    await ask(visitor, '解約を取り消す（1件）');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '解約を取り消す' }).click();
    await visitor.told('解約のお申し込みを取り消しました（1件）');
    await rowOf(visitor).getByText('利用中').waitFor();
    expect(await endOf()).toBeNull();
    portal.home.at('2026-11-30T22:00:01.000+09:00');
    await cancel(visitor, '2027/01/31');
    expect(await endOf()).toBe('2027-01-31');
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  }, 120_000);

  it('an order is a row for each fee, and leads to its prices and contracts', async () => {
    const visitor = await visitorAt('2026-11-30T22:30:00.000+09:00', ['account', 'A1-login']);
    const { page } = visitor;
    await visitor.open('/orders');
    const row = page.locator('tbody tr', { hasText: '内線端末【初期費用】' });
    expect(await row.textContent()).toContain('1,000.0000+2');
    await row.getByRole('link', { name: phones.order }).click();
    await page.getByRole('heading', { name: '注文の内容' }).waitFor();
    await visitor.settled();
    // 27 of 30 days of twice 500 yen.
    expect(await page.locator('tr', { hasText: '内線端末' }).first().textContent()).toContain('900.0000');
    await page.getByRole('heading', { name: 'この注文で始まった契約' }).waitFor();
    await page.getByText('0300001001').first().waitFor();
    await visitor.close();
  }, 120_000);

  it('the history has a row for each fee and each cancellation, undone ones too', async () => {
    const visitor = await visitorAt('2026-11-30T22:40:00.000+09:00', ['account', 'A1-login']);
    await visitor.open('/purchases');
    const texts = (text: string) => visitor.page.locator('tbody tr', { hasText: text }).allTextContents();
    const recordings = await texts(RECORDING);
    // Cancelled twice and undone once, and bought: the initial fee has no state.
    expect(recordings.map(text => /[+−]1/.exec(text)?.[0])).toEqual(['−1', '−1', '+1', '+1']);
    expect(recordings[0]).toContain('解約中');
    expect(recordings[0]).toContain('2027/01/31');
    expect(recordings[1]).toContain('解約の取消・変更');
    expect(recordings[2]).toContain('解約中');
    expect(recordings[3]).toContain('【初期費用】');
    expect(recordings[3]).not.toContain('解約');
    expect(await visitor.barriers()).toEqual([]);
    await visitor.close();
  }, 120_000);

  it('a circle is cancelled with everything in it, and goes on when that is undone', async () => {
    const visitor = await visitorAt('2026-11-30T21:50:00.000+09:00', ['account', 'A1-login']);
    const { page } = visitor;
    await visitor.open('/circles');
    await page.getByRole('link', { name: 'サークルを解約' }).first().click();
    await page.getByText('このサークルは 2026/11/30 をもって終了します').waitFor();
    await page.getByText('録音データは、解約日を過ぎるとダウンロードできません').first().waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('button', { name: '解約を申し込む' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('2026/11/30 をもって終了します').waitFor();
    await dialog.getByRole('button', { name: '解約を申し込む' }).click();
    await page.getByText('このサークルの解約を承っています').waitFor();
    await visitor.open('/circles?show=ending');
    const row = page.locator('tbody tr').first();
    await row.getByText('解約中').waitFor();
    expect(await row.textContent()).toContain('2026/11/30');
    await row.getByRole('link', { name: '解約を取り消す' }).click();
    await page.getByRole('button', { name: '解約を取り消す' }).click();
    await dialog.getByRole('button', { name: '解約を取り消す' }).click();
    await visitor.told('サークルの解約を取り消しました');
    await page.getByText('このサークルは 2026/11/30 をもって終了します').waitFor();
    // It was cancelled by itself before, and stays so.
    expect(await endOf()).toBe('2027-01-31');
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  }, 120_000);

  it('channels are allotted, as many as there are, and cancelled by their count', async () => {
    const visitor = await visitorAt('2026-11-30T22:40:00.000+09:00', ['account', 'A1-login']);
    const { page } = visitor;
    await visitor.open('/circles');
    await page
      .getByRole('link', { name: /^\d{10}/ })
      .first()
      .click();
    await page.getByRole('link', { name: '割り当て' }).click();
    const calls = page.getByLabel(/^SIPトランク2 /);
    await calls.fill('4');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('割り当ての合計（4）は、ご契約数（3）以下にしてください。').first().waitFor();
    await calls.fill('３');
    expect([await visitor.barriers(), await visitor.overflow()]).toEqual([[], 0]);
    await page.getByRole('button', { name: '保存' }).click();
    await visitor.told('割り当てを保存しました');
    const [circle] = await portal.home.product.identity.circles.circles(A1);
    const [pool] = (await portal.home.product.units.allotments(A1, circle!.circle)).rows;
    expect([pool?.contracted, pool?.allotted]).toEqual([3, 3]);
    await visitor.open('/contracts');
    await page.getByRole('link', { name: '個数を指定して解約・取り消し' }).click();
    const count = page.getByLabel('解約する個数');
    await count.fill('9');
    await page.getByRole('button', { name: '解約を申し込む' }).click();
    await page.getByText(/解約できるのは\d個までです/).waitFor();
    await count.fill('１');
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('button', { name: '解約を申し込む' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('2027/01/31 をもって解約：1件').waitFor();
    await dialog.getByRole('button', { name: '解約を申し込む' }).click();
    await page.getByRole('status').getByText('解約のお申し込みを承りました').first().waitFor();
    await visitor.open('/contracts');
    await page.getByRole('link', { name: '個数を指定して解約・取り消し' }).click();
    await page.getByLabel('解約を取り消す数').fill('１');
    expect(await visitor.barriers()).toEqual([]);
    await page.getByRole('button', { name: '解約を取り消す' }).click();
    await page
      .getByRole('alertdialog')
      .getByText('最後に解約したものから1件の解約を取り消します。')
      .waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: '解約を取り消す' }).click();
    await visitor.told('解約のお申し込みを取り消しました（1件）');
    await visitor.close();
  }, 120_000);

  it('a cancellation goes into the cart of its circle, and ends nothing before that is bought', async () => {
    const visitor = await visitorAt('2026-11-30T22:50:00.000+09:00', ['account', 'A1-login']);
    const { page } = visitor;
    const active = async () =>
      (await portal.home.product.contracts.inContract(A1)).filter(one => !one.ending);
    const before = (await active()).length;
    await visitor.open('/contracts');
    await page.getByRole('link', { name: '個数を指定して解約・取り消し' }).click();
    await page.getByLabel('解約する個数').fill('1');
    await page.getByLabel('カートに入れる').check();
    await page.getByRole('button', { name: '解約を申し込む' }).click();
    const lines = page.getByRole('table', { name: 'ご注文内容' }).locator('tbody tr', { hasText: '解約' });
    await lines.first().waitFor();
    expect([await lines.count(), (await active()).length]).toEqual([1, before]);
    expect(new URL(page.url()).search).toMatch(/^\?circle=\d{10}$/);
    await page.getByRole('button', { name: '購入する', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '購入する', exact: true }).click();
    await page.getByRole('heading', { name: 'ご購入ありがとうございます' }).waitFor();
    expect((await active()).length).toBe(before - 1);
    await visitor.close();
  }, 120_000);

  it('staff cancel for a customer and say why; who may not, sees no way to', async () => {
    const clerk = await visitorAt('2026-12-01T10:00:00.000+09:00', ['staff', 'billing']);
    const ids = `${phones.contracts[0]}`;
    await clerk.open(`/accounts/A1/contracts/cancel?contracts=${ids}`);
    await clerk.page.getByRole('button', { name: '解約を申し込む' }).click();
    const dialog = clerk.page.getByRole('alertdialog');
    await dialog.getByLabel('理由').fill('お客様からの電話');
    await dialog.getByRole('button', { name: '解約を申し込む' }).click();
    await clerk.page.getByText('2027/01/31 をもって解約：1件').waitFor();
    await clerk.close();
    const approver = await visitorAt('2026-12-01T10:30:00.000+09:00', ['staff', 'approver']);
    await approver.open('/accounts/A1/contracts');
    await approver.page.getByText('0300001001').waitFor();
    expect(await approver.page.getByRole('checkbox').count()).toBe(0);
    await approver.close();
  }, 120_000);

  it('an account is cancelled for good: said twice, and its id typed', async () => {
    const visitor = await visitorAt('2026-12-01T11:00:00.000+09:00', ['account', 'A1-login']);
    const { page } = visitor;
    await visitor.open('/account-info');
    await page.getByRole('link', { name: 'アカウントの解約へ' }).click();
    await page.getByText('アカウントは 2027/01/31 をもって終了します').waitFor();
    await page.getByRole('main').getByText('アカウントの解約は、お申し込み後に取り消せません').waitFor();
    const go = page.getByRole('button', { name: '解約を申し込む' });
    await page.getByLabel('確認のため、アカウントIDを入力してください').fill('A2');
    await go.click();
    await page.getByText('アカウントIDが一致しません').waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await page.getByLabel('確認のため、アカウントIDを入力してください').fill('Ａ１');
    await go.click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('アカウントの解約は、お申し込み後に取り消せません').waitFor();
    await dialog.getByRole('button', { name: '解約を申し込む' }).click();
    await page.getByText('2027/01/31 をもって、すべてのサービスが終了します').first().waitFor();
    expect(await portal.home.product.contracts.endings.wholes(A1)).toMatchObject({
      accountEndsOn: '2027-01-31',
    });
    // Above every page from then on.
    await visitor.open('/invoices');
    await page.getByText('2027/01/31 をもって、すべてのサービスが終了します').waitFor();
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  }, 120_000);

  it('an account that is over reads its information, and changes none of it', async () => {
    const visitor = await visitorAt('2027-02-01T10:00:00.000+09:00', ['account', 'A1-login']);
    for (const view of ['contract', 'mails', 'papers', 'settings']) {
      await visitor.open(`/account-info?view=${view}`);
      const open = visitor.page.getByRole('main').locator('input:enabled, select:enabled, button:enabled');
      await visitor.page.locator('fieldset:disabled').first().waitFor();
      expect([view, await open.count()]).toEqual([view, 0]);
      expect([view, await visitor.barriers()]).toEqual([view, []]);
    }
    await visitor.close();
  }, 120_000);
});
