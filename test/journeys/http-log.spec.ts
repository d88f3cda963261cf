import { rowsOf } from '../support/http-journey.js';
import { CSV, fixture, type PagesJourney, pagesJourney } from '../support/pages-journey.js';

const EVENTS = { Accept: 'text/event-stream' };

let journey: PagesJourney;
const get: PagesJourney['get'] = (path, ...more) => journey.get(path, ...more);
const asStaff: PagesJourney['asStaff'] = (method, path, ...more) => journey.asStaff(method, path, ...more);

type Json = Record<string, unknown>;

/** Server-sent events as they came: name and data. */
const told = (text: string): [string, Json][] =>
  [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(([, name, data]) => [
    name!,
    JSON.parse(data!) as Json,
  ]);

beforeAll(async () => {
  journey = await pagesJourney();
  const [start, end] = ['2025-10-31T10:00:00.000+09:00', '2025-10-31T10:01:00.000+09:00'];
  const call = `a2-1,A2,05012345679,out,05012345679,0312345678,${start},${start},${end},NORMAL_CLEARING`;
  const header = (await fixture('cdr.csv')).split('\n')[0];
  await asStaff('POST', '/cdr-imports?file=a2.csv', `${header}\n${call}\n`, CSV);
}, 30_000);
afterAll(() => journey.server.close());

describe('the months and their close', () => {
  it('are open, then told account by account while they are closed, then closed', async () => {
    const months = async () => rowsOf((await get('/closes')).json);
    expect(await months()).toMatchObject([
      { month: '2025-11', state: 'open', over: false },
      { month: '2025-10', state: 'open', over: true, accounts: 2, closed: 0 },
    ]);
    await asStaff('POST', '/closes', { month: '2025-10', account: 'A2' });
    expect((await months())[1]).toMatchObject({ state: 'partly_closed', closed: 1, accounts: 2 });
    const watching = get('/closes/2025-10/progress', journey.staff, EVENTS);
    const run = await asStaff('POST', '/closes', { month: '2025-10' });
    const { text, headers } = await watching;
    expect(headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
    const events = told(text);
    expect(events.at(-1)).toMatchObject(['end', { report: { state: 'closed', closed: 2 } }]);
    expect(events[0]).toMatchObject(['progress', { total: 2, what: 'closing' }]);
    const report = (await get('/closes/2025-10')).json;
    expect(report).toMatchObject({ state: 'closed', total: run.json['total'], invoices: 2, next: null });
    const ran = run.json['accounts'] as Json[];
    expect(rowsOf(report).map(row => ({ ...row, outcome: 'x' }))).toEqual(
      ran.map(row => ({ ...row, outcome: 'x' })),
    );
    const first = (await get('/closes/2025-10?limit=1')).json;
    expect(rowsOf((await get(`/closes/2025-10?limit=1&cursor=${first['next'] as string}`)).json)).toEqual(
      rowsOf(report).slice(1),
    );
  });

  it('are nothing for customers', async () => {
    for (const path of ['/closes', '/closes/2025-10', '/events', '/event-types'])
      expect([path, (await get(path, journey.customer)).status]).toEqual([path, 404]);
  });
});

describe('the log in a browser', () => {
  const events = async (query: string) => rowsOf((await get(`/events?${query}`)).json);

  it('tells each event in both languages, newest first, in pages without gaps', async () => {
    const first = await get('/events?limit=40');
    const second = await get(`/events?limit=40&cursor=${first.json['next'] as string}`);
    const positions = [...rowsOf(first.json), ...rowsOf(second.json)].map(row => row['position'] as number);
    expect(positions).toEqual(Array.from({ length: 80 }, (_, i) => positions[0]! - i));
    for (const row of rowsOf(first.json)) {
      expect(row['descriptionJa']).toMatch(/[ぁ-ん]/);
      expect(row['descriptionEn']).toMatch(/[a-z]{2}/);
    }
  });

  it('is searched by type, stream, account, command and time', async () => {
    const [charge] = await events('type=ledger.LotCredited.v1');
    expect(charge).toMatchObject({ stream: 'wallet-A1_2025-10', data: { lot: 'L1', amount: '200000' } });
    expect(charge!['descriptionEn']).toBe(
      '200,000 yen (paid, credit card) was charged as lot L1, valid through 2026-03-30.',
    );
    expect(await events(`command=${encodeURIComponent(charge!['commandId'] as string)}`)).toContainEqual(
      charge,
    );
    expect(await events('stream=account-A2')).toMatchObject([
      { revision: 2 },
      { revision: 1 },
      { revision: 0 },
    ]);
    const mine = await events('account=A2&limit=500');
    const kinds = new Set(mine.map(row => (row['stream'] as string).split('-')[0]));
    expect(kinds).toEqual(new Set(['account', 'number', 'wallet', 'close', 'invoice', 'apiKey']));
    const positions = mine.map(row => row['position'] as number);
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
    expect(mine.every(row => /A2|05012345679|202510-|apiKey/.test(row['stream'] as string))).toBe(true);
    expect(await events('account=A2&stream=account-A1')).toEqual([]);
    expect(await events('account=A9')).toEqual([]);
    expect(await events('from=2025-11-06T00:00:00%2B09:00')).toEqual([]);
    expect(await events('to=2025-11-04T00:00:00%2B09:00')).toEqual([]);
    expect(await events('from=2025-11-05T00:00:00%2B09:00&limit=1')).toHaveLength(1);
  });

  it('is searched by the parts of the product that recorded it', async () => {
    const contexts = async (query: string) =>
      new Set((await events(`limit=500&${query}`)).map(row => (row['type'] as string).split('.')[0]));
    expect(await contexts('contexts=ledger')).toEqual(new Set(['ledger']));
    expect(await contexts('contexts=contracts,invoicing')).toEqual(new Set(['contracts', 'invoicing']));
    expect(await events('contexts=ledger&type=identity.ApiKeyCreated.v1')).toEqual([]);
    expect((await get('/events?contexts=weather')).json).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
    });
  });

  it('hides secrets, and gives one event whole', async () => {
    const [key] = await events('type=identity.ApiKeyCreated.v1&limit=1');
    expect((key!['data'] as Json)['secretHash']).toBe('(hidden)');
    const one = await get(`/events/${key!['position'] as number}`);
    expect(one.json).toEqual({ ...key, previous: null, next: null });
    expect((await get('/events/999999999')).status).toBe(404);
    expect((await get('/events/0')).status).toBe(400);
  });

  it('leads from an event to its neighbours in the stream', async () => {
    const own = (await events('stream=account-A1')).map(row => row['position'] as number).reverse();
    expect(own.length).toBeGreaterThan(1);
    for (const [i, position] of own.entries())
      expect((await get(`/events/${position}`)).json).toMatchObject({
        previous: own[i - 1] ?? null,
        next: own[i + 1] ?? null,
      });
  });

  it('lists every type with what it says', async () => {
    const types = rowsOf((await get('/event-types')).json).map(row => row['type']);
    expect(types).toContain('rating.SuspenseCorrected.v1');
    expect(types.length).toBeGreaterThan(35);
  });
});

describe('proofs of the books', () => {
  it.each([
    ['verify', 'hash chain'],
    ['replay', 'replay'],
  ])('%s tells how far it is, then its finding', async (name, what) => {
    const { text } = await get(`/audit/${name}`, journey.staff, EVENTS);
    const all = told(text);
    expect(all.slice(0, -1).every(([event]) => event === 'progress')).toBe(true);
    expect(all[0]).toMatchObject(['progress', { what }]);
    expect(all.at(-1)).toMatchObject(['end', { finding: { ok: true, problems: [] } }]);
    expect((await get(`/audit/${name}`)).json).toEqual((all.at(-1)![1] as { finding: Json }).finding);
  });
});

describe('accounts', () => {
  it.each(['A2', '別口', '5679'])('are found by %s', async search => {
    const { json } = await get(`/accounts?search=${encodeURIComponent(search)}`);
    expect(rowsOf(json).map(row => row['account'])).toEqual(['A2']);
  });
});
