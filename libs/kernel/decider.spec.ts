import { happened } from './decider.js';
import { defineUnchanged, nothing } from './unchanged.js';

describe('outcomes and refusals', () => {
  it('are values of three kinds', () => {
    expect(happened({ type: 'A' }, { type: 'B' })).toEqual({
      kind: 'events',
      events: [{ type: 'A' }, { type: 'B' }],
    });
    const { SO } = defineUnchanged({ SO: { ja: '既にそうです。', en: 'already so' } });
    expect(nothing(SO)).toEqual({
      kind: 'nothing',
      reason: { code: 'SO', ja: '既にそうです。', en: 'already so' },
    });
  });
});
