import { InvalidInput, Money } from '#kernel';
import { specOf } from '#testing';
import {
  A1,
  adjust,
  call,
  callFacts,
  credit,
  debit,
  extend,
  hold,
  jst,
  month,
  open,
  parts,
  ratesOf,
  STANDARD,
  story,
  yen,
} from '../../../test/support/wallets.js';
import { Names } from './names.js';
import { wallet } from './wallet.js';
import { balanceAt } from './wallet.queries.js';
import { closingBalance, monthUsage, walletStream } from './wallet.state.js';

const { givenCommands } = specOf(wallet);
const none = Money.zero;

describe('months of a wallet (closing the books)', () => {
  const funded = [open('2025-01'), credit('L1', '100', '2025-01-10')];
  const close = { type: 'CloseWallet', now: jst('2025-02-01'), next: month('2025-02') } as const;

  it('are a stream each', () => expect(walletStream(A1, month('2025-01'))).toBe('wallet-A1_2025-01'));

  it('end: a later decision belongs to the next stream', () =>
    givenCommands(...funded)
      .when(call('C1', '10', '2025-02-01T00:00:00.000'))
      .thenRejected('MONTH_OVER', { month: '2025-01', next: '2025-02' }));

  it('last until 23:59:59.999 of the last day', () =>
    expect(givenCommands(...funded).when(call('C1', '10', '2025-01-31T23:59:59.999')).outcome.kind).toBe(
      'events',
    ));

  it('close with the balance that opens the next one', () => {
    const first = givenCommands(...funded);
    const closing = closingBalance(first.state as Parameters<typeof closingBalance>[0]);
    first.when(close).then({ type: 'WalletClosed', at: jst('2025-01-10'), next: month('2025-02'), closing });
    const second = givenCommands({ ...open('2025-02'), carried: closing } as ReturnType<typeof open>);
    // The names of a month stay with its stream, which nobody changes any more.
    expect(second.state).toEqual({ ...first.state, month: month('2025-02'), named: new Names() });
  });

  it('open without moving time: a command that comes late is decided at its own time', () => {
    const told = givenCommands(...funded, close);
    const carried = closingBalance(told.state as Parameters<typeof closingBalance>[0]);
    const opening = { ...open('2025-02'), now: jst('2025-02-20'), carried } as ReturnType<typeof open>;
    const { outcome } = givenCommands(opening).when(call('C1', '10', '2025-01-20'));
    expect(outcome).toMatchObject({ events: [{ at: jst('2025-01-20'), parts: parts({ L1: '10' }) }] });
  });

  it('closed, take no more command', () =>
    givenCommands(...funded, close)
      .when(call('C1', '10', '2025-01-11'))
      .thenRejected('WALLET_CLOSED', { next: '2025-02' }));

  it('opened a second time are nothing', () => givenCommands(open()).when(open()).thenNothing());
});

