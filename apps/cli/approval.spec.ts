import { type SignInHome, signInHome } from '../../test/support/sign-in.js';
import { hostWith, ran } from './spec-support.fixture.js';

describe('an approval on the command line', () => {
  let home: SignInHome;
  beforeAll(async () => {
    home = await signInHome();
  }, 30_000);
  afterAll(() => home.close());

  let ids = 0;
  const run = async (words: string, env: Record<string, string> = {}) => {
    const argv = [
      ...words.split(' '),
      '--account',
      'A1',
      '--reason',
      'test',
      '--id',
      `cli-${ids++}`,
      '--json',
    ];
    const { exit, out, err } = await ran(argv, hostWith(home.product), { env });
    return { exit, code: /^[A-Z_]+/.exec(err)?.[0], value: exit === 0 ? JSON.parse(out) : undefined, err };
  };
  const key = async (actor = 'chief') => {
    const words = ['key', 'create', '--role', 'staff', '--actor', actor, '--json'];
    return String(JSON.parse((await ran(words, hostWith(home.product))).out).token);
  };
  const code = async (amount: string) => {
    const second = home.browser();
    await second.signInWhole('staff', 'approver');
    return String((await second.send('POST', '/approvals', { account: 'A1', amount })).json['approval']);
  };
  const acts = ['adjust --amount 50000', 'charge --amount 50000 --method bonus'];

  it.each(acts)('is needed above the amount of the policy: %s', async act => {
    expect(await run(act)).toMatchObject({ exit: 1, code: 'APPROVAL_REQUIRED' });
  });

  it.each(acts)('is no name, which is anybody’s word: %s', async act => {
    const answer = await run(`${act} --approved-by staff:chief`);
    expect(answer).toMatchObject({ exit: 2, code: 'USAGE' });
    expect(answer.err).toMatch(/--approval <code>.*--approver-key <key>/);
    const small = await run(`${act.replace('50000', '5')} --approved-by staff:chief`);
    expect(small).toMatchObject({ exit: 2, code: 'USAGE' });
  });

  it.each(acts)('is a code of a session, good for one act: %s', async act => {
    const once = await code('50000');
    expect(await run(`${act} --approval ${once}x`)).toMatchObject({ code: 'APPROVER_NOT_ALLOWED' });
    expect(await run(`${act.replace('50000', '50001')} --approval ${once}`)).toMatchObject({
      code: 'APPROVER_NOT_ALLOWED',
    });
    expect(await run(`${act} --approval ${once}`)).toMatchObject({ exit: 0 });
    expect(await run(`${act} --approval ${once}`)).toMatchObject({ exit: 1, code: 'LOT_EXISTS' });
  });

  it.each(acts)('is a live key of staff that another person made: %s', async act => {
    const other = await key();
    expect(await run(`${act} --approver-key ${other}`)).toMatchObject({ exit: 0 });
    expect(await run(act, { DAICHO_APPROVER_KEY: other })).toMatchObject({ exit: 0 });
    expect(await run(act, { DAICHO_APPROVER_KEY: `${other.slice(0, -3)}abc` })).toMatchObject({
      code: 'APPROVER_NOT_ALLOWED',
    });
    expect(await run(`${act} --approver-key ${await key('cli:tester')}`)).toMatchObject({
      code: 'APPROVER_IS_ACTOR',
    });
    expect(await run(`${act} --approval ${other}`)).toMatchObject({ code: 'APPROVER_NOT_ALLOWED' });
  });

  it('of a bonus stands in its event', async () => {
    const { value } = await run(`charge --amount 50000 --method bonus --approver-key ${await key()}`);
    let told = '';
    for await (const line of home.product.audit.export('jsonl')) if (line.includes(value.lot)) told += line;
    expect(told).toMatch(/"approvedBy\\?":\\?"key:/);
  });
});
