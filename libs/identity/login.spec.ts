import { Instant } from '#kernel';
import { specOf } from '#testing';
import { POLICY } from './identity-policy.fixture.js';
import { idOfHash, issuedId, issuedIdRefusals, issuedIdStream } from './issued-id.js';
import { type LoginCommand, type LoginEvent, loginStream } from './login.events.js';
import { login } from './login.js';
import { type LoginRejection, loginRefusals } from './login.refusals.js';
import { hasSecondStep, type LoginState } from './login.state.js';
import { type LoginIdEvent, loginIdClaim, loginIdClaimRefusals, loginIdStream } from './login-claim.js';
import { passwordNotice } from './password-policy.js';

const start = Instant.parse('2026-10-01T09:30:00.000+09:00');
const at = (seconds: number): Instant => Instant.plusMs(start, seconds * 1000);
const facts = {
  login: 'l1',
  level: 'staff',
  account: null,
  circle: null,
  unique: null,
  role: 'billing',
  name: '田中',
  loginIdSealed: 'sealed',
  loginIdHash: 'h1',
  language: 'ja',
  passwordHash: 'p1',
} as const;
const created: LoginEvent = { type: 'LoginCreated', at: start, ...facts };
const customer: LoginEvent = { ...created, level: 'account', role: null };
const on = { login: 'l1', at: at(1) };
const disabled: LoginEvent = { ...on, type: 'LoginDisabled' };
const contact = (n: number): LoginEvent => ({
  ...on,
  type: 'ContactRegistered',
  contact: `c${n}`,
  kind: 'phone',
  sealed: 's',
  mac: `m${n}`,
});
const asked: LoginEvent = { ...on, type: 'PasswordResetRequested', tokenHash: 't1', expiresAt: at(3600) };
const enrolled: LoginEvent = { ...on, type: 'TotpEnrolled', sealed: 's' };
const confirmed: LoginEvent = { ...on, type: 'TotpConfirmed', step: 10 };
const keyFacts = (n: number) => ({
  passkey: `k${n}`,
  publicKey: 'pk',
  counter: 0,
  transports: ['usb'],
  label: 'PC',
});
const key = (n: number): LoginEvent => ({ ...on, type: 'PasskeyRegistered', ...keyFacts(n) });
const now = at(2);
const change = (unchanged = false): LoginCommand => ({
  type: 'ChangePassword',
  now,
  passwordHash: 'p2',
  unchanged,
});
const register = (n: number): LoginCommand => ({
  type: 'RegisterContact',
  now,
  contact: `c${n}`,
  kind: 'phone',
  sealed: 's',
  mac: `m${n}`,
});
const reset = (tokenHash = 't1', when = now): LoginCommand => ({
  type: 'ResetPassword',
  now: when,
  tokenHash,
  passwordHash: 'p2',
});
const showTotp = (step: number | null): LoginCommand => ({ type: 'UseTotp', now, step });
const addKey = (n: number): LoginCommand => ({ type: 'RegisterPasskey', now, ...keyFacts(n) });
const { given } = specOf(login);
const epochOf = (state: LoginState): number => (state.phase === 'none' ? -1 : state.epoch);

