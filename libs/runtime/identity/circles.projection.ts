import type { CircleEvent, ForcedChange, Outgoing } from '#identity';
import { type AccountId, column, type Instant, projection, table } from '#kernel';

const circlesTable = table({
  name: 'circles',
  columns: {
    circle: 'text',
    account: column.text<AccountId>(),
    name: 'text',
    login: 'text',
    representative: column.integer<0 | 1>(),
    forced_change: column.text<ForcedChange>(),
    created_at: column.integer<Instant>(),
    uniques: 'integer',
  },
  key: ['circle'],
  indexes: [['account', 'created_at']],
});

/** The circles of every account, for lists and searches. */
export const circleList = projection({
  name: 'circles',
  version: 1,
  tables: [circlesTable],
  handles: ['identity.CircleAdded.v1', 'identity.CircleForcedChangeSet.v1', 'identity.UniqueAdded.v1'],
  apply({ event }, rows) {
    const e = event as Exclude<CircleEvent, { type: 'UniqueNumbersSet' }>;
    const key = { circle: e.circle };
    switch (e.type) {
      case 'CircleAdded': {
        const { circle, account, name, login, representative, at } = e;
        rows.insert('circles', {
          circle,
          account,
          name,
          login,
          representative: representative ? 1 : 0,
          forced_change: 'none',
          created_at: at,
          uniques: 0,
        });
        break;
      }
      case 'CircleForcedChangeSet':
        rows.merge('circles', key, { set: { forced_change: e.value } });
        break;
      case 'UniqueAdded':
        rows.merge('circles', key, { add: { uniques: 1 } });
        break;
    }
  },
});

const uniquesTable = table({
  name: 'uniques',
  columns: {
    unique_id: 'text',
    account: column.text<AccountId>(),
    circle: 'text',
    name: 'text',
    login: 'text',
    /** Separated by commas, in the order in which they were set. */
    numbers: 'text',
    outgoing: column.text<Outgoing>(),
    created_at: column.integer<Instant>(),
  },
  key: ['unique_id'],
  indexes: [['account', 'circle', 'created_at']],
});

/** The uniques of every circle and the numbers each of them calls and is called with. */
export const uniqueList = projection({
  name: 'uniques',
  version: 2,
  tables: [uniquesTable],
  handles: ['identity.UniqueAdded.v1', 'identity.UniqueNumbersSet.v1'],
  apply({ event }, rows) {
    const e = event as Extract<CircleEvent, { type: 'UniqueAdded' | 'UniqueNumbersSet' }>;
    if (e.type === 'UniqueNumbersSet') {
      const { unique: unique_id, numbers, outgoing = 'any' } = e;
      rows.merge('uniques', { unique_id }, { set: { numbers: numbers.join(','), outgoing } });
      return;
    }
    const { unique, account, circle, name, login, at } = e;
    rows.insert('uniques', {
      unique_id: unique,
      account,
      circle,
      name,
      login,
      numbers: '',
      outgoing: 'any',
      created_at: at,
    });
  },
});
