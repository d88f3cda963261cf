import { pino } from 'pino';
import { BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import { startServer } from '#nest';
import type { LiveSession, Product } from '#runtime';
import { type LaggingServers, laggingServers } from '../support/lagging-servers.js';
import { needsProgram } from '../support/needs.js';
import { callerOf } from '../support/small-provider.js';

const silent = pino({ level: 'silent' });
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
        { account, amount: Money.of('5'), method: 'bank_transfer', lot: 'once', at: Instant.parse(at) },
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
    const lot = { account, amount: Money.of('7'), method: 'bank_transfer' as const };
    const answers = await Promise.all([a, b, a, b].map(product => product.prepaid.charge(lot, same)));
    expect(new Set(answers.map(answer => JSON.stringify(answer.kind === 'done' && answer.value))).size).toBe(
      1,
    );
    expect((await b.prepaid.balance(account))!.posted).toBe('7');
  });

  it('gives a number of the stock to one of fifty orders', async () => {
    const file = 'first,last,kind,product,region,city,area_code\n0300002000,0300002099,STA,number.03,,,03\n';
    await a.numbers.importFile('numbers.csv', file, caller());
    const orders = Array.from({ length: 50 }, (_, i) => {
      const account = parseAccountId(`N${i}`);
      const of = { account, cart: `N${i}_account`, order: `order-${i}`, product: 'number.03' };
      return (i % 2 ? a : b).numbers.claim('0300002007', of, caller());
    });
    const outcomes = (await Promise.all(orders)).map(answer => answer.kind);
    expect(outcomes.filter(kind => kind === 'done')).toHaveLength(1);
    expect(outcomes.filter(kind => kind === 'rejected')).toHaveLength(49);
  });

  it('gives two numbers to one account that twenty want at once, and nothing is left behind', async () => {
    const both = ['0506661', '0506662'];
    const open = (i: number, numbers: readonly string[]) =>
      (i % 2 ? a : b).accounts.open(
        {
          ...{ account: parseAccountId(`R${i}`), name: 'race', tariff: 'std', numbers },
          ...{ openedOn: BusinessDay.parse('2025-10-01'), incomingDiscount: Money.zero },
        },
        caller(),
      );
    const crossed = (i: number) => open(i, i % 4 < 2 ? both : both.toReversed());
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => crossed(i)));
    const codes = answers.map(answer => (answer.kind === 'rejected' ? answer.rejection.code : answer.kind));
    expect(codes.sort()).toEqual(['done', ...Array(19).fill('NUMBER_TAKEN')].sort());
    for (const [i, { kind }] of answers.entries())
      if (kind !== 'done') expect(await open(i, [`05055${100 + i}`])).toMatchObject({ kind: 'done' });
    const views = await Promise.all(answers.map((_, i) => b.accounts.get(parseAccountId(`R${i}`))));
    const numbers = views.flatMap(view => view!.numbers);
    expect(numbers).toHaveLength(21);
    expect(new Set(numbers).size).toBe(21);
  });

  it('makes one key of a request that both servers carry out at once', async () => {
    const same = caller();
    const key = { role: 'staff' as const, account: null, label: 'once' };
    const made = await Promise.all([a, b, a, b].map(product => product.keys.create(key, same)));
    expect(made.map(({ kind }) => kind).sort()).toEqual(['done', 'nothing', 'nothing', 'nothing']);
  });

  it('makes one adjustment with one approval, asked twenty times at once over HTTP on both', async () => {
    const account = parseAccountId('F1');
    await opened(a, 'F1', '0508888');
    const made = await a.identity.logins.createStaff(
      { loginId: 'chief', name: 'Chief', role: 'approver', password: null, mail: 'chief@example.jp' },
      caller(),
    );
    const key = await a.keys.create({ role: 'staff', account: null, label: 'clerk' }, caller());
    if (made.kind !== 'done' || key.kind !== 'done') throw new Error('no staff');
    const live = { login: made.value.login } as LiveSession;
    const on = (product: Product) => {
      const lasting = { ...product, close: async () => undefined };
      return startServer({ product: lasting, directory: servers.directory, port: 0, logger: silent });
    };
    const both = [await on(a), await on(b)];
    const post = (path: string, body: object, approver: string) => async (_: unknown, i: number) => {
      const answer = await fetch(`${both[i % 2]!.url}/api/v1/accounts/F1/${path}`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${key.value.token}`,
          ...{ 'Content-Type': 'application/json', 'X-Reason': 'test', 'X-Approver-Key': approver },
          'Idempotency-Key': `${path}-${approver.slice(-8)}-${i}`,
        },
        body: JSON.stringify(body),
      });
      const { code } = (await answer.json()) as { code?: string };
      return code ?? String(answer.status);
    };
    try {
      for (const [path, amount, body, code] of [
        ['adjustments', '-20000', { reason: 'test' }, 'ADJUSTMENT_EXISTS'],
        ['adjustments', '30000', { reason: 'test' }, 'LOT_EXISTS'],
        ['charges', '40000', { method: 'bonus' }, 'LOT_EXISTS'],
      ] as const) {
        const given = await b.identity.approvals.approve(live, { account, amount: Money.of(amount) });
        if (given.kind !== 'done') throw new Error('not approved');
        const send = post(path, { amount, ...body }, given.value.approval);
        const answers = await Promise.all(Array.from({ length: 20 }, send));
        expect([path, ...answers.sort()]).toEqual([path, '201', ...Array(19).fill(code)]);
      }
      const { posted, receivable } = (await b.prepaid.balance(account))!;
      expect([posted, receivable]).toEqual(['50000', '0']);
    } finally {
      for (const server of both) await server.close();
    }
  }, 30_000);
});