describe('a login', () => {
  it.each([
    ['a changed password', { ...on, type: 'PasswordChanged', passwordHash: 'p2' }, 1],
    ['a reset', { ...on, type: 'PasswordReset', passwordHash: 'p2' }, 1],
    ['another role', { ...on, type: 'StaffRoleSet', role: 'admin' }, 1],
    ['its end', disabled, 1],
    ['a contact that staff withdrew', { ...on, type: 'ContactWithdrawn', contact: 'c1' }, 1],
    ['second factors that an admin withdrew', { ...on, type: 'SecondFactorsWithdrawn' }, 1],
    ['a stronger hash', { ...on, type: 'PasswordRehashed', passwordHash: 'p3' }, 0],
    ['a contact', contact(1), 0],
    ['a contact that its owner removed', { ...on, type: 'ContactRemoved', contact: 'c1' }, 0],
  ] as const)('is of a new epoch, which ends its sessions, after %s: %#', (_what, event, epoch) =>
    expect(epochOf(given(created, event as LoginEvent).state)).toBe(epoch),
  );

  it('has a second step as soon as there is anything to show', () => {
    const shows = (...events: LoginEvent[]) => {
      const { state } = given(...events);
      return state.phase !== 'none' && hasSecondStep(state);
    };
    expect([shows(created), shows(created, enrolled)]).toEqual([false, false]);
    expect([shows(created, contact(1)), shows(created, enrolled, confirmed), shows(created, key(1))]).toEqual(
      [true, true, true],
    );
  });

  it('ACC-13: is reset with the newest link, once, before its end', () => {
    const done: LoginEvent = { type: 'PasswordReset', at: now, login: 'l1', passwordHash: 'p2' };
    given(created, asked).when(reset()).then(done);
    given(created, asked, done).when(reset()).thenRejected('RESET_REFUSED');
    given(created, asked, { ...asked, tokenHash: 't2' })
      .when(reset('t1'))
      .thenRejected('RESET_REFUSED');
    given(created, asked)
      .when(reset('t1', at(3600)))
      .thenRejected('RESET_REFUSED');
    given(created, asked, { ...on, type: 'PasswordChanged', passwordHash: 'p3' })
      .when(reset())
      .thenRejected('RESET_REFUSED');
  });

  it('keeps neither contact nor link of a telephone that was lost', () => {
    const withdraw = { type: 'WithdrawContact', now, contact: 'c1' } as const;
    const gone: LoginEvent = { type: 'ContactWithdrawn', at: now, login: 'l1', contact: 'c1' };
    given(customer, contact(1), contact(2)).when(withdraw).then(gone);
    given(customer, contact(1), gone).when(withdraw).thenRejected('NO_SUCH_CONTACT');
    const { state } = given(customer, contact(1), contact(2), asked, gone);
    expect(state).toMatchObject({ contacts: [{ contact: 'c2' }], reset: null });
  });

  it('of staff loses the app, confirmed or not, and all passkeys at once', () => {
    const withdraw = { type: 'WithdrawSecondFactors', now } as const;
    const gone: LoginEvent = { type: 'SecondFactorsWithdrawn', at: now, login: 'l1' };
    given(created, enrolled).when(withdraw).then(gone);
    given(created, key(1), key(2)).when(withdraw).then(gone);
    given(created, contact(1)).when(withdraw).thenNothing();
    given(customer).when(withdraw).thenRejected('STAFF_ONLY');
    const { state } = given(created, contact(1), enrolled, confirmed, key(1), asked, gone);
    expect(state).toMatchObject({ totp: null, passkeys: [], reset: null, contacts: [{ contact: 'c1' }] });
  });

  it('given a password by the level above must choose one of its own', () => {
    const now = at(2);
    given(created)
      .when({ type: 'ReplacePassword', now, passwordHash: 'p2' })
      .then(
        { type: 'PasswordChanged', at: now, login: 'l1', passwordHash: 'p2' },
        { type: 'ForcedChangeSet', at: now, login: 'l1', value: 'force' },
      );
    const { state } = given(
      created,
      { type: 'PasswordChanged', at: now, login: 'l1', passwordHash: 'p2' },
      { type: 'ForcedChangeSet', at: now, login: 'l1', value: 'force' },
    );
    const demands = state.phase !== 'none' && state.demand ? [state.demand] : [];
    expect(passwordNotice({ now: at(3), changedAt: now, demands }, POLICY)).toBe('force');
  });

  it('remembers where it was signed in from, the newest fifty', () => {
    const from = (n: number): LoginEvent => ({ ...on, type: 'SignInOriginSeen', originMac: `o${n}` });
    const see = (n: number): LoginCommand => ({ type: 'SeeOrigin', now, originMac: `o${n}` });
    given(created)
      .when(see(1))
      .then({ ...from(1), at: now });
    given(created, from(1)).when(see(1)).thenNothing('the login was signed in from there before');
    const many = Array.from({ length: 51 }, (_, n) => from(n));
    given(created, ...many)
      .when(see(1))
      .thenNothing();
    given(created, ...many)
      .when(see(0))
      .then({ ...from(0), at: now });
  });

  it('takes no time step of the app twice, nor one before it', () => {
    given(created, enrolled, confirmed)
      .when(showTotp(11))
      .then({ type: 'TotpStepUsed', at: now, login: 'l1', step: 11 });
    for (const step of [10, 9])
      given(created, enrolled, confirmed).when(showTotp(step)).thenRejected('CODE_USED');
  });
});

