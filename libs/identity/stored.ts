import { type Codec, Instant } from '#kernel';

/** Fields of identity events that hold an instant, stored as text like everywhere. */
const INSTANTS = new Set(['at', 'expiresAt', 'until']);

interface Happened {
  readonly type: string;
  readonly at: Instant;
}

/** Of each event those of its fields that nobody reads. */
type SecretsOf<Event extends Happened> = {
  readonly [Type in Event['type']]: readonly Exclude<
    keyof Extract<Event, { readonly type: Type }>,
    'type' | 'at'
  >[];
};

/**
 * The codec of events whose fields are texts, whole numbers, lists of them, null and instants: they are
 * stored as they are, in their order, instants as text.
 * @param types the stored type of each event: a record, so that none can be forgotten
 * @param secret the fields of each event that nobody reads; a record for the same reason
 */
export function storedCodec<Event extends Happened>(
  types: Readonly<Record<Event['type'], string>>,
  secret: SecretsOf<Event>,
): Codec<Event> {
  const nameOf = new Map<string, string>(
    Object.entries(types as Record<string, string>).map(([name, stored]) => [stored, name]),
  );
  const secrets: Record<string, readonly string[]> = {};
  for (const [type, stored] of Object.entries(types as Record<string, string>))
    secrets[stored] = (secret as Record<string, readonly string[]>)[type]!;
  return {
    secrets,
    occurredAt: event => event.at,
    encode(event) {
      const { type, ...facts } = event;
      const data = Object.entries(facts).map(([field, value]) => [
        field,
        INSTANTS.has(field) && value !== null ? Instant.text(value as Instant) : value,
      ]);
      return { type: types[type as Event['type']], data: Object.fromEntries(data) };
    },
    decode(stored, data) {
      const type = nameOf.get(stored);
      if (type === undefined)
        throw new Error(`unknown event type ${stored}: written by a newer version of Daicho?`);
      const facts = Object.entries(data as Record<string, unknown>).map(([field, value]) => [
        field,
        INSTANTS.has(field) && value !== null ? Instant.parse(value as string) : value,
      ]);
      return { type, ...Object.fromEntries(facts) } as Event;
    },
  };
}
