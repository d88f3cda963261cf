import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';

/** What the pages send with money: they want to be asked before the same is posted once more. */
const ASKING = { 'X-Ask-Repeat': 'yes' };

describe('the same posting within minutes', () => {
  let home: SignInHome;
  let clerk: Browser;
  let admin: Browser;
  let keys = 0;
  beforeAll(async () => {
    home = await signInHome();
    clerk = home.browser();
    await clerk.signInWhole('staff', 'billing');
    admin = home.browser();
    await admin.signInWhole('staff', 'admin');
  }, 30_000);
  afterAll(() => home.close());
  /** Far enough from what an earlier test posted. */
  beforeEach(async () => {
    home.plusMinutes(11);
    // A session of staff that rests for half an hour is over.
    for (const who of [clerk, admin]) expect((await who.send('GET', '/me')).status).toBe(200);
  });

  async function post(who: Browser, body: object, more: object = ASKING, account = 'A1') {
    const what = 'method' in body ? 'charges' : 'adjustments';
    const headers = { 'X-Reason': 'a test', 'Idempotency-Key': `twice-${++keys}`, ...more };
    const { status, json } = await who.send('POST', `/accounts/${account}/${what}`, body, headers);
    return json['code'] === undefined ? status : `${status} ${json['code']}`;
  }
  const charge = { amount: '1000', method: 'card' };

  it('is asked about, whichever session posted it', async () => {
    expect(await post(clerk, charge)).toBe(201);
    home.plusMinutes(3);
    const key = { 'Idempotency-Key': 'again-1', ...ASKING };
    const asked = await admin.send('POST', '/accounts/A1/charges', charge, { 'X-Reason': 'x', ...key });
    expect([asked.status, asked.json]).toMatchObject([
      409,
      { code: 'POSTED_RECENTLY', details: { minutesAgo: '3' } },
    ]);
    expect(await post(clerk, charge)).toBe('409 POSTED_RECENTLY');
    expect((await home.product.prepaid.balance('A1' as never))!.posted).toBe('1000');
    // A person said yes: the same request without the question, under the same key.
    expect(await post(admin, charge, { 'Idempotency-Key': 'again-1' })).toBe(201);
    expect((await home.product.prepaid.balance('A1' as never))!.posted).toBe('2000');
  });

  it('is no repeat for another amount, method or account, nor after the minutes of the policy', async () => {
    expect(await post(clerk, charge)).toBe(201);
    expect(await post(clerk, { ...charge, amount: '1001' })).toBe(201);
    expect(await post(clerk, { ...charge, method: 'bank_transfer' })).toBe(201);
    expect(await post(clerk, charge, ASKING, 'A2')).toBe(201);
    expect(await post(clerk, charge)).toBe('409 POSTED_RECENTLY');
    home.plusMinutes(10);
    expect(await post(clerk, charge)).toBe(201);
  });

  it('holds for bonuses and for adjustments up and down', async () => {
    const bonus = { amount: '10', method: 'bonus' };
    expect([await post(clerk, bonus), await post(admin, bonus)]).toEqual([201, '409 POSTED_RECENTLY']);
    for (const amount of ['10', '-10']) {
      const adjustment = { amount, reason: 'お詫び' };
      expect([await post(admin, adjustment), await post(admin, adjustment)]).toEqual([
        201,
        '409 POSTED_RECENTLY',
      ]);
    }
  });

  it('is posted without a question for programs, which have keys of their own', async () => {
    expect([await post(clerk, charge, {}), await post(clerk, charge, {})]).toEqual([201, 201]);
  });

  it('is no repeat of itself: the same key is answered as before', async () => {
    const same = { 'Idempotency-Key': 'itself', ...ASKING };
    expect([await post(clerk, charge, same), await post(clerk, charge, same)]).toEqual([201, 201]);
    expect(await post(clerk, charge)).toBe('409 POSTED_RECENTLY');
  });

  it('is posted once of twenty at once that want to be asked', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => post(clerk, charge)));
    expect(all.filter(one => one === 201)).toHaveLength(1);
    expect(all.filter(one => one === '409 POSTED_RECENTLY')).toHaveLength(19);
  });

  it('is seen over the turn of a month', async () => {
    home.at('2026-11-30T23:59:00.000+09:00');
    for (const who of [clerk, admin]) await who.signInWhole('staff', who === clerk ? 'billing' : 'admin');
    expect(await post(clerk, charge)).toBe(201);
    home.at('2026-12-01T00:02:00.000+09:00');
    expect(await post(admin, charge)).toBe('409 POSTED_RECENTLY');
  });
});

describe('an API key that is asked for twenty times at once under one idempotency key', () => {
  it('is given once: one token that opens, and for the others no token at all', async () => {
    const home = await signInHome();
    try {
      const admin = home.browser();
      await admin.signInWhole('staff', 'admin');
      const headers = { 'X-Reason': 'a test', 'Idempotency-Key': 'one-key' };
      const ask = () => admin.send('POST', '/keys', { role: 'auditor', label: 'x' }, headers);
      const answers = await Promise.all(Array.from({ length: 20 }, ask));
      const tokens = answers.flatMap(({ json }) =>
        typeof json['token'] === 'string' ? [json['token']] : [],
      );
      expect(tokens).toHaveLength(1);
      const opened = await home.server.send('GET', '/api/v1/me', { token: tokens[0]! });
      expect(opened.status).toBe(200);
      const others = answers.filter(({ json }) => json['token'] === undefined);
      expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]));
      for (const { text } of others) expect(text).toContain('only once');
      const { json } = await admin.send('GET', '/keys');
      expect(json['rows']).toHaveLength(1);
    } finally {
      await home.close();
    }
  }, 30_000);
});
