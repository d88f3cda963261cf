import { describe, expect, it, jest } from '@jest/globals';

// The client is made for a browser: what it asks of one is here.
const sent: Request[] = [];
const answers: Response[] = [];
Object.assign(globalThis, {
  window: { location: { origin: 'https://portal.example.jp' } },
  fetch: async (request: Request) => {
    sent.push(request);
    return answers.shift() ?? Response.json({});
  },
});
const { addressOf, ask, commandHeaders, created, onSignedOut, queryText, rememberCsrfToken, send } =
  await import('./client.js');
const { Problem } = await import('./problem.js');

const last = (): Request => sent.at(-1)!;

describe('a request of the portal', () => {
  it('fills in its route, and leaves out what is empty', async () => {
    await ask('/api/v1/accounts/{account}/history', {
      path: { account: 'A/1' },
      query: { month: '', limit: '50', cursor: undefined },
    });
    expect([last().method, last().url]).toEqual([
      'GET',
      'https://portal.example.jp/api/v1/accounts/A%2F1/history?limit=50',
    ]);
    expect(queryText({ from: '2026-10-01', to: '', q: 'a b' })).toBe('from=2026-10-01&q=a+b');
    expect(addressOf('/api/v1/audit/export', { query: { format: 'csv', from: '' } })).toBe(
      'https://portal.example.jp/api/v1/audit/export?format=csv',
    );
  });

  it('carries key, reason, approval and the token of the session when it changes something', async () => {
    rememberCsrfToken('t1');
    await send('POST', '/api/v1/accounts/{account}/adjustments', {
      path: { account: 'A1' },
      body: { amount: '100', reason: 'お詫び' },
      command: { key: 'k1', reason: 'お詫び', approver: ' a1 ', asksRepeat: true },
    });
    const told = ['X-Csrf-Token', 'Idempotency-Key', 'X-Reason', 'X-Approver-Key', 'X-Ask-Repeat'];
    expect(told.map(name => last().headers.get(name))).toEqual([
      ...['t1', 'k1', encodeURIComponent('お詫び'), 'a1', 'yes'],
    ]);
    expect(await last().json()).toEqual({ amount: '100', reason: 'お詫び' });
  });

  it('says nothing that was not said', () => {
    rememberCsrfToken('');
    expect(commandHeaders({ reason: '', key: 'k', approver: '  ' })).toEqual({ 'Idempotency-Key': 'k' });
    expect(commandHeaders()).toEqual({});
  });

  it('throws a refusal, and tells when a session has ended; a wrong password is no end of one', async () => {
    const ended = jest.fn();
    onSignedOut(ended);
    const refused = (status: number, code: string) =>
      answers.push(Response.json({ code, detail: 'no' }, { status }));
    refused(401, 'NO_SESSION');
    await expect(ask('/api/v1/clock', {})).rejects.toMatchObject({ code: 'NO_SESSION', status: 401 });
    expect(ended).toHaveBeenCalledTimes(1);
    refused(401, 'SIGN_IN_REFUSED');
    const body = { level: 'account', loginId: 'a', password: 'b' } as const;
    await expect(send('POST', '/api/v1/sessions', { body })).rejects.toBeInstanceOf(Problem);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('takes what cannot be seen, or turns the writing, out of every answer', async () => {
    answers.push(Response.json({ name: 'a\u202Eb\u200Bc' }));
    expect(await ask('/api/v1/accounts/{account}', { path: { account: 'A1' } })).toEqual({ name: 'a b c' });
  });

  it('gives what was made, and does not take "it is so already" for it', () => {
    expect(created({ circle: '1000000001' })).toEqual({ circle: '1000000001' });
    expect(() =>
      created({ unchanged: true, code: 'SO', reason: 'so already', reasonJa: '既にそうです。' }),
    ).toThrow('so already');
  });

  it('does not compile with a wrong path, verb, field, value, key or answer', () => {
    const number = { path: { account: 'A1' }, body: { number: '050' }, command: { key: 'k' } };
    const wrong = [
      // @ts-expect-error no such path
      () => ask('/api/v1/acounts', {}),
      // @ts-expect-error nobody deletes an account
      () => send('DELETE', '/api/v1/accounts/{account}', { path: { account: 'A1' } }),
      // @ts-expect-error whose?
      () => ask('/api/v1/accounts/{account}/balance', {}),
      // @ts-expect-error it has no such condition
      () => ask('/api/v1/accounts', { query: { serch: 'a' } }),
      // @ts-expect-error it has no such field
      () => send('POST', '/api/v1/approvals', { body: { account: 'A1', amount: '1', amonut: '1' } }),
      // @ts-expect-error it wants an amount
      () => send('POST', '/api/v1/approvals', { body: { account: 'A1' } }),
      // @ts-expect-error it has no such value
      () => send('PUT', '/api/v1/session/language', { body: { language: 'fr' } }),
      // @ts-expect-error money moves with a key alone
      () => send('POST', '/api/v1/accounts/{account}/numbers', { ...number, command: {} }),
      // @ts-expect-error its answer has no such field
      async () => (await ask('/api/v1/clock', {})).trustd,
    ];
    expect(wrong).toHaveLength(9);
  });
});
