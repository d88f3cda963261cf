import * as fc from 'fast-check';
import {
  PASSWORD_BYTES_MAX,
  type PasswordHasher,
  type RandomSource,
  type SealBroken,
  type SecretBox,
} from '#ports';

/** What the port `PasswordHasher` promises. @param weaker a hash of `password` made with weaker parameters */
export function passwordHasherContract(
  adapter: string,
  hasher: PasswordHasher,
  weaker: (password: string) => Promise<string>,
): void {
  describe(`password hasher contract: ${adapter}`, () => {
    hashRules(hasher);
    foreignHashRules(hasher, weaker);
  });
}

const PASSWORD = 'Himitsu!1 合言葉';

function hashRules(hasher: PasswordHasher): void {
  describe('hashes', () => {
    it('knows the password of a hash and no other', async () => {
      const hash = await hasher.hash(PASSWORD);
      expect(await hasher.verify(hash, PASSWORD)).toBe(true);
      for (const other of ['', PASSWORD.toLowerCase(), `${PASSWORD} `, `${PASSWORD}\0`])
        expect([other, await hasher.verify(hash, other)]).toEqual([other, false]);
    });

    it('salts each hash, and holds nothing of the password in it', async () => {
      const [a, b] = await Promise.all([hasher.hash(PASSWORD), hasher.hash(PASSWORD)]);
      expect(a).not.toBe(b);
      expect(a).toMatch(/^[\x21-\x7e]{1,200}$/);
      expect(a).not.toContain('Himitsu');
    });

    it('tells the difference in the last of the bytes that are allowed', async () => {
      const longest = 'x'.repeat(PASSWORD_BYTES_MAX);
      const hash = await hasher.hash(longest);
      expect(await hasher.verify(hash, longest)).toBe(true);
      expect(await hasher.verify(hash, `${longest.slice(1)}y`)).toBe(false);
    });

    it.each([
      ['nothing', ''],
      ['too many bytes', '合'.repeat(342)],
      ['half a character', 'a\ud800'],
    ])('makes no hash of %s, and verifies it never', async (_what, password) => {
      await expect(hasher.hash(password)).rejects.toMatchObject({ name: 'InvalidInput', field: 'password' });
      expect(await hasher.verify(await hasher.hash(PASSWORD), password)).toBe(false);
    });
  });
}

/** Microseconds of the processor, the least of some rounds: a busy machine does not change them much. */
async function workOf(work: () => Promise<boolean>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    expect(await work()).toBe(false);
    const { user, system } = process.cpuUsage(before);
    rounds.push(user + system);
  }
  return Math.min(...rounds);
}

function foreignHashRules(hasher: PasswordHasher, weaker: (password: string) => Promise<string>): void {
  describe('what is no hash of today', () => {
    it.each(['', 'x', PASSWORD, '$argon2id$v=19$m=4294967295,t=9,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA'])(
      'is false, and throws nothing, for a stored text that is no hash of ours: %s',
      async stored => {
        expect(await hasher.verify(stored, PASSWORD)).toBe(false);
        expect(hasher.isWeak(stored)).toBe(true);
      },
    );

    it('wants a weaker hash to be made again, and still knows its password', async () => {
      const old = await weaker(PASSWORD);
      expect(await hasher.verify(old, PASSWORD)).toBe(true);
      expect(hasher.isWeak(old)).toBe(true);
      expect(hasher.isWeak(await hasher.hash(PASSWORD))).toBe(false);
    });

    it('works for an unknown login at least half as much as for a known one', async () => {
      const hash = await hasher.hash(PASSWORD);
      const known = await workOf(() => hasher.verify(hash, 'wrong'));
      for (const work of [
        () => hasher.verifyUnknown('wrong'),
        () => hasher.verifyUnknown(''),
        () => hasher.verify('no hash', 'wrong'),
        () => hasher.verify(hash, ''),
      ])
        expect(await workOf(work)).toBeGreaterThan(known / 2);
    });
  });
}

export interface SecretBoxesUnderTest {
  /** Two boxes with the same key, as of two processes. */
  readonly box: SecretBox;
  readonly same: SecretBox;
  /** With a newer key first, and that of `box` after it. */
  readonly rotated: SecretBox;
  /** With a key of its own only. */
  readonly foreign: SecretBox;
}

/** What the port `SecretBox` promises. */
export function secretBoxContract(adapter: string, boxes: SecretBoxesUnderTest): void {
  describe(`secret box contract: ${adapter}`, () => {
    sealRules(boxes);
    keyRules(boxes);
  });
}

const sealBroken = (why: string) => expect.objectContaining({ name: 'SealBroken', why });
const resultOf = (work: () => string): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

