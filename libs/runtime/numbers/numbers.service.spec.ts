import type { AccountId } from '#kernel';
import { BusinessDay } from '#kernel';
import { A1, B2, type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Caller } from '../product.views.js';

let books: SmallBooks;
beforeAll(async () => {
  books = await smallBooks();
});
afterAll(() => books.home.end());

let sequence = 0;
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `n-${++sequence}` });
const HEADER = 'first,last,kind,product,region,city,area_code\n';
const TOKYO = '03-0000-0000,0300000099,KDU,number.03,東京都,千代田区,03\n';
const OSAKA = '0600000000,0600010009,STA,number.06,大阪府,大阪市,06\n';
const FREE = '0120000000,0120000000,UCA,number.0120,,,0120\n';
const take = (text: string, dryRun = false) =>
  books.product.numbers.importFile('numbers.csv', text, caller(), { dryRun });

const search = async (more: object = {}) =>
  books.product.numbers.search({ sort: 'number', limit: 1_000, ...more });
const numbersOf = async (more: object = {}) => (await search(more)).rows.map(({ number }) => number);
const ofCart = (account: AccountId, cart = `${account}_account`) => ({ account, cart });
const ofOrder = (account: AccountId, order: string) => ({ ...ofCart(account), order, product: 'number.03' });

describe('a file of numbers', () => {
  it('brings its ranges into stock, once, and is told before', async () => {
    const came = { ranges: 3, numbers: 10_111, known: 0, groups: 0 };
    expect(await take(HEADER + TOKYO + OSAKA + FREE, true)).toEqual({ problems: [], imported: came });
    expect(await numbersOf()).toEqual([]);
    expect(await take(HEADER + TOKYO + OSAKA + FREE)).toEqual({ problems: [], imported: came });
    expect(await take(HEADER + TOKYO + OSAKA)).toMatchObject({ imported: { numbers: 0, known: 10_110 } });
    expect(await books.product.numbers.counts()).toMatchObject([
      { category: 'domestic', kind: 'KDU', areaCode: '03', numbers: 100, available: 100 },
      { category: 'domestic', kind: 'STA', areaCode: '06', numbers: 10_010, available: 10_010 },
      { category: 'free_call', kind: 'UCA', areaCode: '0120', numbers: 1, available: 1 },
    ]);
  });

  it('names every line and field that is wrong, and brings nothing', async () => {
    const bad = `${HEADER}0300000200,0300000100,KDU,number.03,,,03\n1001,0300000100,kdu,,,,03\n`;
    const { problems, imported } = await take(bad);
    expect(problems.map(({ line, field, code }) => [line, field, code])).toEqual([
      [2, 'last', 'NOT_A_RANGE'],
      [3, 'first', 'NOT_FOR_STOCK'],
      [3, 'kind', 'NOT_A_KIND'],
      [3, 'product', 'REQUIRED'],
    ]);
    expect(imported.numbers).toBe(0);
    const other = await take(`${HEADER}0300000050,0300000150,KDU,number.special,,,03\n`);
    expect(other.problems).toMatchObject([{ line: 2, field: 'first', code: 'NUMBERS_STOCKED_OTHERWISE' }]);
    const twice = await take(`${HEADER}${TOKYO}0300000099,0300000101,KDU,number.03,,,03\n`);
    expect(twice.problems).toMatchObject([{ line: 3, field: 'first', code: 'OVERLAPS' }]);
    expect((await take('first,last\n')).problems.map(({ field }) => field)).toEqual([
      ...['kind', 'product', 'region', 'city', 'area_code'],
    ]);
  });
});

