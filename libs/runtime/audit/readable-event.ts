import type { Facts, StoredEvent } from '#kernel';
import { STORED_TYPES, streamKind } from '../engine/codecs.js';

const HIDDEN = '(hidden)';

/** Facts by the names that they are stored under. */
const storedFacts = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, one]) =>
      one.inline ? Object.entries(storedFacts(one.inner ?? {})) : [[name, one] as const],
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

/** The facts of an object, or of each object of a list, without those that are declared secret. */
function withoutSecrets(value: unknown, facts: Facts): unknown {
  if (Array.isArray(value)) return value.map(one => withoutSecrets(one, facts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const declared = facts[name];
      if (inner === null) return [name, null];
      if (declared === undefined || declared.secret) return [name, HIDDEN];
      return [name, declared.inner ? withoutSecrets(inner, storedFacts(declared.inner)) : inner];
    }),
  );
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
  const facts = storedFacts(STORED_TYPES.get(type)?.facts ?? {});
  return cut(withoutSecrets(JSON.parse(data), facts), elements) as Record<string, unknown>;
}

/** The value of a column of a read model as a finding may tell it. */
export const readableCell = (
  column: string,
  value: unknown,
  { secret = [] }: { readonly secret?: readonly string[] },
): unknown => (secret.includes(column) && value !== null && value !== undefined ? HIDDEN : value);
