import vm from 'node:vm';
import fc from 'fast-check';
import { canonicalJson } from './canonical.js';

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
