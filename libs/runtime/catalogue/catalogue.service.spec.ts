import { BusinessDay, BusinessMonth } from '#kernel';
import { type SmallBooks, smallBooks } from '../../../test/support/small-books.js';
import type { Caller } from '../product.views.js';

const HEADER =
  'tariff,prefix,destination,category,connect_fee,price,per_s,first_increment_s,increment_s,valid_from';
const tariff = (name: string, price: string): string =>
  `${HEADER}\n${name},03,東京,一般通話,0,${price},180,180,180,2020-01-01\n`;
const YAML = `issuer:
  name: 台帳通信株式会社
  tax_rounding: floor
policies:
  - name: prepaid.expiry-days
    value: 90
    valid_from: 2025-04-01
`;

let books: SmallBooks;
beforeEach(async () => {
  books = await smallBooks();
});
afterEach(() => books.home.end());

let sequence = 0;
const caller = (commandId = `t-${++sequence}`): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });
const csv = (text: string, by = caller()) => books.product.catalogue.importTariffCsv('t.csv', text, by);
const yaml = (text: string, by = caller()) => books.product.catalogue.importCatalogueYaml('c.yaml', text, by);

describe('a tariff file', () => {
  it('publishes each tariff once: versions count changes, not imports', async () => {
    expect(await csv(tariff('gold', '7'))).toMatchObject({
      tariffs: [{ tariff: 'gold', version: 1, rows: 1 }],
      problems: [],
    });
    expect(await csv(tariff('gold', '7'))).toMatchObject({ tariffs: [{ version: 1 }] });
    expect(await csv(tariff('gold', '6'))).toMatchObject({ tariffs: [{ version: 2 }] });
    expect((await books.product.catalogue.tariffs()).map(one => one.tariff)).toEqual(['gold', 'std']);
    expect(await books.product.catalogue.tariffRows('gold')).toMatchObject([{ price: '6', prefix: '03' }]);
    expect(await books.product.catalogue.tariffRows('none')).toBeUndefined();
  });

  it('with any error publishes nothing', async () => {
    const { head } = await books.product.health();
    expect(await csv(`${tariff('gold', '7')}${tariff('bad', 'seven').split('\n')[1]}\n`)).toMatchObject({
      tariffs: [],
      problems: [{ file: 't.csv', line: 3, field: 'price' }],
    });
    expect(await csv(tariff('good name', '7'))).toMatchObject({ problems: [{ line: 2, field: 'tariff' }] });
    expect((await books.product.health()).head).toBe(head);
  });

  it('of another content is refused under a command id that was used', async () => {
    await csv(tariff('gold', '7'), caller('import-1'));
    expect(await csv(tariff('gold', '6'), caller('import-1'))).toMatchObject({
      tariffs: [],
      problems: [{ file: 't.csv', problem: expect.stringContaining('command id') }],
    });
    expect(await books.product.catalogue.tariffRows('gold')).toMatchObject([{ price: '7' }]);
  });
});

