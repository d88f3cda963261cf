import { Instant, Money, parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import { type LaggingServers, laggingServers } from '../support/lagging-servers.js';
import { needsProgram } from '../support/needs.js';
import { callerOf } from '../support/small-provider.js';

let sequence = 0;
const caller = () => callerOf(`once-${++sequence}`);

needsProgram('postgres', 'initdb')('what must be once, on two servers whose read models stand still', () => {
  let servers: LaggingServers;
  let { a, b, opened } = {} as LaggingServers;
  beforeAll(async () => {
    servers = await laggingServers(caller);
    await servers.standingStill();
    ({ a, b, opened } = servers);
  }, 60_000);
  afterAll(() => servers.stop());

  it('gives a name once to twenty who ask both servers at once, also when the month is turned', async () => {
    const account = parseAccountId('O1');
    await opened(a, 'O1', '0507777');
    const charge = (product: Product, at: string, id = caller()) =>
      product.prepaid.charge(
        { account, amount: Money.of('5'), method: 'card', lot: 'once', at: Instant.parse(at) },
        id,
      );
    const adjust = (product: Product, id = caller()) =>
      product.prepaid.adjust(
        { account, adjustment: 'spent', amount: Money.of('-5'), reason: 'test', approvedBy: null },
        id,
      );
    const twenty = async <T>(ask: (product: Product) => Promise<{ kind: string } & T>) => {
      const all = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i % 2 ? a : b)));
      return all.map(answer => (answer as { rejection?: { code: string } }).rejection?.code ?? answer.kind);
    };
    const october = '2025-10-02T10:00:00.000+09:00';
    const november = '2025-11-01T10:00:00.000+09:00';
    const once = (code: string) => ['done', ...Array(19).fill(code)].sort();
    expect((await twenty(product => charge(product, october))).sort()).toEqual(once('LOT_EXISTS'));
    // Spends the lot in November: its name then stands in October's closed stream and nowhere else.
    expect((await twenty(product => adjust(product))).sort()).toEqual(once('ADJUSTMENT_EXISTS'));
    expect(await twenty(product => charge(product, november))).toEqual(Array(20).fill('LOT_EXISTS'));
    // One request that both servers carry out is one effect, with one answer.
    const same = caller();
    const lot = { account, amount: Money.of('7'), method: 'card' as const };
    const answers = await Promise.all([a, b, a, b].map(product => product.prepaid.charge(lot, same)));
    expect(new Set(answers.map(answer => JSON.stringify(answer.kind === 'done' && answer.value))).size).toBe(
      1,
    );
    expect((await b.prepaid.balance(account))!.posted).toBe('7');
  });

  it('makes one key of a request that both servers carry out at once', async () => {
    const same = caller();
    const key = { role: 'staff' as const, account: null, label: 'once' };
    const made = await Promise.all([a, b, a, b].map(product => product.keys.create(key, same)));
    expect(made.map(({ kind }) => kind).sort()).toEqual(['done', 'nothing', 'nothing', 'nothing']);
  });
});
