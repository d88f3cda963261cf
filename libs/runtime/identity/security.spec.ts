import {
  A1,
  caller,
  codeOf,
  home,
  liveOf,
  ORIGIN,
  PASSWORD,
  resultOf,
} from '../../../test/support/each-identity-home.js';
import { readContact } from './security.service.js';

const NEXT = 'Newpass!2';

const signIn = (level: 'account' | 'circle' | 'unique' | 'staff', loginId: string, password = PASSWORD) =>
  home.identity.entry.signIn({ level, loginId, password }, ORIGIN);
const customer = async (mail?: string) =>
  resultOf(
    await home.identity.logins.createCustomerLogin(
      { account: A1, loginId: 'tarou', name: '太郎', password: PASSWORD, ...(mail && { mail }) },
      caller(),
    ),
  );
const staff = async (role: 'support' | 'admin' = 'support', loginId = 'tanaka') =>
  resultOf(
    await home.identity.logins.createStaff(
      { loginId, name: '田中', role, password: PASSWORD, mail: null },
      caller(),
    ),
  );
const circle = async () =>
  resultOf(
    await home.identity.circles.createCircle({ account: A1, name: '営業部', password: PASSWORD }, caller()),
  );

describe('circles and uniques', () => {
  it('ID-04, ACC-05: are made with issued ids and logins, once per request', async () => {
    const who = caller();
    const input = { account: A1, name: '営業部', password: PASSWORD };
    const made = resultOf(await home.identity.circles.createCircle(input, who));
    expect(made).toMatchObject({ representative: true, forcedChange: 'none', uniques: 0 });
    expect(made.circle).toMatch(/^\d{10}$/);
    expect(made.loginId).toBe(made.circle);
    expect(resultOf(await home.identity.circles.createCircle(input, who))).toEqual(made);
    expect(await home.identity.circles.circles(A1)).toEqual([made]);
    expect(resultOf(await signIn('circle', made.loginId)).view).toMatchObject({ circle: made.circle });
  });

  it('ACC-18: force a change of password at the next sign-in, ID-12, and urge to one, ID-11', async () => {
    const { circle: id, loginId } = await circle();
    home.clock.plusMs(1000);
    await home.identity.circles.setForcedChange({ account: A1, circle: id, value: 'warn' }, caller());
    expect(resultOf(await signIn('circle', loginId)).view).toMatchObject({
      stage: 'signed_in',
      passwordNotice: 'warn',
    });
    await home.identity.circles.setForcedChange({ account: A1, circle: id, value: 'force' }, caller());
    const live = await liveOf(home, await signIn('circle', loginId));
    expect(live.view.stage).toBe('password_change');
    expect(codeOf(await home.identity.sessions.renewPassword(live, PASSWORD))).toBe('PASSWORD_UNCHANGED');
    home.clock.plusMs(1000);
    expect(resultOf(await home.identity.sessions.renewPassword(live, NEXT))).toMatchObject({
      stage: 'signed_in',
      passwordNotice: 'none',
    });
  });

  it('ACC-12: are entered downward, and see the calls of their numbers only', async () => {
    const { circle: id } = await circle();
    const unique = resultOf(
      await home.identity.circles.createUnique(
        { account: A1, circle: id, name: '受付', password: PASSWORD },
        caller(),
      ),
    );
    const set = (...numbers: string[]) =>
      home.identity.circles.setUniqueNumbers({ account: A1, unique: unique.unique, numbers }, caller());
    expect(codeOf(await set('0312345678'))).toBe('NUMBER_NOT_OF_ACCOUNT');
    expect(resultOf(await set('05012345678')).numbers).toEqual(['05012345678']);
    expect(await home.identity.circles.uniques(A1, id)).toMatchObject([{ numbers: ['05012345678'] }]);
    expect(await home.identity.circles.numbersOf({ account: A1, circle: id, unique: null })).toEqual([
      '05012345678',
    ]);
    expect(await home.identity.circles.numbersOf({ account: A1, circle: null, unique: null })).toHaveLength(
      2,
    );
    await customer();
    const live = await liveOf(home, await signIn('account', 'tarou'));
    expect(resultOf(await home.identity.sessions.enter(live, { unique: unique.unique })).viewing).toEqual({
      account: A1,
      circle: id,
      unique: unique.unique,
      readOnly: false,
    });
    const below = await liveOf(home, await signIn('unique', unique.loginId));
    expect(codeOf(await home.identity.sessions.enter(below, { circle: id }))).toBe('NOT_DOWNWARD');
  });
});

