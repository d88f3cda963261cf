/** Names of what nobody needs to read: seals and secrets, and the hashes that prove identity. */
const SECRET = /secret|password|sealed|token|challenge|^mac$|Mac$/i;
const SECRET_OF_IDENTITY = /hash$/i;

interface Shown {
  readonly elements: number;
  readonly hidden: (key: string) => boolean;
}

function shown(value: unknown, as: Shown): unknown {
  if (Array.isArray(value)) return value.slice(0, as.elements).map(one => shown(one, as));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      as.hidden(key) && inner !== null ? '(hidden)' : shown(inner, as),
    ]),
  );
}

/**
 * The data of a stored event as people may read it. A password's hash is no password, but whoever has it can
 * guess at it without anybody counting.
 * @param elements of every array in it; all without it
 */
export function withoutSecrets(
  type: string,
  data: Readonly<Record<string, unknown>>,
  elements = Number.MAX_SAFE_INTEGER,
): Record<string, unknown> {
  const ofIdentity = type.startsWith('identity.');
  const hidden = (key: string) => SECRET.test(key) || (ofIdentity && SECRET_OF_IDENTITY.test(key));
  return shown(data, { elements, hidden }) as Record<string, unknown>;
}
