import { assertNever, type Decider, happened, nothing, type Outcome, rejected } from '#kernel';
import { type LoginCommand, type LoginEvent } from './login.events.js';
import { type LoginRejection, loginRefusals, loginUnchanged } from './login.refusals.js';
import { type ExistingLogin, evolveLogin, type LoginState } from './login.state.js';

type Decision = Outcome<LoginEvent, LoginRejection>;
type Command<Type extends LoginCommand['type']> = Extract<LoginCommand, { type: Type }>;

/** More would not help anybody, and every one of them is a way in. */
const CONTACTS_AT_MOST = 5;
const PASSKEYS_AT_MOST = 10;

const staffOnly = (): Decision => rejected(loginRefusals.STAFF_ONLY);
const noTotp = (): Decision => rejected(loginRefusals.NO_TOTP);

function create(command: Command<'CreateLogin'>, state: LoginState): Decision {
  if (state.phase !== 'none') return rejected(loginRefusals.LOGIN_EXISTS);
  const { type: _type, now: at, ...facts } = command;
  return happened<LoginEvent>({ type: 'LoginCreated', at, ...facts });
}

function changePassword(command: Command<'ChangePassword'>, state: ExistingLogin): Decision {
  if (command.unchanged) return rejected(loginRefusals.PASSWORD_UNCHANGED);
  const { now: at, passwordHash } = command;
  return happened<LoginEvent>({ type: 'PasswordChanged', at, login: state.login, passwordHash });
}

/** A demand at the instant of the change stands: it is met by the next one. */
function replacePassword(command: Command<'ReplacePassword'>, state: ExistingLogin): Decision {
  const { now: at, passwordHash } = command;
  const { login } = state;
  return happened<LoginEvent>(
    { type: 'PasswordChanged', at, login, passwordHash },
    { type: 'ForcedChangeSet', at, login, value: 'force' },
  );
}

function resetPassword(command: Command<'ResetPassword'>, state: ExistingLogin): Decision {
  const { now: at, tokenHash, passwordHash } = command;
  const { reset } = state;
  if (reset === null || reset.tokenHash !== tokenHash || at >= reset.expiresAt)
    return rejected(loginRefusals.RESET_REFUSED);
  return happened<LoginEvent>({ type: 'PasswordReset', at, login: state.login, passwordHash });
}

function registerContact(command: Command<'RegisterContact'>, state: ExistingLogin): Decision {
  const { now: at, contact, kind, sealed, mac } = command;
  if (state.contacts.some(one => one.kind === kind && one.mac === mac))
    return rejected(loginRefusals.CONTACT_KNOWN);
  if (state.contacts.length >= CONTACTS_AT_MOST)
    return rejected(loginRefusals.TOO_MANY_CONTACTS, { most: String(CONTACTS_AT_MOST) });
  const { login } = state;
  return happened<LoginEvent>({ type: 'ContactRegistered', at, login, contact, kind, sealed, mac });
}

function removeContact(
  command: Command<'RemoveContact' | 'WithdrawContact'>,
  state: ExistingLogin,
): Decision {
  const { now: at, contact } = command;
  if (!state.contacts.some(one => one.contact === contact)) return rejected(loginRefusals.NO_SUCH_CONTACT);
  const type = command.type === 'RemoveContact' ? 'ContactRemoved' : 'ContactWithdrawn';
  return happened<LoginEvent>({ type, at, login: state.login, contact });
}

function withdrawSecondFactors(
  { now: at }: Command<'WithdrawSecondFactors'>,
  { login, totp: enrolled, passkeys }: ExistingLogin,
): Decision {
  if (enrolled === null && passkeys.length === 0) return nothing(loginUnchanged.NO_SECOND_FACTOR);
  return happened<LoginEvent>({ type: 'SecondFactorsWithdrawn', at, login });
}

function totp(
  command: Command<'EnrolTotp' | 'ConfirmTotp' | 'UseTotp' | 'RemoveTotp'>,
  state: ExistingLogin,
): Decision {
  const { now: at } = command;
  const { login, totp: enrolled } = state;
  if (command.type === 'EnrolTotp') {
    if (enrolled?.confirmedAt != null) return rejected(loginRefusals.TOTP_ENROLLED);
    return happened<LoginEvent>({ type: 'TotpEnrolled', at, login, sealed: command.sealed });
  }
  if (!enrolled) return noTotp();
  if (command.type === 'RemoveTotp') return happened<LoginEvent>({ type: 'TotpRemoved', at, login });
  const confirms = command.type === 'ConfirmTotp';
  if (confirms && enrolled.confirmedAt !== null) return nothing(loginUnchanged.TOTP_CONFIRMED);
  if (!confirms && enrolled.confirmedAt === null) return noTotp();
  const { step } = command;
  if (step === null) return rejected(loginRefusals.CODE_WRONG);
  if (step <= enrolled.lastStep) return rejected(loginRefusals.CODE_USED);
  return happened<LoginEvent>({ type: confirms ? 'TotpConfirmed' : 'TotpStepUsed', at, login, step });
}

