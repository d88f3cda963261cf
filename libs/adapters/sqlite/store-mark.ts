import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '#kernel';
import { StoreUnavailable, storeProblems } from '#ports';

/**
 * Why nobody may write a directory although its store is whole: its log has moved on elsewhere, or it is the
 * beginning of a copy. Reading is always allowed.
 */
export type StoreMark =
  /** `where`: the place, without passwords. */
  | { readonly kind: 'moved'; readonly where: string; readonly events: number }
  | { readonly kind: 'incomplete'; readonly where: string };

const MARK_FILE = 'moved.json';
const fileOf = (directory: string): string => join(directory, MARK_FILE);

/** Marks the directory, or with null takes the mark away; whole or not at all, also after a power cut. */
export function markStore(directory: string, mark: StoreMark | null): void {
  const file = fileOf(directory);
  if (mark === null) {
    rmSync(file, { force: true });
    return;
  }
  const partial = `${file}.partial`;
  writeFileSync(partial, `${JSON.stringify(mark)}\n`, { mode: 0o600 });
  const handle = openSync(partial, 'r');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(partial, file);
}

/** A mark that cannot be read still says that the directory is not to be written. */
function markOf(directory: string): StoreMark | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(directory), 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as StoreMark;
  } catch {
    return { kind: 'incomplete', where: 'an unknown place' };
  }
}

/** @throws StoreUnavailable `STORE_MOVED` or `COPY_INCOMPLETE`, with what to do */
export function assertUnmarked(directory: string): void {
  const mark = markOf(directory);
  if (mark?.kind === 'moved')
    throw new StoreUnavailable(
      'STORE_MOVED',
      problem(storeProblems.MOVED_AWAY, { directory, where: mark.where, events: mark.events }),
    );
  if (mark)
    throw new StoreUnavailable(
      'COPY_INCOMPLETE',
      problem(storeProblems.COPY_BEGUN, { directory, where: mark.where }),
    );
}
