import { Secret, TOTP } from 'otpauth';
import { InvalidInput } from '#kernel';
import { TOTP_STEP_SECONDS, TOTP_WINDOW_STEPS, type TotpAuthenticator } from '#ports';

const SECRET_BYTES = 20;
const DIGITS = 6;
/** The only form that every authenticator app reads. */
const FORM = { algorithm: 'SHA1', digits: DIGITS, period: TOTP_STEP_SECONDS } as const;
const LABEL = /^[^\p{Cc}]{1,100}$/u;
const BASE32 = /^[A-Z2-7]{16,128}$/;

/** RFC 6238 by otpauth. @param issuer the provider's name as the app shows it */
export function otpauthTotp(issuer: string): TotpAuthenticator {
  return {
    newSecret(label) {
      if (!LABEL.test(label)) throw new InvalidInput('label', 'must be 1-100 characters without controls');
      const secret = new Secret({ size: SECRET_BYTES });
      const uri = new TOTP({ ...FORM, issuer, label, secret }).toString();
      return { secret: secret.base32, uri };
    },
    step(secret, code, at) {
      if (!BASE32.test(secret)) throw new InvalidInput('secret', 'must be base32');
      if (!/^[0-9]{6}$/.test(code)) return null;
      const totp = new TOTP({ ...FORM, secret: Secret.fromBase32(secret) });
      const delta = totp.validate({ token: code, timestamp: at, window: TOTP_WINDOW_STEPS });
      return delta === null ? null : Math.floor(at / (TOTP_STEP_SECONDS * 1000)) + delta;
    },
  };
}
