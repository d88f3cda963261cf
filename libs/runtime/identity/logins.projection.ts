import type { LoginEvent, LoginLevel, SessionEvent, StaffRole } from '#identity';
import { type AccountId, column, type Instant, projection, table } from '#kernel';

const loginsTable = table({
  name: 'logins',
  columns: {
    login: 'text',
    level: column.text<LoginLevel>(),
    account: column.textOrNull<AccountId>(),
    circle: 'text?',
    unique_id: 'text?',
    role: column.textOrNull<StaffRole>(),
    name: 'text',
    login_id_sealed: 'text',
    created_at: column.integer<Instant>(),
    password_changed_at: column.integer<Instant>(),
    disabled_at: column.integerOrNull<Instant>(),
    signed_in_at: column.integerOrNull<Instant>(),
  },
  key: ['login'],
  secret: ['login_id_sealed'],
  indexes: [
    ['level', 'created_at'],
    ['account', 'level', 'created_at'],
  ],
});

/**
 * Which logins there are, of which level, what they may and when they were signed in last: for the lists of
 * staff and of an account's logins, and for names of actors.
 */
export const logins = projection({
  name: 'logins',
  version: 2,
  tables: [loginsTable],
  handles: [
    'identity.LoginCreated.v1',
    'identity.LoginIdChanged.v1',
    'identity.PasswordChanged.v1',
    'identity.PasswordReset.v1',
    'identity.StaffRoleSet.v1',
    'identity.LoginDisabled.v1',
    'identity.SessionStarted.v1',
  ],
  apply({ event }, rows) {
    const e = event as LoginEvent | SessionEvent;
    if (!('login' in e)) return;
    const key = { login: e.login };
    switch (e.type) {
      case 'LoginCreated': {
        const { login, level, account, circle, unique, role, name, loginIdSealed, at } = e;
        rows.insert('logins', {
          login,
          level,
          account,
          circle,
          unique_id: unique,
          role,
          name,
          login_id_sealed: loginIdSealed,
          created_at: at,
          password_changed_at: at,
          disabled_at: null,
          signed_in_at: null,
        });
        break;
      }
      case 'LoginIdChanged':
        rows.merge('logins', key, { set: { login_id_sealed: e.loginIdSealed } });
        break;
      case 'PasswordChanged':
      case 'PasswordReset':
        rows.merge('logins', key, { set: { password_changed_at: e.at } });
        break;
      case 'StaffRoleSet':
        rows.merge('logins', key, { set: { role: e.role } });
        break;
      case 'LoginDisabled':
        rows.merge('logins', key, { set: { disabled_at: e.at } });
        break;
      case 'SessionStarted':
        // A session that waits for its second step is a password, and no sign-in yet.
        if (e.stage !== 'second_step') rows.merge('logins', key, { set: { signed_in_at: e.at } });
        break;
    }
  },
});
