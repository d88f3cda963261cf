import type { ForcedChange, LoginLevel, SessionRole, SessionStage } from '#identity';
import type { AccountId, Money } from '#kernel';
import type { PasskeyOptions } from '#ports';
import type { Answer, Caller } from '../product.views.js';

export type CodeMethod = 'sms' | 'voice' | 'mail';
export type Language = 'ja' | 'en';

/** From where a request comes. Kept sealed: an address is personal data. */
export interface Origin {
  /** IP address as text. */
  readonly address: string;
  /** The `User-Agent`, cut to 200 characters. */
  readonly agent: string;
}

export interface SentCodeView {
  readonly contact: string;
  readonly method: CodeMethod;
  /** `--5678`: only the tail shows (AUT-01). */
  readonly masked: string;
  readonly expiresAt: string;
  readonly resendAt: string;
}
export interface ContactView {
  readonly contact: string;
  readonly kind: 'phone' | 'mail';
  readonly masked: string;
}
export interface SecondStepView {
  readonly contacts: readonly (ContactView & { readonly methods: readonly CodeMethod[] })[];
  readonly totp: boolean;
  readonly passkey: boolean;
  readonly sent: SentCodeView | null;
}
/** The lower level that was entered (ACC-12); staff see an account as its customer does, read-only. */
export interface ViewingView {
  readonly account: AccountId;
  readonly circle: string | null;
  readonly unique: string | null;
  readonly readOnly: boolean;
}
export interface SessionView {
  /** Whether a second step was passed: only then customers see statements of calls (AUT-07, AUT-08). */
  readonly verified: boolean;
  readonly stage: SessionStage;
  readonly level: LoginLevel;
  readonly role: SessionRole;
  /** What the login belongs to; all null for staff. */
  readonly account: AccountId | null;
  readonly circle: string | null;
  readonly unique: string | null;
  readonly name: string;
  readonly loginId: string;
  readonly language: Language;
  readonly csrfToken: string;
  readonly expiresAt: string;
  readonly passwordNotice: ForcedChange;
  readonly viewing: ViewingView | null;
  /** What a second step can be passed with; null once it was passed, and while a password must be changed. */
  readonly secondStep: SecondStepView | null;
}

/** A live session that a cookie opened. Handed back to every method that acts for it. */
export interface LiveSession {
  readonly session: string;
  readonly login: string;
  /** Actor id for commands of this session: `staff:<login>` or `login:<login>`. */
  readonly actorId: string;
  readonly view: SessionView;
}
/** `cookie` is `<session id>.<secret>`: to be set, as the session has changed. */
export interface Opened {
  readonly cookie: string;
  readonly view: SessionView;
}

export interface OwnSessionRow {
  readonly session: string;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly address: string;
  readonly agent: string;
  readonly current: boolean;
}
export interface PasskeyView {
  readonly passkey: string;
  readonly label: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}
