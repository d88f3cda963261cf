import { connect, type Socket } from 'node:net';
import { StoreUnavailable } from '#ports';
import { type Answers, fakeProduct, serving, type TestServer, TOKENS } from '../support/http-server.js';

const SHORT = { requestMs: 300, uploadMs: 60_000, connectionsPerAddress: 1_000 };
let server: TestServer;
let sockets: Socket[];
let reads: string[];

async function start(arrival: Partial<typeof SHORT> = {}, answers: Answers = {}, trustProxy?: string[]) {
  reads = [];
  const { product } = fakeProduct(answers);
  server = await serving(product, undefined, {
    arrival: { ...SHORT, ...arrival },
    ...(trustProxy && { trustProxy }),
  });
}
beforeEach(() => (sockets = []));
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.close();
});

interface Line {
  readonly socket: Socket;
  /** All that was answered, when the server has cut the line. */
  readonly ended: Promise<string>;
}

function line(text: string): Line {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  // Kept until it is connected: what is written later must come later.
  if (text) socket.write(text);
  sockets.push(socket);
  let said = '';
  socket.on('data', chunk => (said += String(chunk)));
  socket.on('error', () => {});
  return { socket, ended: new Promise(resolve => socket.once('close', () => resolve(said))) };
}

const post = (path: string, ...headers: string[]): string =>
  [`POST /api/v1${path} HTTP/1.1`, 'Host: x', ...headers, '', ''].join('\r\n');
const JSON_TYPE = 'Content-Type: application/json';
const LONG = 'Content-Length: 100000';
const STAFF = `Authorization: Bearer ${TOKENS.staff}`;
const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);