describe('a search', () => {
  it('finds by every field, in the order of the numbers or mixed', async () => {
    expect(await numbersOf({ area: '03', last4: '0042' })).toEqual(['0300000042']);
    expect(await numbersOf({ last4: '0000' })).toEqual([
      '0120000000',
      '0300000000',
      '0600000000',
      '0600010000',
    ]);
    expect(await numbersOf({ category: 'free_call' })).toEqual(['0120000000']);
    expect(await numbersOf({ region: '東京都', city: '千代田区', kind: 'KDU' })).toHaveLength(100);
    expect(await numbersOf({ kind: 'VBA' })).toEqual([]);
  });

  it('tells no price where the list has none, and that of its product where it has', async () => {
    expect((await search({ last4: '0042' })).rows[0]).toMatchObject({ monthly: null, initial: null });
    const prices =
      'price_lists:\n  - name: standard\n    valid_from: 2025-01-01\n    products:\n' +
      '      - { code: number.03, kind: number, name_ja: 番号, name_en: Number, monthly: 300, initial: 1000, ' +
      "for_numbers: ['03'] }\n";
    const { problems } = await books.product.catalogue.importCatalogueYaml('p.yaml', prices, caller());
    expect(problems).toEqual([]);
    const { rows } = await search({ area: '03', last4: '0042' });
    expect(rows[0]).toMatchObject({ product: 'number.03', monthly: '300', initial: '1000' });
  });

  it('LM-26: says which kinds reach 020 numbers', async () => {
    const { rows } = await search({ last4: '0000' });
    expect(rows.map(({ kind, reaches020 }) => [kind, reaches020])).toEqual([
      ['UCA', false],
      ['KDU', true],
      ['STA', true],
      ['STA', true],
    ]);
  });

  it.each(['number', 'random'] as const)('pages through all of it, each number once: %s', async sort => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ sort, area: '03', limit: 30, ...(cursor && { cursor }) });
      seen.push(...page.rows.map(({ number }) => number));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(100);
    expect(seen).toHaveLength(100);
    if (sort === 'number') expect(seen).toEqual(seen.toSorted());
    else expect(seen).not.toEqual(seen.toSorted());
  });

  it('keeps its random order while numbers are sold', async () => {
    const first = await search({ sort: 'random', area: '06', limit: 20 });
    const again = { sort: 'random', area: '06', limit: 40, seed: first.seed };
    const before = (await search(again)).rows.map(({ number }) => number);
    expect(before.slice(0, 20)).toEqual(first.rows.map(({ number }) => number));
    const sold = before[25]!;
    await books.product.numbers.reserve(sold, ofCart(A1), caller());
    const { rows } = await search({ sort: 'random', area: '06', limit: 19, cursor: first.next });
    expect(rows.map(({ number }) => number)).toEqual(before.slice(20, 40).filter(number => number !== sold));
  });
});

