import type { care as ja } from '../ja/staff-care.js';
import type { SameKeys } from '../same-keys.js';

/** Words of what staff do for a customer's data, price list and end. */
export const care: SameKeys<typeof ja> = {
  timeline: {
    name: 'Timeline',
    at: 'Time',
    what: 'What happened',
    by: 'By',
    why: 'Why',
    none: 'Nothing happened yet',
  },
  partyOf: {
    title: 'Change: {{what}}',
    consequence: '{{what}} of {{account}} become what was entered; the customer sees them at once.',
    save: 'Save',
  },
  priceListOf: {
    name: 'Price list',
    list: 'Price list of products',
    hint: 'For what is bought from now on, and for monthly fees from the next 1st.',
    consequence: '{{name}} changes from price list {{before}} to {{priceList}}.',
    go: 'Change',
  },
  ending: {
    name: 'Closing and erasing',
    why: 'Why',
    close: {
      name: 'Close the account',
      lead: 'Its data, mail addresses and settings change no more. Contracts are cancelled before.',
      consequence: '{{account}} is closed. This cannot be undone.',
      go: 'Close',
    },
    erase: {
      name: 'Erase personal data',
      lead: 'Contract, billing and shipping data, mails and papers become unreadable. The books stay.',
      approverHint: 'A second person always has to approve it.',
      consequence:
        'The key of the personal data of {{account}} is destroyed, for ever. Write no name into the reason.',
      go: 'Erase',
      done: 'The personal data are erased.',
    },
    approve: {
      name: 'Approve an erasure',
      lead: 'Approve that somebody else erases personal data. Nobody approves his own erasure.',
      go: 'Approve the erasure',
      given:
        'Erasing the personal data of {{account}} is approved. Hand this code to the person who does it.',
    },
    closedWhys: {
      at_request: 'The customer asked for it',
      terms_broken: 'The terms were broken',
      never_used: 'It was never used',
      other: 'Something else',
    },
    erasedWhys: {
      person_asked: 'The person asked for it',
      retention_over: 'They need not be kept any longer',
      opened_by_mistake: 'The account was opened by mistake',
      other: 'Something else',
    },
  },
};
