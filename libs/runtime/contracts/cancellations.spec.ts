import { BusinessDay, Money, parseAccountId, saidOf } from '#kernel';
import { buy, offerProducts } from '../../../test/support/contracts-home.js';
import { type IdentityHome, identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import { ask, perform } from '../engine/use-case.js';
import type { Answer, Caller } from '../product.views.js';
import { addToCart, showCart } from './cart.use-cases.js';
import {
  cancelContracts,
  listContracts,
  previewCancellation,
  showContract,
  undoCancellation,
} from './contracts.use-cases.js';
import { allotUnits, cancelUnits, listAllotments, previewUnits, undoUnits } from './units.use-cases.js';

const ACCOUNT = parseAccountId('CN-1');
const NUMBERS = ['0300001001', '0300001002'] as const;
let home: IdentityHome;
let circle: string;
/** Contracts of two terminals and two numbers; both numbers are set on the first terminal. */
let [first, second, ...numbers]: string[] = [];
let sequence = 0;
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `k-${++sequence}` });
function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(answer.kind === 'rejected' ? saidOf(answer.rejection).en : answer.kind);
}
const statusOf = async (...contracts: string[]) =>
  Promise.all(
    contracts.map(async contract => {
      const known = await ask(home.product, showContract, { account: ACCOUNT, contract });
      return [known?.status, known?.endsOn];
    }),
  );
/** Names of the events since the last look. */
let seen = 0;
async function happened(): Promise<string[]> {
  const names: string[] = [];
  for await (const line of home.product.audit.export('jsonl', { from: seen + 1 })) {
    const { type, position } = JSON.parse(line) as { type: string; position: number };
    names.push(type.split('.')[1]!);
    seen = position;
  }
  return names;
}

