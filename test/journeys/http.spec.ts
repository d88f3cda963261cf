import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HttpJourney, httpJourney, rowsOf } from '../support/http-journey.js';

const FIXTURES = join(import.meta.dirname, '../fixtures/statement-002');
const file = (name: string): Promise<string> => readFile(join(FIXTURES, name), 'utf8');

let journey: HttpJourney;
const tokens = { customer: '', stranger: '', auditor: '', job: '' };
const get: HttpJourney['get'] = (path, ...more) => journey.get(path, ...more);
const asStaff: HttpJourney['asStaff'] = (method, path, ...more) => journey.asStaff(method, path, ...more);

beforeAll(async () => {
  journey = await httpJourney('2025-11-05T10:00:00.000+09:00');
});
afterAll(() => journey.server.close());

describe('the HTTP face of one month of calls', () => {
  it('publishes a tariff and opens accounts', async () => {
    const csv = { 'Content-Type': 'text/csv' };
    const published = await asStaff('POST', '/tariffs?file=tariff.csv', await file('tariff.csv'), csv);
    expect([published.status, rowsOf(published.json)[0]]).toEqual([
      201,
      expect.objectContaining({ tariff: 'std', version: 1 }),
    ]);
    for (const [account, name, numbers] of [
      ['A1', '株式会社見本', ['05012345678']],
      ['A2', '有限会社別口', ['05012345679']],
    ]) {
      const body = { account, name, openedOn: '2025-10-01', numbers, tariff: 'std', incomingDiscount: '0.5' };
      const opened = await asStaff('POST', '/accounts', body);
      expect([opened.status, opened.headers.get('Location')]).toEqual([201, `/api/v1/accounts/${account}`]);
      expect(opened.json).toMatchObject({ account, name, numbers, incomingDiscount: '0.5' });
    }
  });

  it('makes keys whose tokens are shown once', async () => {
    tokens.customer = await journey.keyFor('customer', 'A1');
    tokens.stranger = await journey.keyFor('customer', 'A2');
    tokens.auditor = await journey.keyFor('auditor', null);
    tokens.job = await journey.keyFor('job', null);
    expect(tokens.customer).toMatch(/^dk_/);
    const listed = await get('/keys');
    expect(listed.text).not.toContain(tokens.customer.slice(tokens.customer.indexOf('_', 3) + 1));
    expect(rowsOf(listed.json)).toHaveLength(5);
    expect((await get('/me', tokens.customer)).json).toMatchObject({ role: 'customer', account: 'A1' });
  });

  it('answers the same request alike for ever, and refuses another body under its key', async () => {
    const body = { amount: '200000', method: 'card', at: '2025-10-01T00:00:00.000+09:00', lot: 'L1' };
    const key = { 'Idempotency-Key': 'charge-1' };
    const first = await asStaff('POST', '/accounts/A1/charges', body, key);
    expect([first.status, first.json]).toEqual([
      201,
      expect.objectContaining({ lot: 'L1', credited: '200000', expiresOn: '2026-03-30' }),
    ]);
    expect(first.headers.get('Idempotent-Replayed')).toBeNull();
    const again = await asStaff('POST', '/accounts/A1/charges', body, key);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(again.headers.get('X-Position')).toBe(first.headers.get('X-Position'));
    const other = await asStaff('POST', '/accounts/A1/charges', { ...body, amount: '200001' }, key);
    expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect((await get('/accounts/A1/balance')).json).toMatchObject({ posted: '200000' });
  });

  it('imports call records once, keeps bad lines, and leaves no upload behind', async () => {
    const header = { 'Content-Type': 'text/csv', 'X-Reason': 'journey' };
    const cdr = await file('cdr.csv');
    const upload = (body: string, name: string) =>
      journey.api('POST', `/cdr-imports?file=${name}`, { token: tokens.job, headers: header, body });
    const first = await upload(cdr, 'cdr.csv');
    const counts = { read: 6152, charged: 3016, noted: 3136, duplicates: 0, suspended: 0, skipped: 0 };
    expect([first.status, first.json]).toEqual([201, expect.objectContaining({ file: 'cdr.csv', counts })]);
    const again = await upload(cdr, 'cdr.csv');
    expect(again.json).toMatchObject({ counts: { charged: 0, duplicates: 6152 } });
    const bad = await upload(`${cdr.split('\n')[0]}\nx1,A9,0501,out,0501,03,2025-10-01,,,X\n`, 'bad.csv');
    expect(bad.json).toMatchObject({ counts: { suspended: 1 } });
    const missing = await upload('call_id,account\n', 'broken.csv');
    expect([missing.status, missing.json['code']]).toEqual([400, 'INVALID_INPUT']);
    expect(await readdir(join(journey.server.directory, 'tmp'))).toEqual([]);
    const [line] = rowsOf((await get('/suspense')).json);
    expect(line).toMatchObject({ file: 'bad.csv', line: 2 });
    const gone = await asStaff('POST', '/suspense/discard', {
      import: line!['import'],
      line: 2,
      reason: 'a test line',
    });
    expect(gone.json).toEqual({ import: line!['import'], line: 2 });
    expect(rowsOf((await get('/suspense')).json)).toEqual([]);
    expect(rowsOf((await get('/cdr-imports')).json).length).toBeGreaterThanOrEqual(2);
  });

  it('gives the printed statement as JSON, CSV and PDF', async () => {
    const path = '/accounts/A1/statements/2025-10';
    expect((await get(path, tokens.customer)).json).toEqual(JSON.parse(await file('expected.json')));
    const csv = await get(`${path}?format=csv`, tokens.customer);
    expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(csv.text).toContain('一般通話');
    const pdf = await get(`${path}?format=pdf&language=en`, tokens.customer);
    expect([pdf.headers.get('Content-Type'), pdf.text.slice(0, 5)]).toEqual(['application/pdf', '%PDF-']);
    expect(pdf.headers.get('Content-Disposition')).toBe('attachment; filename="statement-A1-2025-10.pdf"');
  });

  it('closes the month: first as a preview, then once', async () => {
    const close = (body: object) => asStaff('POST', '/closes', body);
    const preview = await close({ month: '2025-10', dryRun: true });
    expect(preview.json).toMatchObject({ dryRun: true });
    expect(rowsOf((await get('/invoices')).json)).toEqual([]);
    const run = await close({ month: '2025-10' });
    expect([run.status, run.json]).toEqual([
      200,
      expect.objectContaining({ invoices: 1, total: preview.json['total'] }),
    ]);
    expect((await close({ month: '2025-10' })).json).toMatchObject({ total: run.json['total'] });
    expect(rowsOf((await get('/invoices')).json)).toHaveLength(1);
    const early = await close({ month: '2025-12' });
    expect([early.status, early.json['code']]).toEqual([409, 'MONTH_NOT_OVER']);
  });

  it('IV-05: shows a customer its invoice from the 3rd business day on, a stranger never', async () => {
    const number = '202510-000001';
    const seen = async (token: string) => [
      rowsOf((await get('/invoices', token)).json).length,
      (await get(`/invoices/${number}`, token)).status,
      (await get(`/invoices/${number}/pdf`, token)).status,
    ];
    expect(await seen(tokens.customer)).toEqual([0, 404, 404]);
    expect(await seen(tokens.auditor)).toEqual([1, 200, 200]);
    journey.at('2025-11-06T00:00:00.000+09:00');
    expect(await seen(tokens.customer)).toEqual([1, 200, 200]);
    expect(await seen(tokens.stranger)).toEqual([0, 404, 404]);
    const absent = await get('/invoices/209901-000001', tokens.stranger);
    expect(absent.text).toBe((await get(`/invoices/${number}`, tokens.stranger)).text);
  });

  it('prints an invoice with the same bytes, with and without decimals, in both languages', async () => {
    const pdf = async (form: string) => (await get(`/invoices/202510-000001/pdf${form}`)).text;
    const forms = ['', '?decimals=true', '?language=en', '?decimals=true&language=en'];
    const prints = await Promise.all(forms.map(pdf));
    expect(new Set(prints).size).toBe(4);
    expect(await pdf('')).toBe(prints[0]);
  });

  it('gives pages that join without gap or repetition', async () => {
    const refs: unknown[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null && page < 20; page++) {
      const { json } = await get(
        `/accounts/A1/calls?limit=500${cursor && `&cursor=${cursor}`}`,
        tokens.customer,
      );
      expect(rowsOf(json).length).toBeLessThanOrEqual(500);
      refs.push(...rowsOf(json).map(row => row['callId']));
      cursor = json['next'] as string | null;
    }
    expect(refs).toHaveLength(6152);
    expect(new Set(refs).size).toBe(6152);
  });

  it('tells the balance of the past', async () => {
    const asOf = encodeURIComponent('2025-10-01T00:00:00.000+09:00');
    expect((await get(`/accounts/A1/balance?asOf=${asOf}`, tokens.customer)).json).toMatchObject({
      posted: '200000',
    });
    const before = encodeURIComponent('2025-09-30T23:59:59.999+09:00');
    expect((await get(`/accounts/A1/balance?asOf=${before}`)).json).toMatchObject({ posted: '0', lots: [] });
    expect((await get('/accounts/A1/balance')).json['posted']).not.toBe('200000');
  });

  it('tags an account with its revision', async () => {
    const first = await get('/accounts/A1');
    const tag = first.headers.get('ETag')!;
    expect(tag).toBe(`"${first.json['revision']}"`);
    const same = await get('/accounts/A1', journey.staff, { 'If-None-Match': tag });
    expect([same.status, same.text]).toEqual([304, '']);
    const put = (perMinute: string) => asStaff('PUT', '/accounts/A1/incoming-discount', { perMinute });
    const changed = await put('0.4');
    expect([changed.status, changed.json['incomingDiscount']]).toEqual([200, '0.4']);
    expect(changed.headers.get('ETag')).not.toBe(tag);
    expect((await get('/accounts/A1', journey.staff, { 'If-None-Match': tag })).status).toBe(200);
    const unchanged = await put('0.4');
    expect([unchanged.status, unchanged.headers.get('ETag')]).toEqual([200, changed.headers.get('ETag')]);
  });

  it('lets the auditor prove the books and change nothing', async () => {
    const trial = await get('/trial-balance', tokens.auditor);
    expect(trial.json['debit']).toBe(trial.json['credit']);
    const reconciled = (await get('/reconciliations/2025-10', tokens.auditor)).json;
    expect(reconciled).toMatchObject({ rows: [], suspense: { lines: 0, priced: 0, net: '0' } });
    expect((await get('/audit/verify', tokens.auditor)).json).toMatchObject({ ok: true });
    expect((await get('/audit/replay', tokens.auditor)).json).toMatchObject({ ok: true, problems: [] });
    const lines = (await get('/audit/export?from=1&to=5', tokens.auditor)).text.trimEnd().split('\n');
    expect(lines.map(line => (JSON.parse(line) as { position: number }).position)).toEqual([1, 2, 3, 4, 5]);
    const tree = await get('/explanations/202510-000001', tokens.auditor);
    expect(tree.json).toMatchObject({ id: '202510-000001' });
    expect((await get('/explanations/nobody', tokens.auditor)).status).toBe(404);
    const write = await journey.api('POST', '/accounts/A1/charges', { token: tokens.auditor, body: {} });
    expect([write.status, write.json['code']]).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });

  it('keeps who did it and why, also in Japanese', async () => {
    const reason = encodeURIComponent('お客様のご依頼');
    await asStaff('PUT', '/accounts/A2/tariff', { tariff: 'std' }, { 'X-Reason': reason });
    await asStaff('PUT', '/accounts/A2/incoming-discount', { perMinute: '0' }, { 'X-Reason': reason });
    const log = (await get('/audit/export', tokens.auditor)).text;
    expect(log).toContain('お客様のご依頼');
    expect(log).toContain(`"key:${journey.staff.split('_')[1]}"`);
  });

  it('shuts a revoked key out at once', async () => {
    const key = tokens.stranger.split('_')[1];
    expect((await asStaff('DELETE', `/keys/${key}`)).json).toEqual({ key });
    expect((await get('/me', tokens.stranger)).status).toBe(401);
    expect((await asStaff('DELETE', `/keys/${key}`)).json).toMatchObject({ unchanged: true });
    expect((await asStaff('DELETE', '/keys/nobody')).status).toBe(404);
  });

  it('is measured by routes and outcomes, and logs nothing about customers', async () => {
    const { text } = await journey.server.send('GET', '/metrics');
    expect(text).toContain('daicho_commands_total{command="ChargePrepaid",outcome="replayed"} 1');
    expect(text).toMatch(
      /daicho_http_request_duration_seconds_count\{[^}]*route="\/api\/v1\/accounts\/:account\/charges"/,
    );
    const { json } = await journey.server.send('GET', '/health/ready');
    expect(text).toContain(`daicho_head_position ${json['head']}`);
    const log = journey.server.log.join('');
    const ours = text
      .split('\n')
      .filter(line => line.startsWith('daicho_'))
      .join('\n');
    for (const secret of ['A1', '株式会社', '05012345678', '128916', journey.staff]) {
      expect(log.includes(secret)).toBe(false);
      expect(ours.includes(secret)).toBe(false);
    }
    expect(JSON.parse(journey.server.log.at(-1)!)).toMatchObject({
      method: 'GET',
      route: '/health/ready',
      status: 200,
    });
  });

  it('refuses a close before the longest possible call has ended, unless a reason forces it', async () => {
    journey.at('2027-02-01T00:30:00.000+09:00');
    const month = { month: '2027-01', account: 'A2' };
    const close = async (body: object) => {
      const { status, json } = await asStaff('POST', '/closes', { ...month, ...body });
      return [status, json['code'] ?? json['accounts']] as const;
    };
    for (const dryRun of [true, false]) {
      expect(await close({ dryRun })).toEqual([409, 'CLOSE_TOO_EARLY']);
      expect(await close({ dryRun, force: true })).toEqual([422, 'REASON_REQUIRED']);
      const [status, accounts] = await close({ dryRun, force: true, reason: '回線は止まっている' });
      expect([status, accounts]).toEqual([200, [expect.objectContaining({ outcome: 'nothing_to_bill' })]]);
    }
    const forced = rowsOf((await get('/events?type=invoicing.CloseForced.v1')).json);
    expect(forced).toMatchObject([{ data: { reason: '回線は止まっている', account: 'A2' } }]);
  });

  it('finishes the requests in flight when it stops, then closes the product', async () => {
    const slow = get('/audit/replay', tokens.auditor);
    await new Promise(resolve => setTimeout(resolve, 20));
    const closing = journey.server.close();
    expect((await slow).json).toMatchObject({ ok: true });
    await closing;
    await expect(get('/me')).rejects.toThrow();
    await expect(journey.product.keys.list()).rejects.toThrow();
  });
});
