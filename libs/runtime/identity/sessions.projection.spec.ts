import { type SessionEvent, sessionEvents } from '#identity';
import { Instant } from '#kernel';
import { rowsAfter } from '#testing';
import { sessions } from './sessions.projection.js';

const start = Instant.parse('2026-10-01T09:30:00.000+09:00');
const at = (seconds: number): Instant => Instant.plusMs(start, seconds * 1000);
const started: SessionEvent = {
  type: 'SessionStarted',
  at: start,
  session: 's1',
  login: 'l1',
  level: 'account',
  stage: 'second_step',
  epoch: 0,
  secretHash: 'h',
  expiresAt: at(43_200),
  idleMs: 3_600_000,
  language: 'ja',
  originSealed: 'x',
  previous: null,
};

describe('the list of sessions', () => {
  it('says when each began, was seen last and ended', () => {
    const told = (event: SessionEvent) => ({ type: sessionEvents.codec.encode(event).type, event });
    const seen: SessionEvent = { type: 'SessionSeen', at: at(600), session: 's1' };
    const ended: SessionEvent = { type: 'SessionEnded', at: at(700), session: 's1', by: 'sign_out' };
    expect(rowsAfter(sessions, ...[started, seen, ended].map(told))['sessions']).toMatchObject([
      { session: 's1', login: 'l1', last_seen_at: at(600), ended_at: at(700) },
    ]);
  });
});
