import { BusinessMonth, Instant, InvalidInput, Money } from '#kernel';
import { allRows } from '../../../test/support/product-snapshot.js';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

const history = (limit: number, month?: string) =>
  allRows(cursor =>
    books.product.prepaid.history(A1, {
      limit,
      ...(cursor === undefined ? null : { cursor }),
      ...(month === undefined ? null : { month: BusinessMonth.parse(month) }),
    }),
  );

describe('the prepaid history', () => {
  it('is told newest first, in the words of the field', async () => {
    expect((await history(100)).map(row => [row.item, row.amount, row.postedAfter, row.ref])).toEqual([
      ['reversal', '26.4', '1002.7', 'r1'],
      ['adjustment', '-12.5', '976.3', 'adj-1'],
      ['call', '-26.4', '988.8', 'c4'],
      ['call', '-8.8', '1015.2', 'late'],
      ['rounding', '0.4', '1024', ''],
      ['charge', '50', '1023.6', 'L2'],
      ['call', '-17.6', '973.6', 'c3'],
      ['call', '-8.8', '991.2', 'c1'],
      ['charge', '1000', '1000', 'L1'],
    ]);
  });

  it('ends at what is posted', async () => {
    const [newest] = await history(1);
    expect((await books.product.prepaid.balance(A1))!.posted).toBe(newest!.postedAfter);
  });

  it.each([1, 2, 3, 8, 9])('is the same in pages of %i', async limit =>
    expect(await history(limit)).toEqual(await history(1_000)),
  );

  it('of one month is a part of the whole, balances and all', async () => {
    const whole = await history(1_000);
    for (const month of ['2025-01', '2025-02', '2025-03', '2024-12'])
      for (const limit of [1, 100])
        expect(await history(limit, month)).toEqual(whole.filter(row => row.at.startsWith(month)));
  });

  it('agrees with the wallet at every instant', async () => {
    for (const row of await history(1_000)) {
      const later = (await history(1_000)).find(one => one.at === row.at)!;
      const balance = await books.product.prepaid.balance(A1, Instant.parse(row.at));
      expect([row.at, balance!.posted]).toEqual([row.at, later.postedAfter]);
    }
  });

  it.each([{ limit: 0 }, { limit: 1_001 }, { cursor: 'x' }])('refuses %j', request =>
    expect(books.product.prepaid.history(A1, request)).rejects.toThrow(InvalidInput),
  );
});

describe('the balance', () => {
  it('is posted = held + available, with its lots in the order of expiry', async () => {
    expect(await books.product.prepaid.balance(A1)).toMatchObject({
      posted: '1002.7',
      held: '30',
      available: '972.7',
      receivable: '0',
      lots: [
        { lot: 'L1', kind: 'paid', method: 'card', credited: '1000', held: '30', expiresOn: '2025-06-30' },
        { lot: 'L2', kind: 'bonus', method: 'bonus', credited: '50', remaining: '50', held: '0' },
      ],
    });
    expect(await books.product.prepaid.balance(B2)).toMatchObject({
      posted: '0',
      receivable: '8.8',
      lots: [],
    });
  });

  it.each([
    ['2024-12-31T23:59:59.999+09:00', '0', '0'],
    ['2025-01-01T09:00:00.000+09:00', '1000', '1000'],
    ['2025-01-10T10:01:00.999+09:00', '1000', '1000'],
    ['2025-01-10T10:01:01.000+09:00', '991.2', '991.2'],
    ['2025-02-01T00:00:00.000+09:00', '1015.2', '1015.2'],
    ['2025-03-10T12:00:00.000+09:00', '1002.7', '972.7'],
    ['2025-06-30T23:59:59.999+09:00', '1002.7', '972.7'],
    ['2025-07-01T00:00:00.000+09:00', '80', '50'],
    ['2025-07-20T00:00:00.000+09:00', '30', '0'],
  ])('as of %s is %s posted, %s available', async (at, posted, available) =>
    expect(await books.product.prepaid.balance(A1, Instant.parse(at))).toMatchObject({ posted, available }),
  );

  it('of nobody is not known', async () =>
    expect(await books.product.prepaid.balance('nobody' as typeof A1)).toBeUndefined());
});

describe('the call history', () => {
  const calls = (request: Parameters<typeof books.product.prepaid.calls>[1] = {}, limit = 100) =>
    allRows(cursor =>
      books.product.prepaid.calls(A1, { ...request, limit, ...(cursor === undefined ? null : { cursor }) }),
    );
  const ids = async (...given: Parameters<typeof calls>) => (await calls(...given)).map(row => row.callId);

  it('is told newest first, in pages of any size', async () => {
    expect(await ids()).toEqual(['c4', 'late', 'c3', 'c2', 'c1']);
    for (const limit of [1, 2, 4, 5]) expect(await calls({}, limit)).toEqual(await calls());
  });

  it('keeps the month of a call and the month that bills it apart (J-10)', async () => {
    expect(await ids({ month: BusinessMonth.parse('2025-01') })).toEqual(['late', 'c3', 'c2', 'c1']);
    expect((await calls()).find(row => row.callId === 'late')).toMatchObject({ billingMonth: '2025-02' });
  });

  it('finds by direction and by a part of a number', async () => {
    expect(await ids({ direction: 'in' })).toEqual([]);
    expect(await ids({ number: '1234' })).toHaveLength(5);
    expect(await ids({ number: '999999' })).toEqual([]);
    expect(await ids({ number: '%' })).toHaveLength(5);
  });
});

describe('the trial balance', () => {
  it('is zero in all and for each account', async () => {
    for (const account of [undefined, A1, B2]) {
      const { rows, debit, credit } = await books.product.prepaid.trialBalance(account);
      expect(debit).toBe(credit);
      expect(Money.sum(rows.map(row => Money.of(row.debit)))).toBe(Money.of(debit));
    }
  });

  it('as of an instant balances, and owes what the wallet held then', async () => {
    const instants = [...new Set((await history(1_000)).map(row => row.at)), '2024-12-31T23:59:59.999+09:00'];
    for (const at of instants) {
      const asOf = Instant.parse(at);
      const { rows, debit, credit } = await books.product.prepaid.trialBalance(A1, asOf);
      const owed = rows.filter(row => row.ledgerAccount.startsWith('prepaid_liability'));
      const liability = Money.subtract(
        Money.sum(owed.map(row => Money.of(row.credit))),
        Money.sum(owed.map(row => Money.of(row.debit))),
      );
      const { posted } = (await books.product.prepaid.balance(A1, asOf))!;
      expect([at, debit, Money.text(liability)]).toEqual([at, credit, posted]);
    }
    const last = Instant.parse(instants[0]!);
    expect(await books.product.prepaid.trialBalance(A1, last)).toEqual(
      await books.product.prepaid.trialBalance(A1),
    );
  });

  it('as of an instant is told of one account only', () =>
    expect(
      books.product.prepaid.trialBalance(undefined, Instant.parse('2025-01-31T00:00:00Z')),
    ).rejects.toThrow(InvalidInput));

  it('names every ledger account in both languages', async () => {
    const { rows } = await books.product.prepaid.trialBalance();
    expect(rows.length).toBeGreaterThan(6);
    for (const { name, nameJa } of rows) {
      expect(name).toMatch(/^[A-Z][a-z]/);
      expect(nameJa).toMatch(/[\u3040-\u9fff]/);
    }
  });
});
