import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HttpJourney, httpJourney } from '../support/http-journey.js';

let journey: HttpJourney;
let job: string;
/** A key that the first one made, and one of another person. */
let own: string;
let second: string;
let holds = 0;
const get: HttpJourney['get'] = (path, ...more) => journey.get(path, ...more);
const asStaff: HttpJourney['asStaff'] = (method, path, ...more) => journey.asStaff(method, path, ...more);

beforeAll(async () => {
  journey = await httpJourney('2025-11-06T00:00:00.000+09:00');
  const tariff = await readFile(join(import.meta.dirname, '../fixtures/statement-002/tariff.csv'), 'utf8');
  await asStaff('POST', '/tariffs', tariff, { 'Content-Type': 'text/csv' });
  const account = { account: 'A2', name: '有限会社別口', openedOn: '2025-10-01', tariff: 'std' };
  await asStaff('POST', '/accounts', { ...account, numbers: ['05012345679'] });
  job = await journey.keyFor('job', null);
  own = await journey.keyFor('staff', null);
  const colleague = { actor: { id: 'cli:colleague', reason: 'journey' }, commandId: 'second-key' };
  const made = await journey.product.keys.create({ role: 'staff', account: null, label: 'b' }, colleague);
  if (made.kind !== 'done') throw new Error('no second key');
  second = made.value.token;
});
afterAll(() => journey.server.close());

