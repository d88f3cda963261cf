import vm from 'node:vm';
import fc from 'fast-check';
import { canonicalJson } from './canonical.js';
import { happened, nothing } from './decider.js';
import { formatDuration, formatSignedDuration } from './duration.js';
import {
  actorOfId,
  outsideId,
  parseAccountId,
  parseCommandId,
  parseOwnCommandId,
  saidId,
  stepId,
} from './ids.js';
import { assertNever, InvalidInput } from './invalid-input.js';
import { isTaxCategory, percentText, TAX_CATEGORIES } from './tax.js';

describe('a talk time on the statement', () => {
  it.each([
    ['US-06', 103_793_500, '28:49:53.5'],
    ['US-02 一般', 103_793_500, '28:49:53.5'],
    ['US-02 total', 395_663_500, '109:54:23.5'],
    ['US-04', 140_863_000, '39:07:43.0'],
    ['nothing', 0, '0:00:00.0'],
    ['tenths are cut, not rounded', 999, '0:00:00.9'],
    ['less than a tenth', 99, '0:00:00.0'],
    ['a minute less a millisecond', 59_999, '0:00:59.9'],
    ['an hour', 3_600_000, '1:00:00.0'],
  ])('%s: %d ms is %s', (_id, milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each([-1, 0.5, Number.NaN])('refuses %d ms', milliseconds => {
    expect(() => formatDuration(milliseconds)).toThrow(RangeError);
  });

  it('that is taken back has a sign, and is cut towards zero', () => {
    expect([-60_001, -99, 0, 60_001].map(formatSignedDuration)).toEqual([
      '-0:01:00.0',
      '-0:00:00.0',
      '0:00:00.0',
      '0:01:00.0',
    ]);
  });
});

describe('canonical JSON', () => {
  it('sorts keys at every depth, leaves undefined out, keeps null and the order of lists', () => {
    const value = { b: [3, 1, { z: null, a: undefined, y: 'é"\n' }], a: { d: true, c: -0 }, 10: 1, 9: 2 };
    expect(canonicalJson(value)).toBe(
      '{"10":1,"9":2,"a":{"c":0,"d":true},"b":[3,1,{"y":"é\\"\\n","z":null}]}',
    );
  });

  it('is JSON: what it writes reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), record => {
        const turned = Object.fromEntries(Object.entries(record).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(record));
      }),
      { numRuns: 300 },
    );
  });

  it('writes undefined in a list as null, like JSON', () => {
    expect(canonicalJson([undefined, 1])).toBe('[null,1]');
  });

  it('takes plain objects of another realm and objects without a prototype', () => {
    expect(canonicalJson(vm.runInNewContext('({ b: 1, a: [2] })'))).toBe('{"a":[2],"b":1}');
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  it.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.NEGATIVE_INFINITY],
    ['a Map', new Map([[1, 2]])],
    ['a Set', new Set([1])],
    ['a Date', new Date(0)],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a Map of another realm', vm.runInNewContext('new Map()')],
  ])('refuses %s, which JSON would lose', (_name, value) => {
    expect(() => canonicalJson({ deep: [value] })).toThrow(TypeError);
  });
});

describe('ids from outside', () => {
  it.each(['A1', 'a', '0', 'circle-2.east', 'A'.repeat(32)])('takes the account id %s', text => {
    expect(parseAccountId(text)).toBe(text);
  });

  it.each(['', 'A_1', '-A', '.A', 'A 1', 'A/1', 'Ａ1', 'A'.repeat(33), 'A1\n'])(
    'refuses the account id %j',
    text => {
      expect(() => parseAccountId(text, 'line 3, account')).toThrow(
        expect.objectContaining({ name: 'InvalidInput', field: 'line 3, account' }),
      );
    },
  );

  it.each(['k', 'import/2026-10/17', '~'.repeat(200)])('takes the command id %s', text => {
    expect(parseCommandId(text)).toBe(text);
  });

  it.each(['', 'a b', 'a\tb', 'キー', 'x'.repeat(201), 'a\n'])('refuses the command id %j', text => {
    expect(() => parseCommandId(text)).toThrow(expect.objectContaining({ field: 'Idempotency-Key' }));
  });

  it.each(['order-7', 'cdr', 'close-2026-10', 'shop/wallet-1', 'imports/1'])(
    'takes the command id %s of somebody outside',
    text => {
      expect(parseOwnCommandId(text)).toBe(text);
    },
  );

  it.each([
    'cdr/c-1',
    'close/A1/2026-10/wallet',
    'import/0f/complete',
    'wallet-A1_2026-10/open',
    'account/A1',
  ])('refuses the command id %s of somebody outside: it would make something look done', text => {
    expect(() => parseOwnCommandId(text, '--id')).toThrow(expect.objectContaining({ field: '--id' }));
  });

  it.each([
    ['key:a', 'pay-1', '@key:a pay-1'],
    ['staff:b', '@key:a', '@staff:b @key:a'],
  ])('gives %s its own %s', (actor, said, id) => {
    expect(outsideId(actor, said)).toBe(id);
    expect([actorOfId(id), saidId(id)]).toEqual([actor, said]);
    expect([actorOfId(stepId(id, 'a/b')), saidId(stepId(id, 'a/b'))]).toEqual([actor, `${said}/a/b`]);
  });

  it.each(['cdr/c-1', '@a', 'visit-1'])('leaves %s, which nobody said outside, as it is', id => {
    expect([actorOfId(id), saidId(id), stepId(id, 'x')]).toEqual([undefined, id, `${id}/x`]);
  });

  it('lets nobody say the id of somebody else, of a step, or of anything that Daicho derives', () => {
    const word = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map(c => String.fromCharCode(c)),
      minLength: 1,
    });
    fc.assert(
      fc.property(word, word, word, word, word, (actor, said, other, id, step) => {
        const own = outsideId(actor, said);
        expect(own).not.toBe(id);
        expect(own).not.toBe(stepId(id, step));
        expect(own).not.toBe(stepId(outsideId(other, id), step));
        expect(own === outsideId(other, id)).toBe(actor === other && said === id);
      }),
    );
  });
});

describe('outcomes and refusals', () => {
  it('are values of three kinds', () => {
    expect(happened({ type: 'A' }, { type: 'B' })).toEqual({
      kind: 'events',
      events: [{ type: 'A' }, { type: 'B' }],
    });
    expect(nothing('already so')).toEqual({ kind: 'nothing', reason: 'already so' });
  });

  it('bad input names its field in the message', () => {
    const error = new InvalidInput('amount', 'must be positive');
    expect([error.message, error.code]).toEqual(['amount: must be positive', 'INVALID_INPUT']);
    expect(new InvalidInput('amount', 'x', 'AMOUNT_TOO_LARGE').code).toBe('AMOUNT_TOO_LARGE');
  });

  it('an impossible case shows what it met', () => {
    expect(() => assertNever({ type: 'Unknown' } as never)).toThrow('unexpected: {"type":"Unknown"}');
  });

  it.each([
    [1000, '10'],
    [800, '8'],
    [1050, '10.5'],
    [780, '7.8'],
    [625, '6.25'],
    [1, '0.01'],
    [0, '0'],
  ])('says the rate %i as %s percent', (rate, percent) => expect(percentText(rate)).toBe(percent));

  it('knows the four tax categories', () => {
    expect(TAX_CATEGORIES.every(isTaxCategory)).toBe(true);
    expect(isTaxCategory('reverse_charge')).toBe(false);
  });
});
