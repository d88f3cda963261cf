import { type AccountId, Instant } from '#kernel';
import { specOf } from '#testing';
import {
  type ApiKeyCommand,
  type ApiKeyEvent,
  type ApiKeyRejection,
  apiKey,
  apiKeyRefusals,
  apiKeyStream,
  ROLES,
} from './api-key.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const later = Instant.parse('2026-10-02T09:30:00.000+09:00');
type Create = Omit<Extract<ApiKeyCommand, { type: 'CreateApiKey' }>, 'type'>;

const facts = { key: 'k1', role: 'staff', account: null, label: 'billing', secretHash: 'ab' } as const;
const create = (other: Partial<Create> = {}): ApiKeyCommand => ({
  type: 'CreateApiKey',
  now,
  ...facts,
  ...other,
});
const created = (other: Partial<Create> = {}): ApiKeyEvent => ({
  type: 'ApiKeyCreated',
  at: now,
  ...facts,
  ...other,
});
const revoke: ApiKeyCommand = { type: 'RevokeApiKey', now: later };
const revoked: ApiKeyEvent = { type: 'ApiKeyRevoked', at: later, key: 'k1' };
const A1 = 'A1' as AccountId;
const { given } = specOf(apiKey);

describe('an API key', () => {
  it.each(ROLES.filter(role => role !== 'customer'))('of role %s opens no single account', role =>
    given().when(create({ role })).then(created({ role })),
  );

  it('of a customer opens one account', () =>
    given()
      .when(create({ role: 'customer', account: A1 }))
      .then(created({ role: 'customer', account: A1 })));

  it('is revoked once', () => {
    given(created()).when(revoke).then(revoked);
    given(created(), revoked).when(revoke).thenNothing('the key is revoked already');
  });

  it('never comes back to life', () => given(created(), revoked).when(create()).thenRejected('KEY_EXISTS'));

  it('has a stream of its own', () => expect(apiKeyStream('k1')).toBe('apiKey-k1'));
});

const ROWS: readonly (readonly [ApiKeyRejection, string, ApiKeyEvent[], ApiKeyCommand])[] = [
  ['KEY_EXISTS', 'and a customer without account', [created()], create({ role: 'customer' })],
  ['KEY_NEEDS_ACCOUNT', 'a customer', [], create({ role: 'customer' })],
  ['KEY_TAKES_NO_ACCOUNT', 'an auditor of one account', [], create({ role: 'auditor', account: A1 })],
  ['NO_SUCH_KEY', 'revoked', [], revoke],
];

describe('rejections of an API key, in the order in which they are asked', () => {
  it.each(ROWS)('%s: %s', (code, _why, events, command) =>
    given(...events)
      .when(command)
      .thenRejected(code),
  );

  it('are all met, and the rows follow the list', () =>
    expect(ROWS.map(([code]) => code)).toEqual(Object.keys(apiKeyRefusals)));
});
