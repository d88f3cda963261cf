import { BusinessMonth, Money, parseAccountId } from '#kernel';
import { fillContracts } from '../support/contracts-home.js';
import { PNG } from '../support/person.js';
import { type Browser, type SignInHome, signInHome } from '../support/sign-in.js';
import { callerOf } from '../support/small-provider.js';

const A1 = parseAccountId('A1');

interface Entry {
  readonly type: string;
  readonly name: string | null;
  readonly by: string;
  readonly reason: string | null;
  readonly descriptionJa: string;
  readonly descriptionEn: string;
}

describe('the timeline of a customer', () => {
  let home: SignInHome;
  let support: Browser;
  beforeAll(async () => {
    home = await signInHome();
    support = home.browser();
    await support.signInWhole('staff', 'support');
    const { product } = home;
    await fillContracts(product, '2026-11-04T09:00:00.000+09:00');
    const paper = { account: A1, kind: 'passport', issuedOn: null, validUntil: null, picture: PNG } as const;
    await product.parties.upload(paper, callerOf('paper'));
    const [{ paper: id } = { paper: '' }] = (await product.parties.show(A1))!.papers;
    await support.send('POST', `/accounts/A1/papers/${id}/approve`, {}, { 'X-Reason': 'looked%20at' });
    const owed = { account: A1, amount: Money.of('-1000000'), reason: 'x', adjustment: 'down' };
    await product.prepaid.adjust({ ...owed, approvedBy: 'staff:second' }, callerOf('down'));
    home.at('2027-02-01T10:00:00.000+09:00');
    await product.contracts.fees.start(BusinessMonth.parse('2027-02'), callerOf('fees'));
    home.at('2027-03-01T10:00:00.000+09:00');
    await product.prepaid.suspendOverdue(A1, callerOf('suspend'));
    // A session does not live for months.
    support = home.browser();
    await support.signInWhole('staff', 'support');
  }, 60_000);
  afterAll(() => home.close());

  const page = async (query = '', who = support) =>
    (await who.send('GET', `/accounts/A1/timeline${query}`)).json as { rows: Entry[]; next: string | null };

  it('has contracts, cancellations, suspension and papers in one list, newest first', async () => {
    const { rows } = await page('?limit=200');
    const types = rows.map(({ type }) => type.replace(/^\w+\.|\.v\d+$/g, ''));
    expect(types[0]).toBe('ServiceSuspended');
    expect(types.at(-1)).toBe('AccountOpened');
    expect(new Set(types)).toEqual(
      new Set([
        ...['AccountOpened', 'NumberAssigned', 'OrderCompleted', 'ContractBegun', 'CancellationAccepted'],
        ...['IdentityPaperUploaded', 'IdentityPaperApproved', 'ServiceSuspended'],
        'IncomingDiscountAgreed',
      ]),
    );
    expect(rows.filter(({ type }) => type === 'contracts.CancellationAccepted.v1')).toHaveLength(2);
    for (const { descriptionJa, descriptionEn } of rows)
      expect([/[ぁ-ん一-龠]/.test(descriptionJa), descriptionEn.length > 10]).toEqual([true, true]);
  });

  it('says who, by name, and why', async () => {
    const approved = (await page('?limit=200')).rows.find(({ type }) => /PaperApproved/.test(type));
    expect(approved).toMatchObject({
      name: 'support',
      by: expect.stringMatching(/^staff:/),
      reason: 'looked at',
    });
  });

  it('comes in pages', async () => {
    const whole = (await page('?limit=200')).rows;
    const first = await page('?limit=3');
    const second = await page(`?limit=3&cursor=${first.next}`);
    expect([...first.rows, ...second.rows]).toEqual(whole.slice(0, 6));
  });

  it('is for staff alone, and of an account that there is', async () => {
    const customer = home.browser();
    await customer.signInWhole('account', 'A1-login');
    expect((await customer.send('GET', '/accounts/A1/timeline')).status).toBe(404);
    const { json } = await support.send('GET', '/accounts/NOBODY/timeline');
    expect(json['code']).toBe('NO_SUCH_ACCOUNT');
  });

  it('is as a rebuild makes it', async () => {
    expect(await home.product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  });
});