beforeAll(async () => {
  home = await identityHome();
  const { product, clock } = home;
  clock.moveTo('2026-10-05T12:00:00.000+09:00');
  const opened = {
    ...{ account: ACCOUNT, name: '株式会社CN', openedOn: BusinessDay.parse('2026-10-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  value(await product.accounts.open(opened, caller()));
  const charged = { account: ACCOUNT, amount: Money.of('100000'), method: 'card' as const };
  value(await product.prepaid.charge(charged, caller()));
  const made = { account: ACCOUNT, name: '本社', password: PASSWORD };
  circle = value(await product.identity.circles.createCircle(made, caller())).circle;
  await offerProducts(product);
  const items = [
    ['unique.extension', 2],
    ...NUMBERS.map(number => ['number.03', 1, number] as const),
  ] as const;
  const order = await buy(product, 'phones', { account: ACCOUNT, circle, items });
  [first, second, ...numbers] = order.contracts as string[];
  const { rows } = await ask(product, listContracts, { account: ACCOUNT, limit: 100 });
  const unique = rows.find(({ contract }) => contract === first)!.unique!;
  const set = { account: ACCOUNT, unique, numbers: [...NUMBERS] };
  value(await product.identity.circles.setUniqueNumbers(set, caller()));
  await happened();
});
afterAll(() => home.end());

const cancel = (contracts: string[], withNumbers = false) =>
  perform(home.product, cancelContracts, { account: ACCOUNT, contracts, withNumbers }, caller());
const undo = (contracts: string[]) =>
  perform(home.product, undoCancellation, { account: ACCOUNT, contracts }, caller());
const preview = (contracts: string[], withNumbers: boolean) =>
  ask(home.product, previewCancellation, { account: ACCOUNT, contracts, withNumbers });

describe('a terminal on which numbers are set', () => {
  it('CAN-01: is shown with its numbers, or alone, before it is cancelled', async () => {
    const rows = value(await preview([first!, second!], true)).rows;
    expect(rows.map(({ contract, number, endsOn }) => [contract, number, endsOn])).toEqual([
      [first, null, '2026-11-30'],
      [second, null, '2026-11-30'],
      [numbers[0], NUMBERS[0], '2026-11-30'],
      [numbers[1], NUMBERS[1], '2026-11-30'],
    ]);
    expect(value(await preview([first!], false)).rows).toHaveLength(1);
    expect(await happened()).toEqual([]);
  });

  it('CAN-01, CAN-02, CN-23: is cancelled with them in one act, and its undo takes them along', async () => {
    expect(value(await cancel([first!], true)).rows.map(row => row.number)).toEqual([null, ...NUMBERS]);
    expect(await happened()).toEqual(Array.from({ length: 3 }, () => 'CancellationAccepted'));
    expect(await statusOf(first!, ...numbers)).toEqual(
      Array.from({ length: 3 }, () => ['ending', '2026-11-30']),
    );
    // CN-24: that of a number alone is undone alone.
    value(await undo([numbers[1]!]));
    expect(await happened()).toEqual(['CancellationUndone']);
    expect(value(await undo([first!])).contracts).toEqual([first, numbers[0]]);
    expect(await happened()).toEqual(['CancellationUndone', 'CancellationUndone']);
    expect(await statusOf(first!, ...numbers)).toEqual(Array.from({ length: 3 }, () => ['active', null]));
  });

  it('puts lines of its numbers beside its own into the cart, with their names', async () => {
    const whose = { account: ACCOUNT, circle };
    const added = { ...whose, items: [], cancels: [first!], withNumbers: true };
    value(await perform(home.product, addToCart, added, caller()));
    const { lines } = value(await ask(home.product, showCart, { ...whose, by: 'account' }));
    expect(lines.map(one => [one.contract, one.class, one.numbers])).toEqual([
      [first, 'cancel', []],
      [numbers[0], 'cancel', [NUMBERS[0]]],
      [numbers[1], 'cancel', [NUMBERS[1]]],
    ]);
    await happened();
  });

  it('alone leaves its numbers in contract, without a unique', async () => {
    value(await cancel([first!]));
    home.clock.moveTo('2026-12-01T00:00:00.000+09:00');
    expect(await home.product.contracts.endDue(ACCOUNT, caller())).toMatchObject({ kind: 'done' });
    expect(await statusOf(first!, ...numbers)).toEqual([
      ['ended', '2026-11-30'],
      ['active', null],
      ['active', null],
    ]);
    const { uniques } = await home.product.identity.circles.known(ACCOUNT);
    expect(uniques.map(unique => unique.numbers)).toEqual([[], []]);
    expect(await happened()).toEqual(['CancellationAccepted', 'UniqueNumbersSet', 'ContractEnded']);
  });
});

describe('channels', () => {
  const CHANNEL = { account: ACCOUNT, product: 'trunk2.channel' };
  const act = async (count: number) =>
    value(await perform(home.product, cancelUnits, { ...CHANNEL, count }, caller())).rows;

  it('CAN-05: are cancelled by their count, the newest first, as it was shown before', async () => {
    const { contracts } = await buy(home.product, 'lines', {
      ...{ account: ACCOUNT, circle },
      items: [
        ['trunk2', 1],
        ['trunk2.channel', 4],
      ],
    });
    await happened();
    const shown = value(await ask(home.product, previewUnits, { ...CHANNEL, circle, count: 3 })).rows;
    expect(await happened()).toEqual([]);
    expect(shown.map(({ contract, endsOn }) => [contract, endsOn])).toEqual(
      [4, 3, 2].map(at => [contracts[at], '2027-01-31']),
    );
    // Who names no circle means the first one.
    expect(await act(3)).toEqual(shown);
    expect(await happened()).toEqual(Array.from({ length: 3 }, () => 'CancellationAccepted'));
    const late = await perform(home.product, cancelUnits, { ...CHANNEL, count: 2 }, caller());
    expect(late).toMatchObject({
      rejection: { code: 'TOO_FEW_UNITS', details: { present: '1', count: '2' } },
    });
    const undone = await perform(home.product, undoUnits, { ...CHANNEL, count: 2 }, caller());
    expect(value(undone).contracts).toEqual([contracts[2], contracts[3]]);
    expect(await statusOf(...contracts.slice(1))).toEqual([
      ...Array.from({ length: 3 }, () => ['active', null]),
      ['ending', '2027-01-31'],
    ]);
  });

  it('CN-28: are allotted to trunks, and their end takes off what is allotted above the rest', async () => {
    const { contracts, account } = await buy(home.product, 'second trunk', {
      ...{ account: ACCOUNT, circle, items: [['trunk2', 1]] },
    });
    const known = await ask(home.product, showContract, { account, contract: contracts[0]! });
    const list = async () => (await ask(home.product, listAllotments, { account, circle })).rows;
    const allot = (wanted: Readonly<Record<string, number>>) => {
      const allotted = Object.entries(wanted).map(([unique, count]) => ({ unique, count }));
      return perform(home.product, allotUnits, { account, circle, pool: 'calls', allotted }, caller());
    };
    // Two trunks and four channels, of which one ends with January.
    const [calls] = await list();
    const ends = [{ endsOn: '2027-01-31', count: 1 }];
    expect(calls).toMatchObject({ pool: 'calls', contracted: 6, allotted: 0, ticked: false, ending: ends });
    const [a, b] = calls!.uniques.map(({ unique }) => unique);
    expect([b, calls!.uniques.length]).toEqual([known?.unique, 2]);
    expect(await allot({ [a!]: 4, [b!]: 3 })).toMatchObject({
      rejection: { code: 'ALLOTTED_TOO_MUCH', details: { total: '7', contracted: '6' } },
    });
    await happened();
    expect(value(await allot({ [a!]: 4, [b!]: 2 })).allotted).toBe(6);
    await act(2);
    home.clock.moveTo('2027-02-01T00:00:00.000+09:00');
    // In effect at 00:00:00, before anybody has booked it.
    expect((await list())[0]).toMatchObject({
      ...{ contracted: 3, allotted: 3, ending: [] },
      uniques: [{ count: 1 }, { count: 2 }],
    });
    await home.product.contracts.endDue(ACCOUNT, caller());
    expect(await happened()).toEqual([
      ...['UnitsAllotted', 'CancellationAccepted', 'CancellationAccepted'],
      ...['ContractEnded', 'ContractEnded', 'ContractEnded', 'AllotmentReduced'],
    ]);
    expect((await list())[0]).toMatchObject({ allotted: 3, uniques: [{ count: 1 }, { count: 2 }] });
  });
});
