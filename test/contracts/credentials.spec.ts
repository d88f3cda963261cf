import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import {
  argon2Hasher,
  cryptoRandom,
  makeKeyFile,
  openPasskeys,
  openSecretBox,
  otpauthTotp,
  parseKeys,
} from '#adapters/credentials';
import {
  passkeysContract,
  passwordHasherContract,
  randomSourceContract,
  secretBoxContract,
  totpContract,
} from '#testing';
import { inTemporaryDirectory } from '../support/temporary-directory.js';

passwordHasherContract('argon2id', argon2Hasher, password =>
  hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 }),
);

const [old, fresh, other] = [randomBytes(32), randomBytes(32), randomBytes(32)];
secretBoxContract('AES-256-GCM', {
  box: openSecretBox([old]),
  same: openSecretBox([Buffer.from(old)]),
  rotated: openSecretBox([fresh, old]),
  foreign: openSecretBox([other]),
});

randomSourceContract('node:crypto', cryptoRandom);
totpContract('otpauth', otpauthTotp('台帳'));

const [rpId, origin] = ['billing.example.jp', 'https://billing.example.jp'];
passkeysContract('@simplewebauthn/server', {
  passkeys: openPasskeys({ id: rpId, name: '台帳', origin }),
  rpId,
  origin,
});

describe('hashes of passwords', () => {
  it('are argon2id with the parameters of OWASP', async () =>
    expect(await argon2Hasher.hash('Himitsu!1')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/));
});

describe('keys', () => {
  const [a, b] = [old.toString('base64'), fresh.toString('base64')];

  it('are read as they are configured, the sealing one first', () =>
    expect(parseKeys(`${a},${b}\n`)).toEqual([old, fresh]));

  it.each(['', 'secret', `${a},`, a.slice(1), `${a} ${b}`, old.toString('hex')])(
    'of another form are refused without being told: %#',
    text => {
      const read = () => parseKeys(text, 'DAICHO_SECRET_KEY');
      expect(read).toThrow(expect.objectContaining({ name: 'InvalidInput', field: 'DAICHO_SECRET_KEY' }));
      expect(read).toThrow(
        /^DAICHO_SECRET_KEY: must be base64 of 32 bytes, several of them separated by commas$/,
      );
    },
  );

  it('refuses a box without a key, or with half of one', () => {
    expect(() => openSecretBox([])).toThrow('is required');
    expect(() => openSecretBox([randomBytes(16)])).toThrow('must have 32 bytes');
  });
});

describe('the key file', () => {
  it('is made once, for its owner only, and read from then on', () =>
    inTemporaryDirectory(async directory => {
      const file = join(directory, 'data', 'identity.key');
      const first = makeKeyFile(file);
      const second = makeKeyFile(file);
      expect([first.made, second.made]).toEqual([true, false]);
      expect(second.keys).toEqual(first.keys);
      expect(first.keys[0]).toHaveLength(32);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(join(directory, 'data'))).toEqual(['identity.key']);
    }));

  it('is the same for all that open it', () =>
    inTemporaryDirectory(async directory => {
      const file = join(directory, 'identity.key');
      const boxes = await Promise.all([1, 2, 3].map(async () => openSecretBox(makeKeyFile(file).keys)));
      const sealed = boxes[0]!.seal('a', 'b');
      expect(boxes.map(box => box.open(sealed, 'b'))).toEqual(['a', 'a', 'a']);
    }));

  it('is never overwritten, also when it is damaged', () =>
    inTemporaryDirectory(async directory => {
      mkdirSync(directory, { recursive: true });
      const file = join(directory, 'identity.key');
      writeFileSync(file, 'half a k');
      expect(() => makeKeyFile(file)).toThrow('must be base64 of 32 bytes');
      expect(readFileSync(file, 'utf8')).toBe('half a k');
    }));
});