function passkey(
  command: Command<'RegisterPasskey' | 'UsePasskey' | 'RemovePasskey'>,
  state: ExistingLogin,
): Decision {
  const { login } = state;
  const known = state.passkeys.find(one => one.passkey === command.passkey);
  if (command.type === 'RegisterPasskey') {
    if (known) return rejected(loginRefusals.PASSKEY_KNOWN);
    if (state.passkeys.length >= PASSKEYS_AT_MOST)
      return rejected(loginRefusals.TOO_MANY_PASSKEYS, { most: String(PASSKEYS_AT_MOST) });
    const { type: _type, now: at, ...facts } = command;
    return happened<LoginEvent>({ type: 'PasskeyRegistered', at, login, ...facts });
  }
  if (!known) return rejected(loginRefusals.NO_SUCH_PASSKEY);
  const { now: at, passkey: id } = command;
  return command.type === 'UsePasskey'
    ? happened<LoginEvent>({ type: 'PasskeyUsed', at, login, passkey: id, counter: command.counter })
    : happened<LoginEvent>({ type: 'PasskeyRemoved', at, login, passkey: id });
}

function ofStaff(
  command: Command<
    | 'EnrolTotp'
    | 'ConfirmTotp'
    | 'UseTotp'
    | 'RemoveTotp'
    | 'RegisterPasskey'
    | 'UsePasskey'
    | 'RemovePasskey'
    | 'WithdrawSecondFactors'
    | 'SetStaffRole'
  >,
  state: ExistingLogin,
): Decision {
  if (state.level !== 'staff') return staffOnly();
  switch (command.type) {
    case 'SetStaffRole': {
      const { now: at, role } = command;
      if (state.role === role) return nothing(loginUnchanged.SAME_ROLE);
      return happened<LoginEvent>({ type: 'StaffRoleSet', at, login: state.login, role });
    }
    case 'RegisterPasskey':
    case 'UsePasskey':
    case 'RemovePasskey':
      return passkey(command, state);
    case 'WithdrawSecondFactors':
      return withdrawSecondFactors(command, state);
    default:
      return totp(command, state);
  }
}

function decide(command: LoginCommand, state: LoginState): Decision {
  if (command.type === 'CreateLogin') return create(command, state);
  if (state.phase === 'none') return rejected(loginRefusals.NO_SUCH_LOGIN);
  const { now: at } = command;
  const { login } = state;
  if (command.type === 'DisableLogin') {
    if (state.phase === 'disabled') return nothing(loginUnchanged.LOGIN_DISABLED_BEFORE);
    return happened<LoginEvent>({ type: 'LoginDisabled', at, login });
  }
  if (state.phase === 'disabled') return rejected(loginRefusals.LOGIN_DISABLED);
  switch (command.type) {
    case 'ChangeLoginId': {
      const { loginIdSealed, loginIdHash } = command;
      if (state.loginIdHash === loginIdHash) return nothing(loginUnchanged.SAME_LOGIN_ID);
      return happened<LoginEvent>({ type: 'LoginIdChanged', at, login, loginIdSealed, loginIdHash });
    }
    case 'ChangePassword':
      return changePassword(command, state);
    case 'ReplacePassword':
      return replacePassword(command, state);
    case 'RehashPassword': {
      const { from, passwordHash } = command;
      if (state.passwordHash !== from) return nothing(loginUnchanged.PASSWORD_CHANGED_MEANWHILE);
      return happened<LoginEvent>({ type: 'PasswordRehashed', at, login, passwordHash });
    }
    case 'SeeOrigin': {
      const { originMac } = command;
      if (state.origins.includes(originMac)) return nothing(loginUnchanged.ORIGIN_KNOWN);
      return happened<LoginEvent>({ type: 'SignInOriginSeen', at, login, originMac });
    }
    case 'SetForcedChange':
      return happened<LoginEvent>({ type: 'ForcedChangeSet', at, login, value: command.value });
    case 'RegisterContact':
      return registerContact(command, state);
    case 'RemoveContact':
    case 'WithdrawContact':
      return removeContact(command, state);
    case 'RequestPasswordReset': {
      const { tokenHash, expiresAt } = command;
      return happened<LoginEvent>({ type: 'PasswordResetRequested', at, login, tokenHash, expiresAt });
    }
    case 'ResetPassword':
      return resetPassword(command, state);
    case 'EnrolTotp':
    case 'ConfirmTotp':
    case 'UseTotp':
    case 'RemoveTotp':
    case 'RegisterPasskey':
    case 'UsePasskey':
    case 'RemovePasskey':
    case 'WithdrawSecondFactors':
    case 'SetStaffRole':
      return ofStaff(command, state);
    default:
      return assertNever(command);
  }
}

export const login: Decider<LoginCommand, LoginEvent, LoginState, LoginRejection> = {
  name: 'login',
  fresh: () => ({ phase: 'none' }),
  decide,
  evolve: evolveLogin,
};