describe('whoever is not let in', () => {
  it.each(['/closes', '/cdr-imports', '/tariffs', '/catalogue', '/session/verifications'])(
    'is told so before the body of %s comes, and the line is cut',
    async path => {
      await start({ requestMs: 60_000 });
      const { ended } = line(post(path, path === '/closes' ? JSON_TYPE : 'Content-Type: text/csv', LONG));
      expect(await ended).toMatch(/^HTTP\/1\.1 (401|403|404) /);
    },
  );

  it('and sends a whole body is answered on a line that stays', async () => {
    await start();
    const whole = `${post('/closes', JSON_TYPE, 'Content-Length: 2')}{}`;
    const { socket } = line(whole);
    const answer = new Promise(resolve => socket.once('data', chunk => resolve(String(chunk))));
    expect(await answer).toMatch(/^HTTP\/1\.1 401 /);
    const again = new Promise(resolve => socket.once('data', chunk => resolve(String(chunk))));
    socket.write(whole);
    expect(await again).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('a request that does not arrive in time', () => {
  it.each([
    ['without a byte', ''],
    ['in its first line', 'POST /api'],
    ['in its headers', post('/closes', JSON_TYPE).slice(0, -2)],
  ])('%s is given up', async (_what, text) => {
    await start();
    expect(await line(text).ended).toMatch(/^(HTTP\/1\.1 408 .*)?/);
  });

  it.each([
    ['an open route', '/sessions'],
    ['a notification of a gateway', '/payment-gateways/sandbox/notifications'],
  ])('in the body of %s is answered 408 with its code', async (_what, path) => {
    await start();
    const { ended } = line(`${post(path, JSON_TYPE, LONG)}{"level":`);
    const answer = await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(bodyOf(answer))).toMatchObject({ status: 408, code: 'BODY_TOO_SLOW' });
  });

  it('in the body of a route that let it in is answered as well', async () => {
    await start();
    const why = ['X-Reason: test', 'Idempotency-Key: k1'];
    const { ended } = line(post('/closes', STAFF, ...why, JSON_TYPE, LONG));
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is given up although it goes on byte by byte', async () => {
    await start();
    const { socket, ended } = line(post('/sessions', JSON_TYPE, LONG));
    const drip = setInterval(() => socket.write(' '), 50);
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  it('leaves an upload that was let in its time', async () => {
    const importFile = async (path: string) => {
      reads.push(path);
      return { import: 'i', file: 'f', counts: {} };
    };
    await start({}, { 'cdr.importFile': importFile });
    const text = 'call_id\nc1\n';
    const { socket, ended } = line(
      post(
        '/cdr-imports',
        STAFF,
        'X-Reason: test',
        'Content-Type: text/csv',
        `Content-Length: ${text.length}`,
      ),
    );
    const answer = new Promise(resolve => socket.once('data', chunk => resolve(String(chunk))));
    for (const letter of text) {
      await new Promise(resolve => setTimeout(resolve, SHORT.requestMs / 5));
      socket.write(letter);
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(reads).toHaveLength(1);
    socket.end();
    await ended;
  });
});

describe('one address', () => {
  const slow = async () => {
    await start({ requestMs: 60_000, connectionsPerAddress: 5 });
    return Array.from({ length: 5 }, () => line(post('/sessions', JSON_TYPE, LONG)));
  };
  /** The connections are there when the server has counted them. */
  const untilCounted = () => new Promise(resolve => setTimeout(resolve, 200));

  it('has no more connections than its number; one that ends makes room', async () => {
    const [first] = await slow();
    await untilCounted();
    const answer = await line(post('/sessions', JSON_TYPE, LONG)).ended;
    expect(answer).toMatch(/^HTTP\/1\.1 429 /);
    expect(JSON.parse(bodyOf(answer))).toMatchObject({ code: 'TOO_MANY_CONNECTIONS' });
    first!.socket.destroy();
    await first!.ended;
    for (let status = 429; status === 429; )
      status = (await server.send('GET', '/health/live').catch(() => ({ status: 429 }))).status;
  });

  it('that a trusted proxy names has no more requests under way; others come through it', async () => {
    await start({ requestMs: 60_000, connectionsPerAddress: 2 }, {}, ['loopback']);
    const from = (address: string) => `X-Forwarded-For: ${address}`;
    for (let i = 0; i < 2; i++) line(post('/sessions', JSON_TYPE, LONG, from('192.0.2.1')));
    await untilCounted();
    const answered = async (address: string) =>
      (await server.send('GET', '/health/live', { headers: { 'X-Forwarded-For': address } })).status;
    expect([await answered('192.0.2.1'), await answered('192.0.2.2')]).toEqual([429, 200]);
  });
});

describe('a file for which there is no room', () => {
  const upload = (path: string) =>
    server.send('POST', `/api/v1${path}`, {
      token: TOKENS.staff,
      body: 'a\n',
      headers: { 'Content-Type': 'text/csv', 'X-Reason': 'test' },
    });
  const full = async () => {
    throw new StoreUnavailable('DISK_FULL', '/srv/daicho/daicho.db: no space left');
  };
  const noSpace = async () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };

  it.each([
    ['/cdr-imports', 'cdr.importFile', full],
    ['/cdr-imports', 'cdr.importFile', noSpace],
    ['/tariffs', 'catalogue.importTariffCsv', full],
    ['/catalogue', 'catalogue.importCatalogueYaml', full],
  ])('is answered 507 with its code and without a path: %s', async (path, useCase, fails) => {
    await start({}, { [useCase]: fails });
    const { status, json, text } = await upload(path);
    expect([status, json['code']]).toEqual([507, 'DISK_FULL']);
    expect(text).not.toContain('/srv');
  });

  it('shows no path in the health of the server', async () => {
    const { product } = fakeProduct();
    const health = async () => ({
      head: 7,
      writable: false,
      reason: 'DISK_FULL: /srv/daicho/daicho.db: no space',
      clockTrusted: true,
    });
    reads = [];
    server = await serving({ ...product, health });
    const { status, json, text } = await server.send('GET', '/health/ready');
    expect([status, json['code']]).toEqual([503, 'DISK_FULL']);
    expect(text).not.toContain('srv');
  });
});
