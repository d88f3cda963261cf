import {
  type AccountId,
  assertNever,
  type CodeOf,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  nothing,
  type Outcome,
  rejected,
} from '#kernel';

/**
 * staff: everything of the API; customer: one account's own data; auditor: reads everything; job: imports and
 * closes.
 */
export const ROLES = ['staff', 'customer', 'auditor', 'job'] as const;
export type Role = (typeof ROLES)[number];

/** Events of `apiKey-<id>`. The secret itself is shown once and never stored: only its SHA-256. */
export const apiKeyEvents = defineEvents(
  { context: 'identity', stream: 'apiKey-<key>' },
  {
    ApiKeyCreated: event(
      {
        key: fact.text,
        role: fact.id<Role>(),
        /** The one account of a customer's key; null for the other roles. */
        account: fact.orNull(fact.id<AccountId>()),
        label: fact.text,
        secretHash: fact.secret(fact.text),
      },
      {
        word: {
          ja: 'APIキーを発行した。秘密はハッシュのみ残る。',
          en: 'An API key was made; of its secret only the SHA-256 is kept.',
        },
        sentence: {
          ja: '役割 {role} のAPIキー {key}「{label}」を発行した[（アカウント {account}）]。',
          en: 'API key {key} "{label}" of role {role} was made[ for account {account}].',
        },
      },
    ),
    ApiKeyRevoked: event(
      { key: fact.text },
      {
        word: { ja: 'APIキーを失効させた。', en: 'The key opens nothing any more.' },
        sentence: { ja: 'APIキー {key} を失効させた。', en: 'API key {key} was revoked.' },
      },
    ),
  },
);
export type ApiKeyEvent = EventOf<typeof apiKeyEvents>;

export type ApiKeyCommand =
  | {
      readonly type: 'CreateApiKey';
      readonly now: Instant;
      readonly key: string;
      readonly role: Role;
      readonly account: AccountId | null;
      readonly label: string;
      readonly secretHash: string;
    }
  | { readonly type: 'RevokeApiKey'; readonly now: Instant };

export const apiKeyRefusals = defineRefusals({
  KEY_EXISTS: {
    status: 409,
    ja: '同じIDのAPIキーが既にあります。',
    en: 'There is a key of this id already.',
  },
  KEY_NEEDS_ACCOUNT: {
    status: 422,
    ja: 'お客様用のAPIキーにはアカウントが必要です。',
    en: "A customer's key needs its account.",
  },
  KEY_TAKES_NO_ACCOUNT: {
    status: 422,
    ja: '役割が {role} のAPIキーには、アカウントを指定できません。',
    en: 'A key of role {role} is not bound to an account.',
  },
  NO_SUCH_KEY: {
    status: 404,
    ja: 'そのAPIキーはありません。',
    en: 'There is no such key.',
  },
});

/** Why a command may have nothing to do. */
export const apiKeyUnchanged = defineUnchanged({
  KEY_REVOKED: { ja: 'このAPIキーは、既に失効しています。', en: 'the key is revoked already' },
  KEY_CREATED_BEFORE: {
    ja: 'このAPIキーは、既に発行されています。秘密の値を表示するのは発行時の一度だけです。',
    en: 'this key was created before; its secret is shown only once',
  },
});
export type ApiKeyRejection = CodeOf<typeof apiKeyRefusals>;

/** Who a key is: what the server asks for at every request. */
export interface KnownApiKey extends Omit<Extract<ApiKeyEvent, { type: 'ApiKeyCreated' }>, 'type' | 'at'> {
  readonly phase: 'live' | 'revoked';
  readonly createdAt: Instant;
}

export type ApiKeyState = { readonly phase: 'none' } | KnownApiKey;

export const apiKeyStream = (key: string): string => `apiKey-${key}`;

function decide(command: ApiKeyCommand, state: ApiKeyState): Outcome<ApiKeyEvent, ApiKeyRejection> {
  switch (command.type) {
    case 'CreateApiKey': {
      if (state.phase !== 'none') return rejected(apiKeyRefusals.KEY_EXISTS);
      if (command.role === 'customer' && !command.account) return rejected(apiKeyRefusals.KEY_NEEDS_ACCOUNT);
      if (command.role !== 'customer' && command.account) {
        return rejected(apiKeyRefusals.KEY_TAKES_NO_ACCOUNT, { role: command.role });
      }
      const { now: at, key, role, account, label, secretHash } = command;
      return happened<ApiKeyEvent>({ type: 'ApiKeyCreated', at, key, role, account, label, secretHash });
    }
    case 'RevokeApiKey':
      if (state.phase === 'none') return rejected(apiKeyRefusals.NO_SUCH_KEY);
      if (state.phase === 'revoked') return nothing(apiKeyUnchanged.KEY_REVOKED);
      return happened<ApiKeyEvent>({ type: 'ApiKeyRevoked', at: command.now, key: state.key });
    default:
      return assertNever(command);
  }
}

function evolve(state: ApiKeyState, event: ApiKeyEvent): ApiKeyState {
  if (event.type === 'ApiKeyRevoked') return state.phase === 'none' ? state : { ...state, phase: 'revoked' };
  const { at: createdAt, key, role, account, label, secretHash } = event;
  return { phase: 'live', key, role, account, label, secretHash, createdAt };
}

export const apiKey: Decider<ApiKeyCommand, ApiKeyEvent, ApiKeyState, ApiKeyRejection> = {
  name: 'apiKey',
  fresh: () => ({ phase: 'none' }),
  decide,
  evolve,
};
