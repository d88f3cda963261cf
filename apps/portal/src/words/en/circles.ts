import type {
  circle as jaCircle,
  circles as jaCircles,
  lowerPassword as jaLowerPassword,
} from '../ja/circles.js';
import type { SameKeys } from '../same-keys.js';

export const circles: SameKeys<typeof jaCircles> = {
  name: 'Circles',
  lead:
    'Groups in which extension calls work. ' +
    'From here you can go down to the pages of circles and uniques.',
  uniquesName: 'Uniques',
  search: 'Search circles, uniques and numbers',
  circle: 'Circle ID',
  user: 'User',
  uniques: 'Uniques',
  forced: 'Forced password change',
  created: 'Since',
  act: 'Actions',
  enter: 'Open its pages',
  enterLabel: 'Open its pages: {{name}}',
  representative: 'Representative',
  representativeNote: "* marks the representative circle, the account administrator's.",
  add: 'Add a circle',
  added: 'The circle was added (circle ID {{id}})',
  none: 'There is no circle yet',
  noMatch: 'No circle or unique matches',
  found: 'Found',
  kind: 'Kind',
  id: 'ID',
  numbers: 'Numbers',
};

export const circle: SameKeys<typeof jaCircle> = {
  data: 'User, person in charge, address',
  changeData: 'Change user data',
  noData: 'Nothing is known yet of who uses it, who is in charge and where it is.',
  address: 'Address',
  changedAt: 'Last changed',
  backTo: 'Back to the circle',
  name: 'Circle',
  facts: 'About the circle',
  uniques: 'Uniques (terminals)',
  unique: 'Unique ID',
  noNumbers: 'none',
  addUnique: 'Add a unique',
  addedUnique: 'The unique was added (unique ID {{id}})',
  noUniques: 'There is no unique yet',
  setNumbers: 'Set numbers',
  setNumbersLabel: 'Set the numbers of {{name}}',
  numbersTitle: 'Numbers of {{name}}',
  numbersHint:
    'A number alone can neither call nor be called. Choose the numbers that this unique uses. ' +
    'An incoming number of another unique moves to this one.',
  incoming: 'Incoming numbers',
  outgoing: 'Outgoing number',
  outgoingHint: 'It is what callees are shown.',
  outgoingAny: 'Any of its incoming numbers',
  outgoingNone: 'No calls to the outside',
  numbersSaved: 'The numbers were set',
  noAccountNumbers: 'The account has no numbers.',
  force: 'Forced password change',
  forceHint: 'Asks the logins of this circle to change their passwords at the next sign-in.',
  none: 'No',
  warn: 'Warn (urged to change, may do it later)',
  forced: 'Force (nothing else until it is changed)',
  noneShort: 'No',
  warnShort: 'Warn',
  forcedShort: 'Force',
  forceSaved: 'The forced change was set',
  forceTitle: 'Force a password change',
  forceConsequence:
    'At the next sign-in the users of circle {{id}} can do nothing until they have set a new password.',
  forceGo: 'Force it',
  newName: 'User (name)',
  newLoginIdHint:
    '4 to 50 letters, digits and @ - _ . and not digits only. Ten digits are issued without one.',
  newPassword: 'Login password',
  newMailHint: 'Codes for signing in are sent there.',
  create: 'Add',
};

export const lowerPassword: SameKeys<typeof jaLowerPassword> = {
  name: 'Reset the password',
  short: 'Password',
  title: 'Reset the password of {{name}}',
  lead: 'Sets a temporary password for somebody who forgot theirs. Tell it to them yourself.',
  next: 'Temporary password',
  go: 'Reset',
  consequence:
    'Login ID {{loginId}} is signed out everywhere. Whoever signs in with the temporary password ' +
    'has to choose one of their own.',
  done: 'The password of {{name}} was reset',
};

/** What of a circle is allotted to its terminals. */
export const allotments = {
  name: 'Allotments',
  lead: 'Calls, FAX channels and options in contract are given to uniques, in all no more than there are.',
  none: 'Nothing in contract is allotted',
  contracted: 'In contract',
  allotted: 'Allotted in all',
  ending: 'Ends',
  ends: '({{count}})',
  noUniques: 'There is no unique to allot it to',
  hint: 'Up to {{count}} can be allotted in all. When contracts end, what is above the rest is taken off.',
  saved: 'The allotments were saved',
};
