import type { Projection } from '#kernel';
import type { CircleEvent } from './circle.js';

/** The circles of every account, for lists and searches. */
export const circleList: Projection = {
  name: 'circles',
  version: 1,
  tables: [
    {
      name: 'circles',
      columns: {
        circle: 'text',
        account: 'text',
        name: 'text',
        login: 'text',
        representative: 'integer',
        forced_change: 'text',
        created_at: 'integer',
        uniques: 'integer',
      },
      key: ['circle'],
      indexes: [['account', 'created_at']],
    },
  ],
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
};

/** The uniques of every circle and the numbers each of them calls and is called with. */
export const uniqueList: Projection = {
  name: 'uniques',
  version: 1,
  tables: [
    {
      name: 'uniques',
      columns: {
        unique_id: 'text',
        account: 'text',
        circle: 'text',
        name: 'text',
        login: 'text',
        /** Separated by commas, in the order in which they were set. */
        numbers: 'text',
        created_at: 'integer',
      },
      key: ['unique_id'],
      indexes: [['account', 'circle', 'created_at']],
    },
  ],
  handles: ['identity.UniqueAdded.v1', 'identity.UniqueNumbersSet.v1'],
  apply({ event }, rows) {
    const e = event as Extract<CircleEvent, { type: 'UniqueAdded' | 'UniqueNumbersSet' }>;
    if (e.type === 'UniqueNumbersSet') {
      rows.merge('uniques', { unique_id: e.unique }, { set: { numbers: e.numbers.join(',') } });
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
      created_at: at,
    });
  },
};