describe('credentials', () => {
  it('end the other sessions when the password is changed, and keep this one', async () => {
    await customer();
    const [mine, other] = [await signIn('account', 'tarou'), await signIn('account', 'tarou')];
    const live = await liveOf(home, mine);
    const change = (current: string, next: string) =>
      home.identity.security.changePassword(live, { current, next });
    expect(codeOf(await change('Wrong!pass', NEXT))).toBe('CURRENT_PASSWORD_WRONG');
    expect(codeOf(await change(PASSWORD, 'short'))).toBe('PASSWORD_TOO_SHORT');
    expect(codeOf(await change(PASSWORD, NEXT))).toBe('done');
    expect(await home.identity.entry.authenticate(resultOf(other).cookie)).toBeUndefined();
    expect(await home.identity.entry.authenticate(resultOf(mine).cookie)).toBeDefined();
    expect(codeOf(await signIn('account', 'tarou'))).toBe('SIGN_IN_REFUSED');
    expect(codeOf(await signIn('account', 'tarou', NEXT))).toBe('done');
  });

  it('ACC-15: let a login id go when another one is chosen', async () => {
    await customer();
    const live = await liveOf(home, await signIn('account', 'tarou'));
    expect(codeOf(await home.identity.security.changeLoginId(live, '123456'))).toBe('LOGIN_ID_ONLY_DIGITS');
    expect(resultOf(await home.identity.security.changeLoginId(live, 'tarou@site.jp')).loginId).toBe(
      'tarou@site.jp',
    );
    expect(codeOf(await signIn('account', 'tarou'))).toBe('SIGN_IN_REFUSED');
    expect(codeOf(await signIn('account', 'tarou@site.jp'))).toBe('done');
  });

  it('ACC-13: are reset by the link of a mail, once; who is not known gets none', async () => {
    await customer('tarou@site.jp');
    await home.identity.reminders.remindPassword({ level: 'account', loginId: 'nobody' }, ORIGIN);
    await home.identity.reminders.remindPassword({ level: 'account', loginId: 'tarou' }, ORIGIN);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(home.messages()).toHaveLength(1);
    const token = decodeURIComponent(/token=(\S+)/.exec(home.messages()[0]!.text)![1]!);
    const reset = (password: string) => home.identity.reminders.resetPassword({ token, password }, ORIGIN);
    expect(codeOf(await reset('short'))).toBe('PASSWORD_TOO_SHORT');
    expect(codeOf(await reset(NEXT))).toBe('done');
    expect(codeOf(await reset('Other!pass'))).toBe('RESET_REFUSED');
    expect(codeOf(await signIn('account', 'tarou', NEXT))).toBe('done');
  });

  it('of staff have passkeys; the question to one is answered once', async () => {
    await staff();
    const live = await liveOf(home, await signIn('staff', 'tanaka'));
    const add = () => home.identity.security.addPasskey(live, { label: 'PC', response: 'c-register' });
    expect(codeOf(await add())).toBe('CHALLENGE_OVER');
    resultOf(await home.identity.security.newPasskeyOptions(live));
    expect(resultOf(await add())).toMatchObject({ passkey: 'pk-1', label: 'PC' });
    expect(codeOf(await add())).toBe('CHALLENGE_OVER');
    const second = await liveOf(home, await signIn('staff', 'tanaka'));
    expect(second.view).toMatchObject({ stage: 'second_step', secondStep: { passkey: true } });
    const show = (response: string) => home.identity.secondStep.verifyPasskey(second, response, ORIGIN);
    resultOf(await home.identity.secondStep.passkeyOptions(second));
    expect(codeOf(await show('something else'))).toBe('PASSKEY_REFUSED');
    resultOf(await home.identity.secondStep.passkeyOptions(second));
    expect(resultOf(await show('c-sign-in')).view.stage).toBe('signed_in');
  });

  it('of customers have no authenticator app: STAFF_ONLY', async () => {
    await customer();
    const live = await liveOf(home, await signIn('account', 'tarou'));
    expect(codeOf(await home.identity.security.enrolTotp(live))).toBe('STAFF_ONLY');
    await expect(
      home.identity.security.addContact(live, { kind: 'phone', value: '110' }),
    ).rejects.toMatchObject({
      field: 'value',
    });
  });
});

