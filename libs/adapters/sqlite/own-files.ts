import { chmodSync, closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const OTHERS = 0o077;

/** What the product keeps in a data directory; uploads and replays wait in `tmp`. */
const OURS = /^(daicho\.|personal\.|jobs\.db|lock\.db|writer\.txt$|identity\.key|moved\.json|tmp$)/;

/** A file that exists from its first byte on for its owner only; SQLite gives its WAL the same mode. */
export function makeOwn(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/**
 * Takes from others what they may do with the files of a store: they hold who called whom. A directory that
 * was there before may be open, and a program of former days made them readable.
 */
export function keepToOwner(directory: string): void {
  for (const name of existsSync(directory) ? readdirSync(directory) : []) {
    if (!OURS.test(name)) continue;
    const path = join(directory, name);
    try {
      const { mode } = statSync(path);
      if ((mode & OTHERS) !== 0) chmodSync(path, mode & 0o7777 & ~OTHERS);
    } catch {
      // It belongs to somebody else, or is gone already.
    }
  }
}

/** Whether others than its owner may look into the directory. */
export function isOpenToOthers(directory: string): boolean {
  try {
    return (statSync(directory).mode & OTHERS) !== 0;
  } catch {
    return false;
  }
}
