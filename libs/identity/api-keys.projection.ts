import type { Projection } from '#kernel';
import type { ApiKeyEvent } from './api-key.js';

/** Which API keys exist, and whether they still open anything. */
export const apiKeys: Projection = {
  name: 'api-keys',
  version: 1,
  tables: [
    {
      name: 'api_keys',
      columns: {
        key: 'text',
        role: 'text',
        account: 'text?',
        label: 'text',
        secret_hash: 'text',
        created_at: 'integer',
        revoked_at: 'integer?',
      },
      key: ['key'],
      secret: ['secret_hash'],
    },
  ],
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
};
