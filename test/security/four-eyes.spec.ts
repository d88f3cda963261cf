import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

/** Above the limit that the catalogue has without any policy of the provider's own. */
const MUCH = '500000';

describe('a large adjustment', () => {
  let home: SignInHome;
  let clerk: Browser;
  let second: Browser;
  let keys = 0;
  beforeAll(async () => {
    home = await signInHome();
    clerk = home.browser();
    await clerk.signInWhole('staff', 'approver');
    second = home.browser();
    await second.signInWhole('staff', 'admin');
  }, 30_000);
  afterAll(() => home.close());

  async function approval(browser: Browser, amount = MUCH, account = 'A1'): Promise<string> {
    const answer = await browser.send('POST', '/approvals', { account, amount });
    expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('"approval":"ap_')]);
    return String(answer.json['approval']);
  }
  async function adjust(browser: Browser, approver: string | null, more: object = {}, account = 'A1') {
    const headers = {
      'X-Reason': 'a test',
      'Idempotency-Key': `adjust-${keys++}`,
      ...(approver !== null && { 'X-Approver-Key': approver }),
    };
    const body = { amount: MUCH, reason: 'goodwill', ...more };
    const { status, json } = await browser.send('POST', `/accounts/${account}/adjustments`, body, headers);
    return json['code'] === undefined ? status : `${status} ${json['code']}`;
  }

  it('needs another person, who approves in a session of her own', async () => {
    expect(await adjust(clerk, null)).toBe('422 APPROVAL_REQUIRED');
    expect(await adjust(clerk, await approval(second))).toBe(201);
  });

  it('is approved by nobody for himself', async () => {
    expect(await adjust(clerk, await approval(clerk))).toBe('422 APPROVER_IS_ACTOR');
    expect(await adjust(second, await approval(second))).toBe('422 APPROVER_IS_ACTOR');
  });

  it('uses an approval once, for its account and its amount, and no more', async () => {
    const once = await approval(second);
    expect(await adjust(clerk, once, { amount: '500001' })).toBe('403 APPROVER_NOT_ALLOWED');
    expect(await adjust(clerk, once, { amount: `-${MUCH}` })).toBe('403 APPROVER_NOT_ALLOWED');
    expect(await adjust(clerk, once, {}, 'A2')).toBe('403 APPROVER_NOT_ALLOWED');
    expect(await adjust(clerk, once, { adjustment: 'mine' })).toBe('400 INVALID_INPUT');
    expect(await adjust(clerk, `${once.slice(0, -1)}${once.endsWith('A') ? 'B' : 'A'}`)).toBe(
      '403 APPROVER_NOT_ALLOWED',
    );
    expect(await adjust(clerk, once)).toBe(201);
    expect(await adjust(clerk, once)).toBe('409 LOT_EXISTS');
  });

  it.each([MUCH, `-${MUCH}`])(
    'makes one adjustment of %s with one approval, asked twenty times at once',
    async amount => {
      const once = await approval(second, amount);
      const all = await Promise.all(Array.from({ length: 20 }, () => adjust(clerk, once, { amount })));
      const code = amount.startsWith('-') ? 'ADJUSTMENT_EXISTS' : 'LOT_EXISTS';
      expect(all.sort()).toEqual([201, ...Array(19).fill(`409 ${code}`)]);
    },
  );

  it('does not use up an approval that was refused, and answers its use for ever', async () => {
    const once = await approval(second);
    const headers = { 'X-Reason': 'a test', 'Idempotency-Key': 'of-one-approval', 'X-Approver-Key': once };
    const post = (reason: string) =>
      clerk.send('POST', '/accounts/A1/adjustments', { amount: MUCH, reason }, headers);
    expect((await post(' ')).status).toBe(400);
    const used = await post('goodwill');
    expect(used.status).toBe(201);
    home.plusMinutes(15);
    await Promise.all([clerk, second].map(browser => browser.send('GET', '/session')));
    home.plusMinutes(16);
    const again = await post('goodwill');
    expect([again.status, again.text]).toEqual([201, used.text]);
    expect((await post('other')).json['code']).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('has its answer for ever also when the key that approved it was revoked', async () => {
    const make = { 'X-Reason': 'a test', 'Idempotency-Key': 'soon-revoked' };
    const made = await second.send('POST', '/keys', { role: 'staff', label: 'soon revoked' }, make);
    const { token, key } = made.json as { token: string; key: string };
    const headers = { 'X-Reason': 'a test', 'X-Approver-Key': token };
    const post = (id: string) =>
      clerk.send(
        'POST',
        '/accounts/A1/adjustments',
        { amount: MUCH, reason: 'goodwill' },
        { ...headers, 'Idempotency-Key': id },
      );
    const used = await post('before-revoked');
    expect(used.status).toBe(201);
    expect((await second.send('DELETE', `/keys/${key}`, undefined, { 'X-Reason': 'a test' })).status).toBe(
      200,
    );
    expect((await post('before-revoked')).text).toBe(used.text);
    expect((await post('after-revoked')).json['code']).toBe('APPROVER_NOT_ALLOWED');
  });

  it('is like a large bonus, which is free money as well', async () => {
    const cashier = home.browser();
    await cashier.signInWhole('staff', 'billing');
    const give = async (amount: string, approver: string | null, more: object = {}) => {
      const headers = {
        'X-Reason': 'a test',
        'Idempotency-Key': `bonus-${keys++}`,
        ...(approver !== null && { 'X-Approver-Key': approver }),
      };
      const body = { amount, method: 'bonus', ...more };
      const { status, json } = await cashier.send('POST', '/accounts/A1/charges', body, headers);
      return json['code'] === undefined ? status : `${status} ${json['code']}`;
    };
    expect(await give('10000', null)).toBe(201);
    expect(await give('10000.0001', null)).toBe('422 APPROVAL_REQUIRED');
    expect(await give(MUCH, null, { method: 'card' })).toBe(201);
    const once = await approval(second);
    expect(await give(MUCH, once, { lot: 'mine' })).toBe('400 INVALID_INPUT');
    expect(await give('500001', once)).toBe('403 APPROVER_NOT_ALLOWED');
    const all = await Promise.all(Array.from({ length: 20 }, () => give(MUCH, once)));
    expect(all.sort()).toEqual([201, ...Array(19).fill('409 LOT_EXISTS')]);
    // Nor is it good for an adjustment any more.
    expect(await adjust(clerk, once)).toBe('409 LOT_EXISTS');
  });

  it.each(['billing', 'support', 'auditor'])('is approved by no %s', async role => {
    const browser = home.browser();
    await browser.signInWhole('staff', role);
    const answer = await browser.send('POST', '/approvals', { account: 'A1', amount: MUCH });
    expect([answer.status, answer.json['code']]).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });

  it('is not approved by whoever is an approver no more', async () => {
    const { login } = (await home.product.identity.logins.staff()).find(row => row.loginId === 'admin')!;
    const before = await approval(second);
    await home.product.identity.logins.setStaffRole(login, 'billing', callerOf('less'));
    expect(await adjust(clerk, before)).toBe('403 APPROVER_NOT_ALLOWED');
    await home.product.identity.logins.setStaffRole(login, 'admin', callerOf('again'));
    // Another role ends the sessions of a login.
    home.plusMinutes(2);
    second = home.browser();
    expect((await second.signInWhole('staff', 'admin')).json['stage']).toBe('signed_in');
  });

  it('is not approved with a key that the same person made, nor by one of two that she made', async () => {
    const made = async (browser: { send: Browser['send'] }, label: string, token?: string) => {
      const headers = {
        'X-Reason': 'a test',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      };
      const answer = await browser.send('POST', '/keys', { role: 'staff', label }, headers);
      return String(answer.json['token']);
    };
    const own = await made(second, 'own');
    expect(await adjust(second, own)).toBe('422 APPROVER_IS_ACTOR');
    const ownsOwn = await made(home.browser(), 'of own', own);
    expect(ownsOwn).toMatch(/^dk_/);
    expect(await adjust(second, ownsOwn)).toBe('422 APPROVER_IS_ACTOR');
    const byKey = home.browser({ Authorization: `Bearer ${own}` });
    expect(await adjust(byKey, ownsOwn)).toBe('422 APPROVER_IS_ACTOR');
    expect(await adjust(byKey, await approval(second))).toBe('422 APPROVER_IS_ACTOR');
    // Both tokens were answered to one person.
    const other = await made(second, 'other');
    expect(await adjust(byKey, other)).toBe('422 APPROVER_IS_ACTOR');
    const ofKey = await made(home.browser(), 'of own, too', own);
    const byOwnsOwn = home.browser({ Authorization: `Bearer ${ownsOwn}` });
    expect(await adjust(byOwnsOwn, ofKey)).toBe('422 APPROVER_IS_ACTOR');
    expect(await adjust(clerk, own)).toBe(201);
  });

  it('is not approved for ever', async () => {
    const late = await approval(second);
    home.plusMinutes(15);
    expect((await clerk.send('GET', '/session')).status).toBe(200);
    home.plusMinutes(16);
    expect(await adjust(clerk, late)).toBe('403 APPROVER_NOT_ALLOWED');
  });
});
