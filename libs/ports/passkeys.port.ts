/** What the browser is handed, as WebAuthn level 3 writes it in JSON. */
export type PasskeyOptions = Readonly<Record<string, unknown>>;

/** A question to an authenticator; the challenge is kept by the caller and used once. */
export interface PasskeyCeremony {
  readonly options: PasskeyOptions;
  /** base64url of 32 random bytes; also inside `options`. */
  readonly challenge: string;
}

/** One registered passkey, as it is stored. Nothing of it is secret. */
export interface Passkey {
  /** base64url, 1-1364 characters (a credential id has at most 1,023 bytes). */
  readonly id: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** How often the authenticator signed; 0 for ever with those that do not count. */
  readonly counter: number;
  /** How it can be reached: `usb`, `nfc`, `ble`, `internal`, `hybrid`, ... */
  readonly transports: readonly string[];
}

export interface PasskeyOwner {
  /** 1-64 bytes of UTF-8, the same for ever, without personal data: the login's own id. */
  readonly userId: string;
  /** The login id as the authenticator shows it. */
  readonly userName: string;
  readonly displayName: string;
}

export interface PasskeyUse {
  /** Id of the passkey that signed: one of those that were handed in. */
  readonly id: string;
  /** Its new counter, to be stored. */
  readonly counter: number;
}

/**
 * Passkeys over WebAuthn. Only responses from our own origin that verified the user (finger, face, PIN)
 * count. The verifying methods answer null for whatever does not fit and never throw because of a response.
 * Every adapter passes `passkeysContract` of `#testing`.
 */
export interface Passkeys {
  /** @param known passkeys of the owner: the same authenticator is not registered twice */
  registrationOptions(owner: PasskeyOwner, known: readonly Passkey[]): Promise<PasskeyCeremony>;
  /** @param response what the browser sent, not checked yet */
  verifyRegistration(challenge: string, response: unknown): Promise<Passkey | null>;
  authenticationOptions(known: readonly Passkey[]): Promise<PasskeyCeremony>;
  /**
   * Null also for a passkey that is not among `known` and for a counter that went back (a copied
   * authenticator).
   */
  verifyAuthentication(
    challenge: string,
    response: unknown,
    known: readonly Passkey[],
  ): Promise<PasskeyUse | null>;
}
