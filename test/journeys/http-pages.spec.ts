import { Money } from '#kernel';
import { rowsOf } from '../support/http-journey.js';
import { CSV, fixture, type PagesJourney, pagesJourney } from '../support/pages-journey.js';

/** Of the printed statement: what all calls of the month cost, before the incoming-time discount. */
const NET = '130090';

let journey: PagesJourney;
let [customer, stranger, header] = ['', '', ''];
const get: PagesJourney['get'] = (path, ...more) => journey.get(path, ...more);
const asStaff: PagesJourney['asStaff'] = (method, path, ...more) => journey.asStaff(method, path, ...more);

type Json = Record<string, unknown>;
type Figures = { calls: number; seconds: number; net: string };
const found = async (query: string): Promise<{ rows: Json[]; total: Figures; next: string | null }> =>
  (await get(`/accounts/A1/calls?${query}`)).json as never;
const sum = (amounts: readonly unknown[]): string =>
  Money.text(Money.sum(amounts.map(amount => Money.of(amount as string))));

beforeAll(async () => {
  journey = await pagesJourney();
  ({ customer, stranger } = journey);
  header = (await fixture('cdr.csv')).split('\n')[0]!;
}, 30_000);
afterAll(() => journey.server.close());

describe('the call history (CDR-01, CDR-02)', () => {
  it('gives the total of the whole search, whatever the page', async () => {
    const all = await found('limit=3');
    expect([all.rows.length, all.total.calls, all.total.net]).toEqual([3, 6152, NET]);
    const second = await found(`limit=3&cursor=${all.next}`);
    expect(second.total).toEqual(all.total);
    expect(second.rows[0]!['callId']).not.toBe(all.rows[2]!['callId']);
  });

  it.each([
    ['direction', ['direction=out', 'direction=in']],
    ['status', ['status=answered', 'status=missed']],
    ['scope', ['scope=outside', 'scope=extension']],
    ['class', ['class=mobile', 'class=domestic', 'class=overseas']],
    ['days', ['to=2025-10-10', 'from=2025-10-11&to=2025-10-20', 'from=2025-10-21']],
  ])('divides all calls by %s without losing or counting twice', async (_by, queries) => {
    const parts = await Promise.all(queries.map(query => found(query)));
    const all = await found('');
    expect(parts.reduce((calls, { total }) => calls + total.calls, 0)).toBe(all.total.calls);
    expect(sum(parts.map(({ total }) => total.net))).toBe(all.total.net);
  });

  it('finds parts of the numbers of either side', async () => {
    const [call] = (await found('direction=out&limit=1')).rows;
    const part = (call!['to'] as string).slice(2, 8);
    for (const query of [`callee=${part}`, `number=${part}`]) {
      const { rows, total } = await found(`${query}&limit=500`);
      expect(rows.map(row => row['callId'])).toContain(call!['callId']);
      expect(total.calls).toBeGreaterThan(0);
      for (const row of rows) expect(`${row['from']} ${row['to']}`).toContain(part);
    }
    expect((await found(`caller=${part}&direction=out`)).total.calls).toBe(0);
    expect((await found('callee=%25')).total.calls).toBe(0);
  });

  it('finds a number however it is written', async () => {
    const [call] = (await found('direction=out&class=mobile&limit=1')).rows;
    const to = call!['to'] as string;
    const { total } = await found(`callee=${to}`);
    expect(total.calls).toBeGreaterThan(0);
    const ways = [`${to.slice(0, 3)}-${to.slice(3)}`, `+81 ${to.slice(1)}`, `0081${to.slice(1)}`, `184${to}`];
    const wide = [...to].map(digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    for (const way of [...ways, wide, ` ${to}#`])
      for (const field of ['callee', 'number'])
        expect((await found(`${field}=${encodeURIComponent(way)}`)).total).toEqual(total);
    const accounts = await asStaff('GET', `/accounts?search=${encodeURIComponent('+81 50-1234-5678')}`);
    expect(rowsOf(accounts.json).map(row => row['account'])).toEqual(['A1']);
  });

  it('is one file as CSV, with every call of the search, safe to open', async () => {
    const csv = await get('/accounts/A1/calls?class=overseas&limit=1', customer, { Accept: 'text/csv' });
    expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const lines = csv.text.split('\r\n');
    expect(lines[0]).toContain('日時,発着,発信元');
    const { total } = await found('class=overseas');
    expect(lines).toHaveLength(total.calls + 2);
  });

  it('is of its own account only', async () => {
    expect((await get('/accounts/A1/calls', stranger)).status).toBe(404);
    expect((await get('/accounts/A1/number-statement', stranger)).status).toBe(404);
    expect((await get('/accounts/A2/calls', stranger)).json['total']).toEqual({
      calls: 0,
      seconds: 0,
      net: '0',
    });
  });
});

describe('statements (CDR-03, CDR-04, CDR-06)', () => {
  it('add up to the total of the calls, by number and by destination', async () => {
    const { total: calls } = await found('');
    const numbers = (await get('/accounts/A1/number-statement', customer)).json as never as {
      rows: Json[];
      total: Json;
    };
    expect(numbers.total['subtotal']).toBe(calls.net);
    expect(numbers.rows.map(row => [row['number'], row['direction']])).toEqual([
      ['05012345678', 'out'],
      ['05012345678', 'in'],
    ]);
    for (const row of [...numbers.rows, numbers.total])
      expect(sum([row['domestic'], row['mobile'], row['overseas']])).toBe(row['subtotal']);
    const destinations = (await get('/accounts/A1/destination-statement', customer)).json as never as {
      rows: Json[];
      total: Json;
    };
    expect([destinations.total['subtotal'], destinations.total['calls']]).toEqual([calls.net, 3016]);
    expect(sum(destinations.rows.map(row => row['subtotal']))).toBe(calls.net);
  });

  it('names prefix, unit and unit price as they were agreed', async () => {
    const { rows } = (await get('/accounts/A1/destination-statement?class=domestic')).json as never as {
      rows: Json[];
    };
    const tariff = (await fixture('tariff.csv')).split('\n').map(line => line.split(','));
    const [head] = tariff;
    const cell = (line: string[], column: string) => line[head!.indexOf(column)];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const line = tariff.find(cells => cell(cells, 'prefix') === row['prefix'])!;
      expect([row['unitSeconds'], row['unitPrice']]).toEqual([cell(line, 'per_s'), cell(line, 'price')]);
    }
  });

  it('are CSV with a total at the end', async () => {
    for (const name of ['number-statement', 'destination-statement']) {
      const csv = await get(`/accounts/A1/${name}?language=en`, customer, { Accept: 'text/csv' });
      expect(csv.text.split('\r\n').at(-2)).toMatch(new RegExp(`^total,.*,${NET}$`));
    }
  });

  it('shows the usage of a month by day and category', async () => {
    const usage = (await get('/accounts/A1/usage?month=2025-10', customer)).json as never as {
      days: { day: string; categories: Record<string, Figures> }[];
      categories: string[];
      total: Figures;
    };
    expect(usage.days.map(({ day }) => day)).toHaveLength(31);
    const figures = usage.days.flatMap(({ categories }) => Object.values(categories));
    expect([sum(figures.map(({ net }) => net)), usage.total.net]).toEqual([NET, NET]);
    expect(usage.categories).toContain('一般通話');
  });
});

