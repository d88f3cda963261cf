import type { staff as ja } from '../ja/staff.js';
import type { SameKeys } from '../same-keys.js';

export const staff: SameKeys<typeof ja> = {
  accounts: {
    name: 'Customers',
    account: 'Account',
    customer: 'Name',
    opened: 'Opened on',
    tariff: 'Tariff',
    numbers: 'Numbers',
  },
};
