import { fillMonths } from '../support/portal-months.js';
import { type Browser, PASSWORD, type SignInHome, signInHome } from '../support/sign-in.js';

const WHY = { 'X-Reason': 'a test' };
const MONTH = 'from=2026-10-01&to=2026-11-30';

describe('what belongs to another account', () => {
  let home: SignInHome;
  let invoice: string;
  let owner: Browser;
  let stranger: Browser;
  let circle: string;
  let unique: string;
  beforeAll(async () => {
    home = await signInHome();
    invoice = await fillMonths(home);
    owner = home.browser();
    await owner.signInWhole('account', 'A1-login');
    stranger = home.browser();
    await stranger.signInWhole('account', 'A2-login');
    const [first] = (await owner.send('GET', '/accounts/A1/circles')).json['rows'] as { circle: string }[];
    circle = first!.circle;
    const uniques = await owner.send('GET', `/accounts/A1/circles/${circle}/uniques`);
    unique = (uniques.json['rows'] as { unique: string }[])[0]!.unique;
  }, 60_000);
  afterAll(() => home.close());

  /** Every address with an id of A1 in it, which its owner may open. */
  const paths = (): string[] => [
    '/accounts/A1',
    '/accounts/A1/balance',
    '/accounts/A1/history',
    '/accounts/A1/calls',
    `/accounts/A1/number-statement?${MONTH}`,
    `/accounts/A1/destination-statement?${MONTH}`,
    '/accounts/A1/usage?month=2026-10',
    '/accounts/A1/balance-history?from=2026-10-01&to=2026-10-31',
    '/accounts/A1/statements/2026-10',
    '/accounts/A1/statements/2026-10?format=pdf',
    '/accounts/A1/statements/2026-10?format=csv',
    '/accounts/A1/circles',
    `/accounts/A1/circles/${circle}`,
    `/accounts/A1/circles/${circle}/uniques`,
    '/invoices?account=A1',
    `/invoices/${invoice}`,
    `/invoices/${invoice}/pdf`,
  ];

  it('is there for its owner and for nobody else, however it is asked for', async () => {
    for (const path of paths()) {
      expect([path, (await owner.send('GET', path)).status]).toEqual([path, 200]);
      for (const accept of ['application/json', 'text/csv', 'text/event-stream', '*/*']) {
        const answer = await stranger.send('GET', path, undefined, { Accept: accept });
        expect([path, accept, answer.status]).toEqual([path, accept, 404]);
        expect(answer.headers.get('Content-Type')).toMatch(/problem\+json/);
      }
      const head = await stranger.send('HEAD', path);
      expect([path, head.status, head.headers.get('ETag')]).toEqual([path, 404, null]);
      const options = await stranger.send('OPTIONS', path);
      expect([path, options.text.includes('A1')]).toEqual([path, false]);
    }
  }, 60_000);

  it.each([
    ['/accounts/a1/balance', 404],
    ['/accounts/A1%20/balance', 400],
    ['/accounts/A2%2F..%2FA1/balance', 404],
    ['/accounts/A2/../A1/balance', 404],
    ['/accounts/A2;A1/balance', 404],
    ['//accounts/A1/balance', 404],
    ['/accounts/A1/balance/', 404],
    ['/Accounts/A1/balance', 404],
    ['/invoices?account=A2&account=A1', 400],
    ['/invoices?account[]=A1', 400],
    ['/invoices?account[$ne]=A2', 400],
    ['/invoices?Account=A1', 400],
    ['/invoices?account=A1%00', 400],
    ['/accounts?account=A1', 400],
  ] as const)('is not reached by another spelling: %s', async (path, status) => {
    const answer = await stranger.send('GET', path);
    // A customer is told of no difference between what is malformed and what is not there.
    expect([404, status]).toContain(answer.status);
    expect(answer.text).not.toContain(invoice);
    expect(answer.text).not.toContain('05010000001');
  });

  it('is not reached by the cursor of its owner', async () => {
    for (const path of ['history', 'calls']) {
      const { json } = await owner.send('GET', `/accounts/A1/${path}?limit=2`);
      const cursor = encodeURIComponent(String(json['next']));
      const { status, json: page } = await stranger.send('GET', `/accounts/A2/${path}?cursor=${cursor}`);
      expect([path, status, page['rows']]).toEqual([path, 200, []]);
    }
    const answer = await stranger.send('GET', '/accounts?limit=1&search=A1&cursor=WyJBMCJd');
    expect((answer.json['rows'] as { account: string }[]).map(row => row.account)).toEqual(['A2']);
  });

  it('is not changed, nor made, nor entered', async () => {
    const password = 'Kagi-4711-next';
    const tries: readonly (readonly [string, string, object])[] = [
      ['POST', '/accounts/A1/circles', { name: 'x', password }],
      ['POST', `/accounts/A1/circles/${circle}/uniques`, { name: 'x', password }],
      ['POST', `/accounts/A2/circles/${circle}/uniques`, { name: 'x', password }],
      ['PUT', `/accounts/A1/circles/${circle}/password`, { password }],
      ['PUT', `/accounts/A2/circles/${circle}/password`, { password }],
      ['PUT', `/accounts/A2/circles/${circle}/unique-password`, { unique, password }],
      ['PUT', `/accounts/A2/circles/${circle}/forced-change`, { value: 'force' }],
      ['PUT', `/accounts/A2/uniques/${unique}/numbers`, { numbers: [] }],
      ['POST', '/session/enter', { account: 'A2', circle }],
      ['POST', '/session/enter', { circle }],
      ['POST', '/session/enter', { unique }],
    ];
    for (const [method, path, body] of tries)
      expect([method, path, (await stranger.send(method, path, body)).status]).toEqual([method, path, 404]);
    expect((await stranger.send('POST', '/session/enter', { account: 'A1' })).status).toBe(403);
    expect((await home.browser().signIn('circle', 'first')).status).toBe(201);
  });

  it('its numbers are given to no terminal of another', async () => {
    const made = await stranger.send('POST', '/accounts/A2/circles', {
      name: 'own',
      password: 'Kagi-4711-x',
    });
    const path = `/accounts/A2/circles/${String(made.json['circle'])}/uniques`;
    const login = { name: 'own', password: PASSWORD, mail: 'own@example.jp' };
    const own = await stranger.send('POST', path, login);
    const numbers = { numbers: ['05010000001'] };
    const given = await stranger.send(
      'PUT',
      `/accounts/A2/uniques/${String(own.json['unique'])}/numbers`,
      numbers,
    );
    expect([given.status, given.json['code']]).toEqual([422, 'NUMBER_NOT_OF_ACCOUNT']);
    const terminal = home.browser();
    await terminal.signInWhole('unique', String(own.json['loginId']));
    for (const [ending, shown] of [
      ['calls', []],
      ['calls?number=0', []],
    ] as const)
      expect((await terminal.send('GET', `/accounts/A2/${ending}`)).json['rows']).toEqual(shown);
  });

  it('an idempotency key is of who says it, and answers nobody else', async () => {
    const key = { 'Idempotency-Key': 'one-key-for-two' };
    const body = { name: 'twice', password: 'Kagi-4711-x' };
    const first = await owner.send('POST', '/accounts/A1/circles', body, key);
    expect(first.status).toBe(201);
    const second = await stranger.send('POST', '/accounts/A2/circles', body, key);
    expect([second.status, second.headers.get('Idempotent-Replayed')]).toEqual([201, null]);
    expect(second.text).not.toContain(String(first.json['circle']));
    const reserved = { 'Idempotency-Key': 'close/A1/2026-11' };
    expect((await stranger.send('POST', '/accounts/A2/circles', body, reserved)).status).toBe(400);
  });

  it('staff who look at it change nothing, and see no more than it does', async () => {
    const support = home.browser();
    await support.signInWhole('staff', 'support');
    await support.send('POST', '/session/enter', { account: 'A1' }, WHY);
    const password = 'Kagi-4711-next';
    for (const [method, path, body] of [
      ['POST', '/accounts/A1/circles', { name: 'x', password }],
      ['PUT', `/accounts/A1/circles/${circle}/password`, { password }],
      ['PUT', `/accounts/A1/uniques/${unique}/numbers`, { numbers: [] }],
    ] as const) {
      const answer = await support.send(method, path, body, WHY);
      expect([method, path, answer.json['code']]).toEqual([method, path, 'READ_ONLY_VIEW']);
    }
    for (const path of ['/accounts/A2', '/invoices?account=A2', '/staff-acts', '/jobs'])
      expect([path, (await support.send('GET', path)).status]).toEqual([path, 404]);
    await support.send('POST', '/session/leave');
    expect((await support.send('GET', '/accounts/A2')).status).toBe(200);
  });
});

