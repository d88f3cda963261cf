import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgresReadStore, type PostgresReadStore } from '#adapters/postgres';
import { openSqliteStore, type SqliteStore } from '#adapters/sqlite';
import { type AccountId, Instant, Money, parseAccountId } from '#kernel';
import { openClusterProduct } from '#nest';
import type { EventStore } from '#ports';
import {
  type Answer,
  addToCart,
  adjustPrepaid,
  ask,
  assignNumber,
  type CommandUseCase,
  cancelAccount,
  cancelContracts,
  chargePrepaid,
  createCircle,
  createUnique,
  extendHold,
  holdFunds,
  openAccount,
  orderCart,
  type Product,
  perform,
  placeOrder,
  releaseHold,
  replayLog,
  reverseDebit,
  setPromotionMails,
  undoCancellation,
} from '#runtime';
import { buy, offerProducts } from '../support/contracts-home.js';
import { portsAt } from '../support/identity-home.js';
import { needsProgram } from '../support/needs.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { CDR_HEADER, callerOf, openAccount as openAccountOf, TARIFF } from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const clock = { now: () => Instant.parse('2026-10-05T10:00:00.000+09:00') };

/** A log that lets somebody else act before its n-th call. */
function interruptible(log: EventStore) {
  let left = Number.POSITIVE_INFINITY;
  let act: () => Promise<unknown> = async () => undefined;
  const turn = async (): Promise<void> => {
    if (--left !== 0) return;
    await act();
  };
  const events: EventStore = {
    ...(log.appendLimit && { appendLimit: log.appendLimit }),
    append: async requests => {
      await turn();
      return log.append(requests);
    },
    async *readStream(stream, options) {
      await turn();
      yield* log.readStream(stream, options);
    },
    streamRevision: async stream => {
      await turn();
      return log.streamRevision(stream);
    },
    async *readAll(options) {
      await turn();
      yield* log.readAll(options);
    },
    headPosition: () => log.headPosition(),
    findCommands: async ids => {
      await turn();
      return log.findCommands(ids);
    },
    subscribe: (options, handler) => log.subscribe(options, handler),
    close: async () => undefined,
  };
  return {
    events,
    /** @returns whether there was an n-th call */
    async before(n: number, other: () => Promise<unknown>, work: () => Promise<unknown>): Promise<boolean> {
      [left, act] = [n, other];
      await work();
      const acted = left <= 0;
      left = Number.POSITIVE_INFINITY;
      return acted;
    },
  };
}

interface Given {
  readonly product: Product;
  readonly account: AccountId;
  /** Makes names new. */
  readonly tag: string;
}

/** A request that comes to both servers: its use case, what must be there before, and its input as said. */
interface Twin {
  readonly useCase: CommandUseCase;
  input(given: Given): object | Promise<object>;
}

