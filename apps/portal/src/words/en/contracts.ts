import type {
  cancel as jaCancel,
  contracts as jaContracts,
  productKinds as jaProductKinds,
} from '../ja/contracts.js';
import type { SameKeys } from '../same-keys.js';

export const contracts: SameKeys<typeof jaContracts> = {
  name: 'Products in contract',
  lead: 'What is in contract and what it costs a month. Cancel here, and undo a cancellation here.',
  counts: 'Contracts by product',
  list: 'Contracts',
  none: 'Nothing is in contract',
  product: 'Product',
  kind: 'Kind',
  count: 'In contract',
  endingNow: 'End with this month',
  endingLater: 'End later',
  numberOrUnique: 'Number or unique',
  circle: 'Circle',
  noCircle: 'Account',
  monthly: 'A month (net)',
  since: 'Since',
  status: 'State',
  endsOn: 'Last day',
  undoUntil: 'Undo until',
  contract: 'Contract ID',
  order: 'Order',
  statuses: { active: 'In use', ending: 'Cancelled', ended: 'Ended' },
  show: 'Show',
  shown: { current: 'In contract', ending: 'Cancelled, still in use', all: 'Ended ones too' },
  anyCircle: 'All circles',
  anyKind: 'All kinds',
  tick: 'Choose',
  tickOne: 'Choose {{name}}',
  tickAll: 'Choose all',
  untick: 'Choose none',
  cancel: 'Cancel ({{count}})',
  undo: 'Undo cancellation ({{count}})',
  undoTitle: 'Undo the cancellation',
  undoConsequence:
    'Contracts that go on as before: {{count}}. ' +
    'With that of a unique, the cancellation of its numbers is undone as well.',
  undoGo: 'Undo the cancellation',
  undone: 'Cancellations undone: {{count}}',
  wholeAccount: 'Cancel the account',
};

export const productKinds: SameKeys<typeof jaProductKinds> = {
  unique: 'Unique',
  number: 'Telephone number',
  vba_number: 'Overseas number',
  option: 'Option',
  account_option: 'Account option',
  trunk: 'SIP trunk',
  trunk_channel: 'SIP trunk channel',
  fax: 'Cloud FAX',
  fax_channel: 'Cloud FAX channel',
  device: 'Device',
  shipping: 'Shipping',
  per_number: 'Charge per number',
  recording_gb: 'Recording storage',
  invoice_posting: 'Invoices by post',
};

export const cancel: SameKeys<typeof jaCancel> = {
  name: 'Cancellation',
  lead: 'See when each contract ends before you confirm. Cancelling costs nothing.',
  rule:
    'What is received by {{time}} on the last day of a month counts for that month, ' +
    'what comes later for the next one.',
  fees:
    'Contracts can be used until midnight of their last day. ' +
    'Monthly fees are due up to the month of that day; no part of them is paid back.',
  chosen: 'Contracts to cancel',
  nothing: 'No contract is chosen.',
  toContracts: 'Products in contract',
  channels: 'Additional channels are not cancelled with it. Cancel them as well if you no longer need them.',
  recordings: 'Once a recording option has ended, its recordings can no longer be downloaded.',
  already: 'Cancelled before',
  notUndone: 'Cannot be undone',
  go: 'Cancel these contracts',
  title: 'Contracts to cancel: {{count}}',
  ends: 'With {{day}}: {{count}}',
  done: 'Your cancellation has been received',
  doneText: 'Everything can be used as before until its last day.',
  withNumbers: 'Cancel the telephone numbers of the unique as well ({{numbers}})',
};
