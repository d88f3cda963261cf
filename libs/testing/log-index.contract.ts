import { type IndexedEvent, LogIndexDiffers, type LogIndexStore } from '#ports';

export interface LogIndexUnderTest {
  readonly store: LogIndexStore;
  dispose(): Promise<void>;
}

/** Entry `position` of two streams that take turns; every command has two events. */
function entry(position: number): IndexedEvent {
  const offset = 9_007_199_254_740_993n + BigInt(position) * 512n;
  return {
    position,
    place: { commit: offset, prepare: offset - 7n },
    stream: position % 2 === 1 ? 'wallet-A1_2026-10' : '台帳',
    revision: Math.floor((position - 1) / 2),
    hash: position.toString(16).padStart(64, '0'),
    commandId: `c${Math.ceil(position / 2)}`,
    opensCommand: position % 2 === 1,
  };
}
const entries = (from: number, to: number): IndexedEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));

type OpenLogIndex = () => Promise<LogIndexUnderTest>;

const onFresh =
  (open: OpenLogIndex, test: (store: LogIndexStore) => Promise<void>) => async (): Promise<void> => {
    const { store, dispose } = await open();
    try {
      await test(store);
    } finally {
      await dispose();
    }
  };

/** What the port `LogIndexStore` promises, as tests. */
export function logIndexContract(adapter: string, open: OpenLogIndex): void {
  describe(`log index contract: ${adapter}`, () => {
    lookingRules(open);
    savingRules(open);
  });
}

function lookingRules(open: OpenLogIndex): void {
  describe('looks up', () => {
    it(
      'is empty at first',
      onFresh(open, async store => {
        expect(await store.head()).toBeUndefined();
        expect(await store.at(1)).toBeUndefined();
        expect(await store.ofStream('台帳', 0, 10)).toEqual([]);
        expect(await store.ofCommands(['c1'])).toEqual(new Map());
        await store.save([]);
        expect(await store.head()).toBeUndefined();
      }),
    );

    it(
      'gives entries back as they were saved, offsets of 64 bits too',
      onFresh(open, async store => {
        await store.save(entries(1, 40));
        await store.save(entries(41, 1_000));
        expect(await store.head()).toEqual(entry(1_000));
        expect(await store.at(41)).toEqual(entry(41));
        expect(await store.at(1_001)).toBeUndefined();
      }),
    );

    it(
      'finds the entries of a stream by their revisions, ascending',
      onFresh(open, async store => {
        await store.save(entries(1, 50));
        expect(await store.ofStream('台帳', 3, 5)).toEqual([entry(8), entry(10), entry(12)]);
        expect(await store.ofStream('台帳', 23, 99)).toEqual([entry(48), entry(50)]);
        expect(await store.ofStream('nobody', 0, 9)).toEqual([]);
      }),
    );

    it(
      'finds the first event of commands, and leaves out those it does not know',
      onFresh(open, async store => {
        await store.save(entries(1, 50));
        const expected = new Map([
          ['c1', entry(1)],
          ['c25', entry(49)],
        ]);
        expect(await store.ofCommands(['c25', 'c26', 'c1', 'C1'])).toEqual(expected);
        expect((await store.ofCommands(Array.from({ length: 10_000 }, (_, i) => `c${i}`))).size).toBe(25);
      }),
    );
  });
}

function savingRules(open: OpenLogIndex): void {
  describe('saves', () => {
    it(
      'leaves out what another process saved, and saves the rest',
      onFresh(open, async store => {
        await store.save(entries(1, 30));
        await store.save(entries(10, 20));
        expect(await store.head()).toEqual(entry(30));
        await store.save(entries(25, 40));
        expect(await store.head()).toEqual(entry(40));
        expect(await store.ofStream('台帳', 0, 99)).toHaveLength(20);
      }),
    );

    it(
      'takes the same entries from several processes at once',
      onFresh(open, async store => {
        const saves = Array.from({ length: 6 }, (_, i) => store.save(entries(1, 20 + i)));
        await Promise.all(saves);
        expect(await store.head()).toEqual(entry(25));
        expect(await store.ofStream('台帳', 0, 99)).toHaveLength(12);
      }),
    );

    it(
      'refuses other hashes at positions that are known, names the first, and keeps none of the entries',
      onFresh(open, async store => {
        await store.save(entries(1, 30));
        const others = entries(20, 40).map(one =>
          one.position < 25 ? one : { ...one, hash: 'f'.repeat(64) },
        );
        const refused = store.save(others);
        await expect(refused).rejects.toBeInstanceOf(LogIndexDiffers);
        await expect(refused).rejects.toMatchObject({ position: 25 });
        expect(await store.head()).toEqual(entry(30));
        expect(await store.at(25)).toEqual(entry(25));
      }),
    );

    it(
      'refuses entries that leave a gap, and keeps none of them',
      onFresh(open, async store => {
        await expect(store.save(entries(2, 3))).rejects.toThrow();
        await store.save(entries(1, 5));
        await expect(store.save(entries(7, 9))).rejects.toThrow();
        expect(await store.head()).toEqual(entry(5));
        expect(await store.at(8)).toBeUndefined();
      }),
    );
  });
}
