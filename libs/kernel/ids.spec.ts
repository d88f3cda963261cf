import fc from 'fast-check';
import {
  actorOfId,
  outsideId,
  parseAccountId,
  parseCommandId,
  parseOwnCommandId,
  saidId,
  stepId,
} from './ids.js';

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
