import { type AccountId, Instant } from '#kernel';
import { specOf } from '#testing';
import { POLICY } from './identity-policy.fixture.js';
import {
  type SessionCommand,
  type SessionEvent,
  type SessionRejection,
  sessionRefusals,
  sessionStream,
} from './session.events.js';
import { session } from './session.js';
import { isConfirmed } from './session.state.js';

const start = Instant.parse('2026-10-01T09:30:00.000+09:00');
const at = (seconds: number): Instant => Instant.plusMs(start, seconds * 1000);
const { code } = POLICY;
const A1 = 'A1' as AccountId;
const own = { account: A1, circle: null, unique: null };
const facts = {
  session: 's1',
  login: 'l1',
  level: 'account',
  stage: 'second_step',
  epoch: 0,
  secretHash: 'h',
  expiresAt: at(43_200),
  idleMs: 3_600_000,
  language: 'ja',
  originSealed: 'x',
  previous: null,
} as const;
const started: SessionEvent = { type: 'SessionStarted', at: start, ...facts };
const signedIn: SessionEvent = { ...started, stage: 'signed_in' };
const verified: SessionEvent = { ...signedIn, previous: 's0' };
const staff: SessionEvent = { ...signedIn, level: 'staff' };
const sent = (seconds: number, codeMac = 'm1'): SessionEvent => ({
  type: 'CodeSent',
  at: at(seconds),
  session: 's1',
  codeMac,
  contact: 'c1',
  method: 'sms',
  expiresAt: at(seconds + 600),
});
const wrong = (seconds: number): SessionEvent => ({
  type: 'CodeRefused',
  at: at(seconds),
  session: 's1',
  factor: 'code',
});
const passed: SessionEvent = {
  type: 'SecondStepPassed',
  at: at(5),
  session: 's1',
  factor: 'code',
  next: 's2',
};
type Send = Extract<SessionCommand, { type: 'SendCode' }>;
const send = (seconds: number, other: Partial<Send> = {}): SessionCommand => ({
  type: 'SendCode',
  now: at(seconds),
  codeMac: 'm1',
  contact: 'c1',
  method: 'sms',
  offered: ['sms', 'voice'],
  code,
  ...other,
});
const enter = (seconds: number, codeMac = 'm1'): SessionCommand => ({
  type: 'EnterCode',
  now: at(seconds),
  codeMac,
  next: 's2',
  code,
});
const view = (reason = '確認'): SessionCommand => ({ type: 'ViewCustomer', now: at(1), to: own, reason });
const take: SessionCommand = { type: 'TakePasskeyChallenge', now: at(1), challenge: 'q' };
const { given } = specOf(session);

describe('a code', () => {
  it('is sent with its end, ten minutes later', () => given(started).when(send(1)).then(sent(1)));

  it('that is right opens the session once: ID-16', () => {
    given(started, sent(1)).when(enter(5)).then(passed);
    given(started, sent(1), passed).when(enter(6)).thenRejected('CODE_USED');
  });

  it('that is wrong is counted', () => given(started, sent(1)).when(enter(2, 'no')).then(wrong(2)));

  it('replaces the one before', () =>
    given(started, sent(1, 'm0'), sent(61)).when(enter(62, 'm0')).then(wrong(62)));

  it('has five entries, also the right one: TOO_MANY_TRIES', () => {
    const four = [started, sent(1), ...[2, 3, 4, 5].map(wrong)];
    given(...four)
      .when(enter(6))
      .then({ ...passed, at: at(6) });
    given(...four, wrong(6))
      .when(enter(7))
      .thenRejected('TOO_MANY_TRIES');
  });

  it('is valid for ten minutes', () => {
    given(started, sent(1))
      .when(enter(600))
      .then({ ...passed, at: at(600) });
    given(started, sent(1)).when(enter(601)).thenRejected('CODE_EXPIRED');
  });

  it('is sent again after a minute, five times an hour', () => {
    given(started, sent(1)).when(send(60)).thenRejected('RESEND_TOO_SOON', { retryAfterS: '1' });
    given(started, sent(1)).when(send(61)).then(sent(61));
    const five = [started, ...[1, 61, 121, 181, 241].map(s => sent(s))];
    given(...five)
      .when(send(301))
      .thenRejected('TOO_MANY_CODES', { retryAfterS: '3300' });
  });
});

