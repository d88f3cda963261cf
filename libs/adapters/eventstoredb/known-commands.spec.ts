import { type IndexedEvent, type LogIndexStore, StoreUnavailable } from '#ports';
import { KnownCommands } from './known-commands.js';
import { memoryLogIndex } from './memory-log-index.js';
import type { NumberedEvent } from './numbering.js';
import { Tail } from './tail.js';

const NEVER_SET_BACK = { savedThrough: () => 0, refill: async () => undefined };

const entry = (position: number): IndexedEvent => ({
  position,
  place: { commit: BigInt(position), prepare: BigInt(position) },
  stream: 's',
  revision: position - 1,
  hash: position.toString(16).padStart(64, '0'),
  commandId: `c${position}`,
  opensCommand: true,
});
const numbered = (position: number): NumberedEvent => {
  const { stream, revision, hash, commandId } = entry(position);
  const meta = {
    occurredAt: '',
    recordedAt: '',
    actor: '',
    commandId,
    correlationId: commandId,
    bodyHash: '',
  };
  const stored = { position, stream, revision, type: 'contracts.X.v1', data: '{}', meta, hash };
  return { stored, entry: entry(position) };
};

/** A store with events 1 to `saved` whose answers come when they are let go, and what it was asked. */
async function askable(saved: number) {
  const memory = memoryLogIndex();
  await memory.save(Array.from({ length: saved }, (_, i) => entry(i + 1)));
  const asked: (readonly string[])[] = [];
  let gate: Promise<void> = Promise.resolve();
  const store: LogIndexStore = {
    ...memory,
    async ofCommands(ids) {
      asked.push(ids);
      await gate;
      return memory.ofCommands(ids);
    },
  };
  const tail = new Tail();
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };
  return { asked, tail, hold, commands: new KnownCommands(tail, store, NEVER_SET_BACK) };
}
const positions = (found: ReadonlyMap<string, IndexedEvent>) => [...found.values()].map(e => e.position);

describe('known commands', () => {
  it('asks the store while nothing of the log is in memory', async () => {
    const { commands, asked } = await askable(5);
    expect(positions(await commands.ofCommands(['c3', 'new'], 5))).toEqual([3]);
    expect(asked).toEqual([['c3', 'new']]);
  });

  it('asks once for a command that is looked for when decided and when appended', async () => {
    const { commands, asked, tail } = await askable(5);
    await commands.ofCommands(['c7'], 5);
    tail.push(numbered(6));
    expect(positions(await commands.ofCommands(['c7'], 6))).toEqual([]);
    expect(asked).toHaveLength(1);
    tail.push(numbered(7));
    expect(positions(await commands.ofCommands(['c7'], 7))).toEqual([7]);
    expect(asked).toHaveLength(1);
  });

  it('asks again when events that came since have left memory', async () => {
    const { commands, asked, tail } = await askable(7);
    await commands.ofCommands(['c6'], 5);
    tail.push(numbered(7));
    // Event 6 came and is only in the store.
    expect(positions(await commands.ofCommands(['new', 'c6'], 7))).toEqual([6]);
    expect(asked).toHaveLength(2);
  });

  it('asks for all together who look while a question is on its way', async () => {
    const { commands, asked, hold } = await askable(5);
    const letGo = hold();
    const looks = ['c1', 'c2', 'x', 'c2'].map(id => commands.ofCommands([id], 5));
    expect(asked).toEqual([['c1']]);
    letGo();
    expect((await Promise.all(looks)).map(positions)).toEqual([[1], [2], [], [2]]);
    expect(asked).toEqual([['c1'], ['c2', 'x']]);
  });

  it('asks for at most 10,000 at once', async () => {
    const { commands, asked } = await askable(1);
    const ids = Array.from({ length: 10_001 }, (_, i) => `c${i + 1}`);
    expect(positions(await commands.ofCommands(ids, 1))).toEqual([1]);
    expect(asked.map(question => question.length)).toEqual([10_000, 1]);
  });

  it('tells each who asked when the store cannot answer, and asks again afterwards', async () => {
    const memory = memoryLogIndex();
    await memory.save([entry(1)]);
    let away = true;
    const ofCommands: LogIndexStore['ofCommands'] = async ids => {
      if (away) throw new StoreUnavailable('UNAVAILABLE', 'away');
      return memory.ofCommands(ids);
    };
    const commands = new KnownCommands(new Tail(), { ...memory, ofCommands }, NEVER_SET_BACK);
    const looks = ['c1', 'x'].map(id => commands.ofCommands([id], 1));
    const outcomes = await Promise.allSettled(looks);
    expect(outcomes.map(outcome => outcome.status)).toEqual(['rejected', 'rejected']);
    away = false;
    expect(positions(await commands.ofCommands(['c1', 'x'], 1))).toEqual([1]);
  });
});
