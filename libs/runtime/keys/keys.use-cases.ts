import { z } from 'zod';
import { ROLES } from '#identity';
import { accountId, described, words } from '../engine/inputs.js';
import { keepers, watchers } from '../engine/roles.js';
import { allOf, shape, text } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { ApiKey, NewApiKey } from './keys.shapes.js';

export const listKeys = query({
  route: 'GET /keys',
  about: { ja: 'APIキーの一覧（秘密を除く）', en: 'API keys, without their secrets' },
  effect: 'read',
  roles: watchers,
  waits: 'own',
  input: z.strictObject({}),
  cli: { usage: 'key list' },
  answer: allOf(ApiKey),
  run: async ({ keys }) => ({ rows: await keys.list() }),
});

export const createKey = command({
  route: 'POST /keys',
  about: {
    ja: 'APIキーの発行（トークンはこの応答にだけ含まれる）',
    en: 'Create an API key; its token is in this answer and nowhere else',
  },
  effect: 'write',
  roles: keepers,
  waits: 'log',
  input: z.strictObject({
    role: described(z.enum(ROLES), { ja: '権限。', en: 'What it may do.' }),
    account: described(accountId.nullable().default(null), {
      ja: '顧客のキーが扱えるアカウント。',
      en: "The one account of a customer's key.",
    }),
    label: words(100),
  }),
  cli: {
    usage: 'key create',
    without: ['label'],
    creates: true,
    about: {
      ja: 'APIキーの発行（トークンは1回だけ表示され、どこにも保存されない）',
      en: 'Create an API key; its token is printed once and stored nowhere',
    },
  },
  answer: NewApiKey,
  status: 201,
  refusals: ['KEY_NEEDS_ACCOUNT', 'KEY_TAKES_NO_ACCOUNT', 'NO_SUCH_ACCOUNT'],
  run: ({ keys }, input, caller) => keys.create(input, caller),
});

export const revokeKey = command({
  route: 'DELETE /keys/:key',
  about: { ja: 'APIキーの失効（取り消せない）', en: 'Revoke an API key for ever' },
  effect: 'write',
  roles: keepers,
  input: z.strictObject({ key: words(100) }),
  cli: { usage: 'key revoke <key>' },
  answer: shape('RevokedKey', z.object({ key: text })),
  unchanged: true,
  refusals: ['NO_SUCH_KEY'],
  run: ({ keys }, { key }, caller) => keys.revoke(key, caller),
});
