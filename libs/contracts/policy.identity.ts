/** A number of seconds, at most 11 days. */
const SECONDS = /^[1-9]\d{0,5}$/;
const TIMES = /^[1-9]\d{0,3}$/;

/**
 * The rules of logins and sessions. What the documents do not print (lifetimes, limits of wrong entries:
 * ACC-25, AUT-05, AUT-06) has its standard here and nowhere else.
 */
export const IDENTITY_POLICIES = {
  'identity.login-id-least': {
    form: TIMES,
    standard: '4',
    about: 'fewest characters of a login id (ACC-14)',
  },
  'identity.login-id-most': { form: TIMES, standard: '50', about: 'most characters of a login id (ACC-14)' },
  'identity.password-least': {
    form: TIMES,
    standard: '8',
    about: 'fewest characters of a password (ACC-16)',
  },
  'identity.password-most': { form: TIMES, standard: '256', about: 'most characters of a password' },
  'identity.password-symbols': {
    form: /^[!-/:-@[-`{-~]{1,32}$/,
    standard: '!@#$%^&*?_-',
    about: 'symbols that a password may hold, at least one of them (ACC-16)',
  },
  'identity.password-digit': {
    form: /^(required|free)$/,
    standard: 'free',
    about: 'whether a password needs a digit (ACC-16)',
  },
  'identity.password-stale-days': {
    form: TIMES,
    standard: '365',
    about: 'days after which a login is asked to change its password (ACC-25)',
  },
  'identity.code-lifetime-s': { form: SECONDS, standard: '600', about: 'a one-time code is valid so long' },
  'identity.code-tries': { form: TIMES, standard: '5', about: 'entries of one code, right or wrong' },
  'identity.code-resend-s': { form: SECONDS, standard: '60', about: 'wait before a code is sent again' },
  'identity.codes-per-hour': { form: TIMES, standard: '5', about: 'codes that a login is sent in an hour' },
  'identity.sms-prefixes': {
    form: /^\d{2,5}(,\d{2,5})*$/,
    standard: '070,080,090',
    about: 'how numbers begin that can be sent SMS (AUT-02)',
  },
  'identity.session-life-s': { form: SECONDS, standard: '43200', about: 'longest session of a customer' },
  'identity.session-idle-s': { form: SECONDS, standard: '3600', about: 'a session unused so long is over' },
  'identity.staff-session-life-s': { form: SECONDS, standard: '28800', about: 'longest session of staff' },
  'identity.staff-session-idle-s': {
    form: SECONDS,
    standard: '1800',
    about: 'a session of staff unused so long is over',
  },
  'identity.login-tries': {
    form: TIMES,
    standard: '10',
    about: 'failed tries of a login id that lock it for the network they come from',
  },
  'identity.login-tries-anywhere': {
    form: TIMES,
    standard: '100',
    about: 'failed tries of a login id from all networks; those that it signed in from before stay free',
  },
  'identity.address-tries': { form: TIMES, standard: '50', about: 'failed tries that lock an address' },
  'identity.tries-window-s': { form: SECONDS, standard: '900', about: 'tries within so long count together' },
  'identity.lock-s': {
    form: SECONDS,
    standard: '900',
    about: 'the first lock; each next one is twice as long',
  },
  'identity.lock-most-s': { form: SECONDS, standard: '86400', about: 'no lock is longer' },
  'identity.reset-lifetime-s': { form: SECONDS, standard: '3600', about: 'a reset link is valid so long' },
  'identity.resets-per-hour': { form: TIMES, standard: '5', about: 'reset mails of a login id in an hour' },
} as const satisfies Record<string, { form: RegExp; standard: string; about: string }>;
