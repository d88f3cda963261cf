import { inBoth, type Sentence } from '#kernel';

const KEY_MISSING: Sentence = {
  ja:
    '鍵 {key} で暗号化されたデータですが、その鍵がありません。データディレクトリの identity.key（または DAICHO_SECRET_KEY）に' +
    'その鍵が必要です。復元した場合は、元の identity.key を戻してください。',
  en:
    'this was sealed with the key {key}, which is not here: identity.key in the data directory, or ' +
    'DAICHO_SECRET_KEY, must hold it; after a restore copy identity.key back',
};
const CHANGED: Sentence = {
  ja: '暗号化されたデータが書き換えられているか、別の用途のものです。',
  en: 'the seal does not fit',
};

/** A sealed text cannot be opened: changed, of another purpose, or its key is no longer known. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  readonly code: 'SECRET_KEY_MISSING' | 'SEAL_BROKEN';
  readonly said: Sentence;
  constructor(
    /** `unknown_key`: made with a key that is not configured; `changed`: not this text or purpose. */
    readonly why: 'unknown_key' | 'changed',
    /** What names the key that is missing. */
    key = '',
  ) {
    const said = inBoth(why === 'unknown_key' ? KEY_MISSING : CHANGED, { key });
    super(said.en);
    this.said = said;
    this.code = why === 'unknown_key' ? 'SECRET_KEY_MISSING' : 'SEAL_BROKEN';
  }
}

/**
 * Keeps what must be read again (contacts, TOTP secrets) from readers of the log, with a key that is outside
 * the log. Every adapter passes `secretBoxContract` of `#testing`.
 */
export interface SecretBox {
  /**
   * Seals a text for one purpose. The same text is sealed differently each time.
   * @param about what it is and whose, e.g. `contact/<login>/<contact>`: opening needs the same text
   * @returns one line of printable ASCII that names the key it was made with
   */
  seal(text: string, about: string): string;
  /** @throws SealBroken */
  open(sealed: string, about: string): string;
  /**
   * A keyed hash (HMAC-SHA-256, 43 characters of base64url) of a short secret, such as a six-digit code, that
   * a plain hash would not hide. Say in the text what it is for: `code/<session>/<digits>`. Made with the
   * current key.
   */
  mac(text: string): string;
  /** Whether `mac` is that of `text`, with the current key or an older one; in constant time. */
  macFits(text: string, mac: string): boolean;
}
