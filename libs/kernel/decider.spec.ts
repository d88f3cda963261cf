import { happened, nothing } from './decider.js';

describe('outcomes and refusals', () => {
  it('are values of three kinds', () => {
    expect(happened({ type: 'A' }, { type: 'B' })).toEqual({
      kind: 'events',
      events: [{ type: 'A' }, { type: 'B' }],
    });
    expect(nothing('already so')).toEqual({ kind: 'nothing', reason: 'already so' });
  });
});