describe('a session that was left open', () => {
  it('renews no password that is only urged, without the present one', async () => {
    const home = await signInHome();
    try {
      const account = home.browser();
      await account.signInWhole('account', 'A1-login');
      const circles = (await account.send('GET', '/accounts/A1/circles')).json['rows'];
      const { circle } = (circles as { circle: string; loginId: string }[]).find(
        row => row.loginId === 'first',
      )!;
      await account.send('PUT', `/accounts/A1/circles/${circle}/forced-change`, { value: 'warn' });
      const browser = home.browser();
      const { json } = await browser.signInWhole('circle', 'first');
      expect(json).toMatchObject({ stage: 'signed_in', passwordNotice: 'warn' });
      home.plusMinutes(11);
      const next = { password: 'Kagi-4711-thief' };
      const stolen = await browser.send('POST', '/session/password', next);
      expect([stolen.status, stolen.json['code']]).toEqual([403, 'REAUTHENTICATE']);
      await browser.send('POST', '/session/confirm', { password: PASSWORD });
      expect((await browser.send('POST', '/session/password', next)).status).toBe(200);
    } finally {
      await home.close();
    }
  }, 30_000);
});

describe('guessing from an IPv6 network', () => {
  it('ends after fifty tries, however many addresses it has', async () => {
    const home = await signInHome({ trustProxy: ['loopback'] });
    try {
      const from = (address: string, name: string) =>
        home.browser({ 'X-Forwarded-For': address }).signIn('staff', name, 'Wrong-Pass-0');
      for (let tried = 0; tried < 50; tried++)
        expect((await from(`2001:db8:1:2::${tried.toString(16)}`, `guess-${tried}`)).status).toBe(401);
      expect((await from('2001:db8:1:2:ffff::1', 'guess-x')).status).toBe(429);
      expect((await from('2001:db8:1:3::1', 'guess-x')).status).toBe(401);
    } finally {
      await home.close();
    }
  }, 60_000);
});
