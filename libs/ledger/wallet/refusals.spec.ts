import { BusinessMonth, Money, saidOf } from '#kernel';
import {
  adjust,
  call,
  credit,
  debit,
  extend,
  hold,
  jst,
  month,
  open,
  ratesOf,
  WalletStory,
  yen,
} from '../../../test/support/wallets.js';
import type { CloseBillingMonth } from './closing.js';
import { type WalletRejection, walletRefusals } from './refusals.js';
import { type WalletCommand, wallet } from './wallet.js';
import type { WalletState } from './wallet.state.js';

const endOf = (of: string): CloseBillingMonth => ({
  type: 'CloseBillingMonth',
  now: BusinessMonth.end(month(of)),
  month: month(of),
  basis: { net: Money.zero, tax: Money.zero },
  discounts: [],
  rates: ratesOf(),
  total: Money.zero,
  invoice: 'INV-X',
});
const discounts = [
  { usageMonth: month('2025-05'), taxCategory: 'standard', taxRate: 1000, net: yen('99'), tax: yen('0') },
] as const;

/** A wallet in which everything is there that can stand in the way: June open, March closed, April not. */
function busy(): WalletStory {
  const told = new WalletStory().all(
    { ...open(), month: month('2025-06') } as WalletCommand,
    credit('L1', '100', '2025-03-01'),
    hold('H1', '10', '2025-03-02'),
    call('C1', '20', '2025-03-03'),
  );
  told.all({
    ...endOf('2025-03'),
    basis: { net: yen('20'), tax: Money.zero },
    total: yen('20'),
    invoice: 'INV-3',
  });
  told.all(call('C2', '30', '2025-04-03'));
  return told.all(told.reversalOf('C1', '2025-04-04'), debit('D1', '5', '2025-05-02'));
}

const states: Readonly<Record<string, () => WalletState>> = {
  unopened: () => wallet.fresh(),
  busy: () => busy().state,
  closed: () => busy().all({ type: 'CloseWallet', now: jst('2025-07-01'), next: month('2025-07') }).state,
};

const big = { above: '1' } as const;
const twice = () => busy().reversalOf('C1', '2025-05-05');
const june: Partial<CloseBillingMonth> = { basis: { net: yen('5'), tax: Money.zero } };
const adjusted = (): WalletState => busy().all(adjust('A1', '-5', '2025-05-03')).state;
const clean = (): WalletState => {
  const told = new WalletStory().all(open(), debit('D1', '5', '2025-05-02'));
  return told.state;
};