describe('a number', () => {
  const number = '0300000007';
  const state = async (one = number) =>
    (await books.product.numbers.list({ limit: 500, area: '03' })).rows.find(row => row.number === one);

  it('is kept for a cart until its time is over, with nothing done', async () => {
    const { numbers } = books.product;
    const kept = await numbers.reserve(number, ofCart(A1), caller());
    expect(kept).toMatchObject({ value: { number, until: '2025-03-10T12:30:00.000+09:00' } });
    expect(await state()).toMatchObject({ state: 'reserved', account: 'A1' });
    expect(await numbersOf({ area: '03', last4: '0007' })).toEqual([]);
    expect(await numbers.reserve(number, ofCart(B2), caller())).toMatchObject({
      rejection: { code: 'NUMBER_RESERVED' },
    });
    books.clock.moveTo('2025-03-10T12:30:00.000+09:00');
    expect(await numbersOf({ area: '03', last4: '0007' })).toEqual([number]);
    expect(await state()).toMatchObject({ state: 'available', account: null });
    await numbers.reserve(number, ofCart(B2), caller());
    await numbers.unreserve(number, 'B2_account', caller());
    expect(await state()).toMatchObject({ state: 'available' });
  });

  it('is claimed by an order, assigned, ended into quarantine, and free after it', async () => {
    const { numbers, accounts } = books.product;
    await numbers.reserve(number, ofCart(A1), caller());
    const claimed = await numbers.claim(number, ofOrder(A1, 'o1'), caller());
    expect(claimed).toMatchObject({ kind: 'done' });
    expect(await accounts.assignNumber(B2, number, caller())).toMatchObject({
      rejection: { code: 'NUMBER_TAKEN' },
    });
    await numbers.assign(number, A1, caller());
    expect((await accounts.get(A1))!.numbers).toContain(number);
    expect(await state()).toMatchObject({ state: 'claimed', account: 'A1' });
    const lastDay = BusinessDay.parse('2025-03-31');
    await numbers.end(number, A1, lastDay, caller());
    await numbers.end(number, A1, lastDay, caller());
    expect((await accounts.get(A1))!.numbers).not.toContain(number);
    expect(await state()).toMatchObject({ state: 'quarantined', freeOn: '2025-09-28', account: null });
    expect(await accounts.assignNumber(B2, number, caller())).toMatchObject({
      rejection: { code: 'NUMBER_QUARANTINED' },
    });
    books.clock.moveTo('2025-09-28T00:00:00.000+09:00');
    expect(await accounts.assignNumber(B2, number, caller())).toMatchObject({ kind: 'done' });
    expect((await accounts.list({ search: number })).rows).toMatchObject([{ account: 'B2' }]);
  });

  it('goes back to its cart when its order comes to nothing', async () => {
    const { numbers } = books.product;
    const one = '0300000008';
    await numbers.reserve(one, ofCart(A1), caller());
    await numbers.claim(one, ofOrder(A1, 'o2'), caller());
    await numbers.release(one, { account: A1, order: 'o2' }, caller());
    expect(await state(one)).toMatchObject({ state: 'reserved', account: 'A1' });
    expect(await numbers.claim(one, ofOrder(A1, 'o3'), caller())).toMatchObject({
      kind: 'done',
    });
  });

  it('is out of stock until it is put back', async () => {
    const { numbers } = books.product;
    const one = '0300000009';
    await numbers.withdraw(one, '調査中', caller());
    expect(await state(one)).toMatchObject({ state: 'withdrawn', why: '調査中' });
    expect((await numbers.list({ state: 'withdrawn' })).rows).toHaveLength(1);
    expect(await numbersOf({ area: '03', last4: '0009' })).toEqual([]);
    await numbers.restock(one, caller());
    expect(await numbersOf({ area: '03', last4: '0009' })).toEqual([one]);
    expect(await numbers.withdraw('0399999999', 'x', caller())).toMatchObject({
      rejection: { code: 'NUMBER_NOT_IN_STOCK' },
    });
  });

  it('wanted by 50 at once has one owner', async () => {
    const { numbers } = books.product;
    const one = '0300000010';
    const claims = Array.from({ length: 50 }, (_, i) => {
      const account = `C${i}` as AccountId;
      return numbers.claim(one, ofOrder(account, `o-${i}`), caller());
    });
    const outcomes = await Promise.all(claims);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    const refused = outcomes.filter(({ kind }) => kind === 'rejected');
    expect(refused).toHaveLength(49);
    expect(refused).toContainEqual(
      expect.objectContaining({ rejection: expect.objectContaining({ code: 'NUMBER_TAKEN' }) }),
    );
    expect(await state(one)).toMatchObject({ state: 'claimed' });
  });
});

