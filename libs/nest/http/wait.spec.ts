import { A1, fakeProduct, serving, type TestServer, TOKENS } from '../../../test/support/http-server.js';

describe('a question that names a position', () => {
  let server: TestServer;
  const waited: number[] = [];
  const { product, asked } = fakeProduct({
    'cdr.retry': () => ({ retried: 1, resolved: 1, problems: [] }),
  });
  const health = async () => ({ head: 9, writable: true, reason: null, clockTrusted: true });
  const waitFor = async (position: number): Promise<boolean> => {
    waited.push(position);
    return position <= 7;
  };
  const get = (query: string, headers: Record<string, string> = {}, method = 'GET') =>
    server.send(method, `/api/v1/accounts/${A1}/history${query}`, { token: TOKENS.staff, headers });

  beforeAll(async () => {
    server = await serving({ ...product, waitFor, health });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    waited.length = 0;
    asked.length = 0;
  });

  it.each([
    ['?wait=', {}, 'wait'],
    ['?wait=abc', {}, 'wait'],
    ['?wait=-1', {}, 'wait'],
    ['?wait=+1', {}, 'wait'],
    ['?wait=1.5', {}, 'wait'],
    ['?wait=1e3', {}, 'wait'],
    ['?wait=0x10', {}, 'wait'],
    ['?wait=007', {}, 'wait'],
    ['?wait=%207', {}, 'wait'],
    ['?wait=９', {}, 'wait'],
    ['?wait=9007199254740992', {}, 'wait'],
    ['?wait=1&wait=2', {}, 'wait'],
    ['', { 'X-Wait-Position': 'soon' }, 'X-Wait-Position'],
    ['', { 'X-Wait-Position': '-7' }, 'X-Wait-Position'],
    ['?wait=7', { 'X-Wait-Position': '1, 2' }, 'X-Wait-Position'],
  ])('is refused, naming the field: %s %j', async (query, headers, field) => {
    const { status, json } = await get(query, headers);
    expect([status, json['code'], json['field']]).toEqual([400, 'INVALID_INPUT', field]);
    expect([waited, asked]).toEqual([[], []]);
  });

  it.each<[string, Record<string, string>, number[]]>([
    ['?limit=3', {}, []],
    ['?wait=0', {}, []],
    ['?wait=7&limit=3', {}, [7]],
    ['', { 'X-Wait-Position': '6' }, [6]],
    ['?wait=5', { 'X-Wait-Position': '6' }, [6]],
    ['?wait=6', { 'X-Wait-Position': '5' }, [6]],
  ])('is answered when the later of them counts: %s %j', async (query, headers, positions) => {
    expect((await get(query, headers)).status).toBe(200);
    expect(waited).toEqual(positions);
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(asked[0]!.args)).not.toContain('wait');
  });

  it('is refused for a while when the position does not count within the limit', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await get('?wait=8', {}, method);
      expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '1']);
      if (method === 'GET') expect(answer.json).toMatchObject({ code: 'READ_MODEL_BEHIND' });
    }
    expect(asked).toEqual([]);
  });

  it('waits for nobody without a key', async () => {
    expect((await server.send('GET', '/api/v1/accounts?wait=8')).status).toBe(401);
    expect(waited).toEqual([]);
  });

  it('finds the position in the answer to every command, also to one of many events', async () => {
    const headers = { 'X-Reason': 'test', 'Idempotency-Key': 'k1' };
    const sent = (path: string, body: unknown) =>
      server.send('POST', `/api/v1${path}`, { token: TOKENS.staff, headers, body });
    const charged = await sent(`/accounts/${A1}/charges`, { amount: '1', method: 'bank_transfer' });
    expect([charged.status, charged.headers.get('X-Position')]).toEqual([201, '7']);
    const retried = await sent('/suspense/retry', {});
    expect([retried.status, retried.headers.get('X-Position')]).toEqual([200, '9']);
    const refused = await sent(`/accounts/${A1}/charges`, { amount: 'x', method: 'bank_transfer' });
    expect([refused.status, refused.headers.get('X-Position')]).toEqual([400, null]);
  });
});
