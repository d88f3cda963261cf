import { InvalidInput } from '#kernel';
import { SealBroken, StoreUnavailable } from '#ports';
import { refusalOf } from '#runtime';
import {
  done,
  fakeProduct,
  type Sending,
  serving,
  type TestServer,
  TOKENS,
} from '../../../test/support/http-server.js';

const charge = { amount: '1000', method: 'card' };
const rejection = (code: string) => ({
  kind: 'rejected',
  rejection: { code, refusal: { code, status: 409, ja: '不可です。', en: 'no' }, details: { a: '1' } },
});
const errors: Record<string, Error> = {
  'A-bug': new Error('secret of the inside: 05012345678'),
  'A-sealed': new SealBroken('unknown_key', '0a1b2c3d'),
  'A-full': new StoreUnavailable('DISK_FULL', '/var/data is full'),
  'A-field': new InvalidInput('cursor', 'must be the `next` of an earlier page'),
};
const fake = fakeProduct({
  'prepaid.charge': ({ account }: { account: string }) =>
    account === 'A1' ? done({ lot: 'L' }) : rejection(account),
  'prepaid.balance': (account: string) => {
    if (errors[account]) throw errors[account];
    return undefined;
  },
});

let server: TestServer;
beforeAll(async () => {
  server = await serving(fake.product);
});
afterAll(() => server.close());

const HEADERS = { 'X-Reason': 'a test', 'Idempotency-Key': 'p-1' };
const send = (method: string, path: string, sending: Sending = {}) =>
  server.send(method, `/api/v1${path}`, {
    token: TOKENS.staff,
    ...sending,
    headers: { ...HEADERS, ...sending.headers },
  });
const post = (path: string, body: unknown, headers = {}) => send('POST', path, { body, headers });

