import type { ForcedChange, StaffRole } from '#identity';
import type { AccountId } from '#kernel';
import type { OutboxEntry } from '#ports';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type {
  CircleService,
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
  /** A login of an account; those of circles and uniques are made with them. */
  createCustomerLogin(
    input: {
      account: AccountId;
      loginId?: string;
      name: string;
      password: string;
      mail?: string;
      phone?: string;
      language?: Language;
    },
    caller: Caller,
  ): Promise<Answer<{ login: string; loginId: string }>>;
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

export type IdentityService = SignInService & SecurityService & CircleService & LoginAdminService;
