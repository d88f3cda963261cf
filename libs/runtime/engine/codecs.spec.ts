import { readdirSync, readFileSync } from 'node:fs';
import { type Codec, Instant } from '#kernel';
import { decodeEvent, EVENT_FAMILIES, projected, STORED_TYPES, streamKind } from './codecs.js';

const FOLDER = 'test/golden/events';

interface Sample {
  readonly type: string;
  readonly data: { readonly at: string };
}

const samples = readdirSync(FOLDER).map(name => name.replace(/\.json$/, ''));
const textOf = (type: string): string => readFileSync(`${FOLDER}/${type}.json`, 'utf8');
const sampleOf = (type: string): Sample => JSON.parse(textOf(type)) as Sample;

/** The codec that knows a type; every other one says that it does not, and why that may be. */
function kindsReading({ type, data }: Sample): string[] {
  return Object.keys(EVENT_FAMILIES).filter(kind => {
    try {
      EVENT_FAMILIES[kind]!.codec.decode(type, data);
      return true;
    } catch (error) {
      expect((error as Error).message).toMatch(/^unknown event type/);
      return false;
    }
  });
}

/** A type without its version. */
const nameOf = (type: string): string => type.replace(/\.v\d+$/, '');

describe('golden samples of stored events', () => {
  it('stand for every stored type of the product, and for no other', () => {
    expect(STORED_TYPES.size).toBeGreaterThan(80);
    expect([...samples].sort()).toEqual([...STORED_TYPES.keys()].sort());
  });

  /** The version that is written now. */
  const newest = (type: string): string =>
    samples
      .filter(of => nameOf(of) === nameOf(type))
      .sort()
      .at(-1)!;

  it.each(samples)('%s is read by one codec, and written unchanged or as its newest version', type => {
    const sample = sampleOf(type);
    expect(sample.type).toBe(type);
    const kinds = kindsReading(sample);
    expect(kinds).toHaveLength(1);
    const codec = EVENT_FAMILIES[kinds[0]!]!.codec as Codec<unknown>;
    const event = codec.decode(type, sample.data);
    if (type !== newest(type)) {
      const again = codec.encode(event);
      expect(again.type).toBe(newest(type));
      expect(codec.decode(again.type, JSON.parse(JSON.stringify(again.data)))).toEqual(event);
      return;
    }
    expect(`${JSON.stringify(codec.encode(event), null, 2)}\n`).toBe(textOf(type));
    expect(Instant.text(codec.occurredAt(event))).toBe(sample.data.at);
  });

  it('leave no codec without a sample', () => {
    const read = new Set(samples.flatMap(type => kindsReading(sampleOf(type))));
    expect([...read].sort()).toEqual(Object.keys(EVENT_FAMILIES).sort());
  });
});

describe('what nobody reads of an event', () => {
  /** Names that no readable fact has: whoever stores such a fact says so, or calls it something else. */
  const LOOKS_SECRET = /secret|password|sealed|token|challenge|mac$/i;
  const LOOKS_SECRET_OF_IDENTITY = /hash$/i;

  it.each(samples)('is declared for %s, fact by fact', type => {
    const { facts } = STORED_TYPES.get(type)!;
    const readable = Object.entries(facts).filter(([, { secret }]) => !secret);
    const suspicious = readable.filter(
      ([name]) =>
        LOOKS_SECRET.test(name) || (type.startsWith('identity.') && LOOKS_SECRET_OF_IDENTITY.test(name)),
    );
    expect(suspicious).toEqual([]);
  });
});

describe('the codec of a stream', () => {
  it.each([
    ['wallet-A1_2025-10', 'wallet'],
    ['wallet-A-1_2025-10', 'wallet'],
    ['invoice-202510-000001', 'invoice'],
    ['policies', 'policies'],
  ])('%s is of kind %s', (stream, kind) => expect(streamKind(stream)).toBe(kind));

  it('reads what its stream holds', () => {
    const { type, data } = sampleOf('contracts.NumberClaimed.v1');
    expect(decodeEvent('number-05012345678', type, JSON.stringify(data))).toMatchObject({
      type: 'NumberClaimed',
      number: '05012345678',
    });
  });

  it.each([
    ['a kind of stream', 'shop-1', 'contracts.NumberClaimed.v1', 'unknown kind of stream shop-1'],
    ['a type', 'number-1', 'contracts.NumberClaimed.v2', 'unknown event type contracts.NumberClaimed.v2'],
    [
      'a type of another stream',
      'number-1',
      'ledger.LotCredited.v1',
      'unknown event type ledger.LotCredited.v1',
    ],
  ])('refuses %s it does not know: a newer program wrote it', (_what, stream, type, message) =>
    expect(() => decodeEvent(stream, type, '{}')).toThrow(message),
  );

  it('hands a projection the event with its place, not its bytes', () => {
    const meta = {
      occurredAt: '',
      recordedAt: '',
      actor: 'staff:a',
      commandId: 'c',
      correlationId: 'c',
      bodyHash: '',
    };
    const stored = { position: 4, stream: 's', revision: 2, type: 't', data: '{}', meta, hash: 'h' };
    expect(projected(stored, 'event')).toEqual({
      position: 4,
      stream: 's',
      revision: 2,
      type: 't',
      event: 'event',
      meta,
    });
  });
});
