import { numberStream } from '#contracts';
import { BusinessDay, Money, parseAccountId } from '#kernel';
import { type EventStore, StoreUnavailable } from '#ports';
import { SimulatedClock } from '#testing';
import {
  eventTypes,
  overtaken,
  type StoreOfATest,
  storeOfATest,
} from '../../../test/support/runtime-parts.js';
import { Facts, runningTariff } from '../engine/facts.js';
import { CommandRunner } from '../engine/run-command.js';
import type { Caller } from '../product.views.js';
import { Accounts } from './accounts.service.js';

const clock = new SimulatedClock('2025-06-01T09:00:00.000+09:00');
const [N1, N2, N3] = ['0311111111', '0322222222', '0333333333'] as const;

let home: StoreOfATest;
let events: EventStore;
let sequence = 0;
const caller = (commandId = `n-${++sequence}`): Caller => ({ actor: { id: 'staff:tanaka' }, commandId });

/** Answers are views of the account's stream: lists, which need read models, are not asked for here. */
class Process {
  private readonly runner: CommandRunner;
  readonly accounts: Accounts;
  constructor(
    store: EventStore,
    /** Other processes append to the same log. */
    shared = false,
  ) {
    this.runner = new CommandRunner(store, clock, shared);
    const wallets = { suspendedSince: async () => null };
    this.accounts = new Accounts(this.runner, undefined as never, new Facts(this.runner), wallets);
  }

  open(id: string, numbers: readonly string[], from = caller()) {
    const input = {
      account: parseAccountId(id),
      name: id,
      openedOn: BusinessDay.parse('2025-06-01'),
      numbers,
      tariff: 'std',
      incomingDiscount: Money.zero,
    };
    return this.accounts.open(input, from);
  }

  assign(id: string, number: string, from = caller()) {
    return this.accounts.assignNumber(parseAccountId(id), number, from);
  }

  publish() {
    const row = { prefix: '03', bands: [], price: Money.of('8'), perSeconds: 180 };
    const rows = [row] as never[];
    const command = { type: 'PublishTariff' as const, now: clock.now(), tariff: 'std', rows };
    const stream = 'tariff-std';
    return this.runner.run(runningTariff, stream, () => command as never, 'std', caller());
  }
}

/** A store whose process dies before it appends to a stream. */
const killedAt = (stream: string): EventStore =>
  overtaken(events, async ([request]) => {
    if (request!.stream === stream) throw new StoreUnavailable('UNAVAILABLE', 'killed');
  });

/** A store where something else happens before the first append to a stream. */
function firstBefore(stream: string, work: () => Promise<void>): EventStore {
  let waiting = true;
  return overtaken(events, async ([request]) => {
    if (!waiting || request!.stream !== stream) return;
    waiting = false;
    await work();
  });
}

const done = (id: string, numbers: readonly string[]) => ({ kind: 'done', value: { account: id, numbers } });
const taken = (number: string) => ({ rejection: { code: 'NUMBER_TAKEN', details: { number } } });
const typesOf = (...streams: string[]) => Promise.all(streams.map(stream => eventTypes(events, stream)));

beforeEach(async () => {
  home = storeOfATest();
  events = await home.open();
  await new Process(events).publish();
});
afterEach(() => home.end());

describe('an opening that is killed between a claim and the account', () => {
  const killed = async (numbers = [N1, N2] as readonly string[]) => {
    const dying = new Process(killedAt('account-A1'));
    await expect(dying.open('A1', numbers, caller('open-a1'))).rejects.toThrow('killed');
    expect(await typesOf(numberStream(N1), 'account-A1')).toEqual([['NumberClaimed'], []]);
  };

  it('is whole when the same request is repeated', async () => {
    await killed();
    const again = new Process(events);
    expect(await again.open('A1', [N1, N2], caller('open-a1'))).toMatchObject(done('A1', [N1, N2]));
    expect(await typesOf(numberStream(N1), numberStream(N2), 'account-A1')).toEqual([
      ['NumberClaimed'],
      ['NumberClaimed'],
      ['AccountOpened', 'NumberAssigned', 'NumberAssigned'],
    ]);
  });

  it.each([false, true])(
    'holds no number for ever: another account gets it (others append: %s)',
    async shared => {
      await killed();
      const other = new Process(events, shared);
      expect(await other.open('B2', [N2, N1])).toMatchObject(done('B2', [N2, N1]));
      expect(await typesOf(numberStream(N1), 'account-A1')).toEqual([
        ['NumberClaimed', 'NumberReleased', 'NumberClaimed'],
        ['NumberClaimWithdrawn', 'NumberClaimWithdrawn'],
      ]);
      expect(await other.open('A1', [N1, N2], caller('open-a1'))).toMatchObject(taken(N1));
      expect(await other.open('A1', [N3], caller('open-a1'))).toMatchObject(done('A1', [N3]));
    },
  );

  it('goes on where whoever took the number over was killed in its turn', async () => {
    await killed([N1]);
    const dying = new Process(killedAt(numberStream(N1)));
    await expect(dying.open('B2', [N1])).rejects.toThrow('killed');
    expect(await typesOf(numberStream(N1), 'account-A1')).toEqual([
      ['NumberClaimed'],
      ['NumberClaimWithdrawn'],
    ]);
    const again = new Process(events);
    expect(await again.open('A1', [N1], caller('open-a1'))).toMatchObject(done('A1', [N1]));
    expect(await again.open('B2', [N1])).toMatchObject(taken(N1));
    expect(await again.open('B2', [])).toMatchObject(done('B2', []));
  });

  it('in the middle of its claims leaves what anybody may take', async () => {
    const dying = new Process(killedAt(numberStream(N2)));
    await expect(dying.open('A1', [N2, N1])).rejects.toThrow('killed');
    const again = new Process(events);
    expect(await again.open('B2', [N1])).toMatchObject(done('B2', [N1]));
    expect(await again.open('A1', [N2])).toMatchObject(done('A1', [N2]));
  });
});