describe('usage of a month', () => {
  it('counts calls, durations, net and tax by category, and what was drawn for them', () => {
    const { state } = story(
      credit('L1', '100', '2025-01-10'),
      call('C1', '8', '2025-01-11', STANDARD),
      call('C2', '16', '2025-01-12', STANDARD),
      call('C3', '30', '2025-01-12', { category: '国際通話', taxCategory: 'export_exempt' }),
      debit('D1', '50', '2025-01-31', { taxCategory: 'standard', taxRate: 1000 }),
    );
    const usageMonth = month('2025-01');
    const usage = { kind: 'usage' as const, usageMonth };
    expect(monthUsage(state, usageMonth)).toEqual({
      month: usageMonth,
      counters: [
        {
          ...usage,
          category: '一般通話',
          ...STANDARD,
          calls: 2,
          durationMs: 120_000,
          net: yen('24'),
          tax: yen('2.4'),
        },
        {
          ...usage,
          category: '国際通話',
          taxCategory: 'export_exempt',
          taxRate: 0,
          calls: 1,
          durationMs: 60_000,
          net: yen('30'),
          tax: none,
        },
        {
          kind: 'recurring',
          usageMonth,
          category: 'クラウド費用',
          ...STANDARD,
          calls: 0,
          durationMs: 0,
          net: yen('50'),
          tax: yen('5'),
        },
      ],
      incomingCalls: 0,
      incomingDurationMs: 0,
      unansweredCalls: 0,
      drawn: parts({ L1: '100' }),
      receivable: yen('11.4'),
      unreturned: Money.zero,
    });
  });

  it('belongs to the month in which the call began (J-10)', () => {
    const { state } = story(call('C1', '8', '2025-02-01T00:01', { started: '2025-01-31T23:59' }));
    expect(monthUsage(state, month('2025-01')).counters).toHaveLength(1);
    expect(monthUsage(state, month('2025-02')).counters).toHaveLength(0);
  });

  it('keeps the usage of an earlier month apart in the month that bills it', () => {
    const basis = { net: yen('8'), tax: none };
    const { state } = story(
      call('C1', '8', '2025-01-20'),
      {
        type: 'CloseBillingMonth',
        now: jst('2025-02-01'),
        month: month('2025-01'),
        basis,
        discounts: [],
        rates: ratesOf(),
        total: yen('8'),
        invoice: 'INV-1',
      },
      call('C2', '5', '2025-02-02', { started: '2025-01-31T23:00' }),
      call('C3', '6', '2025-02-02'),
    );
    const counters = monthUsage(state, month('2025-02')).counters;
    expect(counters.map(c => [c.usageMonth, c.calls, c.net])).toEqual([
      [month('2025-01'), 1, yen('5')],
      [month('2025-02'), 1, yen('6')],
    ]);
  });

  it('keeps a line of nothing, however often it comes', () => {
    const { state } = story(debit('D1', '0', '2025-01-31'), debit('D2', '0', '2025-01-31'));
    expect(monthUsage(state, month('2025-01')).counters).toMatchObject([
      { category: 'クラウド費用', net: none },
    ]);
  });

  it.each([
    ['unanswered', { unansweredCalls: 1, incomingCalls: 0, incomingDurationMs: 0 }, 0],
    ['incoming', { unansweredCalls: 0, incomingCalls: 1, incomingDurationMs: 90_000 }, 0],
    ['internal', { unansweredCalls: 0, incomingCalls: 0, incomingDurationMs: 0 }, 1],
    ['emergency', { unansweredCalls: 0, incomingCalls: 0, incomingDurationMs: 0 }, 1],
  ] as const)('notes a call that is %s without a price', (why, counts, counters) => {
    const noted = callFacts('C1', '2025-01-11', 90);
    const { state } = story({
      type: 'NoteCall',
      now: jst('2025-01-11'),
      call: noted,
      why,
      category: 'IP通話',
      hold: null,
    });
    const usage = monthUsage(state, month('2025-01'));
    expect(usage).toMatchObject(counts);
    expect(usage.counters.map(c => [c.calls, c.durationMs, c.net])).toEqual(
      Array.from({ length: counters }, () => [1, 90_000, none]),
    );
    expect(balanceAt(state, jst('2025-01-11')).receivable).toBe(none);
  });

  it('counts an emergency call that nobody answered as unanswered, as older logs do not', () => {
    const missed = { ...callFacts('C1', '2025-01-11', 0), answeredAt: null };
    const note = {
      type: 'NoteCall',
      now: jst('2025-01-11'),
      call: missed,
      category: '緊急通報',
      hold: null,
    } as const;
    const { state } = story({ ...note, why: 'emergency' });
    expect(monthUsage(state, month('2025-01'))).toMatchObject({ unansweredCalls: 1, counters: [] });
  });
});

describe('malformed commands are bugs of an edge', () => {
  it.each([
    ['amount', credit('L1', '0', '2025-01-10')],
    ['amount', hold('H1', '-1', '2025-01-10')],
    ['amount', extend('H1', '0', '2025-01-10')],
    ['net', call('C1', '-1', '2025-01-10')],
    ['net', debit('D1', '-1', '2025-01-10')],
    ['amount', adjust('X1', '0', '2025-01-10')],
    ['expiryDays', credit('L1', '1', '2025-01-10', { days: 0 })],
    ['expiryDays', credit('L1', '1', '2025-01-10', { days: 1.5 })],
    ['next', { type: 'CloseWallet', now: jst('2025-01-10'), next: month('2099-12') } as const],
  ])('names the field %s', (field, command) => {
    const decide = () => givenCommands(open()).when(command);
    expect(decide).toThrow(InvalidInput);
    expect(decide).toThrow(expect.objectContaining({ field }));
  });
});
