import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidInput, rejection, valueProblems } from '#kernel';
import { type Faults, requestRefusals } from '#runtime';
import { type Problem, refused } from './problem.js';
import { bodyProblems, httpRefusals } from './refusals.js';

/** A tariff or catalogue: 16 MB hold about 200,000 rows. */
const MAX_TEXT_BYTES = 16_000_000;
/** A file of call records: about 20 million calls. */
const MAX_UPLOAD_BYTES = 4_000_000_000;

const tooLarge = (): Problem => refused(rejection(httpRefusals.BODY_TOO_LARGE));

/** Begins the name of every folder that holds an upload. */
const UPLOAD = 'upload-';

/** Removes what a killed server left of its uploads. Only the one server of the directory may call it. */
export async function removeOldUploads(directory: string): Promise<void> {
  const folder = join(directory, 'tmp');
  const names = await readdir(folder).catch(() => []);
  const old = names.filter(name => name.startsWith(UPLOAD));
  await Promise.all(old.map(name => rm(join(folder, name), { recursive: true, force: true })));
}

/** A stream that passes at most `limit` bytes on. @throws Problem 413 */
function atMost(limit: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limit) done(tooLarge());
      else done(null, chunk);
    },
  });
}

/**
 * The whole body, in memory. @throws Problem 413 when it is longer than `limit`; InvalidInput when it is
 * empty
 */
export async function readBytes(body: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline(body, atMost(limit), async source => {
    for await (const chunk of source) chunks.push(chunk as Buffer);
  });
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) throw InvalidInput.of('body', valueProblems.EMPTY);
  return bytes;
}

/**
 * The whole body as text.
 * @throws Problem 413 when it is longer than `MAX_TEXT_BYTES`; InvalidInput when it is empty or not UTF-8
 */
export async function readText(body: Readable): Promise<string> {
  const bytes = await readBytes(body, MAX_TEXT_BYTES);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw InvalidInput.of('body', bodyProblems.NOT_UTF8_TEXT);
  }
}

/**
 * The name a sender gives a file, without folders and without what a file system or a log could trip over.
 */
export function safeFileName(name: string): string {
  const safe = basename(name.normalize('NFC').replaceAll('\\', '/'))
    .replace(/[^\p{L}\p{N}._-]/gu, '_')
    .slice(0, 100);
  return safe.replace(/^\.+/, '') || 'upload';
}

/**
 * Keeps the body as a file in the data directory's `tmp` while `use` works with it; the file is gone
 * afterwards, whatever happened.
 * @throws Problem 413 when it is longer than `MAX_UPLOAD_BYTES`
 */
export async function withUpload<Value>(
  directory: string,
  name: string,
  body: Readable,
  use: (path: string) => Promise<Value>,
): Promise<Value> {
  const folder = join(directory, 'tmp', `${UPLOAD}${randomUUID()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const path = join(folder, safeFileName(name));
    await pipeline(body, atMost(MAX_UPLOAD_BYTES), createWriteStream(path, { mode: 0o600 }));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A refused file: its problems, each with its line, so that its author finds it. */
export function refuseFile({ problems, more = 0 }: Faults): void {
  const [first] = problems;
  if (!first) return;
  const errors = problems.map(({ file, line, field, ...told }) => ({
    field: `${file}:${line}${field === null ? '' : ` ${field}`}`,
    ...told,
  }));
  const count = String(errors.length + more);
  throw refused(rejection(requestRefusals.FILE_REFUSED, { problems: count }), {
    ...(errors[0] && { field: errors[0].field }),
    errors,
    ...(more > 0 && { moreErrors: more }),
  });
}
