import { Money, parseAccountId } from '#kernel';
import { payerKey } from '../bank/kana.js';
import { type AwaitedOrder, type MatchedDeposit, matchDeposit } from './matching.js';
import { virtualAccountOf } from './virtual-account.js';

const [A1, B2] = [parseAccountId('A1'), parseAccountId('B2')];
const order = (payment: string, amount = '10000', account = A1, name = 'カブシキガイシャアオゾラ') =>
  ({ payment, account, amount: Money.of(amount), payers: [payerKey(name)] }) satisfies AwaitedOrder;
const deposit = (more: Partial<MatchedDeposit> = {}): MatchedDeposit => ({
  ...{ amount: Money.of('10000'), payer: 'ｶ)ｱｵｿﾞﾗ', ownerOfAccount: null, isCancellation: false, twin: null },
  ...more,
});
/** What is found, in one word each: how or why, and the orders. */
function found(of: MatchedDeposit, orders: readonly AwaitedOrder[]): string {
  const match = matchDeposit(of, orders);
  if (match.kind === 'matched') return `${match.by} ${match.order.payment}`;
  return [match.why, ...match.candidates.map(({ payment }) => payment), match.account].join(' ').trim();
}
const OTHER = order('p9', '10000', B2, 'ポプラ');

describe('what a deposit pays (DECISIONS: Prepaid ledger; FIELD 6.4)', () => {
  it.each([
    ['payer and amount of one order', deposit(), [order('p1'), OTHER], 'payer p1'],
    ['two orders of the amount', deposit(), [order('p1'), order('p2')], 'several_orders p1 p2'],
    ['PL-10: another amount', deposit({ amount: Money.of('9999') }), [order('p1')], 'other_amount p1'],
    ['another name', deposit({ payer: 'ﾔﾏﾀﾞ' }), [order('p1'), order('p2', '5')], 'other_payer p1'],
    ['nobody ordered', deposit(), [], 'no_order'],
    ['nobody ordered that, nor he', deposit({ payer: 'ﾔﾏﾀﾞ' }), [order('p1', '5')], 'no_order'],
    ['no name at all', deposit({ payer: '' }), [order('p1')], 'other_payer p1'],
    [
      'the virtual account comes first',
      deposit({ ownerOfAccount: B2 }),
      [order('p1'), OTHER],
      'virtual_account p9',
    ],
    [
      'its owner ordered two',
      deposit({ ownerOfAccount: A1 }),
      [order('p1'), order('p2')],
      'several_orders p1 p2 A1',
    ],
    [
      'its owner ordered another amount',
      deposit({ ownerOfAccount: A1 }),
      [order('p1', '5')],
      'other_amount p1 A1',
    ],
    ['its owner ordered nothing', deposit({ ownerOfAccount: B2 }), [order('p1')], 'no_order B2'],
    ['maybe told twice', deposit({ twin: 'd1' }), [order('p1')], 'told_twice'],
    ['a cancellation without its deposit', deposit({ isCancellation: true }), [order('p1')], 'no_original'],
  ] as const)('%s', (_name, of, orders, expected) => expect(found(of, orders)).toBe(expected));
});

describe('where a bank writes a virtual account (FIELD 6.4)', () => {
  const own = { bank: '0001', branch: '001', kind: '1', number: '1234567' } as const;
  const lent = { ...own, branch: '901', number: '0000123' };
  it.each([
    ['none', { payerCode: '9010000123', payer: 'ｱ' }, own, null, 'ｱ'],
    ['payer-code', { payerCode: '9010000123', payer: 'ｱ' }, own, '9010000123', 'ｱ'],
    ['payer-code', { payerCode: '', payer: 'ｱ' }, own, null, 'ｱ'],
    ['payer-code', { payerCode: '0000000000', payer: 'ｱ' }, own, null, 'ｱ'],
    ['payer-name', { payerCode: '', payer: '9010000123 ｱ' }, own, '9010000123', 'ｱ'],
    ['payer-name', { payerCode: '', payer: '901 ｱ' }, own, null, '901 ｱ'],
    ['account', { payerCode: '', payer: 'ｱ' }, lent, '9010000123', 'ｱ'],
    ['account', { payerCode: '', payer: 'ｱ' }, own, null, 'ｱ'],
  ] as const)('%s', (place, row, account, virtualAccount, payer) =>
    expect(virtualAccountOf(place, row, account, own)).toEqual({ virtualAccount, payer }),
  );
});