const bought = async ({ product, account, tag }: Given): Promise<string[]> => {
  const order = { account, circle: null, items: [['invoice.posting', 3]] } as const;
  return [...(await buy(product, `bought-${tag}`, order)).contracts];
};
const made = async <T>(answer: Promise<Answer<T>>): Promise<T> => {
  const done = await answer;
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  return done.value;
};
const PASSWORD = 'Twins-of-2026!';
const circleOf = async ({ product, account, tag }: Given): Promise<string> => {
  const circle = { account, name: 'c', loginId: `circle-${tag}`, password: PASSWORD };
  return (await made(product.identity.circles.createCircle(circle, callerOf(`circle-${tag}`)))).circle;
};
const held = async ({ product, account, tag }: Given): Promise<object> => {
  const hold = { account, hold: 'h', amount: Money.of('50'), purpose: 'call' };
  await made(product.prepaid.hold(hold, callerOf(`held-${tag}`)));
  return { account, hold: 'h' };
};
const TWINS: readonly (readonly [string, Twin])[] = [
  [
    'chargePrepaid',
    {
      useCase: chargePrepaid,
      input: ({ account }) => ({ account, amount: '2000', method: 'card', approvedBy: null }),
    },
  ],
  ['holdFunds', { useCase: holdFunds, input: ({ account }) => ({ account, amount: '50000' }) }],
  [
    'extendHold',
    { useCase: extendHold, input: async given => ({ ...(await held(given)), amount: '49950' }) },
  ],
  ['releaseHold', { useCase: releaseHold, input: held }],
  [
    'adjustPrepaid',
    {
      useCase: adjustPrepaid,
      input: ({ account }) => ({ account, amount: '-7', reason: 'test', approvedBy: null }),
    },
  ],
  [
    'reverseDebit',
    {
      useCase: reverseDebit,
      async input(given) {
        const [contract] = await bought(given);
        return { account: given.account, debit: `${contract}-2026-10`, reason: 'test' };
      },
    },
  ],
  [
    'openAccount',
    {
      useCase: openAccount,
      input: ({ tag }) => ({
        account: `N${tag}`,
        name: 'new',
        openedOn: '2026-10-01',
        numbers: [`0507${tag.padStart(7, '0')}`],
        tariff: 'std',
      }),
    },
  ],
  [
    'assignNumber',
    {
      useCase: assignNumber,
      input: ({ account, tag }) => ({ account, number: `0507${tag.padStart(7, '0')}` }),
    },
  ],
  [
    'createCircle',
    {
      useCase: createCircle,
      input: ({ account, tag }) => ({ account, name: 'c', loginId: `new-${tag}`, password: PASSWORD }),
    },
  ],
  [
    'createUnique',
    {
      useCase: createUnique,
      input: async given => ({
        account: given.account,
        circle: await circleOf(given),
        name: 'u',
        loginId: `unique-${given.tag}`,
        password: PASSWORD,
      }),
    },
  ],
  ['setPromotionMails', { useCase: setPromotionMails, input: ({ account }) => ({ account, wanted: false }) }],
  ['addToCart', { useCase: addToCart, input: ({ account }) => ({ account, items: ['invoice.posting:2'] }) }],
  [
    'orderCart',
    {
      useCase: orderCart,
      async input({ product, account, tag }) {
        const items = [{ product: 'invoice.posting', quantity: 2, number: null }];
        const by = callerOf(`cart-${tag}`);
        await made(product.carts.add({ account, items, cancels: [] }, by));
        return {
          account,
          by: 'staff' as const,
          total: (await made(product.carts.view({ account }, 'staff'))).due,
        };
      },
    },
  ],
  [
    'placeOrder',
    {
      useCase: placeOrder,
      input: ({ account }) => ({ account, by: 'staff' as const, items: ['invoice.posting:2'] }),
    },
  ],
  [
    'cancelContracts',
    {
      useCase: cancelContracts,
      input: async given => ({ account: given.account, contracts: await bought(given) }),
    },
  ],
  [
    'undoCancellation',
    {
      useCase: undoCancellation,
      async input(given) {
        const some = { account: given.account, contracts: await bought(given) };
        await made(given.product.contracts.cancel(some, callerOf(`cancel-${given.tag}`)));
        return some;
      },
    },
  ],
  ['cancelAccount', { useCase: cancelAccount, input: ({ account }) => ({ account }) }],
];

