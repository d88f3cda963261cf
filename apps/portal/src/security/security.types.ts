/** What protects the own login (`GET /security`); no secret is in it. */
export interface Security {
  readonly loginId: string;
  readonly passwordChangedAt: string;
  readonly contacts: readonly OwnContact[];
  readonly totp: { readonly enrolledAt: string } | null;
  readonly passkeys: readonly Passkey[];
}
export interface OwnContact {
  readonly contact: string;
  readonly kind: 'phone' | 'mail';
  /** Such as `--5678`. */
  readonly masked: string;
}
export interface Passkey {
  readonly passkey: string;
  readonly label: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}
/** A live session of this login (`GET /sessions`). */
export interface LiveSession {
  readonly session: string;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly address: string;
  readonly agent: string;
  readonly current: boolean;
}

export const SECURITY = ['security'] as const;
export const LIVE = ['live-sessions'] as const;
