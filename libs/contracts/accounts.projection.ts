import type { Projection } from '#kernel';
import type { AccountEvent } from './account.js';
import type { TariffEvent } from './tariff-version.js';

/** Which accounts there are, with their numbers: for lists and searches. Decisions read the streams. */
export const accounts: Projection = {
  name: 'accounts',
  version: 1,
  tables: [
    {
      name: 'accounts',
      columns: {
        account: 'text',
        name: 'text',
        opened_on: 'integer',
        tariff: 'text',
        incoming_discount: 'integer',
        revision: 'integer',
      },
      key: ['account'],
    },
    {
      name: 'account_numbers',
      columns: { number: 'text', account: 'text', position: 'integer' },
      key: ['number'],
      indexes: [['account', 'position']],
    },
  ],
  handles: [
    'contracts.AccountOpened.v1',
    'contracts.NumberAssigned.v1',
    'contracts.NumberClaimWithdrawn.v1',
    'contracts.TariffAssigned.v1',
    'contracts.IncomingDiscountAgreed.v1',
  ],
  apply({ event, revision, position }, rows) {
    const e = event as AccountEvent;
    const key = { account: e.account };
    switch (e.type) {
      case 'AccountOpened': {
        const { account, name, openedOn, tariff } = e;
        rows.insert('accounts', {
          account,
          name,
          opened_on: openedOn,
          tariff,
          incoming_discount: 0,
          revision,
        });
        break;
      }
      case 'NumberAssigned':
        rows.insert('account_numbers', { number: e.number, account: e.account, position });
        rows.merge('accounts', key, { set: { revision } });
        break;
      case 'NumberClaimWithdrawn':
        if (e.open) rows.merge('accounts', key, { set: { revision } });
        break;
      case 'TariffAssigned':
        rows.merge('accounts', key, { set: { tariff: e.tariff, revision } });
        break;
      case 'IncomingDiscountAgreed':
        rows.merge('accounts', key, { set: { incoming_discount: e.perMinute, revision } });
        break;
    }
  },
};

/** Which tariffs are published, newest version. */
export const tariffs: Projection = {
  name: 'tariffs',
  version: 1,
  tables: [
    {
      name: 'tariffs',
      columns: { tariff: 'text', version: 'integer', published_at: 'integer', row_count: 'integer' },
      key: ['tariff'],
    },
  ],
  handles: ['contracts.TariffPublished.v1'],
  apply({ event }, rows) {
    const { tariff, version, at, rows: published } = event as TariffEvent;
    rows.merge('tariffs', { tariff }, { set: { version, published_at: at, row_count: published.length } });
  },
};