needsProgram('postgres', 'initdb')('one request on two servers, the other faster at any moment', () => {
  let server: PostgresServer;
  let log: SqliteStore;
  let readModels: PostgresReadStore;
  let directory: string;
  let first: Product;
  let second: Product;
  let slow: ReturnType<typeof interruptible>;

  const open = async (events: EventStore, project: boolean): Promise<Product> => {
    const close = async () => undefined;
    const given = { events, proof: log.events, readModels, clock, project, close, identity: portsAt(clock) };
    return (await openClusterProduct(given)).product;
  };
  const caughtUp = async (): Promise<void> => {
    const { head } = await first.health();
    for (const product of [first, second]) expect(await product.waitFor(head, 60_000)).toBe(true);
  };
  beforeAll(async () => {
    server = await startPostgres();
    directory = temporaryDirectory();
    log = await openSqliteStore({ directory });
    readModels = await openPostgresReadStore({ url: await server.database() });
    slow = interruptible(log.events);
    first = await open(log.events, true);
    second = await open(slow.events, false);
    await first.catalogue.importTariffCsv('tariff.csv', TARIFF, callerOf('tariff'));
    await offerProducts(first);
  });
  afterAll(async () => {
    for (const product of [second, first]) await product.close();
    await readModels.close();
    await log.close();
    rmSync(directory, { recursive: true });
    await server.stop();
  });

  const opened = async (tag: string): Promise<AccountId> => {
    const account = parseAccountId(`A${tag}`);
    await openAccountOf(first, account, `0508${tag.padStart(7, '0')}`, '2026-10-01');
    const funds = { account, amount: Money.of('50000'), method: 'card' } as const;
    await made(first.prepaid.charge(funds, callerOf(`funds-${tag}`)));
    return account;
  };

  it.each(TWINS)(
    'answers %s as to who repeats it, before whichever call of the log the twin comes',
    async (name, twin) => {
      const row = TWINS.findIndex(([one]) => one === name);
      let met = 0;
      for (let n = 1, more = true; more; n++) {
        const tag = `${row}${String(n).padStart(3, '0')}`;
        const account = await opened(tag);
        const said = await twin.input({ product: first, account, tag });
        await caughtUp();
        const by = callerOf(`twin-${tag}`);
        const ask = async (product: Product) => {
          const input = twin.useCase.input.parse(said);
          const answer = await perform(product, twin.useCase, input, by);
          return answer as { readonly kind: string; readonly value?: unknown };
        };
        let faster: Awaited<ReturnType<typeof ask>> | undefined;
        let slower: Awaited<ReturnType<typeof ask>> | undefined;
        more = await slow.before(
          n,
          async () => {
            faster = await ask(first);
            await caughtUp();
          },
          async () => {
            slower = await ask(second);
          },
        );
        if (!more) faster = await ask(first);
        else met++;
        await caughtUp();
        const again = await ask(first);
        const of = (answer: typeof again | undefined) => ({ n, kind: answer?.kind, value: answer?.value });
        expect(more ? faster?.kind : slower?.kind).toBe('done');
        expect(of(more ? slower : faster)).toEqual(of(again));
      }
      expect(met).toBeGreaterThan(1);
    },
  );

  it('imports a file of calls once, before whichever call of the log the twin comes', async () => {
    let met = 0;
    for (let n = 1, more = true; more; n++) {
      const account = await opened(`9${String(n).padStart(3, '0')}`);
      const number = `05089${String(n).padStart(6, '0')}`.slice(0, 11);
      const rows = [1, 2, 3].map(
        i =>
          `call-${n}-${i},${account},${number},out,${number},0312345678,2026-10-05T09:0${i}:00+09:00,` +
          `2026-10-05T09:0${i}:00+09:00,2026-10-05T09:0${i}:30+09:00,NORMAL_CLEARING`,
      );
      const file = [CDR_HEADER, ...rows, ''].join('\n');
      await caughtUp();
      const path = join(directory, `calls-${n}.csv`);
      writeFileSync(path, file);
      const load = (product: Product) => product.cdr.importFile(path, 'csv', callerOf(`file-${n}`));
      let slower: Awaited<ReturnType<typeof load>> | undefined;
      more = await slow.before(
        n,
        async () => {
          await load(first);
          await caughtUp();
        },
        async () => {
          slower = await load(second);
        },
      );
      if (more) met++;
      expect(slower?.counts).toMatchObject({ read: 3, suspended: 0 });
      await caughtUp();
      expect(await first.prepaid.balance(account)).toMatchObject({ posted: '49973.6' });
    }
    expect(met).toBeGreaterThan(1);
  });

  it('has done each of them once, and its books are equal', async () => {
    expect(await ask(first, replayLog, {})).toMatchObject({ ok: true, problems: [] });
  });
});
