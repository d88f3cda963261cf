import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { InvalidInput } from '#kernel';
import { SealBroken, type SecretBox } from '#ports';

const KEY_BYTES = 32;
/** NIST SP 800-38D: 96 bits, drawn anew for each text; good for 2^32 texts with one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';
/** `v1.<key id>.<nonce, cipher text and tag in base64url>` */
const SEALED = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]{38,})$/;

interface Keys {
  readonly id: string;
  readonly seal: Buffer;
  readonly mac: Buffer;
}

/** One configured key serves three purposes, so each gets a key of its own (RFC 5869). */
function derive(key: Buffer): Keys {
  if (key.length !== KEY_BYTES) throw new InvalidInput('key', `must have ${KEY_BYTES} bytes`);
  const part = (purpose: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `daicho secret box ${purpose}`, bytes));
  return { id: part('id', 4).toString('hex'), seal: part('seal', KEY_BYTES), mac: part('mac', KEY_BYTES) };
}

const macWith = ({ mac }: Keys, text: string): Buffer => createHmac('sha256', mac).update(text).digest();

function opened(key: Keys, bytes: Buffer, about: string): string {
  const decipher = createDecipheriv(CIPHER, key.seal, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(`${key.id}\n${about}`));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}

/**
 * AES-256-GCM and HMAC-SHA-256 with keys that are given here and never stored with what they seal.
 * @param given 32 bytes each; the first seals, all of them open
 * @throws InvalidInput for no key or one of another length
 */
export function openSecretBox(given: readonly Buffer[]): SecretBox {
  const all = given.map(derive);
  const [current] = all;
  if (!current) throw new InvalidInput('key', 'is required');
  const byId = new Map(all.map(key => [key.id, key]));
  return {
    seal(text, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, current.seal, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(`${current.id}\n${about}`));
      const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${current.id}.${bytes.toString('base64url')}`;
    },
    open(sealed, about) {
      const [, id, bytes] = SEALED.exec(sealed) ?? [];
      if (id === undefined || bytes === undefined) throw new SealBroken('changed');
      const key = byId.get(id);
      if (!key) throw new SealBroken('unknown_key', id);
      try {
        return opened(key, Buffer.from(bytes, 'base64url'), about);
      } catch {
        throw new SealBroken('changed');
      }
    },
    mac: text => macWith(current, text).toString('base64url'),
    macFits(text, mac) {
      const asked = Buffer.from(mac, 'base64url');
      const fits = all.map(key => {
        const right = macWith(key, text);
        return asked.length === right.length && timingSafeEqual(asked, right);
      });
      return fits.includes(true);
    },
  };
}
