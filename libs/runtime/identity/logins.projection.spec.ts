import { type LoginEvent, loginEvents } from '#identity';
import { Instant } from '#kernel';
import { rowsAfter } from '#testing';
import { logins } from './logins.projection.js';

const start = Instant.parse('2026-10-01T09:30:00.000+09:00');
const at = (seconds: number): Instant => Instant.plusMs(start, seconds * 1000);
const created: LoginEvent = {
  type: 'LoginCreated',
  at: start,
  login: 'l1',
  level: 'staff',
  account: null,
  circle: null,
  unique: null,
  role: 'billing',
  name: '田中',
  loginIdSealed: 'sealed',
  loginIdHash: 'h1',
  language: 'ja',
  passwordHash: 'p1',
};
const on = { login: 'l1', at: at(1) };
const disabled: LoginEvent = { ...on, type: 'LoginDisabled' };

describe('the list of logins', () => {
  it('says of which level and role each is, and since when it is disabled', () => {
    const told = (event: LoginEvent) => ({ type: loginEvents.codec.encode(event).type, event });
    const events = [created, { ...on, type: 'StaffRoleSet', role: 'admin' } as const, disabled];
    expect(rowsAfter(logins, ...events.map(told))['logins']).toMatchObject([
      { login: 'l1', level: 'staff', role: 'admin', login_id_sealed: 'sealed', disabled_at: at(1) },
    ]);
  });
});
