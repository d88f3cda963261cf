import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InvalidInput, problem, toldProblem } from '#kernel';
import { looksLikeShiftJis } from '#rating';
import type { Faults } from '#runtime';
import { BadFile, codeOf } from './failure.js';
import { cliProblems } from './problems.js';

/** Longest line of a text file that is read at all, in characters: no call and no tariff row comes near. */
export const MAX_LINE = 1_048_576;
/** Largest tariff or catalogue, in bytes: such a file is read as a whole. */
const MAX_WHOLE_FILE = 256 * 1024 * 1024;

/** A file the caller named cannot be read: says which and why, in words. */
export function unreadable(file: string, error: unknown): InvalidInput {
  const code = codeOf(error) ?? '';
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    EISDIR: 'is a directory',
    EACCES: 'may not be read',
  };
  return new InvalidInput(
    file,
    reasons[code] ?? `cannot be read (${code || String(error)})`,
    'FILE_UNREADABLE',
  );
}

/** The last part of a path is what problems and events name. */
export const nameOf = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** @throws BadFile when a file that was read has problems, under the name that the caller gave it */
export function refuseFile({ problems, more = 0 }: Faults, file: string): void {
  if (problems.length > 0)
    throw new BadFile(
      problems.map(problem => ({ ...problem, file })),
      more,
    );
}

/**
 * The text of a UTF-8 file, a BOM left to the reader of the format.
 * @throws InvalidInput when it cannot be read; BadFile when it is not UTF-8, naming the line.
 */
export async function readText(path: string, name: string): Promise<string> {
  let bytes: Buffer;
  try {
    const handle = await open(path);
    try {
      if ((await handle.stat()).size > MAX_WHOLE_FILE)
        throw InvalidInput.of(name, cliProblems.FILE_TOO_LARGE, { most: MAX_WHOLE_FILE });
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof InvalidInput ? error : unreadable(name, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const text = bytes.toString('utf8');
    const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
    const guess = looksLikeShiftJis(bytes)
      ? { ja: '（Shift_JISのようです）', en: '; it seems to be Shift_JIS' }
      : { ja: '', en: '' };
    const told = toldProblem(problem(cliProblems.FILE_NOT_UTF8, { guess }));
    throw new BadFile([{ file: name, line, field: null, ...told }]);
  }
}

export interface TextLine {
  /** 1-based. */
  readonly line: number;
  /** Without its line feed; null for a line that is too long to be read. */
  readonly text: string | null;
}

/**
 * The lines of a file of any size, one batch per chunk read. Bytes that are not UTF-8 become U+FFFD, which
 * the reader of the format refuses. @throws InvalidInput when the file cannot be read.
 */
export async function* readLines(path: string, name: string): AsyncGenerator<readonly TextLine[]> {
  let rest = '';
  let skipping = false;
  let line = 0;
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
      const pieces = (rest + String(chunk)).split('\n');
      rest = pieces.pop() ?? '';
      const lines: TextLine[] = [];
      for (const text of pieces) {
        lines.push({ line: ++line, text: skipping ? null : text });
        skipping = false;
      }
      if (rest.length > MAX_LINE) {
        skipping = true;
        rest = '';
      }
      yield lines;
    }
  } catch (error) {
    throw unreadable(name, error);
  }
  if (rest !== '' || skipping) yield [{ line: line + 1, text: skipping ? null : rest }];
}

/**
 * Writes a file the caller named: complete or not at all, an older one replaced at the end.
 * @returns bytes written
 */
export async function writeWhole(
  path: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<number> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  let bytes = 0;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      for await (const piece of pieces) {
        const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
        await handle.writeFile(chunk);
        bytes += chunk.byteLength;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const code = codeOf(error) ?? '';
    if (['ENOENT', 'EACCES', 'EISDIR', 'EROFS'].includes(code))
      throw new InvalidInput('--out', `${path} cannot be written (${code})`, 'FILE_UNWRITABLE');
    throw error;
  }
  return bytes;
}
