import type { logins as ja } from '../ja/staff-logins.js';
import type { SameKeys } from '../same-keys.js';

export const logins: SameKeys<typeof ja> = {
  logins: {
    name: 'Logins',
    lead: 'For customers who cannot get in. Make sure first that it is really them.',
    none: 'There are no logins yet',
    add: 'Issue a login',
    go: 'Issue and send the link',
    addConsequence: 'Makes a login for {{name}} and mails a link to choose the first password to {{mail}}.',
    added: 'The login of {{name}} was issued and the link was sent.',
    nameHint: 'The name that the pages show.',
    mailHint: 'For the link, and for codes.',
    loginIdHint: 'Ten digits are issued where it is left empty.',
    phoneHint: 'For codes by SMS or voice.',
    level: 'Of',
    person: 'Name',
    state: 'State',
    locked: 'Locked until {{time}}',
    contacts: 'Contacts',
    noContacts: 'None',
    lastSignIn: 'Last sign-in',
    passwordChanged: 'Password changed',
    remove: 'Remove',
    removeTitle: 'Remove a contact',
    removeLabel: 'Remove contact {{masked}} of {{name}}',
    removeConsequence:
      'Removes contact {{masked}} of {{name}}. All open sessions end; the mail addresses that stay are told.',
    removeLast:
      'Removes the last contact {{masked}} of {{name}}. Sessions end. Then the password alone is enough.',
    removed: 'Contact {{masked}} was removed.',
    unlocked: 'The login of {{name}} is unlocked.',
    secondFactors: 'Remove second factors',
    secondFactorsConsequence:
      'Removes authenticator app and passkeys of {{name}}. Open sessions end at once; a mail tells them.',
  },
};
