import * as fc from 'fast-check';
import type { EventMeta } from '#kernel';
import { commandIdOf, decodeMeta, encodeMeta } from './event-format.js';

const text = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.stringMatching(/^[\\\n\r\tna ]{1,8}$/),
);
const meta: fc.Arbitrary<EventMeta> = fc
  .record(
    {
      occurredAt: text,
      recordedAt: text,
      actor: text,
      commandId: text,
      correlationId: text,
      bodyHash: text,
      reason: text,
      causationId: text,
    },
    { requiredKeys: ['occurredAt', 'recordedAt', 'actor', 'commandId', 'correlationId', 'bodyHash'] },
  )
  .map(value => ({ ...value }));

describe('stored meta data', () => {
  it('comes back as it was, for any texts', () => {
    fc.assert(
      fc.property(meta, value => {
        const stored = encodeMeta(value);
        expect(decodeMeta(stored)).toEqual(value);
        expect(commandIdOf(stored)).toBe(value.commandId);
        expect(stored.split('\n')).toHaveLength(8);
      }),
    );
  });

  it('has one text for one value and different texts for different values', () => {
    fc.assert(
      fc.property(meta, meta, (a, b) => {
        const same = JSON.stringify(decodeMeta(encodeMeta(a))) === JSON.stringify(decodeMeta(encodeMeta(b)));
        expect(encodeMeta(a) === encodeMeta(b)).toBe(same);
      }),
    );
  });

  it('does not repeat the command id as correlation id', () => {
    const value = decodeMeta('c\nh\no\nr\na\n\n\n');
    expect(value).toEqual({
      occurredAt: 'o',
      recordedAt: 'r',
      actor: 'a',
      commandId: 'c',
      correlationId: 'c',
      bodyHash: 'h',
    });
  });
});
