import type { ForcedChange, LoginLevel, StaffRole } from '#identity';
import type { AccountId } from '#kernel';
import type { OutboxEntry } from '#ports';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type {
  ApprovalService,
  CircleService,
  ContactView,
  Language,
  LiveSession,
  SecurityService,
  SignInService,
} from './identity.types.js';

export interface StaffView {
  readonly login: string;
  readonly loginId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly disabled: boolean;
  readonly createdAt: string;
}
/** What one request of staff did: all its events of one type are one row. */
export interface StaffActRow {
  /** Of its last event. */
  readonly position: number;
  readonly at: string;
  /** `staff:<login>`, `key:<key>`, `login:<login>`. */
  readonly actor: string;
  /** Name of the login behind the actor; null for keys. */
  readonly name: string | null;
  readonly type: string;
  readonly stream: string;
  readonly events: number;
  readonly reason: string | null;
  readonly session: string | null;
  /** IP address of the session; null for keys. */
  readonly address: string | null;
}

/** Who looks at the messages that sandbox senders kept. */
export interface OutboxViewer {
  /** Null for an API key. */
  readonly live: LiveSession | null;
  /** Admins and support: they see that others were sent something, and never what opens a login. */
  readonly helpsOthers: boolean;
}

/** A login of an account, of one of its circles or uniques, as support sees it: nothing that opens it. */
export interface AccountLoginRow {
  readonly login: string;
  readonly level: LoginLevel;
  readonly circle: string | null;
  readonly unique: string | null;
  readonly loginId: string;
  readonly name: string;
  readonly disabled: boolean;
  /** After too many wrong passwords or codes; null when it may try now. */
  readonly lockedUntil: string | null;
  readonly contacts: readonly ContactView[];
  /** When a session of it had passed all steps of signing in; null: never. */
  readonly lastSignInAt: string | null;
  readonly passwordChangedAt: string;
}
/** Who of staff helps. */
export interface Helper {
  /** Null for an API key. */
  readonly login: string | null;
  readonly isAdmin: boolean;
}

/** Help for somebody who cannot get in. */
export interface LoginCareService {
  /** The account's, its circles', its uniques', each oldest first; undefined without such an account. */
  accountLogins(account: AccountId, request?: PageRequest): Promise<Page<AccountLoginRow> | undefined>;
  /** Ends the login's sessions, tells its other mail contacts. OWN_LOGIN, ADMIN_ONLY for logins of staff. */
  withdrawContact(
    input: { login: string; contact: string; by: Helper },
    caller: Caller,
  ): Promise<Answer<{ login: string }>>;
  /** Authenticator app and passkeys of a login of staff; the same refusals, STAFF_ONLY for customers. */
  withdrawSecondFactors(
    input: { login: string; by: Helper },
    caller: Caller,
  ): Promise<Answer<{ login: string }>>;
}

/** Logins as staff manage them. */
export interface LoginAdminService {
  staff(): Promise<readonly StaffView[]>;
  createStaff(
    input: {
      loginId: string;
      name: string;
      role: StaffRole;
      password: string | null;
      mail: string | null;
      language?: Language;
      forcedChange?: ForcedChange;
    },
    caller: Caller,
  ): Promise<Answer<StaffView>>;
  /**
   * A login of an account; those of circles and uniques are made with them. Without a password its owner
   * chooses the first one by a link that is mailed.
   */
  createCustomerLogin(
    input: {
      account: AccountId;
      loginId?: string;
      name: string;
      password: string | null;
      mail?: string;
      phone?: string;
      language?: Language;
      forcedChange?: ForcedChange;
    },
    caller: Caller,
  ): Promise<Answer<{ login: string; loginId: string }>>;
  /** The login that a login id opens, or that is called so itself; undefined for none of this level. */
  findLogin(of: { level: LoginLevel; loginId: string }): Promise<string | undefined>;
  setStaffRole(login: string, role: StaffRole, caller: Caller): Promise<Answer<StaffView>>;
  disableLogin(login: string, caller: Caller): Promise<Answer<{ login: string }>>;
  unlockLogin(login: string, caller: Caller): Promise<Answer<{ login: string }>>;
  /** Newest first. */
  staffActs(request?: PageRequest & { actor?: string }): Promise<Page<StaffActRow>>;
  /**
   * All messages of the sandbox senders, with their codes and links: for whoever has the machine itself.
   * Undefined when real senders are configured.
   */
  outbox(): readonly OutboxEntry[] | undefined;
  /** Of the same what somebody may read. */
  outboxFor(viewer: OutboxViewer): readonly OutboxEntry[] | undefined;
}

export type IdentityService = SignInService &
  SecurityService &
  CircleService &
  ApprovalService &
  LoginAdminService &
  LoginCareService;