export interface SecurityView {
  readonly loginId: string;
  readonly level: LoginLevel;
  readonly passwordChangedAt: string;
  readonly contacts: readonly ContactView[];
  readonly totp: { readonly enrolledAt: string } | null;
  readonly passkeys: readonly PasskeyView[];
}
export interface UniqueView {
  readonly unique: string;
  readonly circle: string;
  readonly name: string;
  readonly loginId: string;
  readonly numbers: readonly string[];
  readonly createdAt: string;
}
export interface CircleView {
  readonly circle: string;
  readonly name: string;
  readonly loginId: string;
  /** The first circle of an account (ACC-05, marked `*`). */
  readonly representative: boolean;
  readonly forcedChange: ForcedChange;
  readonly createdAt: string;
  readonly uniques: number;
}
/** Sign-in and what the second step is made of. Refusals are those of the agreed table. */
export interface SignInService {
  /** SIGN_IN_REFUSED, alike and in like time whatever is wrong; TOO_MANY_ATTEMPTS with `retryAfterS`. */
  signIn(
    input: { level: LoginLevel; loginId: string; password: string; language?: Language },
    from: Origin,
  ): Promise<Answer<Opened>>;
  /** Undefined for a cookie that opens nothing (any more). Marks the session as seen. */
  authenticate(cookie: string): Promise<LiveSession | undefined>;
  /**
   * Who commands, for a request of this session; its events can be led back to the session.
   * @param commandId the Idempotency-Key of the request, or a new id
   */
  callerOf(live: LiveSession, commandId: string, reason?: string): Caller;
  signOut(live: LiveSession): Promise<Answer<{ session: string }>>;
  /** RESEND_TOO_SOON, TOO_MANY_CODES, NO_SUCH_CONTACT, METHOD_NOT_OFFERED, MESSAGE_NOT_SENT. */
  sendCode(live: LiveSession, input: { contact: string; method: CodeMethod }): Promise<Answer<SentCodeView>>;
  /** CODE_WRONG, CODE_EXPIRED, CODE_USED, TOO_MANY_TRIES. @throws InvalidInput `code`, CODE_MALFORMED */
  verifyCode(live: LiveSession, code: string, from: Origin): Promise<Answer<Opened>>;
  verifyTotp(live: LiveSession, code: string, from: Origin): Promise<Answer<Opened>>;
  passkeyOptions(live: LiveSession): Promise<Answer<PasskeyOptions>>;
  verifyPasskey(live: LiveSession, response: unknown, from: Origin): Promise<Answer<Opened>>;
  /** For the stage `password_change` and the notice `warn`: the password itself was just given. */
  renewPassword(live: LiveSession, password: string): Promise<Answer<SessionView>>;
  /**
   * The password once more, in the middle of a session: what asks for it (REAUTHENTICATE) may be done for ten
   * minutes. CURRENT_PASSWORD_WRONG, TOO_MANY_ATTEMPTS.
   */
  confirm(live: LiveSession, password: string): Promise<Answer<SessionView>>;
  setLanguage(live: LiveSession, language: Language): Promise<Answer<SessionView>>;
  /** Downward only (ACC-12): NOT_DOWNWARD. Staff: any account, read-only; REASON_REQUIRED. */
  enter(
    live: LiveSession,
    to: { account?: AccountId; circle?: string; unique?: string },
    reason?: string,
  ): Promise<Answer<SessionView>>;
  leave(live: LiveSession): Promise<Answer<SessionView>>;
  sessions(live: LiveSession): Promise<readonly OwnSessionRow[]>;
  /** One of the login's own: NO_SUCH_SESSION. */
  endSession(live: LiveSession, session: string): Promise<Answer<{ session: string }>>;
}

/**
 * A login's own credentials and second factors; and the way back after a forgotten password. What changes a
 * login id, contacts or second factors needs the password or a second step of the last ten minutes:
 * REAUTHENTICATE.
 */
export interface SecurityService {
  security(live: LiveSession): Promise<SecurityView>;
  /** CURRENT_PASSWORD_WRONG, PASSWORD_TOO_SHORT, ... Ends all other sessions of the login. */
  changePassword(
    live: LiveSession,
    input: { current: string; next: string },
  ): Promise<Answer<{ login: string }>>;
  changeLoginId(live: LiveSession, next: string): Promise<Answer<{ loginId: string }>>;
  addContact(
    live: LiveSession,
    input: { kind: 'phone' | 'mail'; value: string },
  ): Promise<Answer<ContactView>>;
  removeContact(live: LiveSession, contact: string): Promise<Answer<{ contact: string }>>;
  /** Staff only, like all of TOTP and passkeys: STAFF_ONLY. The secret is in the answer once. */
  enrolTotp(live: LiveSession): Promise<Answer<{ uri: string; secret: string }>>;
  confirmTotp(live: LiveSession, code: string): Promise<Answer<{ enrolledAt: string }>>;
  removeTotp(live: LiveSession): Promise<Answer<{ login: string }>>;
  newPasskeyOptions(live: LiveSession): Promise<Answer<PasskeyOptions>>;
  addPasskey(live: LiveSession, input: { label: string; response: unknown }): Promise<Answer<PasskeyView>>;
  removePasskey(live: LiveSession, passkey: string): Promise<Answer<{ passkey: string }>>;
  /**
   * Always alike, whether the login exists or not (ACC-13). A link goes to logins of accounts and staff; for
   * circles and uniques the level above sets another password.
   */
  remindPassword(input: { level: LoginLevel; loginId: string }, from: Origin): Promise<void>;
  /** RESET_REFUSED (unknown, used, expired), PASSWORD_TOO_SHORT, ... Ends all sessions of the login. */
  resetPassword(input: { token: string; password: string }, from: Origin): Promise<Answer<{ login: string }>>;
}