describe('a session', () => {
  it('AUT-07: passes its first second step after sign-in too, and no other one', () => {
    given(signedIn).when(send(1)).then(sent(1));
    given(signedIn, sent(1)).when(enter(5)).then(passed);
    given(verified).when(enter(5)).thenRejected('NOT_IN_THIS_STAGE');
    given({ ...started, stage: 'password_change' })
      .when(send(1))
      .thenRejected('NOT_IN_THIS_STAGE');
  });

  it('is confirmed for ten minutes by its start, a new password, or the password once more', () => {
    const confirmed: SessionEvent = { type: 'SessionConfirmed', at: at(900), session: 's1' };
    const renewed: SessionEvent = { type: 'PasswordRenewed', at: at(900), session: 's1', epoch: 1 };
    const seen: SessionEvent = { type: 'SessionSeen', at: at(900), session: 's1' };
    const at600 = (...events: SessionEvent[]) => {
      const { state } = given(signedIn, ...events);
      return [600, 601, 1500, 1501].map(s => state.phase === 'live' && isConfirmed(state, at(s)));
    };
    expect(at600(seen)).toEqual([true, false, false, false]);
    for (const event of [confirmed, renewed]) expect(at600(event)).toEqual([true, true, true, false]);
    given(signedIn)
      .when({ type: 'Confirm', now: at(900) })
      .then(confirmed);
    given(started)
      .when({ type: 'Confirm', now: at(900) })
      .thenRejected('NOT_IN_THIS_STAGE');
  });

  it('is seen at most every ten minutes', () => {
    const see = (seconds: number): SessionCommand => ({
      type: 'See',
      now: at(seconds),
      notWithinMs: 600_000,
    });
    given(signedIn).when(see(599)).thenNothing('the session was seen just now');
    given(signedIn)
      .when(see(600))
      .then({ type: 'SessionSeen', at: at(600), session: 's1' });
  });

  it.each([
    ['ACC-12: account into a circle', own, { account: A1, circle: 'c', unique: null }, true],
    ['ACC-12: account into a unique', own, { account: A1, circle: 'c', unique: 'u' }, true],
    ['circle into its unique', { ...own, circle: 'c' }, { account: A1, circle: 'c', unique: 'u' }, true],
    ['account into itself', own, own, false],
    ['account into another account', own, { account: 'B2' as AccountId, circle: 'c', unique: null }, false],
    ['circle into another circle', { ...own, circle: 'c' }, { account: A1, circle: 'd', unique: 'u' }, false],
    ['circle into its account', { ...own, circle: 'c' }, own, false],
    [
      'unique into anything',
      { account: A1, circle: 'c', unique: 'u' },
      { account: A1, circle: 'c', unique: 'v' },
      false,
    ],
  ])('%s', (_id, from, to, allowed) => {
    const result = given(signedIn).when({ type: 'EnterLevel', now: at(1), to, from });
    if (allowed) result.then({ type: 'LevelEntered', at: at(1), session: 's1', ...to });
    else result.thenRejected('NOT_DOWNWARD');
  });

  it('of staff shows the pages of a customer with a reason, read-only', () => {
    const viewed: SessionEvent = { type: 'CustomerViewed', at: at(1), session: 's1', ...own, reason: '確認' };
    given(staff).when(view()).then(viewed);
    expect(given(staff, viewed).state).toMatchObject({ viewing: { account: 'A1', readOnly: true } });
    given(staff, viewed)
      .when({ type: 'LeaveLevel', now: at(2) })
      .then({ type: 'LevelLeft', at: at(2), session: 's1' });
  });
});

const ROWS: readonly (readonly [SessionRejection, SessionEvent[], SessionCommand])[] = [
  ['SESSION_EXISTS', [started], { type: 'StartSession', now: start, ...facts }],
  ['NO_SUCH_SESSION', [], enter(1)],
  ['CODE_USED', [started, sent(1), passed], enter(99_999)],
  ['SESSION_OVER', [started], send(3_601)],
  ['NOT_IN_THIS_STAGE', [verified], send(1, { offered: null })],
  ['NO_SUCH_CONTACT', [started, sent(1)], send(2, { offered: null })],
  ['METHOD_NOT_OFFERED', [started, sent(1)], send(2, { offered: ['voice'] })],
  ['TOO_MANY_CODES', [started, ...[1, 61, 121, 181, 241].map(s => sent(s))], send(242)],
  ['RESEND_TOO_SOON', [started, sent(1)], send(2)],
  ['NO_CODE_SENT', [started], enter(1)],
  ['TOO_MANY_TRIES', [started, sent(1), ...[2, 3, 4, 5, 6].map(wrong)], enter(999)],
  ['CODE_EXPIRED', [started, sent(1)], enter(601)],
  ['STAFF_ONLY', [signedIn], view('')],
  ['REASON_REQUIRED', [staff], view(' ')],
  ['NOT_DOWNWARD', [signedIn], { type: 'EnterLevel', now: at(1), to: own, from: own }],
  ['CHALLENGE_OVER', [started], take],
];

describe('rejections of a session, in the order in which they are asked', () => {
  it.each(ROWS)('%s', (rejection, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(rejection),
  );

  it('are all met, and the rows follow the list', () => {
    expect(ROWS.map(([rejection]) => rejection)).toEqual(Object.keys(sessionRefusals));
    expect(sessionStream('s1')).toBe('session-s1');
  });
});
