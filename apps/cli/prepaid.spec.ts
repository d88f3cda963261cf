import { type SmallBooks, smallBooks } from '../../test/support/small-books.js';
import { hostWith, jsonLines, ran } from './spec-support.fixture.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
}, 30_000);
afterAll(() => books.home.end());

const run = (words: string) => ran(words.split(' '), hostWith(books.product));

describe('charge', () => {
  it.each([
    ['PL-01', 'card', '999', 'OUTSIDE_METHOD_LIMITS'],
    ['PL-02', 'card', '5000001', 'OUTSIDE_METHOD_LIMITS'],
    ['PL-03', 'net_bank', '999', 'OUTSIDE_METHOD_LIMITS'],
    ['PL-04', 'konbini', '1999', 'OUTSIDE_METHOD_LIMITS'],
    ['PL-05', 'konbini', '300001', 'OUTSIDE_METHOD_LIMITS'],
    ['PL-07', 'bank_transfer', '5000001', 'OUTSIDE_METHOD_LIMITS'],
    ['whole yen', 'card', '1000.5', 'NOT_WHOLE_YEN'],
  ])('%s: ends with 1 and the code for %s of %s', async (_case, method, amount, code) => {
    const { exit, err } = await run(`charge --account B2 --amount ${amount} --method ${method}`);
    expect([exit, err]).toEqual([1, expect.stringContaining(code)]);
  });

  it('says the limits of the method', async () => {
    const { err } = await run('charge --account B2 --amount 1999 --method konbini');
    expect(err).toMatch(/2000.*300000/s);
  });
});

describe('history', () => {
  it('tells what a call cost, what stays owed, and what a charge paid of it', async () => {
    await run('charge --account B2 --amount 100 --method bank_transfer --id paid');
    const rows = jsonLines((await run('history --account B2 --json')).out);
    expect(rows).toMatchObject([
      { item: 'receivable_paid', amount: '-8.8', postedAfter: '91.2', owed: '-8.8', owedAfter: '0' },
      { item: 'charge', amount: '100', postedAfter: '100', gross: null, owed: '0', owedAfter: '8.8' },
      { item: 'call', net: '8', tax: '0.8', gross: '8.8', covered: '0', amount: '0', owedAfter: '8.8' },
    ]);
    expect(rows[0]).toMatchObject({ pays: [{ ref: 'b1', amount: '8.8' }] });
    const { out } = await run('history --account B2 --lang ja');
    expect(out).toMatch(/料金\(税込\).*金額.*残高.*未払い.*未払い残/);
    expect(out).toMatch(/未払い分への充当.*-8\.8.*91\.2.*-8\.8.*0.*b1 8\.8/);
  });
});