describe('the wallet as a curve', () => {
  it('is at the end of each day what the balance of that instant says', async () => {
    const { points } = (await get('/accounts/A1/balance-history?from=2025-09-30&to=2025-10-31', customer))
      .json as never as { points: { day: string; posted: string; charged: string; spent: string }[] };
    expect(points).toHaveLength(32);
    expect([points[0]!.posted, points[1]!.charged]).toEqual(['0', '200000']);
    for (const { day, posted } of [points[1]!, points[15]!, points[31]!]) {
      const asOf = encodeURIComponent(`${day}T23:59:59.999+09:00`);
      const balance = (await get(`/accounts/A1/balance?asOf=${asOf}`, customer)).json;
      expect([day, posted]).toEqual([day, balance['posted']]);
    }
    const turned = await get('/accounts/A1/balance-history?from=2025-10-02&to=2025-10-01');
    expect([turned.status, turned.json['field']]).toEqual([400, 'to']);
  });
});

describe('a broken line of a call file', () => {
  it('is mended in the page, with both versions kept', async () => {
    const start = '2025-10-31T10:00:00.000+09:00';
    const end = '2025-10-31T10:01:00.000+09:00';
    const line = (account: string) =>
      `mend-1,${account},05012345679,out,05012345679,0312345678,${start},${start},${end},NORMAL_CLEARING`;
    await asStaff('POST', '/cdr-imports?file=broken.csv', `${header}\n${line('A9')}\n`, CSV);
    const [waiting] = rowsOf((await get('/suspense')).json);
    expect(waiting).toMatchObject({ raw: line('A9'), corrected: null, header, reason: 'UNKNOWN_ACCOUNT' });
    const one = { import: waiting!['import'], line: waiting!['line'] };
    expect(waiting).toMatchObject({ code: 'UNKNOWN_ACCOUNT', values: { account: 'A9' } });
    const attempt = { 'Idempotency-Key': 'attempt-1' };
    const mend = (raw: string) => asStaff('POST', '/suspense/retry', { ...one, raw }, attempt);
    // The answer was lost: the same text is written down once, and tried again.
    for (const wrong of [await mend('x'), await mend('x')]) {
      const said = { code: 'FIELD_COUNT', values: { fields: '1', columns: '10' } };
      expect(wrong.json).toMatchObject({ retried: 1, resolved: 0, problems: [{ line: 2, ...said }] });
    }
    const reused = await mend(line('A2'));
    expect([reused.status, reused.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(rowsOf((await get('/suspense')).json)[0]).toMatchObject({ raw: line('A9'), corrected: 'x' });
    const mended = await asStaff('POST', '/suspense/retry', { ...one, raw: line('A2') });
    expect(mended.json).toMatchObject({ retried: 1, resolved: 1, problems: [] });
    expect(rowsOf((await get('/suspense')).json)).toEqual([]);
    const late = await asStaff('POST', '/suspense/retry', { ...one, raw: line('A1') });
    expect([late.status, late.json['code']]).toEqual([409, 'SUSPENSE_IS_RESOLVED']);
    const stream = `import-${one.import as string}`;
    const kept = rowsOf((await get(`/events?stream=${stream}`)).json).reverse();
    expect(kept.map(event => (event['type'] as string).split('.')[1])).toEqual([
      ...['CdrImportStarted', 'CdrSuspended', 'CdrImportCompleted'],
      ...['SuspenseCorrected', 'SuspenseCorrected', 'SuspenseResolved'],
    ]);
    expect(kept[4]).toMatchObject({ reason: 'journey', data: { raw: line('A2') } });
    const half = await asStaff('POST', '/suspense/retry', { raw: 'x' });
    expect([half.status, half.json['field']]).toEqual([400, 'line']);
  });
});

describe('a tariff before it is published', () => {
  it('is shown as what it changes, and nothing happens', async () => {
    const now = await fixture('tariff.csv');
    const dry = (text: string) => asStaff('POST', '/tariffs?dryRun=true', text, CSV);
    const { json: bad } = await dry('tariff,prefix\nstd,03\n');
    expect((bad['errors'] as object[])[0]).toMatchObject({
      code: 'MISSING_COLUMN',
      problem: 'this column is missing from the header',
    });
    const same = await dry(now);
    expect([same.status, same.json]).toMatchObject([
      200,
      { tariffs: [{ added: [], removed: [], changed: [] }] },
    ]);
    const lines = now.trim().split('\n');
    const gone = await dry(`${lines.slice(0, -1).join('\n')}\n`);
    expect(gone.json).toMatchObject({ tariffs: [{ tariff: 'std', added: [], changed: [] }] });
    expect((gone.json['tariffs'] as { removed: unknown[] }[])[0]!.removed).toHaveLength(1);
    expect(rowsOf((await get('/tariffs')).json)[0]).toMatchObject({ version: 1 });
    const broken = await dry(now.replace(/^std,(.*?),/m, 'std,x,'));
    expect([broken.status, broken.json['code']]).toEqual([422, 'FILE_REFUSED']);
  });
});
