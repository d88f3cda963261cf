import { type NumberCommand, type NumberEvent, numberClaim, numberEvents, numberStream } from '#contracts';
import { type AccountId, happened, Instant, type Outcome } from '#kernel';
import type { EventStore } from '#ports';
import { SimulatedClock } from '#testing';
import {
  eventTypes,
  overtaken,
  type StoreOfATest,
  storeOfATest,
} from '../../../test/support/runtime-parts.js';
import type { Caller } from '../product.views.js';
import { DECIDED_AT_MOST } from './decide-again.js';
import { CommandRunner } from './run-command.js';

const running = { decider: numberClaim, codec: numberEvents.codec };
const STREAM = numberStream('0312345678');
const NOON = '2026-10-05T12:00:00.000+09:00';

let home: StoreOfATest;
let events: EventStore;
let clock: SimulatedClock;
beforeEach(async () => {
  home = storeOfATest();
  events = await home.open();
  clock = new SimulatedClock(NOON);
});
afterEach(() => home.end());

const callerOf = (commandId: string, other: Partial<Caller> = {}): Caller => ({
  actor: { id: 'staff:tanaka', reason: 'test' },
  commandId,
  ...other,
});
const claim = (runner: CommandRunner, account: string, commandId: string, number = '0312345678') =>
  runner.run(
    running,
    numberStream(number),
    (): NumberCommand => ({
      type: 'ClaimNumber',
      now: runner.clock.now(),
      number,
      account: account as AccountId,
    }),
    { claim: number, account },
    callerOf(commandId),
  );

describe('a command', () => {
  it('appends what it decides, with who, why and when', async () => {
    const done = await claim(new CommandRunner(events, clock), 'A1', 'c-1');
    expect(done).toMatchObject({ kind: 'done', position: 1, revision: 0, replayed: false });
    for await (const stored of events.readStream(STREAM)) {
      expect(stored.meta).toMatchObject({
        occurredAt: NOON,
        recordedAt: NOON,
        actor: 'staff:tanaka',
        reason: 'test',
        commandId: 'c-1',
        correlationId: 'c-1',
      });
    }
  });

  it('answers the same for ever: same id, same body', async () => {
    const runner = new CommandRunner(events, clock);
    const first = await claim(runner, 'A1', 'c-1');
    clock.moveTo('2026-10-06T12:00:00.000+09:00');
    const again = await claim(runner, 'A1', 'c-1');
    expect(again).toMatchObject({ kind: 'done', position: 1, replayed: true });
    expect(again).toMatchObject({ events: (first as { events: unknown }).events });
    expect(await events.headPosition()).toBe(1);
  });

  it('answers the same after a restart', async () => {
    await claim(new CommandRunner(events, clock), 'A1', 'c-1');
    events = await home.open();
    expect(await claim(new CommandRunner(events, clock), 'A1', 'c-1')).toMatchObject({
      kind: 'done',
      events: [{ type: 'NumberClaimed', at: Instant.parse(NOON), account: 'A1' }],
      replayed: true,
    });
  });

  it('is refused with the id of another body, whatever its stream', async () => {
    const runner = new CommandRunner(events, clock);
    await claim(runner, 'A1', 'c-1');
    const reused = { kind: 'rejected', rejection: { code: 'IDEMPOTENCY_KEY_REUSED' } };
    expect(await claim(runner, 'B2', 'c-1')).toMatchObject(reused);
    expect(await claim(runner, 'A1', 'c-1', '0398765432')).toMatchObject(reused);
    expect(await events.headPosition()).toBe(1);
  });

  it('that changed nothing leaves its id free', async () => {
    const runner = new CommandRunner(events, clock);
    await claim(runner, 'A1', 'c-1');
    expect(await claim(runner, 'A1', 'c-2')).toEqual({
      kind: 'nothing',
      reason: expect.objectContaining({ en: 'the number belongs to this account already' }),
    });
    expect(await claim(runner, 'B2', 'c-2')).toMatchObject({ rejection: { code: 'NUMBER_TAKEN' } });
  });

  it('sent twice at once is done once', async () => {
    const runner = new CommandRunner(events, clock);
    const answers = await Promise.all([1, 2, 3].map(() => claim(runner, 'A1', 'c-1')));
    expect(answers.map(a => a.kind === 'done' && a.replayed)).toEqual([false, true, true]);
    expect(await eventTypes(events, STREAM)).toEqual(['NumberClaimed']);
  });
});

describe('a command that another process overtakes', () => {
  /** A foreign runner that does `work` ahead of the first `times` appends. */
  function racing(times: number, work: (n: number, foreign: CommandRunner) => Promise<unknown>): EventStore {
    let n = 0;
    return overtaken(events, async () => {
      if (n < times) await work(n++, new CommandRunner(events, clock));
    });
  }

  it('is decided again on what is there now', async () => {
    const store = racing(1, (_n, foreign) => claim(foreign, 'B2', 'foreign'));
    expect(await claim(new CommandRunner(store, clock), 'A1', 'c-1')).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'NUMBER_TAKEN' },
    });
    expect(await eventTypes(events, STREAM)).toEqual(['NumberClaimed']);
  });

  it('finds that the other process did the same command', async () => {
    const store = racing(1, (_n, foreign) => claim(foreign, 'A1', 'c-1'));
    expect(await claim(new CommandRunner(store, clock), 'A1', 'c-1')).toMatchObject({
      kind: 'done',
      replayed: true,
    });
    expect(await events.headPosition()).toBe(1);
  });

  it('waits a little more before each further try, gives up at last, and leaves nothing', async () => {
    const key = { decider: { ...numberClaim, decide: alwaysClaims }, codec: numberEvents.codec };
    const command = (): NumberCommand => ({
      type: 'ClaimNumber',
      now: clock.now(),
      number: '0312345678',
      account: 'A1' as AccountId,
    });
    let appends = 0;
    const store = overtaken(events, async () => {
      const foreign = new CommandRunner(events, clock);
      await foreign.run(key, STREAM, command, { n: ++appends }, callerOf(`foreign-${appends}`));
    });
    expect(
      await new CommandRunner(store, clock).run(key, STREAM, command, 'mine', callerOf('mine')),
    ).toMatchObject({ kind: 'rejected', rejection: { code: 'TOO_MANY_CONFLICTS' } });
    expect(appends).toBe(DECIDED_AT_MOST);
    expect(await events.findCommands(['mine'])).toEqual(new Map());
  });
});

