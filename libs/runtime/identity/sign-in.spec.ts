import {
  A1,
  caller,
  codeOf,
  home,
  liveOf,
  ORIGIN,
  PASSWORD,
  quickHasher,
  restart,
  resultOf,
} from '../../../test/support/each-identity-home.js';

const customer = async (more: { phone?: string; mail?: string } = {}, loginId = 'tarou@site.jp') =>
  resultOf(
    await home.identity.logins.createCustomerLogin(
      { account: A1, loginId, name: '太郎', password: PASSWORD, ...more },
      caller(),
    ),
  );
const signIn = (password = PASSWORD, loginId = 'tarou@site.jp', from = ORIGIN) =>
  home.identity.entry.signIn({ level: 'account', loginId, password }, from);
const lastCode = (): string => /\d{6}/.exec(home.messages()[0]!.text)![0];
async function stored(): Promise<string> {
  let text = '';
  for await (const piece of home.product.audit.export('jsonl', { withSecrets: true })) text += piece;
  return text;
}

describe('signing in', () => {
  it('opens a session by the cookie, and by nothing else', async () => {
    await customer();
    const { cookie, view } = resultOf(await signIn());
    expect(view).toMatchObject({ stage: 'signed_in', level: 'account', role: 'customer', account: 'A1' });
    expect(await home.identity.entry.authenticate(cookie)).toMatchObject({ view });
    const [session, secret] = cookie.split('.') as [string, string];
    const other = secret.startsWith('A') ? `B${secret.slice(1)}` : `A${secret.slice(1)}`;
    for (const wrong of [`${session}.${other}`, `${'0'.repeat(24)}.${secret}`, session, secret, ''])
      expect(await home.identity.entry.authenticate(wrong)).toBeUndefined();
    const log = await stored();
    for (const secretText of [secret, PASSWORD, 'tarou@site.jp', ORIGIN.address, view.csrfToken])
      expect(log).not.toContain(secretText);
  });

  it('takes login ids in either case, and each of them once per level', async () => {
    await customer();
    expect(codeOf(await signIn(PASSWORD, 'TAROU@site.jp'))).toBe('done');
    const again = await home.identity.logins.createCustomerLogin(
      { account: A1, loginId: 'Tarou@Site.jp', name: '次郎', password: PASSWORD },
      caller(),
    );
    expect(codeOf(again)).toBe('LOGIN_ID_TAKEN');
    expect(
      codeOf(
        await home.identity.entry.signIn(
          { level: 'circle', loginId: 'tarou@site.jp', password: PASSWORD },
          ORIGIN,
        ),
      ),
    ).toBe('SIGN_IN_REFUSED');
  });

  it('is refused alike for an unknown login, a wrong password and a disabled login', async () => {
    const { login } = await customer();
    const wrong = await signIn('Wrong!pass');
    const before = quickHasher.verified;
    const unknown = await signIn(PASSWORD, 'nobody');
    expect(quickHasher.verified).toBe(before + 1);
    await home.identity.logins.disableLogin(login, caller());
    expect([unknown, await signIn()]).toEqual([wrong, wrong]);
    expect(codeOf(wrong)).toBe('SIGN_IN_REFUSED');
  });

  it.each(['tarou@site.jp', 'nobody'])(
    'locks the login id %s after 10 failures, known or not, also over a restart',
    async loginId => {
      await customer();
      const tried = await Promise.all(Array.from({ length: 15 }, () => signIn('Wrong!pass', loginId)));
      expect(tried.map(codeOf).filter(code => code === 'SIGN_IN_REFUSED')).toHaveLength(10);
      expect(tried.map(codeOf).filter(code => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(5);
      await restart();
      expect(await signIn(PASSWORD, loginId)).toMatchObject({
        rejection: { code: 'TOO_MANY_ATTEMPTS', details: { retryAfterS: '900' } },
      });
      home.clock.plusMs(900_001);
      expect(codeOf(await signIn(PASSWORD, loginId))).toBe(loginId === 'nobody' ? 'SIGN_IN_REFUSED' : 'done');
    },
  );

  it('locks an address after 50 failures, whatever ids it tries; successes do not count', async () => {
    await customer();
    for (let i = 0; i < 60; i++) expect(codeOf(await signIn())).toBe('done');
    for (let i = 0; i < 50; i++) expect(codeOf(await signIn('x', `guess-${i}`))).toBe('SIGN_IN_REFUSED');
    expect(codeOf(await signIn())).toBe('TOO_MANY_ATTEMPTS');
    expect(codeOf(await signIn(PASSWORD, 'tarou@site.jp', { ...ORIGIN, address: '192.0.2.8' }))).toBe('done');
  });

  it('is unlocked by staff', async () => {
    const { login } = await customer();
    for (let i = 0; i < 10; i++) await signIn('x');
    expect(codeOf(await signIn())).toBe('TOO_MANY_ATTEMPTS');
    expect(codeOf(await home.identity.logins.unlockLogin(login, caller()))).toBe('done');
    expect(codeOf(await signIn())).toBe('done');
    expect(codeOf(await home.identity.logins.unlockLogin(login, caller()))).toBe('nothing');
    expect(codeOf(await home.identity.logins.unlockLogin('f'.repeat(16), caller()))).toBe('NO_SUCH_LOGIN');
  });
});

describe('the second step', () => {
  it('AUT-01, ID-14: offers masked contacts with their methods, and goes on in another session', async () => {
    await customer({ phone: '09012345678', mail: 'tarou@site.jp' });
    const first = resultOf(await signIn());
    expect(first.view).toMatchObject({
      stage: 'second_step',
      secondStep: {
        contacts: [
          { kind: 'phone', masked: '--5678', methods: ['sms', 'voice'] },
          { kind: 'mail', masked: 't***@site.jp', methods: ['mail'] },
        ],
        sent: null,
      },
    });
    const live = (await home.identity.entry.authenticate(first.cookie))!;
    const { contact } = first.view.secondStep!.contacts[0]!;
    const sent = resultOf(await home.identity.secondStep.sendCode(live, { contact, method: 'sms' }));
    expect(sent).toMatchObject({
      masked: '--5678',
      expiresAt: '2026-10-01T09:40:00.000+09:00',
      resendAt: '2026-10-01T09:31:00.000+09:00',
    });
    expect(codeOf(await home.identity.secondStep.sendCode(live, { contact, method: 'sms' }))).toBe(
      'RESEND_TOO_SOON',
    );
    const code = lastCode();
    const second = resultOf(await home.identity.secondStep.verifyCode(live, code, ORIGIN));
    expect(second.view.stage).toBe('signed_in');
    expect(second.cookie.slice(0, 24)).not.toBe(first.cookie.slice(0, 24));
    // ID-16: the code and the session it was sent for are used up.
    expect(codeOf(await home.identity.secondStep.verifyCode(live, code, ORIGIN))).toBe('CODE_USED');
    expect(await home.identity.entry.authenticate(first.cookie)).toBeUndefined();
    expect(await home.identity.entry.authenticate(second.cookie)).toBeDefined();
    expect(await stored()).not.toContain(code);
    expect(await stored()).not.toContain('09012345678');
  });

  it.each(['12345', '１２３４５６', '123 456', ''])('ID-17: %j is not a code', async code => {
    await customer({ phone: '09012345678' });
    const live = await liveOf(home, await signIn());
    await expect(home.identity.secondStep.verifyCode(live, code, ORIGIN)).rejects.toMatchObject({
      field: 'code',
      code: 'CODE_MALFORMED',
    });
  });

  it('ends after five wrong entries of a code, and after ten of a login in whatever sessions', async () => {
    await customer({ phone: '09012345678' });
    const codes: string[] = [];
    for (let round = 0; round < 3; round++) {
      const live = await liveOf(home, await signIn());
      const { contact } = live.view.secondStep!.contacts[0]!;
      resultOf(await home.identity.secondStep.sendCode(live, { contact, method: 'voice' }));
      const wrong = lastCodeBut();
      for (let i = 0; i < 6; i++)
        codes.push(codeOf(await home.identity.secondStep.verifyCode(live, wrong, ORIGIN)));
    }
    expect(codes.filter(code => code === 'CODE_WRONG')).toHaveLength(10);
    expect(codes.slice(0, 6)).toEqual([...Array(5).fill('CODE_WRONG'), 'TOO_MANY_TRIES']);
    expect(codes.slice(-6)).toEqual(Array(6).fill('TOO_MANY_ATTEMPTS'));
  });

  it('sends a login five codes an hour, in whatever sessions', async () => {
    await customer({ phone: '09012345678' });
    const answers: string[] = [];
    for (let i = 0; i < 6; i++) {
      const live = await liveOf(home, await signIn());
      const { contact } = live.view.secondStep!.contacts[0]!;
      answers.push(codeOf(await home.identity.secondStep.sendCode(live, { contact, method: 'sms' })));
    }
    expect(answers).toEqual([...Array(5).fill('done'), 'TOO_MANY_CODES']);
  });
});

const lastCodeBut = (): string => {
  const digits = /\d(?:[、,] ?\d){5}/.exec(home.messages()[0]!.text)![0].replace(/\D/g, '');
  return digits === '000000' ? '111111' : '000000';
};

describe('a session', () => {
  it('is over after an hour of rest and after twelve hours in any case', async () => {
    await customer();
    const resting = resultOf(await signIn()).cookie;
    home.clock.plusMs(3_600_001);
    expect(await home.identity.entry.authenticate(resting)).toBeUndefined();
    const busy = resultOf(await signIn()).cookie;
    for (let i = 0; i < 23; i++) {
      home.clock.plusMs(1_800_000);
      expect(await home.identity.entry.authenticate(busy)).toBeDefined();
    }
    home.clock.plusMs(1_800_000);
    expect(await home.identity.entry.authenticate(busy)).toBeUndefined();
  });

  it('ends at once when it is ended, here or from another session', async () => {
    await customer();
    const [one, two] = [resultOf(await signIn()).cookie, resultOf(await signIn()).cookie];
    const live = (await home.identity.entry.authenticate(one))!;
    const rows = await home.identity.sessions.sessions(live);
    expect(rows.map(row => [row.session, row.address, row.current]).sort()).toEqual(
      [
        [one.slice(0, 24), ORIGIN.address, true],
        [two.slice(0, 24), ORIGIN.address, false],
      ].sort(),
    );
    expect(codeOf(await home.identity.sessions.endSession(live, two.slice(0, 24)))).toBe('done');
    expect(await home.identity.entry.authenticate(two)).toBeUndefined();
    expect(codeOf(await home.identity.sessions.endSession(live, 'f'.repeat(24)))).toBe('NO_SUCH_SESSION');
    await home.identity.sessions.signOut(live);
    expect(await home.identity.entry.authenticate(one)).toBeUndefined();
  });
});
