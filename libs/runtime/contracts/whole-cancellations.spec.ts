import { BusinessDay, InvalidInput, Money, parseAccountId, saidOf } from '#kernel';
import { buy, offerProducts } from '../../../test/support/contracts-home.js';
import { type IdentityHome, identityHome, PASSWORD } from '../../../test/support/identity-home.js';
import { ask, perform } from '../engine/use-case.js';
import type { Answer, Caller } from '../product.views.js';
import {
  cancelAccount,
  cancelCircle,
  cancelContracts,
  listPurchases,
  previewCancellation,
  showEndings,
  undoCancellation,
  undoCircleCancellation,
} from './contracts.use-cases.js';

const account = parseAccountId('CN-9');
let home: IdentityHome;
let head: string;
let branch: string;
/** Of the first circle: two terminals and a recording; of the second: a terminal; of none: the post. */
let [first, second, recording, away, post]: string[] = [];
let sequence = 0;
const caller = (): Caller => ({ actor: { id: 'staff:tanaka' }, commandId: `w-${++sequence}` });
function value<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new Error(answer.kind === 'rejected' ? saidOf(answer.rejection).en : answer.kind);
}
const preview = async (of: { circle?: string; whole?: boolean; contracts?: string[] }) =>
  value(await ask(home.product, previewCancellation, { account, ...of }));
const endings = () => ask(home.product, showEndings, { account });
const endsOf = (view: Awaited<ReturnType<typeof preview>>) =>
  view.rows.map(({ contract, endsOn }) => [contract, endsOn]);
/** Of the cancellations in the history: which contract, its state and its last day, the newest first. */
const cancelled = async () => {
  const { rows } = await ask(home.product, listPurchases, { account, limit: 100 });
  return rows.flatMap(row => (row.class === 'cancel' ? [[row.contract, row.status, row.endsOn]] : []));
};

beforeAll(async () => {
  home = await identityHome();
  const { product, clock } = home;
  clock.moveTo('2026-10-05T12:00:00.000+09:00');
  const opened = {
    ...{ account, name: '株式会社CN', openedOn: BusinessDay.parse('2026-10-01') },
    ...{ numbers: [], tariff: 'std', incomingDiscount: Money.zero },
  };
  value(await product.accounts.open(opened, caller()));
  const charged = { account, amount: Money.of('100000'), method: 'card' as const };
  value(await product.prepaid.charge(charged, caller()));
  const circleOf = async (name: string) =>
    value(await product.identity.circles.createCircle({ account, name, password: PASSWORD }, caller()))
      .circle;
  [head, branch] = [await circleOf('本社'), await circleOf('支店')];
  await offerProducts(product);
  const bought = async (name: string, circle: string | null, ...items: [string, number][]) =>
    (await buy(product, name, { account, circle, items })).contracts;
  [first, second, recording] = await bought('head', head, ['unique.extension', 2], ['option.recording', 1]);
  [away] = await bought('branch', branch, ['unique.extension', 1]);
  [post] = await bought('post', null, ['invoice.posting', 1]);
});
afterAll(() => home.end());

describe('a circle', () => {
  it('CAN-12, CAN-10: says before it is cancelled what ends with it and when, and what is lost', async () => {
    const view = await preview({ circle: head });
    expect(view).toMatchObject({
      ...{ of: 'circle', endsOn: '2026-10-31', undoUntil: '2026-10-31T22:00:00.000+09:00' },
      ...{ undoable: true, accepted: false, losesRecordings: true },
    });
    expect(endsOf(view)).toEqual([first, second, recording].map(one => [one, '2026-10-31']));
    expect(await preview({ circle: branch })).toMatchObject({ losesRecordings: false });
    expect(await endings()).toEqual({ accountEndsOn: null, circles: [] });
  });

  it('ends with everything in it, as it was said, and goes on when that is undone', async () => {
    await perform(home.product, cancelContracts, { account, contracts: [second!] }, caller());
    const said = endsOf(await preview({ circle: head }));
    const { rows } = value(await perform(home.product, cancelCircle, { account, circle: head }, caller()));
    expect(rows.map(({ contract, endsOn }) => [contract, endsOn])).toEqual(said);
    expect(await endings()).toEqual({
      accountEndsOn: null,
      circles: [{ circle: head, endsOn: '2026-10-31', undoUntil: '2026-10-31T22:00:00.000+09:00' }],
    });
    expect(await preview({ circle: head })).toMatchObject({ accepted: true, endsOn: '2026-10-31' });
    expect(await cancelled()).toEqual([
      [recording, 'ending', '2026-10-31'],
      [second, 'ending', '2026-10-31'],
      [first, 'ending', '2026-10-31'],
      // The circle took its place.
      [second, 'void', '2026-11-30'],
    ]);
    value(await perform(home.product, undoCircleCancellation, { account, circle: head }, caller()));
    expect(await endings()).toMatchObject({ circles: [] });
    // What was cancelled by itself before stays so, for its own day.
    const [own, ...others] = await cancelled();
    expect(own).toEqual([second, 'ending', '2026-11-30']);
    expect(others.map(([, status]) => status)).toEqual(['void', 'void', 'void', 'void']);
    value(await perform(home.product, undoCancellation, { account, contracts: [second!] }, caller()));
    expect(new Set((await cancelled()).map(([, status]) => status))).toEqual(new Set(['void']));
  });

  it('is looked at alone, and only where it is', async () => {
    for (const asked of [{}, { whole: false }, { circle: head, whole: true }])
      await expect(preview(asked)).rejects.toThrow(InvalidInput);
    const nobody = await ask(home.product, previewCancellation, { account, circle: '0000000000' });
    expect(nobody).toMatchObject({ kind: 'rejected', rejection: { code: 'NO_SUCH_CIRCLE' } });
  });
});

describe('the whole account', () => {
  it('CAN-13: ends with everything, a month later than a circle, and for good', async () => {
    const view = await preview({ whole: true });
    expect(view).toMatchObject({
      ...{ of: 'account', endsOn: '2026-11-30', undoUntil: null, undoable: false, accepted: false },
      losesRecordings: true,
    });
    const said = endsOf(view);
    expect(said).toEqual([first, second, recording, away, post].map(one => [one, '2026-11-30']));
    const { rows } = value(await perform(home.product, cancelAccount, { account }, caller()));
    expect(rows.map(({ contract, endsOn }) => [contract, endsOn])).toEqual(said);
    expect(await endings()).toEqual({ accountEndsOn: '2026-11-30', circles: [] });
    expect(await preview({ whole: true })).toMatchObject({ accepted: true, undoable: false });
  });
});
