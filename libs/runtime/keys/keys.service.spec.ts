import { apiKeyUnchanged } from '#identity';
import { parseAccountId } from '#kernel';
import { A1, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Answer, Caller } from '../product.views.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

let sequence = 0;
const caller = (commandId = `key-${++sequence}`): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });
const staff = { role: 'staff', account: null, label: 'billing' } as const;

function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.value;
}
async function stored(): Promise<string> {
  let text = '';
  for await (const piece of books.product.audit.export('jsonl', { withSecrets: true })) text += piece;
  return text;
}

describe('an API key', () => {
  it('opens what it was made for, with the token that was shown once', async () => {
    const { keys } = books.product;
    const made = value(await keys.create({ role: 'customer', account: A1, label: 'portal' }, caller()));
    expect(made.token).toMatch(/^dk_[0-9a-z]{12}_[0-9A-Za-z_-]{43}$/);
    expect(made.token).toContain(made.key);
    expect(await keys.authenticate(made.token)).toMatchObject({
      key: made.key,
      role: 'customer',
      account: 'A1',
      revokedAt: null,
    });
    expect(await stored()).not.toContain(made.token.slice(-43));
  });

  it('of another secret, form or id opens nothing', async () => {
    const { keys } = books.product;
    const { token, key } = value(await keys.create(staff, caller()));
    const secret = token.slice(-43);
    const other = secret.startsWith('A') ? `B${secret.slice(1)}` : `A${secret.slice(1)}`;
    for (const wrong of [
      `dk_${key}_${other}`,
      `dk_zzzzzzzzzzzz_${secret}`,
      `dk_${key}_${secret}A`,
      ` ${token}`,
      `${key}_${secret}`,
      `dk_${key}_`,
      '',
    ]) {
      expect(await keys.authenticate(wrong)).toBeUndefined();
    }
    expect(await keys.authenticate(token)).toMatchObject({ key });
  });

  it('that is revoked opens nothing any more, and stays on the list', async () => {
    const { keys } = books.product;
    const { token, key } = value(await keys.create(staff, caller()));
    expect(value(await keys.revoke(key, caller()))).toEqual({ key });
    expect(await keys.authenticate(token)).toBeUndefined();
    expect((await keys.list()).find(one => one.key === key)).toMatchObject({
      revokedAt: '2025-03-10T12:00:00.000+09:00',
    });
    expect(await keys.revoke(key, caller())).toMatchObject({ kind: 'nothing' });
    expect(await keys.revoke('nobody', caller())).toMatchObject({ rejection: { code: 'NO_SUCH_KEY' } });
  });

  it('is made once per command id: the secret cannot be had again', async () => {
    const { keys } = books.product;
    await keys.create(staff, caller('once'));
    const before = (await keys.list()).length;
    expect(await keys.create(staff, caller('once'))).toEqual({
      kind: 'nothing',
      reason: apiKeyUnchanged.KEY_CREATED_BEFORE,
    });
    expect(await keys.create({ ...staff, label: 'another' }, caller('once'))).toMatchObject({
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await keys.list()).toHaveLength(before);
  });

  it.each([
    ['NO_SUCH_ACCOUNT', { ...staff, role: 'customer', account: parseAccountId('nobody') }],
    ['KEY_NEEDS_ACCOUNT', { ...staff, role: 'customer' }],
    ['KEY_TAKES_NO_ACCOUNT', { ...staff, account: A1 }],
  ] as const)('is refused: %s', async (code, input) =>
    expect(await books.product.keys.create(input, caller())).toMatchObject({ rejection: { code } }),
  );
});
