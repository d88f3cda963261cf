import type { ApiKeyEvent, Role } from '#identity';
import { type AccountId, column, type Instant, projection, table } from '#kernel';

const apiKeysTable = table({
  name: 'api_keys',
  columns: {
    key: 'text',
    role: column.text<Role>(),
    account: column.textOrNull<AccountId>(),
    label: 'text',
    secret_hash: 'text',
    created_at: column.integer<Instant>(),
    revoked_at: column.integerOrNull<Instant>(),
  },
  key: ['key'],
  secret: ['secret_hash'],
});

/** Which API keys exist, and whether they still open anything. */
export const apiKeys = projection({
  name: 'api-keys',
  version: 1,
  tables: [apiKeysTable],
  handles: ['identity.ApiKeyCreated.v1', 'identity.ApiKeyRevoked.v1'],
  apply({ event }, rows) {
    const e = event as ApiKeyEvent;
    if (e.type === 'ApiKeyRevoked') {
      rows.merge('api_keys', { key: e.key }, { set: { revoked_at: e.at } });
      return;
    }
    const { key, role, account, label, secretHash } = e;
    rows.insert('api_keys', {
      key,
      role,
      account,
      label,
      secret_hash: secretHash,
      created_at: e.at,
      revoked_at: null,
    });
  },
});
