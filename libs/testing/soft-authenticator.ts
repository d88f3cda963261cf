import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** CBOR of what an authenticator writes (RFC 8949): integers, byte strings, texts and maps. */
type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].map(([key, inner]) => Buffer.concat([cbor(key), cbor(inner)]));
  return Buffer.concat([head(5, value.size), ...pairs]);
}

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

/** What a test lets the authenticator or the browser do differently. */
export interface Misbehaviour {
  /** Where the page was that asked; the real origin without it. */
  readonly origin?: string;
  /** For which site it signs; the real one without it. */
  readonly rpId?: string;
  /** False: touched only, without finger, face or PIN. */
  readonly verifiesUser?: boolean;
  /** The counter that it claims; one more than before without it. */
  readonly counter?: number;
}

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const HAS_KEY = 64;

/** An authenticator in software, for tests of passkeys: one P-256 key, attestation `none`. */
export class SoftAuthenticator {
  readonly id = base64url(randomBytes(32));
  private readonly privateKey: KeyObject;
  private readonly coseKey: Buffer;
  private counter = 0;

  constructor(
    private readonly rpId: string,
    private readonly origin: string,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' }) as { x?: string; y?: string };
    this.privateKey = privateKey;
    const point = [x, y].map(part => Buffer.from(part, 'base64url'));
    // COSE (RFC 9053): key type EC2, algorithm ES256, curve P-256, x, y.
    const entries: [number, Cbor][] = [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, point[0]!],
      [-3, point[1]!],
    ];
    this.coseKey = cbor(new Map(entries));
  }

  private clientData(type: string, challenge: string, { origin = this.origin }: Misbehaviour): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  private authenticatorData(flags: number, change: Misbehaviour): Buffer {
    const { rpId = this.rpId, verifiesUser = true, counter = ++this.counter } = change;
    const fixed = Buffer.alloc(5);
    fixed[0] = flags | USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0);
    fixed.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), fixed]);
  }

  /** What the browser sends after `navigator.credentials.create`. */
  register(challenge: string, change: Misbehaviour = {}): Record<string, unknown> {
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([0, id.length]);
    const known = this.authenticatorData(HAS_KEY, change);
    const authData = Buffer.concat([known, Buffer.alloc(16), length, id, this.coseKey]);
    const attestation = new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    const response = {
      clientDataJSON: base64url(this.clientData('webauthn.create', challenge, change)),
      attestationObject: base64url(cbor(attestation)),
      transports: ['internal'],
    };
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  /** What the browser sends after `navigator.credentials.get`. */
  signIn(challenge: string, change: Misbehaviour = {}): Record<string, unknown> {
    const clientData = this.clientData('webauthn.get', challenge, change);
    const authData = this.authenticatorData(0, change);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.privateKey);
    const response = {
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(authData),
      signature: base64url(signature),
    };
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }
}
