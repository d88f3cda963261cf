import { defineProblems, InvalidInput, valueProblems } from '#kernel';
import type { Page, PageRequest } from '../product.views.js';

const { NOT_A_CURSOR } = defineProblems({
  NOT_A_CURSOR: { ja: '前のページの next を指定してください。', en: 'must be the `next` of an earlier page' },
});

const LARGEST_PAGE = 1_000;
const USUAL_PAGE = 100;

export function limitOf(request: PageRequest | undefined): number {
  const limit = request?.limit ?? USUAL_PAGE;
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    throw InvalidInput.of('limit', valueProblems.NOT_A_WHOLE_NUMBER, { least: 1, most: LARGEST_PAGE });
  }
  return limit;
}

/** A cursor names the last row of the page before, by its sort key. */
export const cursorOf = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * The sort key that `cursorOf` put into a cursor. What kind each of its parts is, is the caller's word.
 * @throws InvalidInput for a cursor that no page gave.
 */
export function keyOfCursor<Key extends readonly (string | number)[]>(
  request: PageRequest | undefined,
  parts: Key['length'],
): Key | undefined {
  if (request?.cursor === undefined) return undefined;
  try {
    const key = JSON.parse(Buffer.from(request.cursor, 'base64url').toString('utf8')) as unknown;
    const good =
      Array.isArray(key) &&
      key.length === parts &&
      key.every(k => (typeof k === 'string' ? !k.includes('\0') : Number.isSafeInteger(k)));
    if (good) return key as unknown as Key;
  } catch {
    // not ours
  }
  throw InvalidInput.of('cursor', NOT_A_CURSOR);
}

/** `found` holds up to limit + 1 rows; the one more says that there is a next page. */
export function pageOf<Found, Row>(
  found: readonly Found[],
  limit: number,
  toRow: (row: Found) => Row,
  keyOf: (row: Found) => readonly (string | number)[],
): Page<Row> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows: rows.map(toRow),
    next: found.length > limit && last !== undefined ? cursorOf(keyOf(last)) : null,
  };
}
