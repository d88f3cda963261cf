import type { parkedMoney as ja } from '../ja/staff-parked-money.js';
import type { SameKeys } from '../same-keys.js';

export const parkedMoney: SameKeys<typeof ja> = {
  name: 'Parked money',
  lead: 'Money that came in and is not what was ordered. Decide whether it is credited or goes back.',
  none: {
    waiting: 'No money waits for a decision',
    decided: 'None has been decided on',
  },
  show: 'Show',
  states: { waiting: 'Waiting', decided: 'Decided' },
  at: 'Parked at',
  amount: 'Came in',
  ordered: 'Ordered',
  why: 'Why',
  whys: {
    different_amount: 'Another amount than ordered',
    after_deadline: 'Paid after the deadline',
    second_payment: 'Paid twice',
    cancelled_order: 'Paid after it was cancelled',
    account_closed: 'Paid after the account ended',
  },
  method: 'Method',
  payment: 'Order',
  gateway: 'Gateway',
  reference: 'Payment at the gateway',
  ends: {
    credited: {
      go: 'Credit',
      label: 'Credit {{parked}}',
      title: 'Credit this money?',
      consequence: '{{amount}} yen are added to the balance of {{account}}. This cannot be undone.',
      done: 'The money was credited',
    },
    returned: {
      go: 'Give back',
      label: 'Give {{parked}} back',
      title: 'Give this money back?',
      consequence:
        '{{amount}} yen go back to the customer {{account}} by the gateway. This cannot be undone.',
      done: 'The refund was accepted',
    },
  },
};
