import { BusinessDay, Instant, MoneyTotal } from '#kernel';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

const FIRST = BusinessDay.parse('2024-12-31');
const DAYS = Array.from({ length: 72 }, (_, i) => BusinessDay.text(BusinessDay.plus(FIRST, i)));

/** What the journal says that is owed to customers in prepaid value, at the end of a day. */
async function inTheJournal(day: BusinessDay, kind: 'paid' | 'bonus'): Promise<string> {
  let sum = MoneyTotal.zero;
  for (const account of [A1, B2]) {
    const { rows } = await books.product.prepaid.trialBalance(account, BusinessDay.end(day));
    for (const { ledgerAccount, debit, credit } of rows)
      if (ledgerAccount === `prepaid_liability:${kind}`)
        sum = MoneyTotal.add(sum, MoneyTotal.subtract(MoneyTotal.parse(credit), MoneyTotal.parse(debit)));
  }
  return MoneyTotal.text(sum);
}

describe('the report of unused balance (J-08)', () => {
  it.each(DAYS)('is what the journal owes at the end of %s, to the 1/10,000 yen', async text => {
    const day = BusinessDay.parse(text);
    const { asOf, total, byIssueDay, byAge } = await books.product.reports.unused.asOf(day);
    const [paid, bonus] = [await inTheJournal(day, 'paid'), await inTheJournal(day, 'bonus')];
    expect({ asOf, paid: total.paid, bonus: total.bonus }).toEqual({ asOf: text, paid, bonus });
    for (const rows of [byIssueDay, byAge]) {
      const sum = MoneyTotal.sum(rows.map(row => MoneyTotal.parse(row.all)));
      expect(MoneyTotal.text(sum)).toBe(total.all);
    }
  });

  it('tells the days of issue of what is left, and stays what it was when more is spent', async () => {
    const at = (text: string) => books.product.reports.unused.asOf(BusinessDay.parse(text));
    const before = await at('2025-01-31');
    expect(before.byIssueDay.map(({ issuedOn, paid, bonus }) => [issuedOn, paid, bonus])).toEqual([
      ['2025-01-01', '965.2', '0'],
      ['2025-01-20', '0', '50'],
    ]);
    expect(Instant.text(books.clock.now()) > '2025-03-10').toBe(true);
    expect(await at('2025-01-31')).toEqual(before);
  });
});
