import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';

let home: SignInHome;
let admin: Browser;
const WHY = { 'X-Reason': 'a test' };
beforeAll(async () => {
  home = await signInHome();
  admin = home.browser();
  await admin.signInWhole('staff', 'admin');
}, 30_000);
afterAll(() => home.close());

/** The path as it stands, which `fetch` would tidy up. */
function rawGet(path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(home.server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers: { Cookie: admin.cookie } }, response => {
      let body = '';
      response.on('data', chunk => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('every answer', () => {
  it.each(['/', '/api/v1/session', '/api/v1/nothing', '/health/live', '/api/docs'])(
    '%s carries the headers that keep other pages out',
    async path => {
      const { headers } = await home.server.send('GET', path);
      const policy = headers.get('Content-Security-Policy') ?? '';
      for (const directive of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
        expect(policy).toContain(directive);
      expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('X-Powered-By')).toBeNull();
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    },
  );

  it('of the API is kept by no cache', async () => {
    const { headers } = await admin.send('GET', '/session');
    expect(headers.get('Cache-Control')).toBe('private, no-cache');
  });
});

describe('a body', () => {
  const json = { 'Content-Type': 'application/json' };
  const signIn = (body: string, headers: Record<string, string> = json) =>
    home.server.send('POST', '/api/v1/sessions', { body, headers });

  it('that is too large is refused before it is read', async () => {
    const { status, json: problem } = await signIn(JSON.stringify({ level: 'x'.repeat(300_000) }));
    expect([status, problem['code']]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  it.each([
    ['arrays', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['objects', `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`],
    ['a passkey', `{"label":"x","response":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ])('that is nested too deeply is refused and ends nothing: %s', async (_what, deep) => {
    expect((await signIn(deep)).status).toBe(400);
    const passkey = await admin.send('POST', '/security/passkeys', deep, json);
    expect(passkey.status).toBeGreaterThanOrEqual(400);
    expect(passkey.status).toBeLessThan(500);
    expect((await admin.send('GET', '/session')).status).toBe(200);
  });

  it.each([
    '{"level":"staff","loginId":"admin","password":"x","__proto__":{"role":"admin"}}',
    '{"level":"staff","loginId":"admin","password":"x","constructor":{"prototype":{"role":"admin"}}}',
    '{"level":"staff","loginId":{"$ne":null},"password":"x"}',
    '{"level":"staff","loginId":["admin"],"password":"x"}',
    '{"level":["staff"],"loginId":"admin","password":"x"}',
    '{"level":"staff","loginId":"admin","password":12345678}',
    '{"level":"god","loginId":"admin","password":"x"}',
    '{"level":"staff","loginId":"admin"}',
    `{"level":"staff","loginId":"admin","password":"${'x'.repeat(10_000)}"}`,
    '{"level":"staff","loginId":"admin","password":"x"',
    'null',
    '',
  ])('that is not what it should be is named: %.80s', async body => {
    const { status, json: problem } = await signIn(body);
    expect(status).toBe(400);
    expect(String(problem['field'])).not.toBe('');
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  it('of another media type is not read', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await signIn('level=staff&loginId=admin&password=x', form)).status).toBe(415);
    const text = { 'Content-Type': 'text/plain' };
    expect((await signIn('{"level":"staff","loginId":"admin","password":"x"}', text)).status).toBe(415);
  });
});

describe('a path', () => {
  const MARK = 'nobody-may-read-this-file';
  beforeAll(() => writeFileSync(join(home.directory, 'mark.txt'), MARK));

  it.each([
    '/../mark.txt',
    '/..%2f..%2fmark.txt',
    '/assets/../../../mark.txt',
    '/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..\\..\\etc\\passwd',
    '//etc/passwd',
    '/api/docs/../../../package.json',
    '/api/docs/%2e%2e%2f%2e%2e%2fpackage.json',
    '/api/v1/invoices/..%2F..%2F..%2Fetc%2Fpasswd',
    '/api/v1/invoices/..%2F..%2Fmark.txt/pdf',
    '/api/v1/accounts/..%2F..%2Fmark.txt/statements/2026-10?format=pdf',
    '/api/v1/accounts/A1/statements/..%2F..%2Fmark.txt?format=csv',
    '/api/v1/tariffs/..%2F..%2Fmark.txt/rows',
    '/api/v1/accounts/%00/balance',
    '/api/v1/%c0%ae%c0%ae/mark.txt',
  ])('never leads out: %s', async path => {
    const { status, body } = await rawGet(path);
    expect([path, status < 500]).toEqual([path, true]);
    expect(body).not.toContain(MARK);
    expect(body).not.toContain('root:');
    expect(body).not.toContain('"workspaces"');
  });

  it.each(['../../evil.csv', '/etc/evil.csv', '..\\..\\evil.csv', 'a\u0000b.csv', '.hidden'])(
    'in the name of a file that is sent stays a name: %j',
    async name => {
      const headers = { ...WHY, 'Content-Type': 'text/csv' };
      const path = `/cdr-imports?file=${encodeURIComponent(name)}`;
      const { status } = await admin.send('POST', path, 'call_id,account\n', headers);
      expect(status).toBeLessThan(500);
      expect(existsSync(join(home.directory, '..', 'evil.csv'))).toBe(false);
      expect(readdirSync(join(home.directory, 'tmp')).filter(entry => entry.startsWith('upload-'))).toEqual(
        [],
      );
    },
  );

  it('in the name of a file that is downloaded is harmless', async () => {
    const answer = await admin.send('GET', '/accounts/A1/statements/2026-10?format=csv');
    expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
  });
});

describe('a header', () => {
  it.each(['dk_x\u00e9', 'x'.repeat(8000), "' OR 1=1 --", 'Bearer Bearer dk_x'])(
    'that should prove who asks proves nothing: %.40s',
    async value => {
      const { status } = await home.server.send('GET', '/api/v1/me', {
        headers: { Authorization: `Bearer ${value}`, Cookie: admin.cookie ?? '' },
      });
      expect([200, 401]).toContain(status);
      if (!/\s/.test(value)) expect(status).toBe(401);
    },
  );
});
