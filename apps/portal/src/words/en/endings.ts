import type { purchases as jaPurchases, suspended as jaSuspended, whole as jaWhole } from '../ja/endings.js';
import type { SameKeys } from '../same-keys.js';

export const whole: SameKeys<typeof jaWhole> = {
  circleName: 'Cancel a circle',
  accountName: 'Cancel the account',
  accountLead: 'All circles, uniques, numbers and options end with the account.',
  cancelCircle: 'Cancel the circle',
  toAccount: 'Cancel the account',
  what: 'What ends',
  nothing: 'No contract ends with it.',
  circleEnds: 'Cancelled now, the circle ends with {{day}}.',
  accountEndsThen: 'Cancelled now, the account ends with {{day}}.',
  everything: 'All uniques, numbers and options in it end together.',
  logins: 'From midnight after the last day the circle and its uniques can no longer sign in.',
  accountLogins:
    'From midnight after the last day circles and uniques can no longer sign in. ' +
    'The account can still read its invoices and statements.',
  balance: 'The prepaid balance stays until it expires; it is not paid back.',
  fees:
    'Cancelling costs nothing. ' +
    'Monthly fees are due up to the month of the last day; no part is paid back.',
  recordings: 'Recordings cannot be downloaded after the last day. Save what you need before.',
  until: 'Can be undone until {{time}}.',
  never: 'The cancellation of an account cannot be undone.',
  go: 'Cancel it',
  circleTitle: 'Cancel the circle “{{name}}”',
  accountTitle: 'Cancel the account {{account}}',
  endsOn: 'It ends with {{day}}.',
  count: 'Contracts that end: {{count}}',
  typed: 'Enter the account ID to confirm',
  typedHint: 'Enter {{account}}.',
  notTyped: 'This is not the account ID',
  done: 'Your cancellation has been received',
  circleAccepted: 'The circle is cancelled. It ends with {{day}}.',
  circleOver: 'The circle ended with {{day}}.',
  accountEnds: 'The account is cancelled. All services end with {{day}}.',
  undo: 'Undo the cancellation',
  undoTitle: 'Undo the cancellation of the circle “{{name}}”',
  undoConsequence: 'The circle and what was cancelled with it go on as before.',
  undone: 'The cancellation of the circle was undone',
  status: 'State',
  statuses: { active: 'In use', ending: 'Ending', ended: 'Ended' },
  show: 'Show',
  shown: { all: 'All', active: 'In use', ending: 'Ending', ended: 'Ended' },
  noneSo: 'There is no such circle',
};

export const purchases: SameKeys<typeof jaPurchases> = {
  name: 'Purchases and cancellations',
  lead: 'What was bought and cancelled, newest first; an initial fee has a line of its own.',
  none: 'Nothing has been bought yet',
  at: 'Applied on',
  quantity: 'Quantity',
  price: 'Unit price (net)',
  status: 'Status',
  statuses: { ending: 'Ending', ended: 'Ended', void: 'Undone or replaced' },
};

export const suspended: SameKeys<typeof jaSuspended> = {
  since:
    'The service has been suspended since {{time}} for what is unpaid. ' +
    'It goes on at once when a charge has paid all of it.',
  toPrepaid: 'See the balance',
};
