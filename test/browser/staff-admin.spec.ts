import { parseAccountId } from '#kernel';
import { eventually, openPortal, type Portal, type Visitor } from '../support/browser.js';
import { needsProgram } from '../support/needs.js';
import { fillMonths } from '../support/portal-months.js';

const A1 = parseAccountId('A1');

/** Answers the question that stands open, with a reason, in English. */
async function confirm({ page }: Visitor, go: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Reason').fill('browser test');
  await dialog.getByRole('button', { name: go, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Signs in and speaks English from then on: a session begins in the language of its login. */
async function inEnglish(visitor: Visitor, loginId: string): Promise<void> {
  await visitor.signIn('staff', loginId);
  await visitor.page.getByRole('button', { name: '言語を選択' }).click();
  await visitor.page.getByRole('menuitemradio', { name: 'English' }).click();
  await visitor.page.getByRole('heading', { level: 1, name: 'Back office' }).waitFor();
  // The page speaks it before the server has noted it.
  await visitor.settled();
}

const press = ({ page }: Visitor, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

needsProgram('chromium')('the pages of admins, approvers and support', () => {
  let portal: Portal;
  let invoice: string;
  let admin: Visitor;
  beforeAll(async () => {
    portal = await openPortal();
    invoice = await fillMonths(portal.home);
    admin = await portal.visitor({ language: 'en', dark: true, width: 360 });
    await inEnglish(admin, 'admin');
  }, 60_000);
  afterAll(() => portal?.close());

  it('a person of staff is added, given another role and switched off', async () => {
    await admin.open('/staff');
    await admin.page.getByLabel('Login ID', { exact: true }).fill('new-clerk');
    await admin.page.getByLabel('Name', { exact: true }).fill('Newton');
    await admin.page.getByLabel('Mail address').fill('newton@example.jp');
    await press(admin, 'Add');
    await confirm(admin, 'Add');
    await admin.page.getByLabel('Role of Newton').selectOption('approver');
    await confirm(admin, 'Do it');
    await admin.page
      .locator('tbody tr')
      .filter({ hasText: 'Newton' })
      .getByText('Approver')
      .first()
      .waitFor();
    await press(admin, 'Disable Newton');
    await confirm(admin, 'Disable');
    await admin.page.locator('tbody tr').filter({ hasText: 'Newton' }).getByText('Disabled').waitFor();
    const found = (await portal.home.product.identity.logins.staff()).find(
      row => row.loginId === 'new-clerk',
    );
    expect(found).toMatchObject({ role: 'approver', disabled: true });
  });

  it('a login id that is taken is said at its field', async () => {
    await admin.open('/staff');
    await admin.page.getByLabel('Login ID', { exact: true }).fill('billing');
    await admin.page.getByLabel('Name', { exact: true }).fill('Twin');
    await admin.page.getByLabel('Mail address').fill('twin@example.jp');
    await press(admin, 'Add');
    await confirm(admin, 'Add');
    await admin.page.locator('.field .wrong').filter({ hasText: 'This login id is taken.' }).waitFor();
  });

  it('an API key shows its token once and is revoked', async () => {
    await admin.open('/keys');
    await admin.page.getByLabel('Label', { exact: true }).fill('switch');
    await press(admin, 'Make');
    await confirm(admin, 'Make');
    expect(await admin.page.getByLabel('Token').inputValue()).toMatch(/^dk_/);
    await press(admin, 'I have noted it');
    await press(admin, 'Revoke switch');
    // Counted in characters, as the server counts: a browser counts each of these as two.
    const reason = admin.page.locator('#confirm-reason');
    await reason.fill('𠮷'.repeat(501));
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await admin.page.getByText('Enter at most 500 characters').waitFor();
    await reason.fill('𠮷'.repeat(500));
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await admin.page.locator('tbody tr').filter({ hasText: 'switch' }).getByText('Revoked').waitFor();
  });

  it.each([
    '/',
    '/accounts',
    '/accounts/A1',
    '/imports',
    '/suspense',
    '/closes',
    '/closes/2026-10',
    '/tariffs',
    '/numbers',
  ])('%s fits a telephone in the dark, without barriers', async path => {
    await admin.open(path);
    expect([await admin.barriers(), await admin.overflow()]).toEqual([[], 0]);
    expect(await admin.page.title()).toMatch(/.+ \| Daicho 台帳$/);
  });

  it.each(['/products', '/tariffs/std', '/invoices', '/jobs', '/outbox', '/staff', '/keys', '/accounts/add'])(
    '%s does, too',
    async path => {
      await admin.open(path);
      expect([await admin.barriers(), await admin.overflow()]).toEqual([[], 0]);
    },
  );

  it('a name that no document can show is refused at its field, in the words of the reader', async () => {
    await admin.open('/accounts/add');
    await admin.page.locator('input[name="account"]').fill('T1');
    const name = admin.page.locator('input[name="name"]');
    const send = admin.page.locator('main form button[type="submit"]');
    const wrong = admin.page.locator('.field .wrong');
    await name.fill('𠮷'.repeat(201));
    await send.click();
    await wrong.filter({ hasText: 'at most 200 characters' }).waitFor();
    await name.fill('ไทย');
    await send.click();
    const dialog = admin.page.getByRole('alertdialog');
    await dialog.getByLabel('Reason').fill('browser test');
    await dialog.getByRole('button').last().click();
    await wrong.filter({ hasText: 'invoices and statements cannot show: ไ U+0E44' }).waitFor();
    expect(await portal.home.product.accounts.known(parseAccountId('T1'))).toBe(false);
  });

  it('an approver adjusts a wallet; above the limit a second person is asked for', async () => {
    const approver = await portal.visitor({ language: 'en' });
    await inEnglish(approver, 'approver');
    await approver.open('/accounts/A1?act=adjust');
    const before = await portal.home.product.prepaid.balance(A1);
    await approver.page.getByLabel('Amount (yen)').fill('20000');
    await press(approver, 'Adjust');
    await confirm(approver, 'Adjust');
    await approver.page.locator('.field .wrong').filter({ hasText: 'second person' }).waitFor();
    await approver.page.getByLabel('Amount (yen)').fill('300');
    await press(approver, 'Adjust');
    await confirm(approver, 'Adjust');
    await approver.told('Done');
    const after = await portal.home.product.prepaid.balance(A1);
    expect(Number.parseFloat(after!.posted) - Number.parseFloat(before!.posted)).toBeCloseTo(300);
    await approver.close();
  });

  it('support lets a customer in again whose telephone is lost and who tried too often', async () => {
    const { identity } = portal.home.product;
    const [of] = (await identity.care.accountLogins(A1))!.rows;
    const refused = { level: 'account', loginId: of!.loginId, password: 'Wrong!pass' } as const;
    for (let tried = 0; tried < 20; tried++)
      await identity.entry.signIn(refused, { address: '::1', agent: 'x' });
    const support = await portal.visitor({ language: 'en' });
    await inEnglish(support, 'support');
    await support.open('/accounts/A1');
    const row = support.page.locator('tbody tr').filter({ hasText: of!.loginId });
    await row.getByText('Locked until').waitFor();
    expect([await support.barriers(), await support.overflow()]).toEqual([[], 0]);
    await press(support, `Unlock ${of!.name}`);
    await confirm(support, 'Unlock');
    await row.getByText('Enabled').waitFor();
    await press(support, `Remove contact ${of!.contacts[0]!.masked} of ${of!.name}`);
    await confirm(support, 'Remove');
    await row.getByText('None', { exact: true }).waitFor();
    expect((await identity.care.accountLogins(A1))!.rows[0]).toMatchObject({
      lockedUntil: null,
      contacts: [],
    });
    const acts = (await identity.logins.staffActs({ limit: 2 })).rows;
    expect(acts.map(act => [act.name, act.type, act.reason])).toEqual([
      ['support', 'identity.ContactWithdrawn.v1', 'browser test'],
      ['support', 'identity.AttemptsCleared.v1', 'browser test'],
    ]);
    expect(support.complaints).toEqual([]);
    await support.close();
  });

  it('support issues the login of a customer; its link is mailed, and the form is empty again', async () => {
    const support = await portal.visitor({ language: 'en' });
    await inEnglish(support, 'support');
    await support.open('/accounts/A2');
    await support.page.getByText('Issue a login', { exact: true }).click();
    await support.page.getByLabel('Name', { exact: true }).fill('経理');
    await support.page.getByLabel('Mail address').fill('keiri@example.jp');
    await support.page.getByLabel(/^Login ID/).fill('keiri');
    expect([await support.barriers(), await support.overflow()]).toEqual([[], 0]);
    await press(support, 'Issue and send the link');
    await confirm(support, 'Issue and send the link');
    await support.page.locator('tbody tr').filter({ hasText: 'keiri' }).getByText('Enabled').waitFor();
    const mail = support.page.getByLabel('Mail address');
    await eventually(async () => expect(await mail.inputValue()).toBe(''));
    await eventually(() => {
      const sent = portal.home.product.identity.logins
        .outbox()!
        .filter(({ to }) => to === 'keiri@example.jp');
      expect(sent.map(({ text }) => text.includes('token='))).toEqual([true]);
    });
    expect(support.complaints).toEqual([]);
    await support.close();
  });

  it("an admin removes a colleague's second factors, and never the own ones", async () => {
    await admin.open('/staff');
    expect(await admin.page.getByRole('button', { name: 'Remove second factors admin' }).count()).toBe(0);
    await press(admin, 'Remove second factors auditor');
    await confirm(admin, 'Remove second factors');
    await admin.told('Done');
  });

  it('support finds customers and no money to move', async () => {
    const support = await portal.visitor({ language: 'en' });
    await inEnglish(support, 'support');
    await support.open('/accounts?search=A1');
    await support.page.getByRole('link', { name: 'A1', exact: true }).click();
    await support.page.getByText('See as the customer').waitFor();
    await support.settled();
    expect(await support.page.getByRole('heading', { name: 'Actions' }).count()).toBe(0);
    await support.open(`/invoices/${invoice}`);
    await support.page.getByText(invoice).first().waitFor();
    await support.open('/closes');
    await support.page.getByText('There is no such page').waitFor();
    expect([...support.complaints, ...admin.complaints]).toEqual([]);
    await support.close();
  });
});
