import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of its own for one test. */
export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'daicho-test-'));

/** Runs `work` with a directory of its own and removes it afterwards, whatever happened. */
export async function inTemporaryDirectory<Result>(
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = temporaryDirectory();
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