describe('a number that is claimed and not assigned', () => {
  it('of an open account goes to another one that asks', async () => {
    await new Process(events).open('A1', []);
    const dying = new Process(killedAt('account-A1'));
    await expect(dying.assign('A1', N1, caller('assign'))).rejects.toThrow('killed');
    const again = new Process(events);
    expect(await again.open('B2', [N1])).toMatchObject(done('B2', [N1]));
    expect(await again.assign('A1', N1, caller('assign'))).toMatchObject(taken(N1));
    expect(await again.accounts.get(parseAccountId('A1'))).toMatchObject({ numbers: [], revision: 1 });
  });

  it('is assigned by a repeated request', async () => {
    await new Process(events).open('A1', []);
    const dying = new Process(killedAt('account-A1'));
    await expect(dying.assign('A1', N1, caller('assign'))).rejects.toThrow('killed');
    const again = new Process(events);
    expect(await again.assign('A1', N1, caller('assign'))).toMatchObject(done('A1', [N1]));
    expect(await typesOf(numberStream(N1))).toEqual([['NumberClaimed']]);
  });

  it('is given back by the opening that finds the account open at last', async () => {
    const slow = firstBefore('account-A1', async () => {
      await new Process(events, true).open('A1', [N3]);
    });
    expect(await new Process(slow, true).open('A1', [N1, N3])).toMatchObject({
      rejection: { code: 'ACCOUNT_EXISTS' },
    });
    expect(await typesOf(numberStream(N1), numberStream(N3))).toEqual([
      ['NumberClaimed', 'NumberReleased'],
      ['NumberClaimed'],
    ]);
    expect(await new Process(events).open('B2', [N1])).toMatchObject(done('B2', [N1]));
  });

  it('is never two accounts’: one that lost its claim just before it opens is refused', async () => {
    const slow = firstBefore('account-A1', async () => {
      expect(await new Process(events).open('B2', [N1])).toMatchObject(done('B2', [N1]));
    });
    expect(await new Process(slow, true).open('A1', [N1, N2])).toMatchObject(taken(N1));
    expect(await new Process(events).open('A1', [N2])).toMatchObject(done('A1', [N2]));
  });
});

it.each([1, 3])(
  'twenty openings at once in %i processes for the same two numbers, crossed: one has both, nothing is left',
  async count => {
    const processes = Array.from({ length: count }, () => new Process(events, count > 1));
    const on = (i: number) => processes[i % count]!;
    const ask = (i: number) => on(i).open(`C${i}`, i % 2 ? [N1, N2] : [N2, N1]);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i)));
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    for (const [i, answer] of answers.entries()) {
      if (answer.kind === 'done') continue;
      expect(answer).toMatchObject({ rejection: { code: 'NUMBER_TAKEN' } });
      expect(await on(i).open(`C${i}`, [`0444444${i + 100}`])).toMatchObject({ kind: 'done' });
    }
    const owners = new Map<string, string[]>();
    for await (const { stream, type, data } of events.readAll()) {
      if (type !== 'contracts.NumberAssigned.v1') continue;
      const { number } = JSON.parse(data) as { number: string };
      owners.set(number, [...(owners.get(number) ?? []), stream]);
    }
    expect(owners.size).toBe(21);
    for (const streams of owners.values()) expect(streams).toHaveLength(1);
    expect(owners.get(N1)).toEqual(owners.get(N2));
  },
);