function sealRules({ box, same }: SecretBoxesUnderTest): void {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 });
  describe('seals', () => {
    it('opens what it sealed, for the same purpose only, for any texts', () => {
      fc.assert(
        fc.property(text, text, text, (secret, about, other) => {
          const sealed = box.seal(secret, about);
          expect(sealed).toMatch(/^[\x21-\x7e]+$/);
          expect(same.open(sealed, about)).toBe(secret);
          if (other !== about) expect(resultOf(() => box.open(sealed, other))).toEqual(sealBroken('changed'));
        }),
      );
    });

    it('seals one text differently each time, and shows nothing of it', () => {
      const sealed = Array.from({ length: 50 }, () => box.seal('taro@example.jp', 'contact/1'));
      expect(new Set(sealed).size).toBe(50);
      for (const one of sealed) {
        const inside = one.split('.').map(part => Buffer.from(part, 'base64url').toString('latin1'));
        expect(inside.join()).not.toContain('taro');
      }
    });

    it('notices a change of any character', () => {
      const sealed = box.seal('09012345678', 'contact/1');
      for (let at = 0; at < sealed.length; at++) {
        const other = sealed[at] === 'A' ? 'B' : 'A';
        const bent = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
        // The last character holds bits that no byte needs: such a change changes nothing.
        const result = resultOf(() => box.open(bent, 'contact/1'));
        if (at < sealed.length - 1) expect([at, result]).toEqual([at, expect.any(Error)]);
        else expect(result instanceof Error || result === '09012345678').toBe(true);
      }
      for (const no of ['', 'x', sealed.slice(0, -4), `${sealed}AAAA`, ` ${sealed}`])
        expect(resultOf(() => box.open(no, 'contact/1'))).toEqual(sealBroken('changed'));
    });
  });
}

function keyRules({ box, same, rotated, foreign }: SecretBoxesUnderTest): void {
  describe('keys', () => {
    it('opens with older keys after a rotation, and seals with the new one', () => {
      expect(rotated.open(box.seal('a', 'b'), 'b')).toBe('a');
      expect(resultOf(() => box.open(rotated.seal('a', 'b'), 'b'))).toEqual(sealBroken('unknown_key'));
      expect(resultOf(() => foreign.open(box.seal('a', 'b'), 'b'))).toEqual(sealBroken('unknown_key'));
    });

    it('names the key that is missing, as the sealed text does', () => {
      const sealed = box.seal('a', 'b');
      const { code, message } = resultOf(() => foreign.open(sealed, 'b')) as SealBroken;
      const [, key] = /the key ([^ ,]+),/.exec(message) ?? [];
      expect([code, key !== undefined && sealed.includes(key)]).toEqual(['SECRET_KEY_MISSING', true]);
    });

    it('gives one text one mac, with the key, and no two texts the same', () => {
      expect(box.mac('code/1/012345')).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(same.mac('code/1/012345')).toBe(box.mac('code/1/012345'));
      expect(foreign.mac('code/1/012345')).not.toBe(box.mac('code/1/012345'));
      const macs = Array.from({ length: 1_000 }, (_, i) => box.mac(`code/1/${i}`));
      expect(new Set(macs).size).toBe(1_000);
    });

    it('knows a mac of its own and of an older key, and no other text', () => {
      const mac = box.mac('code/1/012345');
      expect([box, same, rotated, foreign].map(one => one.macFits('code/1/012345', mac))).toEqual([
        ...[true, true, true, false],
      ]);
      for (const [text, given] of [
        ['code/1/012346', mac],
        ['code/1/012345', ''],
        ['', ''],
        ['', 'あ'],
      ] as const)
        expect(box.macFits(text, given)).toBe(false);
    });
  });
}

/** What the port `RandomSource` promises. */
export function randomSourceContract(adapter: string, random: RandomSource): void {
  describe(`random source contract: ${adapter}`, () => {
    it.each([4, 6, 12])('gives codes of %i half-width digits', digits => {
      for (let i = 0; i < 200; i++) expect(random.code(digits)).toMatch(new RegExp(`^[0-9]{${digits}}$`));
    });

    it('likes no digit at any place better than another, the first included', () => {
      const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
      for (let i = 0; i < 10_000; i++)
        [...random.code(6)].forEach((digit, at) => {
          counts[at]![Number(digit)]!++;
        });
      // 1,000 each are expected with a deviation of 30: seven of them are not met by chance.
      for (const count of counts.flat()) expect(Math.abs(count - 1_000)).toBeLessThan(210);
    });

    it.each([0, 3, 13, 4.5, Number.NaN])('has no code of %d digits', digits =>
      expect(() => random.code(digits)).toThrow(RangeError),
    );

    it('gives tokens of 256 bits and ids of ten digits, never the same', () => {
      const tokens = Array.from({ length: 1_000 }, () => random.token());
      expect(tokens.every(token => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true);
      expect(new Set(tokens).size).toBe(1_000);
      const ids = Array.from({ length: 1_000 }, () => random.id10());
      expect(ids.every(id => /^[0-9]{10}$/.test(id))).toBe(true);
      expect(new Set(ids).size).toBeGreaterThan(998);
      expect(ids.some(id => id.startsWith('0'))).toBe(true);
    });
  });
}
