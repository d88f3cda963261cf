import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInput } from '#kernel';

const KEY_BYTES = 32;
/** Base64 of 32 bytes: 43 characters and one of padding. */
const KEY = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Keys as they are configured: base64 of 32 bytes each, separated by commas, the one to seal with first, then
 * those that are only for opening.
 * @throws InvalidInput naming `field`, without the value
 */
export function parseKeys(text: string, field = 'key'): Buffer[] {
  const words = text.trim().split(',');
  if (!words.every(word => KEY.test(word)))
    throw new InvalidInput(field, 'must be base64 of 32 bytes, several of them separated by commas');
  return words.map(word => Buffer.from(word, 'base64'));
}

function syncDirectory(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Written beside, then given its name, which fails when the name is taken: never half a key, never two. */
function publishKey(file: string): boolean {
  const partial = `${file}.${randomBytes(6).toString('hex')}.partial`;
  try {
    const handle = openSync(partial, 'wx', 0o600);
    try {
      writeFileSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    linkSync(partial, file);
    syncDirectory(dirname(file));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}

/**
 * The keys of a file, which is made with a new one when it is not there; readable for its owner only. Of two
 * processes that start at once both read the same key.
 * @throws InvalidInput when the file holds something else
 */
export function makeKeyFile(file: string): { readonly keys: Buffer[]; readonly made: boolean } {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const made = !existsSync(file) && publishKey(file);
  return { keys: parseKeys(readFileSync(file, 'utf8'), file), made };
}
