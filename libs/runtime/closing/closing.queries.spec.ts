import { BusinessDay, BusinessMonth, Money } from '#kernel';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Caller } from '../product.views.js';
import type { InvoiceSearch } from './closing.inputs.js';

let books: SmallBooks;
const caller = (commandId: string): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });
beforeAll(async () => {
  books = await smallBooks();
  books.clock.moveTo('2025-04-01T09:00:00.000+09:00');
  for (const month of ['2025-01', '2025-02', '2025-03'])
    await books.product.closing.run({ month: BusinessMonth.parse(month), dryRun: false }, caller(month));
});
afterAll(() => books.home.end());

const found = async (search: InvoiceSearch): Promise<string[]> =>
  (await books.product.closing.invoices(search)).rows.map(
    row => `${row.account} ${row.date} ${Number.parseInt(row.total, 10)}`,
  );
const [JANUARY, FEBRUARY] = ['A1 2025-01-31 26', 'A1 2025-02-28 9'];
const OTHER = 'B2 2025-02-28 9';
const day = BusinessDay.parse;
const yen = Money.of;

/** J-12: electronic records are found by date, amount and counterparty, by ranges, and any two combined. */
describe('invoices are found', () => {
  it.each<[what: string, search: InvoiceSearch, invoices: readonly string[]]>([
    ['by nothing: all', {}, [FEBRUARY, OTHER, JANUARY]],
    ['from a day on', { from: day('2025-02-01') }, [FEBRUARY, OTHER]],
    ['up to a day, inclusive', { to: day('2025-01-31') }, [JANUARY]],
    ['between days', { from: day('2025-01-31'), to: day('2025-02-27') }, [JANUARY]],
    ['from an amount on, inclusive', { least: yen('26') }, [JANUARY]],
    ['up to an amount', { most: yen('25.9') }, [FEBRUARY, OTHER]],
    ['between amounts', { least: yen('9'), most: yen('26') }, [FEBRUARY, OTHER, JANUARY]],
    ['by a part of a name', { counterparty: '会社b2' }, [OTHER]],
    ['by a part of an id', { counterparty: 'a' }, [FEBRUARY, JANUARY]],
    ['by a name with a sign of the search language', { counterparty: '%' }, []],
    ['by date and amount', { from: day('2025-02-01'), least: yen('10') }, []],
    ['by date and counterparty', { to: day('2025-01-31'), counterparty: 'B2' }, []],
    ['by amount and counterparty', { most: yen('10'), counterparty: 'A1' }, [FEBRUARY]],
    ['by account and month as well', { account: A1, month: BusinessMonth.parse('2025-02') }, [FEBRUARY]],
    ['of one account', { account: B2 }, [OTHER]],
  ])('%s', async (_what, search, invoices) => expect(await found(search)).toEqual(invoices));
});
