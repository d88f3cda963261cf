import type { security as ja } from '../ja/security.js';
import type { SameKeys } from '../same-keys.js';

export const security: SameKeys<typeof ja> = {
  name: 'Sign-in and security',
  lead: 'What is known of this login, and where it is signed in.',
  login: 'Login',
  loginId: 'Login ID',
  person: 'Name',
  level: 'Level',
  until: 'Session until',
  sessions: 'Signed in at',
  lastSeen: 'Last seen',
  started: 'Signed in',
  address: 'IP address',
  agent: 'Browser',
  act: 'Act',
  current: 'This device',
  end: 'Sign out',
  endTitle: 'Sign this device out',
  endConsequence: '{{agent}} can do nothing more at once and has to sign in again.',
  ended: 'It is signed out',
};
