export type Level = 'account' | 'circle' | 'unique' | 'staff';
export type Role = 'customer' | 'billing' | 'approver' | 'support' | 'auditor' | 'admin';
export type Method = 'sms' | 'voice' | 'mail';
export type Language = 'ja' | 'en';

export interface Contact {
  readonly contact: string;
  readonly kind: 'phone' | 'mail';
  /** Such as `--5678`. */
  readonly masked: string;
  readonly methods: readonly Method[];
}

/** A code that is on its way. */
export interface SentCode {
  readonly contact: string;
  readonly method: Method;
  readonly masked: string;
  readonly expiresAt: string;
  /** From when on another one may be sent. */
  readonly resendAt: string;
}

/** Who is signed in, how far, and what they look at (`GET /session`). */
export interface Session {
  readonly stage: 'second_step' | 'password_change' | 'signed_in';
  readonly level: Level;
  readonly role: Role;
  readonly account: string | null;
  readonly circle: string | null;
  readonly unique: string | null;
  readonly name: string;
  readonly loginId: string;
  readonly language: Language;
  readonly csrfToken: string;
  readonly expiresAt: string;
  readonly passwordNotice: 'none' | 'warn' | 'force';
  readonly viewing: {
    readonly account: string;
    readonly circle: string | null;
    readonly unique: string | null;
    readonly readOnly: boolean;
  } | null;
  /** A second step was passed; without it customers see no statements of calls. */
  readonly verified: boolean;
  readonly secondStep: {
    readonly contacts: readonly Contact[];
    readonly totp: boolean;
    readonly passkey: boolean;
    readonly sent: SentCode | null;
  } | null;
}

/** Whose pages are shown: a level of customers, or one of the two sides of the provider. */
export type Face = 'account' | 'circle' | 'unique' | 'staff' | 'auditor';

/** The face of a session: that of the lower level that was entered, else its own. */
export function faceOf(session: Session): Face {
  const { viewing } = session;
  if (viewing) return viewing.unique !== null ? 'unique' : viewing.circle !== null ? 'circle' : 'account';
  if (session.level !== 'staff') return session.level;
  return session.role === 'auditor' ? 'auditor' : 'staff';
}
