import { readdirSync } from 'node:fs';
import { NO_ACTS, STAFF_ACT_TYPES } from './staff-act-types.js';
import { staffActs } from './staff-acts.projection.js';

const meta = {
  occurredAt: '2026-10-01T09:30:00.000+09:00',
  recordedAt: '2026-10-01T09:30:00.000+09:00',
  actor: 'staff:l1',
  commandId: 'c',
  correlationId: 'c',
  bodyHash: '',
};

describe('acts of staff', () => {
  it('are told of every stored type, or the type is named among those that tell of none', () => {
    const types = readdirSync('test/golden/events').map(name => name.replace(/\.json$/, ''));
    expect([...STAFF_ACT_TYPES, ...NO_ACTS].sort()).toEqual(types.sort());
  });

  it.each([
    ['staff:l1', true],
    ['login:l1', true],
    ['key:k1', true],
    ['job:close', false],
    ['visitor', false],
    ['cli:operator', false],
  ])('by %s: %s', (actor, counts) => expect(staffActs.concerns?.({ ...meta, actor })).toBe(counts));
});
