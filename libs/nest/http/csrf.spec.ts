import { originOf } from './client-address.js';
import { checkCsrf, refuseForeign } from './csrf.js';
import { cookieOf, hasCookie } from './session-cookie.js';

const asking = (headers: Readonly<Record<string, string>>, ip?: string) => ({
  ip,
  get: (name: string) => headers[name] as never,
});
const codeOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'passed';
};

describe('where a request comes from', () => {
  it.each([
    [{}, null, 'passed'],
    [{ Host: 'a.example', Origin: 'https://a.example' }, null, 'passed'],
    [{ Host: 'a.example:3000', Origin: 'http://a.example:3000' }, null, 'passed'],
    [{ Host: 'a.example:3000', Origin: 'http://a.example' }, null, 'FOREIGN_ORIGIN'],
    [{ Host: 'inner:3000', Origin: 'https://a.example' }, 'https://a.example', 'passed'],
    [{ Host: 'inner:3000', Origin: 'https://b.example' }, 'https://a.example', 'FOREIGN_ORIGIN'],
    [{ Host: 'inner:3000', Origin: 'https://a.example.evil' }, 'https://a.example', 'FOREIGN_ORIGIN'],
    [{ Host: 'a.example', Origin: 'null' }, null, 'FOREIGN_ORIGIN'],
    [{ Host: 'a.example', Origin: 'nonsense' }, null, 'FOREIGN_ORIGIN'],
    [{ Host: 'a.example', 'Sec-Fetch-Site': 'same-origin' }, null, 'passed'],
    [{ Host: 'a.example', 'Sec-Fetch-Site': 'none' }, null, 'passed'],
    [{ Host: 'a.example', 'Sec-Fetch-Site': 'cross-site' }, null, 'FOREIGN_ORIGIN'],
    [
      { Host: 'a.example', Origin: 'https://a.example', 'Sec-Fetch-Site': 'cross-site' },
      null,
      'FOREIGN_ORIGIN',
    ],
  ] as const)('%j, known as %s: %s', (headers, publicOrigin, outcome) => {
    expect(codeOf(() => refuseForeign(asking(headers), publicOrigin))).toBe(outcome);
  });

  it.each([
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8::1'],
    [undefined, 'unknown'],
  ])('%s is the address %s', (ip, address) => {
    expect(originOf(asking({}, ip))).toEqual({ address, agent: '' });
  });

  it('keeps of an agent what a log and a page can bear', () => {
    const { agent } = originOf(asking({ 'User-Agent': `x\n\u001b[31m${'y'.repeat(300)}` }));
    expect(agent).toBe(`x??[31m${'y'.repeat(193)}`);
  });
});

describe('a CSRF token', () => {
  it.each([
    ['token', 'token', 'passed'],
    ['token', 'Token', 'CSRF_TOKEN_MISSING_OR_WRONG'],
    ['token', 'token2', 'CSRF_TOKEN_MISSING_OR_WRONG'],
    ['token', '', 'CSRF_TOKEN_MISSING_OR_WRONG'],
    // A session without a token would be open to everyone who sends none.
    ['', '', 'CSRF_TOKEN_MISSING_OR_WRONG'],
  ])('%j answered with %j: %s', (expected, sent, outcome) => {
    expect(codeOf(() => checkCsrf(asking({ 'X-Csrf-Token': sent }), expected))).toBe(outcome);
    expect(codeOf(() => checkCsrf(asking({}), expected))).toBe('CSRF_TOKEN_MISSING_OR_WRONG');
  });
});

describe('the cookie', () => {
  const value = `abc123.${'s'.repeat(43)}`;
  it.each([
    [`daicho_session=${value}`, value],
    [`a=b; daicho_session=${value}; c=d`, value],
    [`xdaicho_session=${value}`, undefined],
    ['daicho_session=', undefined],
    [`daicho_session=${value}x`, undefined],
    [`daicho_session="${value}"`, undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, cookie) => {
    const request = asking(header === undefined ? {} : { Cookie: header });
    expect(cookieOf(request)).toBe(cookie);
    expect(hasCookie(request)).toBe(/(^|; )daicho_session=/.test(header ?? ''));
  });
});
