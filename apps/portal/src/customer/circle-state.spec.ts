import { stateOf } from './circle-state.js';

const circle = '1000000001';
const own = { circle, endsOn: '2026-11-30', undoUntil: '2026-11-30T22:00:00.000+09:00' };

describe('the state of a circle', () => {
  it.each([
    ['goes on', null, [], '2026-11-30', ['active', null, null]],
    ['ends', null, [own], '2026-11-30', ['ending', '2026-11-30', own.undoUntil]],
    ['is over with the day after', null, [own], '2026-12-01', ['ended', '2026-11-30', own.undoUntil]],
    ['ends with the account', '2026-12-31', [], '2026-12-01', ['ending', '2026-12-31', null]],
    ['ends before the account', '2026-12-31', [own], '2026-11-30', ['ending', '2026-11-30', null]],
  ])('%s', (_, accountEndsOn, circles, today, [status, endsOn, undoUntil]) => {
    expect(stateOf(circle, { accountEndsOn, circles }, today!)).toEqual({ status, endsOn, undoUntil });
  });

  it('goes on as long as nothing is known', () => {
    expect(stateOf(circle, undefined, '2026-11-30')).toMatchObject({ status: 'active' });
  });
});
