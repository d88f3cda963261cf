import {
  type MessageKind,
  type MessageSender,
  type Outbox,
  type Passkeys,
  type PasswordHasher,
  type RandomSource,
  SealBroken,
  type SecretBox,
  type TotpAuthenticator,
} from '#ports';

/** What identity needs from outside; a process without it (a command for files, a replay) has no sign-in. */
export interface IdentityPorts {
  readonly sender: MessageSender;
  /** Kinds of messages that can be sent: only these are offered. */
  readonly kinds: readonly MessageKind[];
  /** What the sandbox kept; null when real senders are configured. */
  readonly outbox: Outbox | null;
  readonly passwords: PasswordHasher;
  readonly secrets: SecretBox;
  readonly totp: TotpAuthenticator;
  readonly passkeys: Passkeys;
  readonly random: RandomSource;
  /** Where customers open the portal, without a slash at its end. */
  readonly publicUrl: string;
}

/** What a sealed text is about: opening asks for the same words, so none can be put in another's place. */
export const about = {
  loginId: (login: string): string => `login-id/${login}`,
  contact: (login: string, contact: string): string => `contact/${login}/${contact}`,
  totp: (login: string): string => `totp/${login}`,
  origin: (session: string): string => `origin/${session}`,
};

/** A sealed text as a list shows it. Whoever acts on the text opens it, and is told which key is missing. */
export function readable(secrets: SecretBox, sealed: string, of: string): string | null {
  try {
    return secrets.open(sealed, of);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