function alwaysClaims({ now: at, number }: NumberCommand): Outcome<NumberEvent, never> {
  return happened<NumberEvent>({ type: 'NumberClaimed', at, number, account: 'A1' as AccountId });
}

describe('many commands of one stream', () => {
  const always = { decider: { ...numberClaim, decide: alwaysClaims }, codec: numberEvents.codec };
  const item = (commandId: string) => ({
    command: {
      type: 'ClaimNumber' as const,
      now: Instant.parse(NOON),
      number: '0312345678',
      account: 'A1' as AccountId,
    },
    body: commandId,
    caller: callerOf(commandId),
  });

  it('are durable in one write, each under its own id; known ones are left out', async () => {
    let writes = 0;
    const store = overtaken(events, async () => {
      writes++;
    });
    const runner = new CommandRunner(store, clock);
    await runner.runMany(always, STREAM, [item('a'), item('b')]);
    await runner.runMany(always, STREAM, [item('b'), item('c')]);
    await runner.runMany(always, STREAM, [item('a'), item('c')]);
    expect(writes).toBe(2);
    expect([...(await events.findCommands(['a', 'b', 'c'])).keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(await events.headPosition()).toBe(3);
  });

  it('are decided again when another process was faster', async () => {
    let n = 0;
    const store = overtaken(events, async () => {
      if (n++ === 0) await new CommandRunner(events, clock).runMany(always, STREAM, [item('a')]);
    });
    await new CommandRunner(store, clock).runMany(always, STREAM, [item('a'), item('b')]);
    expect(await events.headPosition()).toBe(2);
  });
});

describe('a stream that nobody has begun, where other processes append', () => {
  const counting = (reads: string[]): EventStore =>
    new Proxy(events, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (name === 'readStream') reads.push('read');
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const begun = async () => {
    await claim(new CommandRunner(events, clock), 'A1', 'c-1');
    const stored = [];
    for await (const event of events.readStream(STREAM)) stored.push(event);
    return stored;
  };

  it('is read each time, because it may be there the next moment', async () => {
    const reads: string[] = [];
    const runner = new CommandRunner(counting(reads), clock, true);
    expect((await runner.load(running, STREAM)).revision).toBe(-1);
    await begun();
    expect((await runner.load(running, STREAM)).revision).toBe(0);
    expect(reads).toHaveLength(2);
  });

  it('is read once where it is asked for all the time, until it is seen to be begun', async () => {
    const reads: string[] = [];
    const runner = new CommandRunner(counting(reads), clock, true);
    const load = () => runner.load(running, STREAM, { absentToo: true });
    for (let n = 0; n < 5; n++) expect((await load()).revision).toBe(-1);
    expect(reads).toHaveLength(1);
    runner.overtakenBy(await begun());
    expect((await load()).revision).toBe(0);
    // Whoever decides on it finds out by the append that it is overtaken.
    const late = new CommandRunner(events, clock, true);
    await late.load(running, numberStream('0398765432'), { absentToo: true });
    await claim(new CommandRunner(events, clock), 'A1', 'c-2', '0398765432');
    expect(await claim(late, 'B2', 'c-3', '0398765432')).toMatchObject({
      rejection: { code: 'NUMBER_TAKEN' },
    });
  });

  it('that somebody outside named is not kept', async () => {
    const reads: string[] = [];
    const runner = new CommandRunner(counting(reads), clock);
    for (let n = 0; n < 3; n++) expect(await runner.look(running, STREAM)).toEqual(numberClaim.fresh());
    expect(reads).toHaveLength(3);
  });
});

describe('a stream that many ask for at once', () => {
  const slow = (inner: EventStore, held: Promise<void>, reads: string[]): EventStore => ({
    ...inner,
    append: requests => inner.append(requests),
    findCommands: ids => inner.findCommands(ids),
    readStream(stream, options) {
      reads.push(stream);
      return (async function* () {
        const found = [];
        for await (const stored of inner.readStream(stream, options)) found.push(stored);
        await held;
        yield* found;
      })();
    },
  });

  it('is read once', async () => {
    await claim(new CommandRunner(events, clock), 'A1', 'c-1');
    const reads: string[] = [];
    const runner = new CommandRunner(slow(events, Promise.resolve(), reads), clock);
    const all = await Promise.all(Array.from({ length: 20 }, () => runner.load(running, STREAM)));
    expect(reads).toEqual([STREAM]);
    expect(new Set(all).size).toBe(1);
  });

  it('is not kept as it was before an append that came meanwhile', async () => {
    let go = () => {};
    const held = new Promise<void>(resolve => (go = resolve));
    const runner = new CommandRunner(slow(events, held, []), clock);
    const early = runner.load(running, STREAM);
    await new Promise(setImmediate);
    const other = new CommandRunner(events, clock);
    await claim(other, 'A1', 'c-1');
    runner.advance(running, STREAM, [], 0);
    go();
    expect((await early).revision).toBe(-1);
    expect((await runner.load(running, STREAM)).revision).toBe(0);
  });
});
