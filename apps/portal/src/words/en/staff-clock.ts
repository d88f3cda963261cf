import type { clock as ja } from '../ja/staff-clock.js';
import type { SameKeys } from '../same-keys.js';

/** Words of the staff pages while the clock is not trusted. */
export const clock: SameKeys<typeof ja> = {
  clock: {
    label: 'Clock of the server',
    jumped: 'The clock of the server jumped to {{shown}}; it should be about {{believed}}.',
    ahead: 'The clock of the server shows {{shown}}, but the newest record is of about {{believed}}.',
    unreadable: 'The clock of the server shows {{shown}}, but the records cannot be read to check it.',
    waits:
      'Until it is checked, no value expires, no month is closed, and no payment or call begins a month.',
    whatToDo: 'If it is wrong, set it right: all goes on by itself. If it is right, say so.',
    askOthers: 'Billing staff or an administrator can say that it is right.',
    confirm: 'The clock is right',
    title: 'Say that the clock is right',
    consequence:
      '{{shown}} is the right time: value past its date expires at once, months that are over close. Final.',
    go: 'Record it',
    done: 'Recorded: what waited goes on.',
  },
};
