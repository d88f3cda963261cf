import { rmSync } from 'node:fs';
import { type AccountId, BusinessMonth, Instant, Money, parseAccountId } from '#kernel';
import { openProduct } from '#nest';
import type { Answer, ContractView, Product } from '#runtime';
import { buy, offerProducts } from '../support/contracts-home.js';
import { SEED } from '../support/seed.js';
import {
  accountNames,
  callerOf,
  openProvider,
  randomFrom,
  StandingClock,
  shuffled,
} from '../support/small-provider.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const CUSTOMERS = accountNames(12).map(name => parseAccountId(name));
const at = (text: string): Instant => Instant.parse(`${text}+09:00`);
const month = BusinessMonth.parse;

let requests = 0;
const caller = () => callerOf(`race-${++requests}`);
const codeOf = (answer: Answer<unknown> | { readonly kind: 'nothing' }): string =>
  answer.kind === 'rejected' ? answer.rejection.code : answer.kind;

/** Starts all of it at once, in an order that the seed gives. */
async function atOnce(random: () => number, tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  await Promise.all(shuffled(tasks, random).map(task => task()));
}

describe(`what meets at one instant (DAICHO_SEED=${SEED})`, () => {
  const directory = temporaryDirectory();
  const clock = new StandingClock(at('2026-10-16T10:00:00.000'));
  const random = randomFrom(SEED);
  let product: Product;

  beforeEach(async () => {
    clock.at = at('2026-10-16T10:00:00.000');
    const home = `${directory}/${++requests}`;
    product = await openProduct({ directory: home, clock });
    await openProvider(product, CUSTOMERS, '2026-10-01');
    await offerProducts(product);
    for (const account of CUSTOMERS) {
      const charge = { account, amount: Money.of('20000'), method: 'card' } as const;
      expect(await product.prepaid.charge(charge, caller())).toMatchObject({ kind: 'done' });
      await buy(product, `${home}/${account}`, { account, circle: null, items: [['invoice.posting', 3]] });
    }
  });
  afterEach(() => product.close());
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const contractsOf = async (account: AccountId): Promise<readonly ContractView[]> =>
    (await product.contracts.contracts({ account, limit: 100, ended: true })).rows;
  const cancel = (account: AccountId, contracts: string[]) =>
    product.contracts.cancel({ account, contracts }, caller());
  const undo = (account: AccountId, contracts: string[]) =>
    product.contracts.undo({ account, contracts }, caller());
  const start = (text: string) => product.contracts.fees.start(month(text), caller());

  /** The fees of a month, by contract. */
  async function feesOf(text: string): Promise<string[]> {
    const found: string[] = [];
    for await (const piece of product.audit.export('jsonl'))
      for (const line of piece.split('\n').filter(one => one !== '')) {
        const { type, data } = JSON.parse(line) as { type: string; data: Readonly<Record<string, string>> };
        const debit = type === 'ledger.Debited.v1' ? data['debit']! : '';
        if (debit.endsWith(`-${text}`)) found.push(debit.slice(0, -text.length - 1));
      }
    return found.sort();
  }

  it('month start and cancellations: each is done, and each fee is there once', async () => {
    const all = await Promise.all(CUSTOMERS.map(contractsOf));
    const ids = (of: number) => all.map(contracts => contracts[of]!.contract);
    // The first of each is over with November, and its end is booked in the same instant.
    await Promise.all(CUSTOMERS.map((account, i) => cancel(account, [ids(0)[i]!])));
    clock.at = at('2026-11-01T00:00:01.000');
    expect(await start('2026-11')).toMatchObject({ value: { debited: 36, refused: 0 } });
    clock.at = at('2026-12-01T00:00:01.000');
    const answers: string[] = [];
    const told = async (answer: Promise<Parameters<typeof codeOf>[0]>) => answers.push(codeOf(await answer));
    await atOnce(random, [
      () => told(start('2026-12')),
      () => told(start('2026-12')),
      ...CUSTOMERS.flatMap((account, i) => [
        () => told(cancel(account, [ids(1)[i]!])),
        () => told(undo(account, [ids(0)[i]!])),
        () => product.contracts.endDue(account, caller()),
      ]),
    ]);
    expect(answers.filter(code => code === 'done')).toHaveLength(2 + CUSTOMERS.length);
    expect(answers.filter(code => code !== 'done').every(code => /TOO_LATE|ENDED/.test(code))).toBe(true);
    expect(await feesOf('2026-12')).toEqual([...ids(1), ...ids(2)].sort());
    for (const account of CUSTOMERS)
      expect((await contractsOf(account)).map(({ status, endsOn }) => [status, endsOn])).toEqual([
        ['ended', '2026-11-30'],
        ['ending', '2027-01-31'],
        ['active', null],
      ]);
    // The last month of what was cancelled is paid, and none after it.
    clock.at = at('2027-02-01T00:00:01.000');
    await atOnce(random, [() => start('2027-01'), () => start('2027-02'), () => start('2027-01')]);
    expect(await feesOf('2027-01')).toEqual([...ids(1), ...ids(2)].sort());
    expect(await feesOf('2027-02')).toEqual(ids(2).sort());
    expect(await product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  }, 60_000);

  it.each([
    ['22:00:00.000', '2026-12-31', 'nothing|done'],
    ['22:00:00.001', '2027-01-31', 'UNDO_TOO_LATE'],
  ])(
    'cancel and undo at %s: the last that was accepted is what holds',
    async (time, endsOn, undone) => {
      const all = await Promise.all(CUSTOMERS.map(contractsOf));
      const cancelled = all.map(contracts => contracts[0]!.contract);
      const fresh = all.map(contracts => contracts[1]!.contract);
      await Promise.all(CUSTOMERS.map((account, i) => cancel(account, [cancelled[i]!])));
      clock.at = at(`2026-11-30T${time}`);
      const undos: string[] = [];
      await atOnce(
        random,
        CUSTOMERS.flatMap((account, i) => [
          () => cancel(account, [cancelled[i]!]),
          async () => undos.push(codeOf(await undo(account, [cancelled[i]!]))),
          async () => undos.push(codeOf(await undo(account, [cancelled[i]!]))),
          () => cancel(account, [fresh[i]!]),
        ]),
      );
      expect(undos.filter(code => !new RegExp(`^(${undone})$`).test(code))).toEqual([]);
      const inTime = undone !== 'UNDO_TOO_LATE';
      for (const account of CUSTOMERS) {
        const [was, now, other] = (await contractsOf(account)).map(one => one.endsOn);
        // Undone, and perhaps cancelled again after it; too late it ends as it did.
        expect(inTime ? [null, endsOn] : ['2026-11-30']).toContain(was);
        expect([now, other]).toEqual([endsOn, null]);
      }
      const going = (await Promise.all(CUSTOMERS.map(contractsOf)))
        .flat()
        .filter(one => one.endsOn !== '2026-11-30');
      clock.at = at('2026-12-01T00:00:01.000');
      await start('2026-12');
      expect(await feesOf('2026-12')).toEqual(going.map(({ contract }) => contract).sort());
      expect(await product.audit.verify()).toMatchObject({ ok: true });
      const { debit, credit } = await product.prepaid.trialBalance();
      expect(debit).toBe(credit);
    },
    60_000,
  );
});
