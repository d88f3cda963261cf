import { BusinessDay, Instant, Money, parseAccountId } from '#kernel';
import type { DepositEvent } from './deposit.events.js';
import { type DepositCommand, deposit, type NamedOrder } from './deposit.js';
import type { Match } from './matching.js';

const A1 = parseAccountId('A1');
const now = Instant.parse('2026-12-01T10:00:00.000+09:00');
const order: NamedOrder = { account: A1, amount: Money.of('10000'), isByTransfer: true, isPayable: true };
const PARKED: Match = { kind: 'parked', why: 'no_order', account: null, candidates: [] };
const MATCHED: Match = {
  ...{ kind: 'matched', by: 'payer' },
  order: { payment: 'l1', account: A1, amount: Money.of('10000'), payers: [] },
};

const see = (match: Match = PARKED, more: object = {}): DepositCommand => ({
  ...{ type: 'SeeDeposit', now, deposit: 'd1', file: 'f1', record: 2, format: 'zengin_01', match },
  ...{ receivedAt: '0001-001-1-1234567', number: '01', day: BusinessDay.parse('2026-11-30') },
  ...{ amount: Money.of('10000'), payer: 'ｱｵｿﾞﾗ', payerBank: '', remark: '', virtualAccount: null },
  ...{ isCancellation: false, twin: null },
  ...more,
});
const resolve = (end: 'order' | 'account' | 'returned' | 'noted', more: object = {}): DepositCommand => ({
  ...{ type: 'ResolveDeposit', now, end, payment: null, order: null, account: null, accountIsOpen: true },
  reason: 'x',
  ...more,
});
const toOrder = (more: Partial<NamedOrder> = {}) =>
  resolve('order', { payment: 'l1', order: { ...order, ...more } });
const settle: DepositCommand = { type: 'SettleDeposit', now, outcome: 'lot', lot: 'l1.bank' };
const takeBack: DepositCommand = { type: 'TakeBackDeposit', now, cancellation: 'd2' };

/** What the last of some commands comes to: events, a refusal, or nothing. */
function last(...commands: DepositCommand[]): string {
  let state = deposit.fresh();
  let said = '';
  for (const command of commands) {
    const outcome = deposit.decide(command, state);
    if (outcome.kind === 'rejected') said = outcome.rejection.code;
    else if (outcome.kind === 'nothing') said = outcome.reason.code;
    else {
      said = outcome.events.map(({ type }: DepositEvent) => type).join(' ');
      for (const event of outcome.events) state = deposit.evolve(state, event);
    }
  }
  return `${said} / ${state.phase}`;
}

describe('a deposit', () => {
  it.each<[string, DepositCommand[], string]>([
    ['matched is on its way', [see(MATCHED)], 'DepositSeen DepositMatched / matched'],
    ['that nobody ordered waits', [see()], 'DepositSeen DepositParked / parked'],
    ['is seen once', [see(), see(MATCHED)], 'SEEN_ALREADY / parked'],
    ['is settled once', [see(MATCHED), settle, settle], 'SETTLED_ALREADY / settled'],
    ['pays an order by the word of staff', [see(), toOrder()], 'DepositResolved / matched'],
    ['is decided on once', [see(), toOrder(), settle, toOrder()], 'DEPOSIT_NOT_OPEN / settled'],
    ['that was matched is not decided on', [see(MATCHED), resolve('returned')], 'DEPOSIT_NOT_OPEN / matched'],
    ['taken back before it was booked is over', [see(), takeBack], 'DepositTakenBack / cancelled'],
    ['taken back is so once', [see(), takeBack, takeBack], 'TAKEN_BACK_ALREADY / cancelled'],
    ['taken back is no money', [see(), takeBack, resolve('returned')], 'DEPOSIT_NOT_OPEN / cancelled'],
    ['taken back on its way may be booked', [see(MATCHED), takeBack], 'DepositTakenBack / taken_back'],
    ['taken back from a lot waits', [see(MATCHED), settle, takeBack], 'DepositTakenBack / taken_back'],
    [
      'taken back from a lot is only noted',
      [see(MATCHED), settle, takeBack, resolve('account', { account: A1 })],
      'DEPOSIT_IS_NO_MONEY / taken_back',
    ],
    [
      'taken back from a lot is noted',
      [see(MATCHED), settle, takeBack, resolve('noted')],
      'DepositResolved / matched',
    ],
    ['that is money is not only noted', [see(), resolve('noted')], 'DEPOSIT_IS_MONEY / parked'],
    ['that has a twin may be', [see(PARKED, { twin: 'd0' }), resolve('noted')], 'DepositResolved / matched'],
    [
      'that is a cancellation is no money',
      [see(PARKED, { isCancellation: true }), toOrder()],
      'DEPOSIT_IS_NO_MONEY / parked',
    ],
  ])('%s', (_name, commands, expected) => expect(last(...commands)).toBe(expected));

  it.each<[string, DepositCommand, string]>([
    ['no such order', resolve('order', { payment: 'l1' }), 'NO_SUCH_PAYMENT'],
    [
      'an order through a gateway',
      toOrder({ isByTransfer: false, isPayable: false }),
      'ORDER_NOT_BY_TRANSFER',
    ],
    ['an order that is over', toOrder({ isPayable: false, amount: Money.of('1') }), 'ORDER_NOT_PAYABLE'],
    ['PL-10: an order of another amount', toOrder({ amount: Money.of('9999') }), 'ORDER_OF_OTHER_AMOUNT'],
    ['an account that is over', resolve('account', { account: A1, accountIsOpen: false }), 'ACCOUNT_ENDED'],
  ])('is refused to %s, in this order', (_name, command, code) =>
    expect(last(see(), command)).toBe(`${code} / parked`),
  );

  it('that nobody has told of is none', () =>
    expect([resolve('returned'), settle, takeBack].map(one => last(one))).toEqual(
      Array(3).fill('NO_SUCH_DEPOSIT / parked'),
    ));
});
