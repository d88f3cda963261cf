import type { auditor as ja } from '../ja/auditor.js';
import type { SameKeys } from '../same-keys.js';

export const auditor: SameKeys<typeof ja> = {
  trialBalance: {
    name: 'Trial balance',
    lead: 'All journal entries by ledger account. Debits and credits are always equal.',
    account: 'Ledger account',
    debit: 'Debit',
    credit: 'Credit',
    unit: 'In yen',
  },
};
