// Object.prototype.toString, not instanceof: it also knows a Map that comes from another realm.
const toTag = Object.prototype.toString;

/**
 * One text for one value: keys sorted by UTF-16 code units, no white space, `undefined` left out. Command
 * bodies are compared by its hash, and documents that must be the same byte for byte are written with it.
 * @throws TypeError for what JSON would silently lose (NaN, Infinity, Map, Set, Date, bigint, functions): two
 * bodies that differ must never have one hash.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return scalar(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (toTag.call(value) !== '[object Object]') throw new TypeError(`not JSON: ${toTag.call(value)}`);
  const entries = Object.entries(value as Record<string, unknown>).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
}

function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`not JSON: ${value}`);
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw new TypeError(`not JSON: a ${typeof value}`);
  }
  return JSON.stringify(value) ?? 'null';
}
