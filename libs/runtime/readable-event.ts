import type { StoredEvent } from '#kernel';
import { CODECS, streamKind } from './codecs.js';

const HIDDEN = '(hidden)';

/** Of every stored type the fields that nobody reads, as its codec declares them. */
const SECRETS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.values(CODECS).flatMap(({ secrets }) =>
    Object.entries(secrets).map(([type, fields]) => [type, new Set(fields)] as const),
  ),
);

/** Kinds of streams whose names are hashes of what somebody typed: they can be guessed by it. */
const NAMED_BY_HASH = new Set(['loginId', 'attempts']);

/** The name of a stream as people may read it: `attempts-id_(hidden)`. */
export function readableStream(stream: string): string {
  if (!NAMED_BY_HASH.has(streamKind(stream))) return stream;
  return `${stream.slice(0, Math.max(stream.indexOf('-'), stream.indexOf('_')) + 1)}${HIDDEN}`;
}

/** Lists at most so long, at any depth. */
function cut(value: unknown, elements: number): unknown {
  if (Array.isArray(value)) return value.slice(0, elements).map(one => cut(one, elements));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner, elements)]));
}

/**
 * The data of a stored event as people may read it, wherever they do: the browser of the log, explanations,
 * exports. A password's hash is no password, but whoever has it can guess at it without anybody counting. Of
 * a type that declares nothing all is hidden.
 * @param elements of every array in it; all without it
 */
export function readableData(
  { type, data }: Pick<StoredEvent, 'type' | 'data'>,
  elements = Number.MAX_SAFE_INTEGER,
): Record<string, unknown> {
  const secret = SECRETS.get(type);
  return Object.fromEntries(
    Object.entries(JSON.parse(data) as Record<string, unknown>).map(([field, value]) => {
      const hidden = secret === undefined || secret.has(field);
      return [field, hidden && value !== null ? HIDDEN : cut(value, elements)];
    }),
  );
}

/** The value of a column of a read model as a finding may tell it. */
export const readableCell = (
  column: string,
  value: unknown,
  { secret = [] }: { readonly secret?: readonly string[] },
): unknown => (secret.includes(column) && value !== null && value !== undefined ? HIDDEN : value);