/** Each row breaks the rule it names and later ones that the command can break; the first is named. */
const rows: readonly (readonly [WalletRejection, string, () => WalletState, () => WalletCommand])[] = [
  ['WALLET_EXISTS', 'opens another', states['busy']!, () => ({ ...open(), account: 'B2' }) as WalletCommand],
  ['NO_SUCH_WALLET', 'not opened', states['unopened']!, () => adjust('X', '5', '2025-05-05', { reason: '' })],
  ['WALLET_CLOSED', 'closed, month over', states['closed']!, () => hold('H1', '999', '2025-07-05')],
  ['WALLET_CLOSED', 'opens a closed one', states['closed']!, () => open()],
  [
    'WALLET_CLOSED',
    'closes twice',
    states['closed']!,
    () => ({ type: 'CloseWallet', now: jst('2025-07-01'), next: month('2025-08') }),
  ],
  ['MONTH_OVER', 'late, and hold exists', states['busy']!, () => hold('H1', '999', '2025-07-05')],
  ['MONTH_OVER', 'closes a month that the stream has not come to', states['busy']!, () => endOf('2025-07')],
  [
    'REASON_REQUIRED',
    'no reason, no approval, lot exists',
    states['busy']!,
    () => adjust('L1', '5', '2025-05-05', { reason: ' ', ...big }),
  ],
  [
    'REASON_REQUIRED',
    'no reason, reversed before',
    states['busy']!,
    () => ({ ...twice(), reason: '' }) as WalletCommand,
  ],
  [
    'APPROVAL_REQUIRED',
    'no approval, lot exists',
    states['busy']!,
    () => adjust('L1', '5', '2025-05-05', big),
  ],
  ['APPROVAL_REQUIRED', 'downwards', states['busy']!, () => adjust('X', '-5', '2025-05-05', big)],
  [
    'APPROVAL_REQUIRED',
    'approved by no one',
    states['busy']!,
    () => adjust('X', '5', '2025-05-05', { approvedBy: '', ...big }),
  ],
  [
    'APPROVAL_REQUIRED',
    'bonus value, and the lot exists',
    states['busy']!,
    () => credit('L1', '5', '2025-05-05', { kind: 'bonus', method: 'bonus', ...big }),
  ],
  [
    'LOT_EXISTS',
    'adjusted',
    states['busy']!,
    () => adjust('L1', '5', '2025-05-05', { approvedBy: 'staff:b', ...big }),
  ],
  ['LOT_EXISTS', 'credited', states['busy']!, () => credit('L1', '5', '2025-05-05')],
  [
    'LOT_EXISTS',
    'credited, spent in an earlier month',
    states['busy']!,
    () => ({ ...credit('X', '5', '2025-05-05'), takenBefore: ['adjustment', 'lot'] }),
  ],
  ['ADJUSTMENT_EXISTS', 'adjusted twice, downwards', adjusted, () => adjust('A1', '-5', '2025-05-05')],
  ['ADJUSTMENT_EXISTS', 'credited under its name', adjusted, () => credit('A1', '5', '2025-05-05')],
  [
    'ADJUSTMENT_EXISTS',
    'adjusted in an earlier month',
    states['busy']!,
    () => ({ ...adjust('X', '5', '2025-05-05'), takenBefore: ['adjustment'] }) as WalletCommand,
  ],
  [
    'POSTED_RECENTLY',
    'credited',
    states['busy']!,
    () => ({ ...credit('L9', '5', '2025-05-05'), postedMinutesAgo: 1 }) as WalletCommand,
  ],
  [
    'POSTED_RECENTLY',
    'adjusted',
    states['busy']!,
    () => ({ ...adjust('A9', '-5', '2025-05-05'), postedMinutesAgo: 0 }) as WalletCommand,
  ],
  ['HOLD_EXISTS', 'and the funds do not reach', states['busy']!, () => hold('H1', '999', '2025-05-05')],
  ['NO_SUCH_HOLD', 'and the funds do not reach', states['busy']!, () => extend('H9', '999', '2025-05-05')],
  ['ALREADY_REVERSED', 'a second reversal', states['busy']!, twice],
  [
    'NOT_REVERSED',
    'corrects what stands',
    states['busy']!,
    () => ({ ...call('C2', '5', '2025-05-05'), entry: 2 }),
  ],
  [
    'REVERSAL_EXISTS',
    'of another call',
    states['busy']!,
    () => ({ ...busy().reversalOf('C2', '2025-05-05'), reversal: 'R-C1' }),
  ],
  [
    'REVERSAL_EXISTS',
    'in an earlier month',
    states['busy']!,
    () => ({ ...busy().reversalOf('C2', '2025-05-05'), takenBefore: ['reversal'] }),
  ],
  [
    'MONTH_CLOSED',
    'closed with another invoice, usage changed',
    states['busy']!,
    () => ({ ...endOf('2025-03'), discounts, total: yen('-1') }),
  ],
  [
    'MONTH_CLOSED',
    'debited, and the funds do not reach',
    states['busy']!,
    () => debit('D2', '999', '2025-05-05', { billingMonth: month('2025-03'), ifShort: 'refuse' }),
  ],
  [
    'EARLIER_MONTH_OPEN',
    'usage changed, discount too large',
    states['busy']!,
    () => ({ ...endOf('2025-05'), discounts, total: yen('-1') }),
  ],
  [
    'USAGE_CHANGED',
    'discount too large, total below zero',
    clean,
    () => ({ ...endOf('2025-05'), discounts, total: yen('-1') }),
  ],
  [
    'USAGE_CHANGED',
    'a discount that nothing has earned, total below zero',
    clean,
    () => ({ ...endOf('2025-05'), ...june, discounts, total: yen('-1') }),
  ],
  ['TOTAL_BELOW_ZERO', 'of debits above', clean, () => ({ ...endOf('2025-05'), ...june, total: yen('-1') })],
  ['INSUFFICIENT_FUNDS', 'hold', states['busy']!, () => hold('H2', '999', '2025-05-05')],
  ['INSUFFICIENT_FUNDS', 'extension', states['busy']!, () => extend('H1', '999', '2025-05-05')],
  [
    'INSUFFICIENT_FUNDS',
    'purchase',
    states['busy']!,
    () => debit('D2', '999', '2025-05-05', { ifShort: 'refuse' }),
  ],
  ['SUM_OUT_OF_RANGE', 'charge', states['busy']!, () => credit('L9', '900000000000', '2025-05-05')],
  ['SUM_OUT_OF_RANGE', 'call', states['busy']!, () => call('C9', '900000000000', '2025-05-05')],
  [
    'SUM_OUT_OF_RANGE',
    'fee with its tax',
    states['busy']!,
    () => debit('D9', '890000000000', '2025-05-05', { taxRate: 1000 }),
  ],
  [
    'SUM_OUT_OF_RANGE',
    'taken by an adjustment',
    states['busy']!,
    () => adjust('X9', '-900719925474', '2025-05-05', { approvedBy: 'staff:b' }),
  ],
];

describe('rejections of a wallet, in the order in which they are asked', () => {
  it.each(rows)('%s: %s', (code, _why, state, command) => {
    expect(wallet.decide(command(), state())).toMatchObject({ kind: 'rejected', rejection: { code } });
  });

  it('are all met by a row, and the rows follow the list', () => {
    const met = rows.map(([code]) => Object.keys(walletRefusals).indexOf(code));
    expect([...new Set(met)]).toEqual(Object.keys(walletRefusals).map((_, i) => i));
    expect(met).toEqual([...met].sort((a, b) => a - b));
  });

  it('say so in a sentence', () => {
    for (const [, , state, command] of rows) {
      const outcome = wallet.decide(command(), state());
      expect(outcome.kind === 'rejected' && saidOf(outcome.rejection).en).toMatch(/^[A-Z].*\.$/);
    }
  });
});