describe('a malformed request', () => {
  const CHARGES = '/accounts/A1/charges';
  const SETTLE = '/accounts/A1/holds/H/settle';
  const at = '2026-10-02T09:00:00.000+09:00';
  const call = {
    callId: 'c-1',
    number: '05012345678',
    from: '',
    to: '0312345678',
    startedAt: at,
    answeredAt: at,
    endedAt: at,
  };
  it.each<[string, string, unknown, string]>([
    ['an amount that is a number', CHARGES, { ...charge, amount: 1000 }, 'amount'],
    ['an amount with a separator that is no thousand', CHARGES, { ...charge, amount: '1,00' }, 'amount'],
    ['an amount with two kinds of separators', CHARGES, { ...charge, amount: '1.000,00' }, 'amount'],
    ['an amount with five decimals', CHARGES, { ...charge, amount: '0.00001' }, 'amount'],
    ['an amount in exponent form', CHARGES, { ...charge, amount: '1e3' }, 'amount'],
    ['an amount of nothing', CHARGES, { ...charge, amount: '0' }, 'amount'],
    ['an amount below zero', CHARGES, { ...charge, amount: '-1' }, 'amount'],
    ['an amount beyond the ledger', CHARGES, { ...charge, amount: '900719925475' }, 'amount'],
    ['no amount', CHARGES, { method: 'card' }, 'amount'],
    ['a method that is none', CHARGES, { ...charge, method: 'cash' }, 'method'],
    ['no method', CHARGES, { amount: '1' }, 'method'],
    ['a field nobody knows', CHARGES, { ...charge, amonut: '1' }, 'amonut'],
    ['a time without offset', CHARGES, { ...charge, at: '2026-10-01T09:00:00' }, 'at'],
    ['a day that does not exist', CHARGES, { ...charge, at: '2026-02-30T09:00:00+09:00' }, 'at'],
    ['a lot id with a space', CHARGES, { ...charge, lot: 'a b' }, 'lot'],
    ['a body that is a list', CHARGES, [charge], 'body'],
    ['a body that is no JSON', CHARGES, '{"amount":', 'body'],
    ['an account id with an underscore', '/accounts/A_1/charges', charge, 'account'],
    ['a number that is none', '/accounts/A1/numbers', { number: '050-1234-567x' }, 'number'],
    ['a bad number among good ones', '/accounts', opening({ numbers: ['0501', 'x'] }), 'numbers.1'],
    ['an empty name', '/accounts', opening({ name: ' ' }), 'name'],
    ['no opening day', '/accounts', opening({ openedOn: undefined }), 'openedOn'],
    ['a month of 13', '/closes', { month: '2026-13' }, 'month'],
    ['a dry run that is a text', '/closes', { month: '2026-10', dryRun: 'yes' }, 'dryRun'],
    ['an adjustment of nothing', '/accounts/A1/adjustments', { amount: '0', reason: 'r' }, 'amount'],
    ['an adjustment without reason', '/accounts/A1/adjustments', { amount: '1' }, 'reason'],
    ['a line without import', '/suspense/retry', { line: 2 }, 'import'],
    ['a role nobody has', '/keys', { role: 'root', label: 'x' }, 'role'],
    ['no call', SETTLE, {}, 'callId'],
    ['a call id that no call file may have', SETTLE, { ...call, callId: 'x'.repeat(161) }, 'callId'],
    ['a call of 32 days', SETTLE, { ...call, endedAt: '2026-11-02T09:00:00.001+09:00' }, 'endedAt'],
    ['a caller of 65 characters', SETTLE, { ...call, from: '1'.repeat(65) }, 'from'],
  ])('names the field: %s', async (_what, path, body, field) => {
    const before = fake.asked.length;
    const { status, json, headers } = await post(path, body);
    expect([status, json['field']]).toEqual([400, field]);
    expect(headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(json).toMatchObject({
      type: expect.stringMatching(/^urn:daicho:problem:/),
      title: 'Malformed request',
      status: 400,
      code: expect.stringMatching(/^INVALID_/),
      detail: expect.stringContaining(field),
    });
    expect(fake.asked.length).toBe(before);
  });

  it('names an Idempotency-Key that looks like an id of ours', async () => {
    const before = fake.asked.length;
    const { status, json } = await post(CHARGES, charge, { 'Idempotency-Key': 'cdr/c-1' });
    expect([status, json['field']]).toEqual([400, 'Idempotency-Key']);
    expect(fake.asked.length).toBe(before);
  });

  it.each([
    ['/accounts/A1/history?limit=0', 'limit'],
    ['/accounts/A1/history?limit=501', 'limit'],
    ['/accounts/A1/history?limit=ten', 'limit'],
    ['/accounts/A1/history?limit=1&limit=2', 'limit'],
    ['/accounts/A1/history?page=2', 'page'],
    ['/accounts/A1/calls?direction=up', 'direction'],
    ['/accounts/A1/balance?asOf=yesterday', 'asOf'],
    ['/accounts/A1/statements/2026-1', 'month'],
    ['/accounts/A1/statements/2026-10?format=xls', 'format'],
    ['/invoices/1/pdf?decimals=2', 'decimals'],
    ['/audit/export?from=0', 'from'],
    ['/accounts/%zz/balance', 'path'],
    ['/accounts/A-field/balance', 'cursor'],
  ])('names the parameter: %s', async (path, field) => {
    const { status, json } = await send('GET', path);
    expect([status, json['field']]).toEqual([400, field]);
  });

  it('lists every bad field, the first one as `field`', async () => {
    const { json } = await post(CHARGES, { amount: 5, method: 'cash', x: 1 });
    expect(json).toMatchObject({
      field: 'amount',
      errors: [
        { field: 'amount', problem: 'must be a string' },
        { field: 'method', problem: 'must be one of card, net_bank, konbini, bank_transfer, bonus' },
        { field: 'x', problem: 'is not a field of this request' },
      ],
    });
  });

  it.each([
    ['Idempotency-Key', 'with space'],
    ['Idempotency-Key', 'x'.repeat(201)],
    ['X-Reason', 'x'.repeat(501)],
  ])('names the header %s', async (header, value) => {
    const { status, json } = await post(CHARGES, charge, { [header]: value });
    expect([status, json['field']]).toEqual([400, header]);
  });

  it('refuses bodies of another kind, and bodies that are too large', async () => {
    expect((await post(CHARGES, 'amount=1', { 'Content-Type': 'text/plain' })).status).toBe(415);
    const large = await post(CHARGES, { ...charge, lot: 'x'.repeat(300_000) });
    expect([large.status, large.json['code']]).toEqual([413, 'BODY_TOO_LARGE']);
    const text = await post('/tariffs', 'x'.repeat(16_000_001), { 'Content-Type': 'text/csv' });
    expect([text.status, text.json['code']]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});

function opening(change: object): object {
  return { account: 'A1', name: 'N', openedOn: '2026-10-01', numbers: [], tariff: 'std', ...change };
}

describe('a refusal', () => {
  it.each([
    ['NO_SUCH_ACCOUNT', 404],
    ['NO_SUCH_TARIFF', 404],
    ['INSUFFICIENT_FUNDS', 422],
    ['APPROVAL_REQUIRED', 422],
    ['LOT_EXISTS', 409],
    ['IDEMPOTENCY_KEY_REUSED', 409],
    ['MONTH_NOT_OVER', 409],
    ['TOO_MANY_CONFLICTS', 503],
  ] as const)('%s is a %i', (code, status) => {
    expect(refusalOf(code).status).toBe(status);
  });

  it('carries its code, its sentence and its facts', async () => {
    const { status, json } = await post('/accounts/A2/charges', charge);
    expect([status, json]).toEqual([
      409,
      {
        type: 'urn:daicho:problem:a2',
        title: 'Refused',
        status: 409,
        code: 'A2',
        detail: 'no',
        detailJa: '不可です。',
        details: { a: '1' },
      },
    ]);
  });

  it('names the key that a restored store lacks: it is no fault of its users', async () => {
    const { status, json } = await send('GET', '/accounts/A-sealed/balance');
    expect([status, json]).toMatchObject([503, { code: 'SECRET_KEY_MISSING' }]);
    expect((json as { detail: string }).detail).toMatch(/key 0a1b2c3d, .*identity\.key/);
  });

  it('says when to come back while the store takes no writes', async () => {
    const { status, json, headers, text } = await send('GET', '/accounts/A-full/balance');
    expect([status, json['code'], headers.get('Retry-After')]).toEqual([503, 'DISK_FULL', '5']);
    expect(text).not.toContain('/var/data');
  });

  it('tells nothing of the inside when something breaks; the request id leads to the log', async () => {
    const { status, text, headers } = await send('GET', '/accounts/A-bug/balance', {
      headers: { 'X-Request-Id': 'r-77' },
    });
    expect([status, headers.get('X-Request-Id')]).toEqual([500, 'r-77']);
    expect(text).not.toContain('secret');
    const line = server.log.find(entry => entry.includes('r-77') && entry.includes('INTERNAL_ERROR'))!;
    expect(JSON.parse(line)).toMatchObject({ level: 50, error: 'Error', at: expect.any(Array) });
    expect(server.log.join('')).not.toContain('05012345678');
  });

  it('is 404 where nothing is', async () => {
    expect((await send('GET', '/nothing')).json).toMatchObject({ status: 404, code: 'NO_SUCH_ROUTE' });
    expect((await server.send('GET', '/.env')).json).toMatchObject({ status: 404, code: 'NO_SUCH_ROUTE' });
  });
});
