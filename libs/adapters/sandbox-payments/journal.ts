import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

const LINE_END = 0x0a;

/** What the books are written in: line after line, and none is ever changed. */
export interface Journal {
  /** What was written before it was opened. */
  readonly lines: readonly string[];
  append(line: string): void;
  /** Resolves when everything that was appended so far outlives a loss of power. */
  durable(): Promise<void>;
  close(): Promise<void>;
}

const inMemory = (): Journal => ({
  lines: [],
  append: () => undefined,
  durable: async () => undefined,
  close: async () => undefined,
});

/** The whole lines of a file; the beginning of one whose end was never written is cut off. */
async function wholeLines(file: FileHandle): Promise<string[]> {
  const bytes = await file.readFile();
  const end = bytes.lastIndexOf(LINE_END) + 1;
  if (end < bytes.length) await file.truncate(end);
  return bytes
    .subarray(0, end)
    .toString()
    .split('\n')
    .filter(line => line !== '');
}

/** In `books.jsonl` of a directory, or in the memory of this process without one. */
export async function openJournal(directory: string | undefined): Promise<Journal> {
  if (directory === undefined) return inMemory();
  await mkdir(directory, { recursive: true });
  const file = await open(join(directory, 'books.jsonl'), 'a+');
  const lines = await wholeLines(file);
  let waiting: string[] = [];
  let written: Promise<void> = Promise.resolve();

  /** What came while the last lines were on their way to the disk goes there together. */
  async function writeWaiting(): Promise<void> {
    if (waiting.length === 0) return;
    const together = waiting.join('');
    waiting = [];
    await file.appendFile(together);
    await file.datasync();
  }

  return {
    lines,
    append(line) {
      waiting.push(`${line}\n`);
    },
    durable() {
      written = written.then(writeWaiting);
      return written;
    },
    async close() {
      await written.then(writeWaiting);
      await file.close();
    },
  };
}