const ROWS: readonly (readonly [LoginRejection, LoginEvent[], LoginCommand])[] = [
  ['LOGIN_EXISTS', [created], { type: 'CreateLogin', now, ...facts }],
  ['NO_SUCH_LOGIN', [], change()],
  ['LOGIN_DISABLED', [customer, disabled], showTotp(null)],
  ['STAFF_ONLY', [customer], showTotp(null)],
  ['PASSWORD_UNCHANGED', [created], change(true)],
  ['RESET_REFUSED', [created], reset()],
  ['CONTACT_KNOWN', [created, ...[1, 2, 3, 4, 5].map(contact)], register(1)],
  ['TOO_MANY_CONTACTS', [created, ...[1, 2, 3, 4, 5].map(contact)], register(6)],
  ['NO_SUCH_CONTACT', [created, contact(1)], { type: 'RemoveContact', now, contact: 'c2' }],
  ['TOTP_ENROLLED', [created, enrolled, confirmed], { type: 'EnrolTotp', now, sealed: 's' }],
  ['NO_TOTP', [created, enrolled], showTotp(null)],
  ['CODE_WRONG', [created, enrolled, confirmed], showTotp(null)],
  ['CODE_USED', [created, enrolled, confirmed], showTotp(10)],
  ['PASSKEY_KNOWN', [created, ...[...Array(10).keys()].map(key)], addKey(1)],
  ['TOO_MANY_PASSKEYS', [created, ...[...Array(10).keys()].map(key)], addKey(11)],
  ['NO_SUCH_PASSKEY', [created], { type: 'RemovePasskey', now, passkey: 'k1' }],
];

describe('rejections of a login, in the order in which they are asked', () => {
  it.each(ROWS)('%s', (code, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(code),
  );

  it('are all met, and the rows follow the list', () => {
    expect(ROWS.map(([code]) => code)).toEqual(Object.keys(loginRefusals));
    expect(loginStream('l1')).toBe('login-l1');
  });
});

describe('an id', () => {
  it('of a login belongs to one login at a time', () => {
    const claims = specOf(loginIdClaim);
    const claimed: LoginIdEvent = { type: 'LoginIdClaimed', at: start, hash: 'h', login: 'l1' };
    const claim = (who: string) =>
      ({ type: 'ClaimLoginId', now, hash: 'h', login: who, unmade: null }) as const;
    const release = (who: string) => ({ type: 'ReleaseLoginId', now, hash: 'h', login: who }) as const;
    claims.given(claimed).when(claim('l1')).thenNothing('the login id belongs to this login already');
    claims.given(claimed).when(claim('l2')).thenRejected('LOGIN_ID_TAKEN');
    claims.given(claimed).when(release('l2')).thenNothing('the login id does not belong to this login');
    const released: LoginIdEvent = { type: 'LoginIdReleased', at: now, hash: 'h', login: 'l1' };
    claims.given(claimed).when(release('l1')).then(released);
    claims
      .given(claimed, released)
      .when(claim('l2'))
      .then({ ...claimed, at: now, login: 'l2' });
    expect([Object.keys(loginIdClaimRefusals), loginIdStream('h')]).toEqual([
      ['LOGIN_ID_TAKEN'],
      'loginId-h',
    ]);
  });

  it('of a login that was never made is free after a while, and not before', () => {
    const claims = specOf(loginIdClaim);
    const claimed: LoginIdEvent = { type: 'LoginIdClaimed', at: start, hash: 'h', login: 'l1' };
    const claim = (after: number, owner = 'l1') => {
      const unmade = { owner, keptMs: 600_000 };
      const at = Instant.plusMs(start, after);
      return { type: 'ClaimLoginId', now: at, hash: 'h', login: 'l2', unmade } as const;
    };
    claims.given(claimed).when(claim(599_999)).thenRejected('LOGIN_ID_TAKEN');
    claims
      .given(claimed)
      .when(claim(600_000))
      .then({ ...claimed, at: Instant.plusMs(start, 600_000), login: 'l2' });
    // Somebody else has claimed it since it was looked at.
    claims.given(claimed).when(claim(600_000, 'l0')).thenRejected('LOGIN_ID_TAKEN');
    const taken: LoginIdEvent = { ...claimed, at: Instant.plusMs(start, 600_000), login: 'l3' };
    claims.given(claimed, taken).when(claim(700_000)).thenRejected('LOGIN_ID_TAKEN');
    claims
      .given(claimed, taken)
      .when(claim(1_200_000, 'l3'))
      .then({ ...taken, at: Instant.plusMs(start, 1_200_000), login: 'l2' });
  });

  it('of a circle is issued once: ACC-03, ten digits with their leading zeros', () => {
    const ids = specOf(issuedId);
    const issue = (request: string) =>
      ({ type: 'IssueId', now, id: '0000481516', kind: 'circle', request }) as const;
    const issued = { type: 'IdIssued', at: now, id: '0000481516', kind: 'circle', request: 'r1' } as const;
    ids.given().when(issue('r1')).then(issued);
    ids.given(issued).when(issue('r1')).thenNothing('the id was issued for this request already');
    ids.given(issued).when(issue('r2')).thenRejected('ID_TAKEN');
    expect([idOfHash('0'.repeat(64)), idOfHash(`${'0'.repeat(12)}a`)]).toEqual(['0000000000', '0000000010']);
    expect([Object.keys(issuedIdRefusals), issuedIdStream('1')]).toEqual([['ID_TAKEN'], 'issuedId-1']);
  });
});