describe('overseas numbers', () => {
  const FILE =
    'group,country,state,city,area_code,toll_free,certificate,product,stock\n' +
    'de-berlin,GERMANY,,BERLIN,0104930,no,NATIONAL,vba.de,3\n' +
    'us-ny,UNITED STATES,NEW YORK,NEW YORK,0101212,no,,vba.us,5524\n';

  it('are sold by count and never below zero, whoever is first: LM-25', async () => {
    const { numbers } = books.product;
    expect(await take(FILE)).toMatchObject({ problems: [], imported: { groups: 2 } });
    expect(await take(FILE)).toMatchObject({ problems: [], imported: { groups: 0 } });
    const ordered = Array.from({ length: 10 }, (_, i) => {
      const account = `C${i}` as AccountId;
      const of = { carts: [`C${i}_1`, `C${i}_account`] as const, order: `v-${i}` };
      return numbers.vba.claim({ group: 'de-berlin', account, quantity: 1 }, of, caller());
    });
    const outcomes = await Promise.all(ordered);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(3);
    const [berlin] = (await numbers.vba.list({ country: 'GERMANY' })).rows;
    expect(berlin).toMatchObject({ stock: 0, certificate: 'NATIONAL' });
    const done = outcomes.findIndex(({ kind }) => kind === 'done');
    await numbers.vba.giveBack('de-berlin', `v-${done}`, 1, caller());
    const one = { group: 'de-berlin', account: A1, quantity: 1 };
    expect(await numbers.vba.reserve({ ...one, quantity: 2 }, 'A1_account', caller())).toMatchObject({
      rejection: { code: 'VBA_STOCK_TOO_SMALL', details: { stock: '1' } },
    });
    await numbers.vba.reserve(one, 'A1_account', caller());
    const { rows, total } = await numbers.vba.list({ limit: 1 });
    expect([rows[0]!.stock, total]).toEqual([0, 2]);
    const pageOf = async (page: number) =>
      (await numbers.vba.list({ limit: 1, page })).rows.map(({ country }) => country);
    expect([await pageOf(1), await pageOf(2), await pageOf(3)]).toEqual([['GERMANY'], ['UNITED STATES'], []]);
    expect(await numbers.vba.countries()).toEqual([
      { country: 'GERMANY', state: '', certificate: true },
      { country: 'UNITED STATES', state: 'NEW YORK', certificate: false },
    ]);
  });
});

it('every row follows from the events alone', async () => {
  expect(await books.product.audit.replay({})).toMatchObject({ ok: true });
});

describe('the plan of numbers', () => {
  it.each([
    ['0300009000', 'domestic'],
    ['0600020000', 'domestic'],
    ['05000009000', 'domestic'],
    ['0120000900', 'free_call'],
    ['08000000900', 'free_call'],
    ['0570000900', 'navi_dial'],
    ['06000009000', 'mobile'],
    ['07000009000', 'mobile'],
    ['08010009000', 'mobile'],
    ['09000009000', 'mobile'],
    ['0101212555010', 'overseas'],
  ])('sells %s as %s where the file does not say it', async (number, category) => {
    const file = `${HEADER}${number},${number},PLN,number.plan,,,${number.slice(0, 4)}\n`;
    expect(await take(file)).toMatchObject({ problems: [], imported: { numbers: 1 } });
    const { rows } = await search({ kind: 'PLN', category, area: number.slice(0, 4) });
    expect(rows.map(row => [row.number, row.category])).toEqual([[number, category]]);
  });

  it('sells no 020 number; a policy of a later day changes nothing that is in stock', async () => {
    const machine = `${HEADER}02000009000,02000009000,PLN,number.plan,,,020\n`;
    expect((await take(machine)).problems).toMatchObject([{ line: 2, field: 'first', code: 'NOT_SOLD' }]);
    const plan = 'policies:\n  - { name: numbers.plan, value: "0300=special", valid_from: 2030-01-01 }\n';
    await books.product.catalogue.importCatalogueYaml('plan.yaml', plan, caller());
    expect((await take(machine)).problems).toHaveLength(1);
    const before = (await search({ kind: 'PLN' })).rows.length;
    books.clock.moveTo('2030-01-02T12:00:00.000+09:00');
    expect(await take(machine)).toMatchObject({ problems: [], imported: { numbers: 1 } });
    const special = `${HEADER}0300009001,0300009001,PLN,number.plan,,,0300\n`;
    expect(await take(special)).toMatchObject({ problems: [], imported: { numbers: 1 } });
    const rows = (await search({ kind: 'PLN' })).rows;
    expect(rows).toHaveLength(before + 2);
    expect(rows.find(row => row.number === '0300009000')?.category).toBe('domestic');
    expect(rows.find(row => row.number === '0300009001')?.category).toBe('special');
  });
});
