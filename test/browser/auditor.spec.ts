import { readFileSync } from 'node:fs';
import { Instant, parseAccountId } from '#kernel';
import type { FoundProblem } from '#runtime';
import { openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { fillMonths } from '../support/portal-months.js';

const A1 = parseAccountId('A1');
/** One of each kind; the journeys look at the others. */
const PAGES = [
  '/events?account=A1',
  '/events/1',
  '/as-of?account=A1&at=2026-10-15T23:59:59.999',
  '/explain',
  '/trial-balance',
  '/reconciliation?month=2026-10',
];

needsProgram('chromium')('an auditor', () => {
  let portal: Portal;
  let invoice: string;
  let auditor: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    invoice = await fillMonths(portal.home);
    auditor = await portal.visitor();
    await auditor.signIn('staff', 'auditor');
  }, 60_000);
  afterAll(() => portal?.close());

  const found = async (): Promise<string> => (await auditor.page.locator('.note-box').textContent()) ?? '';
  const head = async (): Promise<number> => (await portal.home.product.health()).head;
  const figure = (name: string) => auditor.page.locator('.stat', { hasText: name }).locator('dd').first();

  it('verifies the chain of hashes over the whole log', async () => {
    const { page } = auditor;
    await page.getByRole('link', { name: 'ハッシュの検証' }).first().click();
    await page.getByRole('button', { name: '検証を始める' }).click();
    await page.getByText('ハッシュチェーンは正常です').waitFor();
    expect(await found()).toContain(`${(await head()).toLocaleString('ja-JP')}件の記録すべて`);
    expect(await auditor.barriers()).toEqual([]);
  });

  it('looks at a balance as of an earlier day, by the field and by the slider', async () => {
    const { page } = auditor;
    await auditor.open('/as-of?account=A1&at=2026-10-01T09:00:00');
    expect(await figure('残高').textContent()).toBe('0円');
    await page.getByLabel('日時を指定').fill('2026-10-01T09:30:00');
    await page.getByText('表示', { exact: true }).click();
    await page.locator('.stat.lead', { hasText: '10,000円' }).waitFor();
    await page.getByText('借方合計と貸方合計は一致しています').waitFor();

    const slider = page.getByRole('slider');
    await slider.focus();
    await slider.press('Home');
    for (let day = 1; day < 10; day++) await slider.press('ArrowRight');
    await page.waitForURL(/at=2026-10-10T23%3A59%3A59\.999/);
    await page.getByText('lot-bonus').waitFor();
    await auditor.settled();
    const then = Instant.parse('2026-10-10T23:59:59.999+09:00');
    const { posted } = (await portal.home.product.prepaid.balance(A1, then))!;
    expect((await figure('残高').textContent())?.replace(/[,円]/g, '')).toBe(posted);
    expect(await auditor.barriers()).toEqual([]);
  });

  it('replays the log, now and as of an earlier time, without a difference', async () => {
    const { page } = auditor;
    await auditor.open('/replay');
    await page.getByRole('button', { name: '再計算を始める' }).click();
    await page.getByText('差異はありません').waitFor();
    expect(await found()).toContain('現在の帳簿と完全に一致しました');
    await page.getByLabel('過去の時点').check();
    await page.getByRole('button', { name: '再計算を始める' }).click();
    await page.getByText('日時を入力してください').waitFor();
    await page.getByLabel('日時', { exact: true }).fill('2026-10-15T12:00:00');
    await page.getByRole('button', { name: '再計算を始める' }).click();
    await page.locator('.note-box').getByText('2026/10/15 12:00:00').waitFor();
    expect(await found()).toContain('差異はありません');
    expect(await auditor.barriers()).toEqual([]);
  });

  it('exports a range of the log: the file holds those events, with the hashes of the log', async () => {
    const { page } = auditor;
    await auditor.open('/export');
    await page.getByLabel('最初の番号').fill('9');
    await page.getByLabel('最後の番号').fill('5');
    await page.getByText('最初の番号を最後の番号以下に').waitFor();
    expect(await page.getByRole('button', { name: 'ファイルに保存' }).isDisabled()).toBe(true);
    await page.getByLabel('最初の番号').fill('5');
    const last = page.getByLabel('最後の番号');
    await last.fill('');
    await last.pressSequentially('1234');
    await page.locator('a[download][href*="from=5&to=1234"]').waitFor();
    expect(await last.inputValue()).toBe('1234');
    await last.fill('9');
    // The link follows what is typed.
    await page.locator('a[download][href*="from=5&to=9"]').waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'ファイルに保存' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toBe('daicho-export.jsonl');
    const lines = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\n');
    const events = lines.map(line => JSON.parse(line) as { position: number; hash: string });
    expect(events.map(event => event.position)).toEqual([5, 6, 7, 8, 9]);
    for (const { position, hash } of events)
      expect((await portal.home.product.eventLog.at(position))?.hash).toBe(hash);
  });

  it('explains an invoice down to the row of the tariff, and from there to the event', async () => {
    const { page } = auditor;
    await auditor.open('/explain');
    await page.getByRole('link', { name: `${invoice} の根拠` }).click();
    const tree = page.getByRole('tree');
    await tree.getByText(/^明細 \d+行の合計 = /).waitFor();
    // The keyboard alone: to the first line, open it, to its first call, open it.
    await tree.getByRole('treeitem').first().focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    const row = tree.getByRole('treeitem').filter({ hasText: '料金表:' }).last();
    await row.waitFor();
    expect(await row.textContent()).toMatch(/単価: \S+円/);
    expect(await tree.getByText(/円 × \S+秒 ÷ \S+秒 = \S+円$/).count()).toBeGreaterThan(0);
    expect(await auditor.barriers()).toEqual([]);
    await row.getByRole('link', { name: /^記録 \d+$/ }).click();
    await page.getByText('contracts.TariffPublished.v1').waitFor();
    expect(await auditor.barriers()).toEqual([]);
  });

  it('searches the log, and goes from event to event of a stream', async () => {
    const { page } = auditor;
    await auditor.open('/events');
    await page.getByLabel('アカウント').fill('A1');
    await page.getByLabel('種類').selectOption('ledger.LotCredited.v1');
    await page.getByRole('button', { name: '検索' }).click();
    await page.waitForURL(/type=ledger\.LotCredited\.v1/);
    await auditor.settled();
    const said = await page.locator('tbody tr').allTextContents();
    expect(said.filter(row => row.includes('lot-')).length).toBe(3);
    await page.locator('tbody a').first().click();
    await page.getByRole('link', { name: '← 前の記録' }).waitFor();
    const before = page.url();
    await page.getByRole('link', { name: '← 前の記録' }).click();
    await page.waitForURL(url => url.href !== before);
    await auditor.settled();
    await page.getByRole('link', { name: '次の記録 →' }).click();
    await page.waitForURL(before);
    expect(await auditor.barriers()).toEqual([]);
  });

  it('reads the log without what happens at sign-ins, and that alone', async () => {
    const { page } = auditor;
    const types = async (group: string): Promise<readonly string[]> => {
      await auditor.open('/events');
      await page.getByLabel('分野').selectOption(group);
      await page.getByRole('button', { name: '検索' }).click();
      await page.waitForURL(/group=/);
      await auditor.settled();
      return page
        .locator('tbody td[data-name="種類"] span')
        .evaluateAll(found => found.map(one => one.title));
    };
    const business = await types('ログイン関連を除く');
    expect(business.length).toBeGreaterThan(20);
    expect(business.filter(type => type.startsWith('identity.'))).toEqual([]);
    const logins = await types('ログイン・APIキー');
    expect(logins.length).toBeGreaterThan(20);
    expect(logins.filter(type => !type.startsWith('identity.'))).toEqual([]);
    await page.getByRole('button', { name: '条件をクリア' }).click();
    await page.waitForURL(url => !url.search.includes('group'));
  });

  it('is told that the rows of the search before are no answer to this one', async () => {
    const { page } = auditor;
    await auditor.open('/events?type=ledger.LotCredited.v1');
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBe(3);
    let answer = () => {};
    const isAsked = new Promise<void>(asked => {
      void page.route('**/api/v1/events?*', async route => {
        const isHeld = new Promise<void>(go => {
          answer = go;
        });
        asked();
        await isHeld;
        await route.fallback();
      });
    });
    await page.getByLabel('種類').selectOption('contracts.TariffPublished.v1');
    await page.getByRole('button', { name: '検索' }).click();
    await isAsked;
    await page.locator('[aria-busy="true"] tbody').waitFor();
    expect(await rows.count()).toBe(3);
    const save = page.getByRole('button', { name: 'CSV' });
    expect(await save.isDisabled()).toBe(true);
    answer();
    await page.unrouteAll({ behavior: 'wait' });
    await auditor.settled();
    expect(await rows.count()).toBe(1);
    expect([await save.isDisabled(), await page.locator('[aria-busy="true"]').count()]).toEqual([false, 0]);
  });

  it('sees who of staff did what, why and from where', async () => {
    const billing = portal.home.browser();
    await billing.signInWhole('staff', 'billing');
    const reason = '法人契約の増番のため';
    const headers = { 'X-Reason': encodeURIComponent(reason), 'Idempotency-Key': 'number-1' };
    const done = await billing.send('POST', '/accounts/A1/numbers', { number: '05077770001' }, headers);
    expect(done.status).toBeLessThan(300);
    await auditor.open('/staff-acts');
    const act = auditor.page.locator('tbody tr').filter({ hasText: reason }).first();
    const text = await act.textContent();
    expect(text).toContain('billing');
    expect(text).toContain('127.0.0.1');
    expect(await auditor.barriers()).toEqual([]);
  });

  /** A finding that a sound product never has: what its stream would tell. */
  const finds = (route: string, findings: readonly Omit<FoundProblem, 'values'>[]) =>
    auditor.page.route(`**/api/v1/audit/${route}*`, async asked => {
      const finding = {
        ok: false,
        events: 41,
        problems: findings.map(one => one.problem),
        findings,
        head: 'f'.repeat(64),
      };
      const progress = `event: progress\ndata: ${JSON.stringify({ done: 41, total: 82, what: 'x' })}\n\n`;
      const body = `${progress}event: end\ndata: ${JSON.stringify({ finding })}\n\n`;
      await asked.fulfill({ contentType: 'text/event-stream', body });
    });

  it('is led to the first event of a broken chain', async () => {
    const { page } = auditor;
    const said = { problem: 'position 42: its hash is another', problemJa: '記録42：ハッシュが違います' };
    await finds('verify', [{ ...said, code: 'HASH_DIFFERS', position: 42, row: null }]);
    await auditor.open('/verify');
    await page.getByRole('button', { name: '検証を始める' }).click();
    await page.getByText('ハッシュチェーンに不一致があります').waitFor();
    await page.getByText(said.problemJa).waitFor();
    expect(await auditor.barriers()).toEqual([]);
    await page.getByRole('link', { name: '記録 42 を見る' }).click();
    await page.getByRole('heading', { level: 1, name: '記録 42' }).waitFor();
  });

  it('learns of a damage that no hash covers', async () => {
    const { page } = auditor;
    const said = { problem: 'table commands is damaged', problemJa: '表 commands に、記録1がありません' };
    await finds('verify', [{ ...said, code: 'COMMAND_MISSING', position: null, row: null }]);
    await auditor.open('/verify');
    await page.getByRole('button', { name: '検証を始める' }).click();
    await page.getByText('ファイルが損傷しています').waitFor();
    await page.getByText(said.problemJa).waitFor();
    expect(await page.getByRole('link', { name: /^記録 \d+ を見る/ }).count()).toBe(0);
  });

  it('sees field by field where a replay differs', async () => {
    const { page } = auditor;
    const rest = { problem: '', position: null };
    const usage = { table: 'usage', key: { account: 'A1' }, standsIn: 'both' } as const;
    const cells = [{ column: 'calls', live: '5', replayed: '4' }];
    const lots = { table: 'lots', key: { lot: 'L1' }, standsIn: 'live', cells: [] } as const;
    await finds('replay', [
      { ...rest, code: 'CELLS_DIFFER', problemJa: '', row: { ...usage, cells } },
      { ...rest, code: 'ROW_NOT_REPLAYED', problemJa: '', row: lots },
      { ...rest, code: 'MORE', problemJa: 'ほかに3件', row: null },
    ]);
    await auditor.open('/replay');
    await page.getByRole('button', { name: '再計算を始める' }).click();
    await page.getByText('差異があります').first().waitFor();
    const rows = await page.locator('tbody tr').allTextContents();
    expect(rows).toEqual(['usageaccount=A1calls54', 'lotslot=L1ありなし', 'ほかに3件']);
    expect(await auditor.barriers()).toEqual([]);
  });

  it('searches further back where a piece of the log holds nothing', async () => {
    const { page } = auditor;
    await page.route('**/api/v1/events?*', async (asked, request) => {
      if (request.url().includes('cursor='))
        await asked.continue({ url: request.url().replace('cursor=more', '') });
      else await asked.fulfill({ json: { rows: [], next: 'more' } });
    });
    await auditor.open('/events');
    await page.getByText('条件に合う記録がありませんでした').waitFor();
    await page.getByRole('button', { name: 'さらに古い記録を調べる' }).click();
    await page.locator('tbody tr').first().waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('finds every page whole in English, in the dark and on a telephone', async () => {
    const visitor = await portal.visitor({ language: 'en', dark: true, width: 360 });
    await visitor.signIn('staff', 'auditor');
    await visitor.page.getByRole('button', { name: /日本語/ }).click();
    await visitor.page.getByRole('menuitemradio', { name: 'English' }).click();
    await visitor.page.getByRole('heading', { level: 1, name: 'Audit overview' }).waitFor();
    expect([await visitor.overflow(), await visitor.barriers()]).toEqual([0, []]);
    for (const path of PAGES) {
      await visitor.open(path);
      expect([path, await visitor.overflow(), await visitor.barriers()]).toEqual([path, 0, []]);
      expect(await visitor.page.title()).toMatch(/\| Daicho/);
    }
    expect([...auditor.complaints, ...visitor.complaints]).toEqual([]);
    await visitor.close();
  }, 60_000);
});
