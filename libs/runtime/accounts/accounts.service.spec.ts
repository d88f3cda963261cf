import { BusinessDay, Money, parseAccountId } from '#kernel';
import { allRows } from '../../../test/support/product-snapshot.js';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Caller } from '../product.views.js';

let books: SmallBooks;
beforeEach(async () => {
  books = await smallBooks();
});
afterEach(() => books.home.end());

let sequence = 0;
const caller = (commandId = `a-${++sequence}`): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });
const opening = (
  id: string,
  other: { numbers?: readonly string[]; tariff?: string; name?: string } = {},
) => ({
  account: parseAccountId(id),
  name: `株式会社${id}`,
  openedOn: BusinessDay.parse('2025-03-01'),
  numbers: [],
  tariff: 'std',
  incomingDiscount: Money.zero,
  ...other,
});

describe('an account', () => {
  it('is opened with its numbers and known by its id', async () => {
    const { accounts } = books.product;
    const input = opening('C3', { numbers: ['0311111111', '0322222222'] });
    expect(await accounts.open(input, caller('open-c3'))).toMatchObject({
      kind: 'done',
      value: { account: 'C3', numbers: ['0311111111', '0322222222'], revision: 2 },
      replayed: false,
    });
    expect(await accounts.open(input, caller('open-c3'))).toMatchObject({ kind: 'done', replayed: true });
    expect(await accounts.open(opening('C3', { name: '別' }), caller('open-c3'))).toMatchObject({
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await accounts.get(parseAccountId('C3'))).toMatchObject({ name: '株式会社C3' });
    expect(await accounts.get(parseAccountId('nobody'))).toBeUndefined();
  });

  it.each([
    ['ACCOUNT_EXISTS', opening('A1', { tariff: 'none' })],
    ['NAME_REQUIRED', opening('C3', { name: '', tariff: 'none' })],
    ['NO_SUCH_TARIFF', opening('C3', { tariff: 'none' })],
  ])('is refused without a trace: %s', async (code, input) => {
    const { head } = await books.product.health();
    expect(await books.product.accounts.open(input, caller())).toMatchObject({ rejection: { code } });
    expect((await books.product.health()).head).toBe(head);
  });

  it('has each number once and in one form, whichever form it was given in', async () => {
    const { accounts } = books.product;
    const { head } = await books.product.health();
    const twice = opening('C3', { numbers: ['05099998888', '+815099998888'] });
    await expect(accounts.open(twice, caller())).rejects.toMatchObject({ field: 'numbers' });
    await expect(accounts.open(opening('C3', { name: 'a\nb' }), caller())).rejects.toMatchObject({
      field: 'name',
    });
    expect((await books.product.health()).head).toBe(head);
    expect(await accounts.open(opening('C3', { numbers: ['+815099998888'] }), caller())).toMatchObject({
      value: { numbers: ['05099998888'] },
    });
    for (const number of ['05099998888', '+815099998888'])
      expect(await accounts.assignNumber(A1, number, caller())).toMatchObject({
        rejection: { code: 'NUMBER_TAKEN' },
      });
  });

  it('cannot take the number of another one', async () => {
    const { accounts } = books.product;
    const [number] = (await accounts.get(A1))!.numbers;
    expect(await accounts.open(opening('C3', { numbers: [number!] }), caller())).toMatchObject({
      rejection: { code: 'NUMBER_TAKEN', details: { number } },
    });
    expect(await accounts.assignNumber(B2, number!, caller())).toMatchObject({
      rejection: { code: 'NUMBER_TAKEN' },
    });
  });

  it('that is refused for one number leaves the others free', async () => {
    const { accounts } = books.product;
    const [number] = (await accounts.get(A1))!.numbers;
    const { head } = await books.product.health();
    expect(await accounts.open(opening('C3', { numbers: ['0311111111', number!] }), caller())).toMatchObject({
      rejection: { code: 'NUMBER_TAKEN', details: { number } },
    });
    expect((await books.product.health()).head).toBe(head);
    expect(await accounts.assignNumber(B2, '0311111111', caller())).toMatchObject({ kind: 'done' });
  });

  it('claims no number with a command id that was used for another one', async () => {
    const { accounts } = books.product;
    await accounts.assignNumber(A1, '0311111111', caller('assign-1'));
    expect(await accounts.assignNumber(A1, '0322222222', caller('assign-1'))).toMatchObject({
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await accounts.assignNumber(B2, '0322222222', caller())).toMatchObject({ kind: 'done' });
  });

  it('is found by a part of its id, name or number; % and _ are no wild cards', async () => {
    const { accounts } = books.product;
    await accounts.open(opening('C3', { name: '100% 例', numbers: ['0311111111'] }), caller());
    const found = async (search: string) => (await accounts.list({ search })).rows.map(row => row.account);
    expect(await found('C3')).toEqual(['C3']);
    expect(await found('c3')).toEqual(['C3']);
    expect(await found('株式会社')).toEqual(['A1', 'B2']);
    expect(await found('031111')).toEqual(['C3']);
    expect(await found('100%')).toEqual(['C3']);
    expect(await found('%')).toEqual(['C3']);
    expect(await found('_')).toEqual([]);
  });

  it('is listed in pages, by id', async () => {
    const { accounts } = books.product;
    for (const id of ['Z9', 'C3', 'a1']) await accounts.open(opening(id), caller());
    const all = (await accounts.list()).rows;
    expect(all.map(row => row.account)).toEqual(['A1', 'B2', 'C3', 'Z9', 'a1']);
    for (const limit of [1, 2, 5])
      expect(await allRows(cursor => accounts.list({ limit, ...(cursor ? { cursor } : null) }))).toEqual(all);
  });
});
