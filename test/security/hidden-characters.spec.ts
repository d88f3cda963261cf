import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeArguments } from '../support/child.js';
import { callerIn, fakeProduct, serving, type TestServer, TOKENS } from '../support/http-server.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const HIDDEN = [
  ['NUL', '\u0000'],
  ['an escape', '\u001b'],
  ['a line break', '\n'],
  ['half a character', '\ud800'],
  ['a bidi override', '\u202e'],
  ['a zero-width space', '\u200b'],
] as const;

let server: TestServer;
const { product, asked } = fakeProduct();
beforeAll(async () => {
  server = await serving(product);
});
afterAll(() => server.close());
beforeEach(() => asked.splice(0));

const headers = { 'X-Reason': 'test', 'Idempotency-Key': 'k' };
const post = (path: string, body: unknown) =>
  server.send('POST', `/api/v1${path}`, { token: TOKENS.staff, body, headers });
const get = (path: string) => server.send('GET', `/api/v1${path}`, { token: TOKENS.staff });

describe.each(HIDDEN)('%s over HTTP', (_what, hidden) => {
  const bad = `a${hidden}b`;
  // Half a character has no form in UTF-8, which addresses and headers are in.
  const sent = encodeURIComponent(hidden === '\ud800' ? '\u0000' : bad);

  it.each([
    ['name', '/accounts', { account: 'A1', name: bad, openedOn: '2026-10-01', numbers: [], tariff: 'std' }],
    ['reason', '/accounts/A1/adjustments', { amount: '1', reason: bad }],
    ['purpose', '/accounts/A1/holds', { amount: '1', purpose: bad }],
    ['label', '/keys', { role: 'staff', label: bad }],
    ['loginId', '/sessions', { level: 'staff', loginId: bad, password: 'x' }],
    [
      'numbers.0',
      '/accounts',
      { account: 'A1', name: 'a', openedOn: '2026-10-01', numbers: [bad], tariff: 'std' },
    ],
    ['reason', '/suspense/discard', { import: 'i', line: 1, reason: bad }],
  ])('in the field %s of %s is refused by its name', async (field, path, body) => {
    const { status, json } = await post(path, body);
    expect([status, json['code'], json['field']]).toEqual([400, 'INVALID_INPUT', field]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['search', `/accounts?search=${sent}`],
    ['counterparty', `/invoices?counterparty=${sent}`],
    ['id', `/explanations/${sent}`],
    ['number', `/invoices/${sent}`],
  ])('in the address, as %s, is refused by its name', async (field, path) => {
    const { status, json } = await get(path);
    expect([status, json['field']]).toEqual([400, field]);
    expect(asked).toEqual([]);
  });

  it('in the name of a file is refused', async () => {
    const upload = await server.send('POST', `/api/v1/cdr-imports?file=${sent}.csv`, {
      token: TOKENS.staff,
      body: 'x',
      headers: { ...headers, 'Content-Type': 'text/csv' },
    });
    expect([upload.status, upload.json['field']]).toEqual([400, 'file']);
  });

  it('in a reason in the header is refused', async () => {
    const { status, json } = await server.send('POST', '/api/v1/keys', {
      token: TOKENS.staff,
      body: { role: 'staff', label: 'x' },
      headers: { 'X-Reason': sent },
    });
    expect([status, json['field']]).toEqual([400, 'X-Reason']);
  });
});

it('the same text is the same characters however it was typed, as long as its writer counts', async () => {
  const typed = `${'か\u3099'.repeat(150)}${'𠮷'.repeat(50)}`;
  const body = {
    account: 'A1',
    name: typed,
    openedOn: '2026-10-01',
    numbers: ['05012345678'],
    tariff: 'std',
  };
  const why = { 'X-Reason': encodeURIComponent('か\u3099'), 'Idempotency-Key': 'k' };
  const answer = await server.send('POST', '/api/v1/accounts', { token: TOKENS.staff, body, headers: why });
  expect(answer.status).toBeLessThan(300);
  expect(asked[0]!.args[0]).toMatchObject({ name: `${'が'.repeat(150)}${'𠮷'.repeat(50)}` });
  expect(callerIn(asked[0]!).actor.reason).toBe('が');
});

describe('on the command line', () => {
  let directory: string;
  beforeAll(() => (directory = temporaryDirectory()));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const daicho = (...args: string[]) =>
    spawnSync(
      process.execPath,
      nodeArguments('apps/cli/run.fixture.ts', '--data', join(directory, 'data'), ...args),
      { encoding: 'utf8' },
    );

  it.each([
    ['--name', ['account', 'create', 'A1', '--name', 'a\u202eb', '--tariff', 'std']],
    ['--reason', ['account', 'create', 'A1', '--name', 'a', '--tariff', 'std', '--reason', 'a\u001b[2Jb']],
    ['argument 1', ['explain', 'a\u200bb']],
  ])('%s is refused by its name, and comes back harmless', (option, args) => {
    const { status, stderr } = daicho(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(option);
    expect(stderr).toMatch(/^[\n\x20-\x7e]*$/);
  });
});
