import { createHmac } from 'node:crypto';
import { Instant } from '#kernel';
import { type Passkey, type Passkeys, TOTP_STEP_SECONDS, type TotpAuthenticator } from '#ports';
import { type Misbehaviour, SoftAuthenticator } from './soft-authenticator.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOfBase32(text: string): Buffer {
  const bits = [...text].map(letter => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
}

/** RFC 4226 and 6238 by hand: what an authenticator app shows in a time step. */
export function totpCodeAt(secret: string, step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOfBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[19]! & 15) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** `12345678901234567890` in base32: the secret of RFC 6238, appendix B. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
/** [seconds since 1970, the last six of the eight digits that the RFC prints]. */
const RFC_CODES = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const;

/** What the port `TotpAuthenticator` promises. */
export function totpContract(adapter: string, totp: TotpAuthenticator): void {
  const at = Instant.parse('2026-11-20T09:00:10.000+09:00');
  const now = Math.floor(at / 1000 / TOTP_STEP_SECONDS);

  describe(`totp contract: ${adapter}`, () => {
    it.each(RFC_CODES)('knows the code of RFC 6238 at second %i: %s', (seconds, code) =>
      expect(totp.step(RFC_SECRET, code, Instant.fromEpochMs(seconds * 1000))).toBe(
        Math.floor(seconds / TOTP_STEP_SECONDS),
      ),
    );

    it('makes secrets of 160 bits, never the same, with an address that apps read', () => {
      const made = Array.from({ length: 20 }, () => totp.newSecret('yamada@A1 台帳'));
      expect(new Set(made.map(({ secret }) => secret)).size).toBe(20);
      for (const { secret, uri } of made) {
        expect(secret).toMatch(/^[A-Z2-7]{32}$/);
        const address = new URL(uri);
        expect(`${address.protocol}//${address.host}`).toBe('otpauth://totp');
        expect(decodeURIComponent(address.pathname)).toContain('yamada@A1 台帳');
        const { secret: given, ...form } = Object.fromEntries(address.searchParams);
        expect(given).toBe(secret);
        expect(form).toMatchObject({ algorithm: 'SHA1', digits: '6', period: '30' });
      }
    });

    it.each([
      [-2, null],
      [-1, now - 1],
      [0, now],
      [1, now + 1],
      [2, null],
    ])('takes the code of %i steps away as of step %s', (away, step) => {
      const { secret } = totp.newSecret('a');
      const code = totpCodeAt(secret, now + away);
      const near = [-1, 0, 1].map(one => totpCodeAt(secret, now + one));
      // One in a million: a code two steps away that is also one of the near ones.
      if (step === null && near.includes(code)) return;
      expect(totp.step(secret, code, at)).toBe(step);
    });

    it.each(['', '12345', '1234567', '12 456', 'abcdef', '１２３４５６', '-12345', '+12345'])(
      'takes no %p for a code',
      code => expect(totp.step(RFC_SECRET, code, at)).toBeNull(),
    );

    it.each(['', 'short', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ0', 'あ'.repeat(32)])('has no secret %p', secret =>
      expect(() => totp.step(secret, '123456', at)).toThrow(expect.objectContaining({ field: 'secret' })),
    );

    it.each(['', 'x'.repeat(101), 'a\nb'])('takes no %p for a label', label =>
      expect(() => totp.newSecret(label)).toThrow(expect.objectContaining({ field: 'label' })),
    );
  });
}

export interface PasskeysUnderTest {
  readonly passkeys: Passkeys;
  readonly rpId: string;
  readonly origin: string;
}

const OWNER = { userId: 'login-0123456789', userName: 'yamada', displayName: '山田 太郎' };
/** [what, how the authenticator or its browser misbehaves]. */
const MISBEHAVIOURS: readonly (readonly [string, Misbehaviour])[] = [
  ['the page of somebody else', { origin: 'https://daicho.example.com' }],
  ['another site', { rpId: 'example.com' }],
  ['nobody verified', { verifiesUser: false }],
];
const NONSENSE: readonly unknown[] = [null, undefined, '', 1, [], {}, { id: 'a' }, { response: {} }];

/** What the port `Passkeys` promises. */
export function passkeysContract(adapter: string, under: PasskeysUnderTest): void {
  describe(`passkeys contract: ${adapter}`, () => {
    ceremonyRules(under);
    refusingRules(under);
  });
}

/** Devices of one owner, and how each becomes a passkey. */
function devices({ passkeys, rpId, origin }: PasskeysUnderTest) {
  return {
    device: (): SoftAuthenticator => new SoftAuthenticator(rpId, origin),
    async register(from: SoftAuthenticator): Promise<Passkey> {
      const { challenge } = await passkeys.registrationOptions(OWNER, []);
      const passkey = await passkeys.verifyRegistration(challenge, from.register(challenge));
      expect(passkey).toMatchObject({ id: from.id, transports: ['internal'] });
      return passkey!;
    },
  };
}

function ceremonyRules(under: PasskeysUnderTest): void {
  const { passkeys, rpId } = under;
  const { device, register } = devices(under);
  describe('ceremonies', () => {
    it('asks with a new challenge, for a verified user, and not for a key that is there', async () => {
      const known = await register(device());
      const [a, b] = [
        await passkeys.registrationOptions(OWNER, [known]),
        await passkeys.authenticationOptions([known]),
      ];
      expect(a.challenge).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(b.challenge).not.toBe(a.challenge);
      const id = expect.objectContaining({ id: known.id });
      const user = {
        id: Buffer.from(OWNER.userId).toString('base64url'),
        name: 'yamada',
        displayName: '山田 太郎',
      };
      expect(a.options).toMatchObject({
        challenge: a.challenge,
        rp: { id: rpId },
        user,
        excludeCredentials: [id],
      });
      expect(a.options).toMatchObject({ authenticatorSelection: { userVerification: 'required' } });
      expect(b.options).toMatchObject({ rpId, userVerification: 'required', allowCredentials: [id] });
      expect(JSON.parse(JSON.stringify([a, b]))).toEqual([a, b]);
    });

    it('registers an authenticator and lets it sign in again and again, counting', async () => {
      const phone = device();
      let known = await register(phone);
      for (let round = 0; round < 3; round++) {
        const { challenge } = await passkeys.authenticationOptions([known]);
        const used = await passkeys.verifyAuthentication(challenge, phone.signIn(challenge), [known]);
        expect(used).toEqual({ id: phone.id, counter: known.counter + 1 });
        known = { ...known, counter: used!.counter };
      }
    });
  });
}

function refusingRules(under: PasskeysUnderTest): void {
  const { passkeys } = under;
  const { device, register } = devices(under);
  describe('refusals', () => {
    it('refuses an answer to another challenge, so that none is used twice', async () => {
      const phone = device();
      const known = await register(phone);
      const [old, fresh] = [
        await passkeys.authenticationOptions([]),
        await passkeys.authenticationOptions([]),
      ];
      const answer = phone.signIn(old.challenge);
      expect(await passkeys.verifyAuthentication(fresh.challenge, answer, [known])).toBeNull();
      const again = device().register(old.challenge);
      expect(await passkeys.verifyRegistration(fresh.challenge, again)).toBeNull();
    });

    it.each(MISBEHAVIOURS)('refuses %s', async (_what, change) => {
      const phone = device();
      const known = await register(phone);
      const { challenge } = await passkeys.authenticationOptions([known]);
      expect(
        await passkeys.verifyAuthentication(challenge, phone.signIn(challenge, change), [known]),
      ).toBeNull();
      expect(await passkeys.verifyRegistration(challenge, device().register(challenge, change))).toBeNull();
    });

    it('refuses a passkey of somebody else, a forged signature and a counter that went back', async () => {
      const [phone, other] = [device(), device()];
      const known = { ...(await register(phone)), counter: 7 };
      const { challenge } = await passkeys.authenticationOptions([known]);
      const verify = (response: unknown) => passkeys.verifyAuthentication(challenge, response, [known]);
      expect(await verify(other.signIn(challenge))).toBeNull();
      expect(await verify({ ...other.signIn(challenge), id: phone.id, rawId: phone.id })).toBeNull();
      for (const counter of [0, 6, 7]) expect(await verify(phone.signIn(challenge, { counter }))).toBeNull();
      expect(await verify(phone.signIn(challenge, { counter: 8 }))).toEqual({ id: phone.id, counter: 8 });
    });

    it('lets those that do not count sign in', async () => {
      const phone = device();
      const known = { ...(await register(phone)), counter: 0 };
      const { challenge } = await passkeys.authenticationOptions([known]);
      const answer = phone.signIn(challenge, { counter: 0 });
      expect(await passkeys.verifyAuthentication(challenge, answer, [known])).toEqual({
        id: phone.id,
        counter: 0,
      });
    });

    it.each(NONSENSE.map(value => [value]))('is told nothing by %j and throws nothing', async response => {
      const phone = device();
      const known = await register(phone);
      expect(await passkeys.verifyRegistration('x', response)).toBeNull();
      expect(await passkeys.verifyAuthentication('x', response, [known])).toBeNull();
      const bent = { ...phone.signIn('x'), response: { clientDataJSON: '!', authenticatorData: 1 } };
      expect(await passkeys.verifyAuthentication('x', bent, [known])).toBeNull();
      expect(await passkeys.verifyRegistration('x', bent)).toBeNull();
    });
  });
}
