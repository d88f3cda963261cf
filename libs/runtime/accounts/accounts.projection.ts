import { type AccountEvent, STANDARD_PRICE_LIST } from '#contracts';
import { type AccountId, type BusinessDay, column, Money, projection, table } from '#kernel';

const accountsTable = table({
  name: 'accounts',
  columns: {
    account: column.text<AccountId>(),
    name: 'text',
    opened_on: column.integer<BusinessDay>(),
    tariff: 'text',
    price_list: 'text',
    incoming_discount: column.integer<Money>(),
    revision: 'integer',
  },
  key: ['account'],
});

const numbersTable = table({
  name: 'account_numbers',
  columns: { number: 'text', account: column.text<AccountId>(), position: 'integer' },
  key: ['number'],
  indexes: [['account', 'position']],
});

/** Numbers that an account had: they stay the provider's own, and calls to them are free as before. */
const formerNumbersTable = table({
  name: 'former_numbers',
  columns: { number: 'text', account: column.text<AccountId>(), position: 'integer' },
  key: ['number'],
});

/** Which accounts there are, with their numbers: for lists and searches. Decisions read the streams. */
export const accounts = projection({
  name: 'accounts',
  version: 3,
  tables: [accountsTable, numbersTable, formerNumbersTable],
  handles: [
    'contracts.AccountOpened.v1',
    'contracts.NumberAssigned.v1',
    'contracts.NumberUnassigned.v1',
    'contracts.NumberClaimWithdrawn.v1',
    'contracts.TariffAssigned.v1',
    'contracts.PriceListAssigned.v1',
    'contracts.IncomingDiscountAgreed.v1',
    'contracts.AccountNoted.v1',
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
          price_list: STANDARD_PRICE_LIST,
          incoming_discount: Money.zero,
          revision,
        });
        break;
      }
      case 'NumberAssigned':
        rows.insert('account_numbers', { number: e.number, account: e.account, position });
        rows.merge('accounts', key, { set: { revision } });
        break;
      case 'NumberUnassigned':
        rows.remove('account_numbers', { number: e.number });
        rows.merge('former_numbers', { number: e.number }, { set: { account: e.account, position } });
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
      case 'PriceListAssigned':
        rows.merge('accounts', key, { set: { price_list: e.priceList, revision } });
        break;
      case 'AccountNoted':
        rows.merge('accounts', key, { set: { revision } });
        break;
    }
  },
});
