import { Money } from '#kernel';
import type { ChargeMethod } from '#ledger';
import { B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

let asked = 0;
const charge = (method: ChargeMethod, yen: string, commandId = `limits-${++asked}`) =>
  books.product.prepaid.charge(
    { account: B2, amount: Money.of(yen), method },
    { actor: { id: 'staff:tanaka', reason: 'test' }, commandId },
  );

/** [case, method, largest or smallest refused, its accepted neighbour] */
const CASES: readonly (readonly [string, ChargeMethod, string, string])[] = [
  ['PL-01', 'card', '999', '1000'],
  ['PL-02', 'card', '5000001', '5000000'],
  ['PL-03', 'net_bank', '999', '1000'],
  ['PL-03', 'net_bank', '5000001', '5000000'],
  ['PL-04', 'konbini', '1999', '2000'],
  ['PL-05', 'konbini', '300001', '300000'],
  ['PL-07', 'bank_transfer', '5000001', '5000000'],
];

describe('limits per method hold for every charge', () => {
  it.each(CASES)('%s: %s of %s is refused, of %s accepted', async (_case, method, refused, accepted) => {
    expect(await charge(method, refused)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'OUTSIDE_METHOD_LIMITS', details: { method } },
    });
    expect(await charge(method, accepted)).toMatchObject({ kind: 'done', value: { credited: accepted } });
  });

  it('PL-06: a bank transfer of 0 is refused, of 1 accepted', async () => {
    await expect(charge('bank_transfer', '0')).resolves.toMatchObject({
      rejection: { code: 'OUTSIDE_METHOD_LIMITS', details: { least: '1', most: '5000000' } },
    });
    expect(await charge('bank_transfer', '1')).toMatchObject({ kind: 'done' });
  });

  it.each(['card', 'net_bank', 'konbini', 'bank_transfer'] as const)('%s is whole yen', async method =>
    expect(await charge(method, '2500.5')).toMatchObject({ rejection: { code: 'NOT_WHOLE_YEN' } }),
  );

  it('bonus value is not paid: it has no such limits', async () =>
    expect(await charge('bonus', '0.5')).toMatchObject({ kind: 'done' }));

  it('are policies with a date; what was booked before them stands, whatever they are now', async () => {
    expect(await charge('konbini', '2000', 'before')).toMatchObject({ kind: 'done', replayed: false });
    const rule = `  - name: charge.limits-konbini\n    value: '3000-50000'\n    valid_from: 2025-03-10\n`;
    const yaml = `policies:\n${rule}`;
    const caller = { actor: { id: 'staff:tanaka', reason: 'test' }, commandId: 'policy' };
    expect(await books.product.catalogue.importCatalogueYaml('p.yaml', yaml, caller)).toMatchObject({
      problems: [],
    });
    expect(await charge('konbini', '2000')).toMatchObject({ rejection: { details: { least: '3000' } } });
    expect(await charge('konbini', '2000', 'before')).toMatchObject({ kind: 'done', replayed: true });
    const wrong = yaml.replace('3000-50000', '50000-3000');
    const refused = await books.product.catalogue.importCatalogueYaml('p.yaml', wrong, {
      ...caller,
      commandId: 'p2',
    });
    expect(refused.problems).not.toEqual([]);
  });
});
