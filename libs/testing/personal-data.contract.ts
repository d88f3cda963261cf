import { Instant, parseAccountId } from '#kernel';
import { PersonalDataErased, type PersonalDataStore, type PersonalKind } from '#ports';

export interface PersonalDataUnderTest {
  /** Opened when it is asked for; on the same data each time, as after a restart. */
  open(): Promise<PersonalDataStore>;
  /** Every byte that is stored, in files or in rows, as one text of one byte a character. */
  stored(): Promise<string>;
  dispose(): Promise<void>;
}
type OpenPersonalData = () => Promise<PersonalDataUnderTest>;

const A1 = parseAccountId('A1');
const A2 = parseAccountId('A2');
const NAME = '竹取かぐや';
const at = (minute: number) =>
  Instant.plusMs(Instant.parse('2026-10-01T09:00:00.000+09:00'), minute * 60_000);
const record = (ref: string, text: string, of: { account?: typeof A1; minute?: number } = {}) => ({
  account: of.account ?? A1,
  ref,
  kind: 'contract' as PersonalKind,
  bytes: Buffer.from(text),
  at: at(of.minute ?? 0),
});
const textOf = (read: Uint8Array | 'erased' | undefined) =>
  read instanceof Uint8Array ? Buffer.from(read).toString('utf8') : read;

const onFresh =
  (open: OpenPersonalData, test: (store: PersonalDataStore, under: PersonalDataUnderTest) => Promise<void>) =>
  async (): Promise<void> => {
    const under = await open();
    const store = await under.open();
    try {
      await test(store, under);
    } finally {
      await store.close();
      await under.dispose();
    }
  };

/** What the port `PersonalDataStore` promises, as tests. */
export function personalDataContract(adapter: string, open: OpenPersonalData): void {
  describe(`personal data contract: ${adapter}`, () => {
    keepingRules(open);
    sealingRules(open);
    orphanRules(open);
    erasingRules(open);
  });
}

function keepingRules(open: OpenPersonalData): void {
  describe('keeps', () => {
    it(
      'gives back what was put, every version, and after a restart',
      onFresh(open, async (store, under) => {
        const first = await store.put(record('r1', NAME));
        const second = await store.put(record('r2', '別の名前'));
        const again = await under.open();
        expect(textOf(await again.get(A1, first))).toBe(NAME);
        expect(textOf(await again.get(A1, second))).toBe('別の名前');
        await again.close();
      }),
    );

    it(
      'is the same when it is put twice, and refuses other bytes under the same reference',
      onFresh(open, async store => {
        const first = await store.put(record('r1', NAME));
        expect(await store.put(record('r1', NAME))).toEqual(first);
        await expect(store.put(record('r1', 'x'))).rejects.toThrow(/taken/);
        expect(textOf(await store.get(A1, first))).toBe(NAME);
      }),
    );

    it(
      'knows nothing of another account or another reference, and takes no other hash',
      onFresh(open, async store => {
        const first = await store.put(record('r1', NAME));
        expect(await store.get(A2, first)).toBeUndefined();
        await store.put(record('r2', NAME, { account: A2 }));
        expect(await store.get(A2, first)).toBeUndefined();
        await expect(store.get(A1, { ...first, mac: 'x'.repeat(43) })).rejects.toThrow(/seal/);
      }),
    );
  });
}

function sealingRules(open: OpenPersonalData): void {
  describe('seals', () => {
    it(
      'stores nothing that can be read, and the same text differently each time',
      onFresh(open, async (store, under) => {
        const first = await store.put(record('r1', NAME));
        const second = await store.put(record('r2', NAME));
        expect(first.mac).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(second.mac).not.toBe(first.mac);
        expect(await under.stored()).not.toContain(Buffer.from(NAME).toString('latin1'));
      }),
    );

    it(
      'takes ten megabytes of bytes',
      onFresh(open, async store => {
        const bytes = Buffer.alloc(10_000_000, 7);
        const put = await store.put({ ...record('big', ''), kind: 'paper', bytes });
        expect(Buffer.compare((await store.get(A1, put)) as Uint8Array, bytes)).toBe(0);
      }),
    );

    it(
      'makes one key of an account, also when many begin at once, and hashes requests with it',
      onFresh(open, async (store, under) => {
        const other = await under.open();
        const many = Array.from({ length: 12 }, (_, i) =>
          (i % 2 ? store : other).put(record(`r${i}`, `text ${i}`)),
        );
        for (const [i, put] of (await Promise.all(many)).entries())
          expect(textOf(await store.get(A1, put))).toBe(`text ${i}`);
        const hash = await store.fingerprint(A1, Buffer.from(NAME));
        expect(await other.fingerprint(A1, Buffer.from(NAME))).toBe(hash);
        expect(await store.fingerprint(A2, Buffer.from(NAME))).not.toBe(hash);
        await other.close();
      }),
    );
  });
}

function orphanRules(open: OpenPersonalData): void {
  describe('orphans', () => {
    it(
      'are records that were not kept, the oldest first, and can be dropped',
      onFresh(open, async store => {
        const put = await store.put(record('r1', 'kept', { minute: 0 }));
        await store.put(record('r2', 'later', { minute: 5 }));
        await store.put(record('r3', 'orphan', { minute: 2 }));
        await store.keep(A1, ['r1']);
        await store.keep(A1, ['r1', 'nobody']);
        expect(await store.orphans(at(5), 10)).toEqual([{ account: A1, ref: 'r3' }]);
        expect((await store.orphans(at(6), 10)).map(one => one.ref)).toEqual(['r3', 'r2']);
        expect(await store.orphans(at(6), 1)).toHaveLength(1);
        for (const ref of ['r1', 'r3', 'r3']) await store.drop(A1, ref);
        expect((await store.orphans(at(9), 10)).map(one => one.ref)).toEqual(['r2']);
        expect(textOf(await store.get(A1, put))).toBe('kept');
      }),
    );
  });
}

function erasingRules(open: OpenPersonalData): void {
  describe('erases', () => {
    it(
      'makes all records of the account unreadable for ever, and no others',
      onFresh(open, async (store, under) => {
        const first = await store.put(record('r1', NAME));
        const other = await store.put(record('r2', 'other', { account: A2 }));
        await store.destroyKey(A1);
        await store.destroyKey(A1);
        const again = await under.open();
        for (const one of [store, again]) {
          expect(await one.get(A1, first)).toBe('erased');
          expect(textOf(await one.get(A2, other))).toBe('other');
          await expect(one.put(record('r9', NAME))).rejects.toBeInstanceOf(PersonalDataErased);
          await expect(one.fingerprint(A1, Buffer.from('x'))).rejects.toBeInstanceOf(PersonalDataErased);
          expect(await one.orphans(at(99), 10)).toEqual([{ account: A2, ref: 'r2' }]);
        }
        await again.close();
      }),
    );

    it(
      'leaves nothing of the key and the records in what is stored',
      onFresh(open, async (store, under) => {
        const put = await store.put(record('reference-of-a-record', NAME));
        expect(await under.stored()).toContain(put.mac);
        await store.destroyKey(A1);
        const left = await under.stored();
        for (const gone of [put.mac, 'reference-of-a-record']) expect(left).not.toContain(gone);
      }),
    );

    it(
      'takes nothing for an account that was erased before it kept anything',
      onFresh(open, async store => {
        await store.destroyKey(A2);
        await expect(store.put(record('r1', NAME, { account: A2 }))).rejects.toBeInstanceOf(
          PersonalDataErased,
        );
      }),
    );
  });
}
