import type { LoginLevel, SessionEvent } from '#identity';
import { column, type Instant, projection, table } from '#kernel';

const sessionsTable = table({
  name: 'sessions',
  columns: {
    session: 'text',
    login: 'text',
    level: column.text<LoginLevel>(),
    started_at: column.integer<Instant>(),
    last_seen_at: column.integer<Instant>(),
    expires_at: column.integer<Instant>(),
    origin_sealed: 'text',
    ended_at: column.integerOrNull<Instant>(),
  },
  key: ['session'],
  secret: ['origin_sealed'],
  indexes: [['login', 'expires_at']],
});

/**
 * Sessions of each login, for its own list of them and for where staff acted from. Whether one is live is
 * asked of its stream; what a session saw last is kept to ten minutes.
 */
export const sessions = projection({
  name: 'sessions',
  version: 1,
  tables: [sessionsTable],
  handles: [
    'identity.SessionStarted.v1',
    'identity.SecondStepPassed.v1',
    'identity.SessionSeen.v1',
    'identity.SessionEnded.v1',
  ],
  apply({ event }, rows) {
    const e = event as SessionEvent;
    const key = { session: e.session };
    switch (e.type) {
      case 'SessionStarted': {
        const { session, login, level, at, expiresAt, originSealed } = e;
        rows.insert('sessions', {
          session,
          login,
          level,
          started_at: at,
          last_seen_at: at,
          expires_at: expiresAt,
          origin_sealed: originSealed,
          ended_at: null,
        });
        break;
      }
      case 'SessionSeen':
        rows.merge('sessions', key, { set: { last_seen_at: e.at } });
        break;
      case 'SecondStepPassed':
      case 'SessionEnded':
        rows.merge('sessions', key, { set: { ended_at: e.at } });
        break;
    }
  },
});
