import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { csvLine } from '#kernel';

/** True when the request would rather have CSV than JSON. */
export const wantsCsv = (request: Pick<Request, 'accepts'>): boolean =>
  request.accepts(['application/json', 'text/csv']) === 'text/csv';

/** Lines are sent in pieces of about this many characters. */
const PIECE = 60_000;

async function* bytesOf(
  head: readonly string[],
  lines: AsyncIterable<readonly (string | number)[]> | Iterable<readonly (string | number)[]>,
): AsyncGenerator<Buffer> {
  // With the mark a spreadsheet reads the Japanese.
  let piece = `\uFEFF${csvLine(head)}`;
  for await (const line of lines) {
    piece += csvLine(line);
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

/** A CSV file to save, sent while it is made. `name` is ASCII. */
export function csvFile(
  name: string,
  head: readonly string[],
  lines: AsyncIterable<readonly (string | number)[]> | Iterable<readonly (string | number)[]>,
): StreamableFile {
  const bytes = Readable.from(bytesOf(head, lines), { objectMode: false });
  const answer = new StreamableFile(bytes, {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}"`,
  });
  // A file that breaks off must not look like a whole one: the connection is cut, not ended.
  answer.setErrorHandler((_error, response) => response.destroy?.());
  return answer;
}
