import { type ApiKeyEvent, apiKeyEvents } from '#identity';
import { type AccountId, Instant } from '#kernel';
import { rowsAfter } from '#testing';
import { apiKeys } from './api-keys.projection.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const later = Instant.parse('2026-10-02T09:30:00.000+09:00');
const event: ApiKeyEvent = {
  type: 'ApiKeyCreated',
  at: now,
  key: 'k1',
  role: 'customer',
  account: 'A1' as AccountId,
  label: 'billing',
  secretHash: 'ab',
};
const revoked: ApiKeyEvent = { type: 'ApiKeyRevoked', at: later, key: 'k1' };

describe('the list of API keys', () => {
  const told = (event: ApiKeyEvent) => ({ type: apiKeyEvents.codec.encode(event).type, event });

  it('says which still open something', () => {
    const row = {
      key: 'k1',
      role: 'customer',
      account: 'A1',
      label: 'billing',
      secret_hash: 'ab',
      created_at: now,
    };
    expect(rowsAfter(apiKeys, told(event))).toEqual({ api_keys: [{ ...row, revoked_at: null }] });
    expect(rowsAfter(apiKeys, told(event), told(revoked))).toEqual({
      api_keys: [{ ...row, revoked_at: later }],
    });
  });
});
