import { type Browser, PASSWORD, type SignInHome, signInHome } from '../support/sign-in.js';

const WHY = { 'X-Reason': 'a new customer' };
const CHOSEN = 'Kagi-4711-own';

describe('a login of a customer', () => {
  let home: SignInHome;
  let support: Browser;
  beforeAll(async () => {
    home = await signInHome();
    support = home.browser();
    await support.signInWhole('staff', 'support');
  }, 30_000);
  afterAll(() => home.close());

  const make = (body: object, headers: Record<string, string> = {}) =>
    support.send('POST', '/accounts/A1/logins', body, { ...WHY, ...headers });

  it('is made by staff, and its owner chooses the first password by the link that is mailed', async () => {
    const made = await make({ name: '経理', loginId: 'keiri', mail: 'keiri@example.jp' });
    expect([made.status, made.json]).toEqual([201, { login: expect.any(String), loginId: 'keiri' }]);
    const mail = home.product.identity.logins.outbox()!.find(({ to }) => to === 'keiri@example.jp')!;
    const token = decodeURIComponent(/token=([^&\s]+)/.exec(mail.text)![1]!);
    const owner = home.browser();
    expect((await owner.signIn('account', 'keiri', CHOSEN)).status).toBe(401);
    expect((await owner.send('POST', '/password-resets', { token, password: CHOSEN })).status).toBe(200);
    await owner.signIn('account', 'keiri', CHOSEN);
    await owner.sendCode();
    const entered = await owner.enterCode(await owner.readCode());
    expect(entered.json).toMatchObject({ stage: 'signed_in', account: 'A1', level: 'account', name: '経理' });
  });

  it('has to be given another password at the first sign-in when staff say so', async () => {
    const first = { name: '総務', loginId: 'soumu', password: PASSWORD, forcedChange: 'force' };
    expect((await make(first)).status).toBe(201);
    const owner = home.browser();
    expect((await owner.signIn('account', 'soumu')).json).toMatchObject({ stage: 'password_change' });
    await owner.send('POST', '/session/password', { password: CHOSEN });
    expect((await owner.send('GET', '/session')).json).toMatchObject({ stage: 'signed_in' });
  });

  it('is issued ten digits where no login id was chosen, the same for a repeat of the request', async () => {
    const body = { name: '受付', mail: 'uketsuke@example.jp' };
    const once = await make(body, { 'Idempotency-Key': 'login-1' });
    expect(once.json['loginId']).toMatch(/^\d{10}$/);
    expect((await make(body, { 'Idempotency-Key': 'login-1' })).json).toEqual(once.json);
    const mails = home.product.identity.logins.outbox()!.filter(({ to }) => to === 'uketsuke@example.jp');
    expect(mails).toHaveLength(1);
  });

  it.each([
    [400, 'INVALID_INPUT', { name: 'x' }],
    [409, 'LOGIN_ID_TAKEN', { name: 'x', loginId: 'A1-login', mail: 'x@example.jp' }],
    [422, 'PASSWORD_TOO_SHORT', { name: 'x', loginId: 'short', password: 'Aa-1' }],
  ])('is refused: %i %s', async (status, code, body) => {
    const answer = await make(body);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
  });

  it('is refused for an account that is not there', async () => {
    const answer = await support.send(
      'POST',
      '/accounts/A9/logins',
      { name: 'x', mail: 'x@example.jp' },
      WHY,
    );
    expect([answer.status, answer.json['code']]).toEqual([404, 'NO_SUCH_ACCOUNT']);
  });

  it('says who made it and why', async () => {
    const auditor = home.browser();
    await auditor.signInWhole('staff', 'auditor');
    const { json } = await auditor.send('GET', '/staff-acts?limit=200');
    const acts = (json['rows'] as { type: string; reason: string; name: string }[]).filter(
      ({ type, name }) => type === 'identity.LoginCreated.v1' && name === 'support',
    );
    expect(acts.length).toBeGreaterThan(2);
    expect(new Set(acts.map(({ reason }) => reason))).toEqual(new Set(['a new customer']));
  });

  it('of a circle is made by the account, of a unique by the circle', async () => {
    const account = home.browser();
    await account.signInWhole('account', 'A1-login');
    const circle = await account.send('POST', '/accounts/A1/circles', {
      ...{ name: '新支店', loginId: 'shin-shiten', password: PASSWORD },
    });
    expect(circle.status).toBe(201);
    const below = home.browser();
    await below.signIn('circle', 'shin-shiten');
    const uniques = `/accounts/A1/circles/${String(circle.json['circle'])}/uniques`;
    const unique = await below.send('POST', uniques, {
      name: '窓口',
      loginId: 'madoguchi',
      password: PASSWORD,
    });
    expect(unique.status).toBe(201);
    const terminal = home.browser();
    expect((await terminal.signIn('unique', 'madoguchi')).json).toMatchObject({
      unique: unique.json['unique'],
      stage: 'signed_in',
    });
  });
});
