import fc from 'fast-check';
import type { AppendLimit, NewEvent } from '#ports';
import { type StoreOfATest, storeOfATest } from '../../../test/support/runtime-parts.js';
import { appendInPieces, inPieces } from './append-pieces.js';

const eventOf = (commandId: string, size: number): NewEvent => ({
  type: 'test.Noted.v1',
  data: JSON.stringify('x'.repeat(size)),
  meta: {
    occurredAt: '2025-01-20T00:00:00.000+09:00',
    recordedAt: '2025-01-20T00:00:00.000+09:00',
    actor: 'test',
    commandId,
    correlationId: commandId,
    bodyHash: 'a'.repeat(64),
  },
});
const limitOf = (bytes: number): AppendLimit => ({ bytes, sizeOf: event => event.data.length });
const sizeOf = (events: readonly NewEvent[]): number => events.reduce((sum, e) => sum + e.data.length, 0);
const commandsIn = (events: readonly NewEvent[]): Set<string> =>
  new Set(events.map(event => event.meta.commandId));

describe('what is appended in pieces', () => {
  it('keeps its order, cuts no command, and stays below the limit but for one large command', () => {
    const commands = fc.array(fc.array(fc.nat(200), { minLength: 1, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(commands, fc.integer({ min: 50, max: 1_000 }), (sizes, bytes) => {
        const events = sizes.flatMap((of, i) => of.map(size => eventOf(`c${i}`, size)));
        const pieces = inPieces(
          { appendLimit: limitOf(bytes) },
          { stream: 's', expectedRevision: 6, events },
        );
        expect(pieces.flatMap(piece => piece.events)).toEqual(events);
        let revision = 6;
        for (const piece of pieces) {
          expect(piece.expectedRevision).toBe(revision);
          revision += piece.events.length;
          if (commandsIn(piece.events).size > 1) expect(sizeOf(piece.events)).toBeLessThanOrEqual(bytes);
        }
        const whole = pieces.reduce((sum, piece) => sum + commandsIn(piece.events).size, 0);
        expect(whole).toBe(sizes.length);
      }),
    );
  });

  it('is one request where the store has no limit, and not more than a store takes', () => {
    const events = Array.from({ length: 12_000 }, (_, i) => eventOf(`c${i}`, 1));
    const request = { stream: 's', expectedRevision: -1, events };
    expect(inPieces({}, { ...request, events: events.slice(0, 5_000) })).toHaveLength(1);
    expect(inPieces({}, request).map(piece => piece.events.length)).toEqual([5_000, 5_000, 2_000]);
  });

  describe('and overtaken in the middle', () => {
    let home: StoreOfATest;
    beforeEach(() => {
      home = storeOfATest();
    });
    afterEach(() => home.end());

    it('says which commands are stored', async () => {
      const events = await home.open();
      const limited = new Proxy(events, {
        get: (target, name) =>
          name === 'appendLimit'
            ? limitOf(60)
            : (Reflect.get(target, name) as { bind?(to: unknown): unknown }).bind?.(target),
      });
      const request = (stream: string) => ({
        stream,
        expectedRevision: -1,
        events: ['a', 'b', 'c'].map(command => eventOf(`${stream}/${command}`, 40)),
      });
      await events.append([{ stream: 'other', expectedRevision: -1, events: [eventOf('s/b', 1)] }]);
      const [broken, whole] = await appendInPieces(limited, [request('s'), request('t')]);
      expect(broken).toEqual({ whole: false, stored: new Set(['s/a']) });
      expect(whole).toEqual({ whole: true, stored: new Set(['t/a', 't/b', 't/c']) });
      expect([await events.streamRevision('s'), await events.streamRevision('t')]).toEqual([0, 2]);
    });
  });
});
