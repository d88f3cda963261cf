import { Money, parseAccountId } from '#kernel';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

const A2 = parseAccountId('A2');

describe('the id of a command that somebody outside chose', () => {
  let home: SignInHome;
  let clerk: Browser;
  let admin: Browser;
  let customer: Browser;
  const signedIn = async (level: 'staff' | 'account', loginId: string) => {
    const browser = home.browser();
    await browser.signInWhole(level, loginId);
    return browser;
  };
  beforeAll(async () => {
    home = await signInHome();
    clerk = await signedIn('staff', 'billing');
    admin = await signedIn('staff', 'admin');
    customer = await signedIn('account', 'A1-login');
  }, 30_000);
  afterAll(() => home.close());

  const post = (browser: Browser, path: string, body: object, id: string) =>
    browser.send('POST', path, body, { 'X-Reason': 'a test', 'Idempotency-Key': id });
  const circle = (id: string) => {
    const name = `circle of ${id}`;
    return post(customer, '/accounts/A1/circles', { name, password: 'Kagi-4711-xyzzy' }, id);
  };
  const charge = (browser: Browser, id: string, amount = '3000', account = 'A2') =>
    post(browser, `/accounts/${account}/charges`, { amount, method: 'bank_transfer' }, id);

  it('is of its actor: a customer uses up no id of the payment of another', async () => {
    expect((await circle('pay-A2-2026-11')).status).toBe(201);
    const paid = await charge(clerk, 'pay-A2-2026-11');
    expect([paid.status, paid.json['lot']]).toEqual([201, 'pay-A2-2026-11']);
    const again = await charge(clerk, 'pay-A2-2026-11');
    expect([again.status, again.text, again.headers.get('Idempotent-Replayed')]).toEqual([
      201,
      paid.text,
      'true',
    ]);
    const other = await charge(clerk, 'pay-A2-2026-11', '4000');
    expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('pays an account once, whoever of staff sends it again', async () => {
    expect((await charge(clerk, 'pay-A1-1', '3000', 'A1')).status).toBe(201);
    const again = await charge(admin, 'pay-A1-1', '3000', 'A1');
    expect([again.status, again.json['code']]).toEqual([409, 'LOT_EXISTS']);
  });

  it('is never that of a step of somebody else: a login is made whole', async () => {
    const made = (id: string) => {
      const body = {
        loginId: `of-${id}`,
        name: 'New',
        role: 'billing',
        password: null,
        mail: `${id}@example.jp`,
      };
      return post(admin, '/staff', body, id);
    };
    for (const step of ['contact/0', 'invite', 'forced-change'])
      expect((await circle(`new-1/${step}`)).status).toBe(201);
    const answer = await made('new-1');
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    const login = await home.product.identity.logins.findLogin({ level: 'staff', loginId: 'of-new-1' });
    const stored = home.product.audit.export('jsonl');
    let contacts = 0;
    for await (const line of stored)
      if (line.includes('ContactRegistered') && line.includes(login!)) contacts++;
    expect(contacts).toBe(1);
  });

  it('whose step is refused ends the command with that refusal', async () => {
    const { product } = home;
    const used = { account: A2, amount: Money.of('1000'), method: 'bank_transfer' as const };
    await product.prepaid.charge(used, callerOf('inside/contact/0'));
    const input = {
      loginId: 'inside',
      name: 'I',
      role: 'billing' as const,
      password: null,
      mail: 'i@example.jp',
    };
    expect(await product.identity.logins.createStaff(input, callerOf('inside'))).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('that an older log has as it was said stays one effect, for its own actor only', async () => {
    const { product } = home;
    const staff = await product.identity.logins.staff();
    const actorOf = (loginId: string) => `staff:${staff.find(row => row.loginId === loginId)!.login}`;
    const older = (id: string, loginId: string) => callerOf(id, actorOf(loginId));
    const amount = Money.of('3000');
    await product.prepaid.charge({ account: A2, amount, method: 'bank_transfer' }, older('old-1', 'billing'));
    const again = await charge(clerk, 'old-1');
    expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([201, 'true']);
    expect((await charge(clerk, 'old-1', '4000')).json['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await charge(admin, 'old-1', '3000', 'A1')).status).toBe(201);
    const input = {
      loginId: 'old-2',
      name: 'Old',
      role: 'billing' as const,
      password: null,
      mail: 'o@example.jp',
    };
    const before = await product.identity.logins.createStaff(input, older('old-2', 'admin'));
    const repeated = await post(admin, '/staff', input, 'old-2');
    expect([repeated.status, repeated.headers.get('Idempotent-Replayed')]).toEqual([201, 'true']);
    expect(repeated.json['login']).toBe(before.kind === 'done' && before.value.login);
    // The very step of that request is not for others to have said either.
    expect((await circle('old-2')).status).toBe(201);
  });

  it('finds its events, as it was said and as the log has it', async () => {
    await charge(clerk, 'to-be-found');
    const list = async (command: string) => {
      const { json } = await admin.send('GET', `/events?command=${encodeURIComponent(command)}`);
      return (json['rows'] as { commandId: string; type: string }[]).map(row => row.commandId);
    };
    const [stored] = await list('to-be-found');
    expect(stored).toMatch(/^@staff:[0-9a-f]{16} to-be-found$/);
    expect(await list(stored!)).toEqual([stored]);
  });
});