describe('a catalogue file', () => {
  it('sets issuer and policies from a day on', async () => {
    expect(await yaml(YAML)).toEqual({
      imported: ['issuer 台帳通信株式会社', 'policy prepaid.expiry-days=90 from 2025-04-01'],
      importedJa: ['発行者 台帳通信株式会社', '規則 prepaid.expiry-days=90（2025-04-01 から）'],
      problems: [],
      warnings: [expect.objectContaining({ line: 2, field: 'registration_number' })],
    });
    const { catalogue } = books.product;
    expect(await catalogue.issuer()).toMatchObject({ name: '台帳通信株式会社', taxRounding: 'floor' });
    const expiry = async (day: string) =>
      (await catalogue.policies(BusinessDay.parse(day))).find(one => one.name === 'prepaid.expiry-days');
    expect(await expiry('2025-03-31')).toMatchObject({ value: '180', validFrom: 'standard' });
    expect(await expiry('2025-04-01')).toMatchObject({ value: '90', validFrom: '2025-04-01' });
  });

  it.each([
    ['T8700110005901', []],
    ['T7700110005901', [expect.stringContaining('check digit')]],
  ])(
    'warns of the registration number %s where its check digit is wrong (J-01)',
    async (number, problems) => {
      const done = await yaml(`issuer:\n  name: 台帳通信株式会社\n  registration_number: ${number}\n`);
      expect(done).toMatchObject({ imported: ['issuer 台帳通信株式会社'], problems: [] });
      expect(done.warnings.map(warning => warning.problem)).toEqual(problems);
    },
  );

  it("names the provider's closed days, which are no business days for an invoice (INV-01)", async () => {
    const { closing } = books.product;
    const closed = `policies:
  - name: provider.closed-days
    value: 2025-03-04,2025-08-14
    valid_from: 2025-01-01
`;
    expect(await yaml(closed)).toMatchObject({ problems: [] });
    const month = BusinessMonth.parse('2025-02');
    await closing.run({ month, dryRun: false }, caller());
    const { rows } = await closing.invoices({ month });
    // Monday the 3rd, Wednesday the 5th, Thursday the 6th.
    expect(rows[0]).toMatchObject({ availableFrom: '2025-03-06' });
  });

  it.each([
    // Monday the 3rd, Thursday the 6th, Friday the 7th: the 4th and 5th are closed in every year.
    ['a day of the month that is counted', '2025-03-01', '2025-03-07'],
    ['a later day', '2025-03-02', '2025-03-05'],
  ])('says which days of every year are closed, from %s (INV-01)', async (_what, from, available) => {
    const { closing } = books.product;
    const rule = 'name: provider.year-end-days\n    value: 03-04,03-05';
    const closed = `policies:\n  - ${rule}\n    valid_from: ${from}\n`;
    expect(await yaml(closed)).toMatchObject({ problems: [] });
    const month = BusinessMonth.parse('2025-02');
    await closing.run({ month, dryRun: false }, caller());
    expect((await closing.invoices({ month })).rows[0]).toMatchObject({ availableFrom: available });
  });

  it('that names a day of the year that does not exist is refused', async () => {
    const never =
      'policies:\n  - name: provider.year-end-days\n    value: 12-32\n    valid_from: 2025-01-01\n';
    expect(await yaml(never)).toMatchObject({ imported: [], problems: [{ line: 2 }] });
  });

  it('that decides a policy twice from one day is refused as a whole', async () => {
    const { head } = await books.product.health();
    const again = YAML.slice(YAML.indexOf('  - name')).replace('90', '60');
    expect(await yaml(`${YAML}${again}`)).toMatchObject({
      imported: [],
      problems: [{ file: 'c.yaml', line: 10, field: 'valid_from' }],
    });
    expect((await books.product.health()).head).toBe(head);
  });

  it('that changes the rounding of taxes is refused as a whole (J-01)', async () => {
    await yaml(YAML);
    const { head } = await books.product.health();
    expect(await yaml(YAML.replace('floor', 'ceil').replace('90', '60'))).toMatchObject({
      imported: [],
      problems: [{ file: 'c.yaml', line: 2, field: 'issuer' }],
    });
    expect((await books.product.health()).head).toBe(head);
  });

  it('of another content is refused under a command id that was used', async () => {
    await yaml(YAML, caller('import-2'));
    expect(await yaml(YAML.replace('90', '60'), caller('import-2'))).toMatchObject({
      problems: [{ file: 'c.yaml', field: 'policy prepaid.expiry-days' }],
    });
  });
});

describe('the pages of the provider', () => {
  const terms = (url: string, from: string): string =>
    `policies:\n  - { name: provider.terms, value: "${url}", valid_from: ${from} }\n`;

  it('INF-41: are none until the catalogue names them, and only pages of the web', async () => {
    const none = { terms: [], incidents: null, manuals: null };
    expect(await books.product.catalogue.serviceInformation()).toEqual(none);
    const bad = await yaml(terms('javascript:alert(1)', '2025-01-01'));
    expect(bad.problems).toMatchObject([{ field: 'policy provider.terms' }]);
    expect(await books.product.catalogue.serviceInformation()).toEqual(none);
  });

  it('LM-28, INF-40: terms count as accepted when a week has passed without an objection', async () => {
    await yaml(terms('https://daicho.example.jp/terms-1', '2024-04-01'));
    await yaml(terms('https://daicho.example.jp/terms-2', '2025-04-01'));
    const manual = terms('https://daicho.example.jp/m', '2025-01-01');
    await yaml(manual.replace('provider.terms', 'provider.manuals'));
    const seenOn = async (day: string) => {
      books.clock.moveTo(`${day}T12:00:00.000+09:00`);
      const { terms: all } = await books.product.catalogue.serviceInformation();
      return all.map(one => [one.url.slice(-1), one.notifiedOn, one.objectUntil, one.accepted]);
    };
    const first = ['1', '2024-04-01', '2024-04-08', true];
    expect(await seenOn('2025-03-31')).toEqual([first]);
    expect(await seenOn('2025-04-08')).toEqual([['2', '2025-04-01', '2025-04-08', false], first]);
    expect(await seenOn('2025-04-09')).toEqual([['2', '2025-04-01', '2025-04-08', true], first]);
    const { manuals, incidents } = await books.product.catalogue.serviceInformation();
    expect([manuals, incidents]).toEqual(['https://daicho.example.jp/m', null]);
  });
});
