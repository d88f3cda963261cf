import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SignInHome, signInHome } from '../support/sign-in.js';
import { CDR_HEADER, callerOf } from '../support/small-provider.js';

const [OF_FIRST, OF_SECOND] = ['05010000001', '05099990001'];
const call = (id: string, number: string): string =>
  `${id},A1,${number},out,${number},0312345678,2026-11-03T10:00:00.000+09:00,` +
  '2026-11-03T10:00:05.000+09:00,2026-11-03T10:01:05.000+09:00,NORMAL_CLEARING';

describe('a circle and a unique', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
    const file = join(home.directory, 'calls.csv');
    writeFileSync(
      file,
      `${[CDR_HEADER, call('of-first', OF_FIRST), call('of-second', OF_SECOND)].join('\n')}\n`,
    );
    await home.product.cdr.importFile(file, 'csv', callerOf('calls'));
  }, 30_000);
  afterAll(() => home.close());

  it.each([
    ['circle', 'first', ['of-first']],
    ['unique', 'first-unique', ['of-first']],
    ['circle', 'second', ['of-second']],
    ['unique', 'second-unique', ['of-second']],
    ['account', 'A1-login', ['of-first', 'of-second']],
  ] as const)('%s %s sees the calls of its numbers, by every way there is', async (level, loginId, own) => {
    const browser = home.browser();
    await browser.signInWhole(level, loginId);
    const { json } = await browser.send('GET', '/accounts/A1/calls');
    expect((json['rows'] as { callId: string }[]).map(row => row.callId).toSorted()).toEqual(own);
    const other = loginId.startsWith('first') ? OF_SECOND : OF_FIRST;
    const searched = await browser.send('GET', `/accounts/A1/calls?number=${other}`);
    expect((searched.json['rows'] as object[]).length).toBe(level === 'account' ? 1 : 0);
    for (const path of [
      'number-statement?from=2026-11-01&to=2026-11-30',
      'destination-statement?from=2026-11-01&to=2026-11-30',
      'usage?month=2026-11',
    ]) {
      const { status, text } = await browser.send('GET', `/accounts/A1/${path}`);
      expect([path, status]).toEqual([path, 200]);
      if (level !== 'account') expect([path, text.includes(other)]).toEqual([path, false]);
    }
    const csv = await browser.send('GET', '/accounts/A1/calls', undefined, { Accept: 'text/csv' });
    expect(csv.text.includes(own[0])).toBe(csv.status === 200 && csv.text.includes('of-'));
    expect(csv.text.includes(other)).toBe(level === 'account');
  });

  it.each(['circle', 'unique'] as const)('%s learns nothing of the money', async level => {
    const browser = home.browser();
    await browser.signInWhole(level, level === 'circle' ? 'first' : 'first-unique');
    for (const path of [
      ...['', '/balance', '/history', '/balance-history', '/statements/2026-10', '/circles'].map(
        end => `/accounts/A1${end}`,
      ),
      ...['/accounts', '/invoices', '/invoices/202610-000001', '/tariffs', '/staff-acts', '/events'],
    ]) {
      const { status, json } = await browser.send('GET', path);
      expect([path, status, json['code']]).toEqual([path, 404, 'NO_SUCH_RESOURCE']);
    }
  });

  it('the account enters is seen as it sees itself', async () => {
    const account = home.browser();
    await account.signInWhole('account', 'A1-login');
    const circles = (await account.send('GET', '/accounts/A1/circles')).json['rows'] as {
      circle: string;
      loginId: string;
    }[];
    const { circle } = circles.find(row => row.loginId === 'first')!;
    await account.send('POST', '/session/enter', { circle });
    const { json } = await account.send('GET', '/accounts/A1/calls');
    expect((json['rows'] as { callId: string }[]).map(row => row.callId)).toEqual(['of-first']);
    expect((await account.send('GET', '/accounts/A1/balance')).status).toBe(404);
    await account.send('POST', '/session/leave');
    expect((await account.send('GET', '/accounts/A1/balance')).status).toBe(200);
  });

  it('of another account are not there', async () => {
    const stranger = home.browser();
    await stranger.signInWhole('account', 'A2-login');
    for (const path of ['/accounts/A1/circles', '/accounts/A1/calls', '/accounts/A1', '/accounts/A1/balance'])
      expect([path, (await stranger.send('GET', path)).status]).toEqual([path, 404]);
  });
});