describe('a wallet over HTTP', () => {
  it('holds, extends, settles and releases, and never beyond the funds', async () => {
    await asStaff('POST', '/accounts/A2/charges', { amount: '100', method: 'bank_transfer' });
    const hold = (body: object, path = '') =>
      journey.api('POST', `/accounts/A2/holds${path}`, {
        token: job,
        headers: { 'Idempotency-Key': `hold-${++holds}` },
        body,
      });
    expect(await hold({ hold: 'H1', amount: '60' })).toMatchObject({
      status: 201,
      json: { hold: 'H1', amount: '60' },
    });
    expect(await hold({ hold: 'H2', amount: '40.0001' })).toMatchObject({
      status: 422,
      json: { code: 'INSUFFICIENT_FUNDS' },
    });
    expect((await hold({ amount: '40' }, '/H1/extend')).status).toBe(200);
    expect((await get('/accounts/A2/balance')).json).toMatchObject({
      posted: '100',
      held: '100',
      available: '0',
    });
    const call = {
      callId: 'live-1',
      number: '05012345679',
      from: '05012345679',
      to: '0312345678',
      startedAt: '2025-11-06T00:00:00.000+09:00',
      answeredAt: '2025-11-06T00:00:00.000+09:00',
      endedAt: '2025-11-06T00:03:00.100+09:00',
    };
    journey.at('2025-11-06T00:05:00.000+09:00');
    const settled = await hold(call, '/H1/settle');
    expect([settled.status, settled.json]).toEqual([
      200,
      { hold: 'H1', net: '16', tax: '1.6', category: '一般通話' },
    ]);
    expect((await get('/accounts/A2/balance')).json).toMatchObject({ posted: '82.4', held: '0' });
    expect(
      (await hold({ ...call, callId: 'x', endedAt: '2025-11-05T23:00:00+09:00' }, '/H1/settle')).json[
        'field'
      ],
    ).toBe('endedAt');
    expect(await hold({}, '/H1/release')).toMatchObject({
      status: 200,
      json: {
        unchanged: true,
        code: 'HOLD_OVER',
        reason: 'the hold was settled or released before',
        reasonJa: expect.stringMatching(/確定または解放/),
      },
    });
  });

  it('settles no call of a foreign number, before the first day, or to what is no number', async () => {
    const account = { account: 'A3', name: '有限会社三', openedOn: '2025-11-01', tariff: 'std' };
    const opened = await asStaff('POST', '/accounts', { ...account, numbers: ['050-8765-4321'] });
    expect(opened.json).toMatchObject({ numbers: ['05087654321'] });
    const settle = (call: object) =>
      journey.api('POST', '/accounts/A3/holds/none/settle', {
        token: job,
        headers: { 'Idempotency-Key': `settle-${++holds}` },
        body: {
          ...{ callId: `s-${holds}`, number: '+81 50-8765-4321', from: '', to: '０３−１２３４−５６７８' },
          startedAt: '2025-11-05T00:00:00.000+09:00',
          answeredAt: '2025-11-05T00:00:00.000+09:00',
          endedAt: '2025-11-05T00:01:00.000+09:00',
          ...call,
        },
      });
    const eve = '2025-10-31T23:59:59.000+09:00';
    for (const [call, code] of [
      [{ number: '050-1234-5679' }, 'NUMBER_OF_ANOTHER_ACCOUNT'],
      [{ startedAt: eve, answeredAt: eve, endedAt: eve }, 'BEFORE_FIRST_DAY'],
      [{ to: '03-1234-567x' }, 'UNREADABLE_NUMBER'],
      [{ number: '050-8765-432x' }, 'INVALID_INPUT'],
    ] as const)
      expect((await settle(call)).json).toMatchObject({ code });
    expect(await settle({})).toMatchObject({ status: 200, json: { net: '8', category: '一般通話' } });
    expect(await settle({ to: '050 1234 5679' })).toMatchObject({
      status: 200,
      json: { net: '0', category: 'IP通話' },
    });
  });

  it('asks a second person of staff for a large adjustment', async () => {
    const body = { adjustment: 'ADJ-1', amount: '10000.0001', reason: 'goodwill' };
    const adjust = (headers: Record<string, string>) =>
      asStaff('POST', '/accounts/A2/adjustments', body, headers);
    expect(await adjust({})).toMatchObject({ status: 422, json: { code: 'APPROVAL_REQUIRED' } });
    for (const key of [journey.staff, own]) {
      const same = await adjust({ 'X-Approver-Key': key });
      expect(same).toMatchObject({ status: 422, json: { code: 'APPROVER_IS_ACTOR' } });
    }
    const machine = { 'X-Approver-Key': job };
    expect(await adjust(machine)).toMatchObject({ status: 403, json: { code: 'APPROVER_NOT_ALLOWED' } });
    const other = { 'X-Approver-Key': second };
    expect(await adjust(other)).toMatchObject({
      status: 201,
      json: { adjustment: 'ADJ-1', amount: '10000.0001' },
    });
  });

  it('tells in the history what a call cost, what stays owed, and then what paid it', async () => {
    const account = { account: 'A4', name: '有限会社四番', openedOn: '2025-10-01', tariff: 'std' };
    await asStaff('POST', '/accounts', { ...account, numbers: ['05012345670'] });
    const charge = (amount: string) =>
      asStaff('POST', '/accounts/A4/charges', { amount, method: 'bank_transfer' });
    await charge('5');
    const csv =
      'call_id,account,number,direction,from,to,start,answer,end,hangup_cause\n' +
      'owing,A4,05012345670,out,05012345670,0312345678,2025-11-05T00:00:00.000+09:00,' +
      '2025-11-05T00:00:00.000+09:00,2025-11-05T00:01:00.000+09:00,NORMAL_CLEARING\n';
    await asStaff('POST', '/cdr-imports', csv, { 'Content-Type': 'text/csv' });
    await charge('20');
    const { json } = await get('/accounts/A4/history');
    expect(json['rows']).toMatchObject([
      {
        item: 'receivable_paid',
        amount: '-3.8',
        postedAfter: '16.2',
        gross: null,
        covered: null,
        owed: '-3.8',
        owedAfter: '0',
        pays: [{ ref: 'owing', item: 'call', detail: '0312345678', amount: '3.8' }],
      },
      { item: 'charge', amount: '20', postedAfter: '20', owed: '0', owedAfter: '3.8', pays: [] },
      {
        item: 'call',
        amount: '-5',
        postedAfter: '0',
        ...{ net: '8', tax: '0.8', gross: '8.8', covered: '5', owed: '3.8', owedAfter: '3.8' },
      },
      { item: 'charge', amount: '5', postedAfter: '5', owed: '0', owedAfter: '0' },
    ]);
  });

  it.each([
    ['PL-01', 'card', '999', 'OUTSIDE_METHOD_LIMITS', { least: '1000', most: '5000000' }],
    ['PL-02', 'card', '5000001', 'OUTSIDE_METHOD_LIMITS', { least: '1000', most: '5000000' }],
    ['PL-03', 'net_bank', '999', 'OUTSIDE_METHOD_LIMITS', { least: '1000', most: '5000000' }],
    ['PL-04', 'konbini', '1999', 'OUTSIDE_METHOD_LIMITS', { least: '2000', most: '300000' }],
    ['PL-05', 'konbini', '300001', 'OUTSIDE_METHOD_LIMITS', { least: '2000', most: '300000' }],
    ['PL-07', 'bank_transfer', '5000001', 'OUTSIDE_METHOD_LIMITS', { least: '1', most: '5000000' }],
    ['whole yen', 'konbini', '2000.5', 'NOT_WHOLE_YEN', { amount: '2000.5' }],
  ])('%s: the problem of %s %s names the amount, the code and the limits', async (...told) => {
    const [, method, amount, code, details] = told;
    expect(await asStaff('POST', '/accounts/A2/charges', { amount, method })).toMatchObject({
      status: 422,
      json: { code, field: 'amount', details },
    });
  });

  it('takes a debit back once', async () => {
    const reverse = () =>
      asStaff('POST', '/accounts/A2/reversals', { debit: 'live-1', reason: 'wrong number' });
    expect((await reverse()).json).toMatchObject({ net: '16', tax: '1.6' });
    expect(await reverse()).toMatchObject({ status: 409, json: { code: 'ALREADY_REVERSED' } });
  });

  it('corrects a call under its own id, once: the entry of before is taken back', async () => {
    const key = { 'Idempotency-Key': 'correct-live-1' };
    const correct = (body: object, headers: Record<string, string> = key) =>
      asStaff(
        'POST',
        '/accounts/A2/corrections',
        { call: 'live-1', reason: 'it rang only', ...body },
        headers,
      );
    const unanswered = { answeredAt: null };
    const corrected = { callId: 'live-1', entry: 2, net: '0', tax: '0' };
    expect(await correct(unanswered)).toMatchObject({ status: 201, json: corrected });
    expect((await correct(unanswered)).json).toMatchObject(corrected);
    expect(await correct({ call: 'nothing', ...unanswered }, {})).toMatchObject({
      status: 404,
      json: { code: 'NO_SUCH_DEBIT' },
    });
    const earlier = { endedAt: '2020-01-01T00:00:00.000+09:00' };
    expect((await correct(earlier, {})).status).toBe(400);
  });
});
