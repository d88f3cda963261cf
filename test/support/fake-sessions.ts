import type { LoginLevel, SessionStage } from '#identity';
import type { AccountId } from '#kernel';
import type { LiveSession, SessionView } from '#runtime';

// Sessions of the fake product, by a short name: of account A1, of a circle and a unique of it, of staff.

const CIRCLE = '0000000001';
const UNIQUE = '0000000002';
export const CSRF = 'csrf-token-of-a-fake-session';

interface Kind {
  readonly role: SessionView['role'];
  readonly level: LoginLevel;
  readonly account: string | null;
  readonly stage: SessionStage;
  readonly viewing: SessionView['viewing'];
  readonly accountOver?: boolean;
}
const customer = (level: LoginLevel, account = 'A1'): Kind => ({
  role: 'customer',
  level,
  account,
  stage: 'signed_in',
  viewing: null,
});
const staff = (role: Kind['role']): Kind => ({
  role,
  level: 'staff',
  account: null,
  stage: 'signed_in',
  viewing: null,
});

const A1 = 'A1' as AccountId;
export const SESSIONS = {
  account: customer('account'),
  circle: customer('circle'),
  unique: customer('unique'),
  stranger: customer('account', 'A2'),
  billing: staff('billing'),
  approver: staff('approver'),
  support: staff('support'),
  auditor: staff('auditor'),
  admin: staff('admin'),
  secondStep: { ...staff('admin'), stage: 'second_step' },
  passwordChange: { ...customer('account'), stage: 'password_change' },
  /** Staff who look at A1 as its customer does. */
  viewer: { ...staff('billing'), viewing: { account: A1, circle: null, unique: null, readOnly: true } },
  /** The account's login, gone down to its circle. */
  below: {
    ...customer('account'),
    viewing: { account: A1, circle: CIRCLE, unique: null, readOnly: false },
  },
} as const satisfies Record<string, Kind>;
export type FakeSession = keyof typeof SESSIONS;
/** The customer of `account` after the last day of the account. */
const OVER: Kind = { ...customer('account'), accountOver: true };

const secretOf = (name: string): string => name.padEnd(43, '0');
export const cookieFor = (name: FakeSession | 'over'): string => `daicho_session=s-${name}.${secretOf(name)}`;

function viewOf({ role, level, account, stage, viewing, accountOver = false }: Kind): SessionView {
  return {
    verified: stage !== 'second_step',
    stage,
    level,
    role,
    account: account as AccountId | null,
    circle: level === 'circle' || level === 'unique' ? CIRCLE : null,
    unique: level === 'unique' ? UNIQUE : null,
    name: level,
    loginId: `${role}@example.jp`,
    language: 'ja',
    csrfToken: CSRF,
    expiresAt: '2026-11-04T22:00:00.000+09:00',
    passwordNotice: 'none',
    accountOver,
    viewing,
    secondStep: null,
  };
}

/** The session that a cookie's value opens; undefined for all others. */
export function fakeSession(cookie: string): LiveSession | undefined {
  const [name, kind] =
    Object.entries<Kind>({ ...SESSIONS, over: OVER }).find(([n]) => cookie === `s-${n}.${secretOf(n)}`) ?? [];
  if (name === undefined || kind === undefined) return undefined;
  return { session: `s-${name}`, login: `l-${name}`, actorId: `login:l-${name}`, view: viewOf(kind) };
}

/** Headers of a page of ours: the cookie and the token. */
export const asSession = (name: FakeSession | 'over'): Record<string, string> => ({
  Cookie: cookieFor(name),
  'X-Csrf-Token': CSRF,
});