/** Circles and uniques of an account, with their logins. */
export interface CircleService {
  circles(account: AccountId): Promise<readonly CircleView[]>;
  circle(account: AccountId, circle: string): Promise<CircleView | undefined>;
  /** Without a login id a ten-digit one is issued (ID-04). Name: 1-100 characters. */
  createCircle(
    input: { account: AccountId; name: string; loginId?: string; password: string; mail?: string },
    caller: Caller,
  ): Promise<Answer<CircleView>>;
  uniques(account: AccountId, circle: string): Promise<readonly UniqueView[]>;
  unique(account: AccountId, unique: string): Promise<UniqueView | undefined>;
  createUnique(
    input: {
      account: AccountId;
      circle: string;
      name: string;
      loginId?: string;
      password: string;
      mail?: string;
    },
    caller: Caller,
  ): Promise<Answer<UniqueView>>;
  /** All numbers of the unique from now on; each must be the account's: NUMBER_NOT_OF_ACCOUNT. */
  setUniqueNumbers(
    input: { account: AccountId; unique: string; numbers: readonly string[] },
    caller: Caller,
  ): Promise<Answer<UniqueView>>;
  setForcedChange(
    input: { account: AccountId; circle: string; value: ForcedChange },
    caller: Caller,
  ): Promise<Answer<CircleView>>;
  /**
   * Another password for the login of a circle, or of a unique of it, by the level above: its sessions end,
   * locks are lifted, and it must choose one of its own at the next sign-in.
   */
  resetLowerPassword(
    input: { account: AccountId; circle: string; unique?: string; password: string },
    caller: Caller,
  ): Promise<Answer<{ login: string }>>;
  /** Numbers that a circle or unique login may see calls of; by the streams. */
  numbersOf(at: {
    account: AccountId;
    circle: string | null;
    unique: string | null;
  }): Promise<readonly string[]>;
}

export interface Approval {
  /** Handed to the person who acts; good for one act, half an hour. */
  readonly approval: string;
  readonly expiresAt: string;
}
export interface ApprovedAct {
  /** Actor of whoever approves; of the caller himself where both are the same person. */
  readonly approvedBy: string;
  /** Name of the one act that an approval is good for; null for a key, which approves each act anew. */
  readonly name: string | null;
}

/** The second person of what gives value away: she approves in a session of her own, or with a key. */
export interface ApprovalService {
  /** NO_SUCH_ACCOUNT. Whether the session's role may is asked before. */
  approve(live: LiveSession, of: { account: AccountId; amount: Money }): Promise<Answer<Approval>>;
  /**
   * Who approves with this token: an approval of ours of just that, in time, by somebody who still may, or a
   * live key of staff; undefined for any other. Of a request that was carried out before, an approval stays
   * what it was then.
   */
  approved(
    token: string,
    of: { account: AccountId; amount: Money },
    caller: Caller,
  ): Promise<ApprovedAct | undefined>;
}