describe('a number that codes go to', () => {
  it.each([
    ['09012345678', '09012345678'],
    ['090-1234-5678', '09012345678'],
    ['０９０　１２３４　５６７８', '09012345678'],
    ['+81 90-1234-5678', '09012345678'],
    ['+1 (212) 555-0100', '+12125550100'],
    ['001 212 555 0100', '+12125550100'],
  ])('is kept in one form: %s is %s', (written, kept) => expect(readContact('phone', written)).toBe(kept));

  it.each(['110', '184110', '1001', '#9110', '+110', '0901234', '090123456789', '090-1234-567x', ''])(
    'is none that rings for help, or nowhere: %j',
    written =>
      expect(() => readContact('phone', written)).toThrow(expect.objectContaining({ field: 'value' })),
  );
});

describe('staff', () => {
  it('look at the pages of a customer with a reason, and that is on the list of acts', async () => {
    const { login } = await staff();
    const live = await liveOf(home, await signIn('staff', 'tanaka'));
    expect(codeOf(await home.identity.sessions.enter(live, { account: A1 }))).toBe('REASON_REQUIRED');
    const { viewing } = resultOf(await home.identity.sessions.enter(live, { account: A1 }, '問い合わせ'));
    expect(viewing).toMatchObject({ account: A1, readOnly: true });
    const { rows } = await home.identity.logins.staffActs({ actor: `staff:${login}` });
    expect(rows).toMatchObject([
      {
        type: 'identity.CustomerViewed.v1',
        name: '田中',
        reason: '問い合わせ',
        session: live.session,
        address: ORIGIN.address,
        events: 1,
      },
    ]);
  });

  it('lose their sessions with another role or with their login', async () => {
    const { login } = await staff();
    const first = await liveOf(home, await signIn('staff', 'tanaka'));
    expect(first.view.role).toBe('support');
    const { cookie } = resultOf(await signIn('staff', 'tanaka'));
    resultOf(await home.identity.logins.setStaffRole(login, 'auditor', caller()));
    expect(await home.identity.entry.authenticate(cookie)).toBeUndefined();
    expect((await liveOf(home, await signIn('staff', 'tanaka'))).view.role).toBe('auditor');
    resultOf(await home.identity.logins.disableLogin(login, caller()));
    expect(await home.identity.logins.staff()).toMatchObject([{ login, role: 'auditor', disabled: true }]);
  });

  it('are read models that a replay builds again, row by row', async () => {
    await staff();
    await circle();
    await customer('tarou@site.jp');
    const live = await liveOf(home, await signIn('staff', 'tanaka'));
    await home.identity.sessions.enter(live, { account: A1 }, '確認');
    await home.identity.sessions.signOut(live);
    expect(await home.product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
    expect(await home.product.audit.verify()).toMatchObject({ ok: true, problems: [] });
  });
});
