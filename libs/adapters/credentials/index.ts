export { argon2Hasher } from './argon2-hasher.js';
export { cryptoRandom } from './crypto-random.js';
export { makeKeyFile, parseKeys } from './keys.js';
export { openSecretBox } from './secret-box.js';
export { otpauthTotp } from './totp.js';
export { openPasskeys, type PasskeyRelyingParty } from './webauthn-passkeys.js';
