import { Instant } from '#kernel';
import { isCode, masked, methodsFor } from './contacts.js';
import { POLICY, policyWith } from './identity-policy.fixture.js';
import { loginIdProblem, loginIdRefusals, sameLoginId } from './login-id.js';
import { passwordNotice, passwordProblem, passwordRefusals } from './password-policy.js';

describe('a login id', () => {
  it.each([
    ['ID-01', 'abc', 'LOGIN_ID_LENGTH'],
    ['ID-01', 'abcd', undefined],
    ['ID-02', 'a'.repeat(50), undefined],
    ['ID-02', 'a'.repeat(51), 'LOGIN_ID_LENGTH'],
    ['ID-03', '12345678', 'LOGIN_ID_ONLY_DIGITS'],
    ['ID-05', 'user@site.jp', undefined],
    ['ID-05', 'a_b-c.d', undefined],
    ['ID-06', 'user name', 'LOGIN_ID_CHARACTERS'],
    ['ID-06', 'ユーザー', 'LOGIN_ID_CHARACTERS'],
    ['ACC-14', '1234a', undefined],
  ])('%s: %s is %s', (_id, loginId, code) => expect(loginIdProblem(loginId, POLICY)?.code).toBe(code));

  it('has lengths that are data', () => {
    expect(loginIdProblem('abc', policyWith({ 'identity.login-id-least': '3' }))).toBeUndefined();
    expect(Object.keys(loginIdRefusals)).toHaveLength(3);
    expect(sameLoginId('User@Site.jp')).toBe('user@site.jp');
  });
});

describe('a password', () => {
  it.each([
    ['ID-07', 'Abcdef!1', undefined],
    ['ID-08', 'abcdef!1', 'PASSWORD_NEEDS_UPPER_CASE'],
    ['ID-08', 'ABCDEF!1', 'PASSWORD_NEEDS_LOWER_CASE'],
    ['ID-08', 'Abcdefg1', 'PASSWORD_NEEDS_SYMBOL'],
    ['ID-08', 'Abc!12', 'PASSWORD_TOO_SHORT'],
    ['ID-09', 'Abcdefg!', undefined],
    ['ID-10', 'Abcdef$1', undefined],
    ['ID-10', 'Abcdef+1', 'PASSWORD_CHARACTERS'],
    ['ACC-16', 'Ａbcdef!1', 'PASSWORD_CHARACTERS'],
    ['ACC-16', `Aa!${'x'.repeat(254)}`, 'PASSWORD_TOO_LONG'],
  ])('%s: %s is %s', (_id, password, code) => expect(passwordProblem(password, POLICY)?.code).toBe(code));

  it('needs a digit where the policy says so', () => {
    const strict = policyWith({ 'identity.password-digit': 'required' });
    expect(passwordProblem('Abcdefg!', strict)?.code).toBe('PASSWORD_NEEDS_DIGIT');
    expect(Object.keys(passwordRefusals).at(-1)).toBe('PASSWORD_NEEDS_DIGIT');
  });
});

describe('what a login is told about its password', () => {
  const day = (text: string) => Instant.parse(`${text}T00:00:00.000+09:00`);
  const [changedAt, now] = [day('2026-09-01'), day('2026-10-01')];
  const demand = (value: 'none' | 'warn' | 'force', at: string) => [{ value, at: day(at) }];

  it.each([
    ['nothing was set', [], 'none'],
    ['ACC-18 none', demand('none', '2026-09-15'), 'none'],
    ['ID-11 warning', demand('warn', '2026-09-15'), 'warn'],
    ['ID-12 forced', demand('force', '2026-09-15'), 'force'],
    ['it was changed since', demand('force', '2026-08-15'), 'none'],
    ['both: the stronger one', [...demand('warn', '2026-09-15'), ...demand('force', '2026-09-16')], 'force'],
  ] as const)('when %s', (_why, demands, notice) =>
    expect(passwordNotice({ now, changedAt, demands }, POLICY)).toBe(notice),
  );

  it('ACC-25: is urged after the days of the policy', () => {
    const at = (text: string) => passwordNotice({ now: day(text), changedAt, demands: [] }, POLICY);
    expect([at('2027-08-31'), at('2027-09-01')]).toEqual(['none', 'warn']);
  });
});

describe('a contact', () => {
  it.each([
    ['ID-13', '0312345678', ['voice']],
    ['ID-14', '09012345678', ['sms', 'voice']],
    ['ID-14', '+819012345678', ['sms', 'voice']],
    ['ID-15', '06012345678', ['voice']],
    ['AUT-02', '0901234567', ['voice']],
  ] as const)('%s: %s can be reached by %j', (_id, value, methods) =>
    expect(methodsFor('phone', value, POLICY)).toEqual(methods),
  );

  it('ID-15: of 060 can be sent SMS when the list says so', () => {
    const wider = policyWith({ 'identity.sms-prefixes': '060,070,080,090' });
    expect(methodsFor('phone', '06012345678', wider)).toEqual(['sms', 'voice']);
    expect(methodsFor('mail', 'a@b.jp', POLICY)).toEqual(['mail']);
  });

  it('AUT-01: shows its tail only', () => {
    expect(masked('phone', '09012345678')).toBe('--5678');
    expect(masked('phone', '1234')).toBe('--34');
    expect(masked('mail', 'tarou@site.jp')).toBe('t***@site.jp');
  });

  it.each([
    ['123456', true],
    ['012345', true],
    ['12345', false],
    ['1234567', false],
    ['１２３４５６', false],
    ['12345a', false],
    [' 12345', false],
  ])('ID-17: %j is a code: %s', (text, good) => expect(isCode(text)).toBe(good));
});
