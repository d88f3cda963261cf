import type { Instant } from '#kernel';

/** Of RFC 6238 as all authenticator apps know it: SHA-1, six digits. */
export const TOTP_STEP_SECONDS = 30;
/** Steps before and after the present one that are accepted too, for clocks that differ. */
export const TOTP_WINDOW_STEPS = 1;

export interface TotpSecret {
  /** 32 characters of base32 (160 bits); shown once and then only stored sealed. */
  readonly secret: string;
  /** `otpauth://totp/...`, for a QR code. */
  readonly uri: string;
}

/** Time-based one-time codes of an authenticator app. Every adapter passes `totpContract` of `#testing`. */
export interface TotpAuthenticator {
  /**
   * @param label whose it is, as the app will show it: 1-100 characters without control characters
   * @throws InvalidInput naming `label`
   */
  newSecret(label: string): TotpSecret;
  /**
   * The time step (seconds since 1970 / 30, rounded down) that a code belongs to, one step before or after
   * `at` included; null when it is wrong or not six half-width digits. The caller refuses steps up to the
   * last one used, so that no code counts twice.
   * @throws InvalidInput naming `secret` when it is not base32
   */
  step(secret: string, code: string, at: Instant): number | null;
}
