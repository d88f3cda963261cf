import { BusinessDay, BusinessMonth, Instant, InvalidInput, Money } from '#kernel';
import { specOf } from '#testing';
import {
  call,
  closing,
  credit,
  debit,
  hold,
  jst,
  month,
  open,
  parts,
  STANDARD,
  story,
  yen,
} from '../../../test/support/wallets.js';
import { MOST_IN_WALLET } from './bounds.js';
import type { DebitFees, Fee, PayOrder } from './fees.js';
import { wallet } from './wallet.js';
import { balanceAt } from './wallet.queries.js';
import { monthUsage } from './wallet.state.js';

const { givenCommands } = specOf(wallet);

const UNTAXED = { taxCategory: 'out_of_scope', taxRate: 0 } as const;
const fee = (debit: string, net: string, options: Partial<Fee> = {}): Fee => ({
  ...{ debit, kind: 'recurring', category: '内線', ...UNTAXED, net: yen(net) },
  ...options,
});
/** 00:00:01 on the 1st, as the month start asks. */
const monthStart = (of: string, ...fees: readonly Fee[]): DebitFees => ({
  type: 'DebitFees',
  now: Instant.plusMs(BusinessMonth.start(month(of)), 1000),
  ...{ fees, billingMonth: month(of) },
});
const pay = (at: string, of: string, ...fees: readonly Fee[]): PayOrder => ({
  ...{ type: 'PayOrder', now: jst(at), hold: 'order-1', fees },
  billingMonth: month(of),
});
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe('the monthly fees of an account', () => {
  it('are one decision, one debit each, in the order in which they are told', () => {
    givenCommands(open(), credit('L1', '1000', '2025-01-10'))
      .when(monthStart('2025-02', fee('K-02-2025-02', '500', STANDARD), fee('K-01-2025-02', '300')))
      .then(
        {
          type: 'Debited',
          at: jst('2025-02-01T00:00:01.000'),
          debit: 'K-02-2025-02',
          kind: 'recurring',
          category: '内線',
          ...STANDARD,
          billingMonth: month('2025-02'),
          net: yen('500'),
          tax: yen('50'),
          parts: parts({ L1: '550' }),
          receivable: Money.zero,
        },
        {
          type: 'Debited',
          at: jst('2025-02-01T00:00:01.000'),
          debit: 'K-01-2025-02',
          kind: 'recurring',
          category: '内線',
          ...UNTAXED,
          billingMonth: month('2025-02'),
          net: yen('300'),
          tax: Money.zero,
          parts: parts({ L1: '300' }),
          receivable: Money.zero,
        },
      );
  });

  it('take lots as every debit does, each what the one before it left; the rest is owed', () => {
    const told = story(credit('L2', '400', '2025-01-20'), credit('L1', '100', '2025-01-10'));
    const events = told.must(monthStart('2025-02', fee('A', '150'), fee('B', '400'), fee('C', '70')));
    expect(events).toMatchObject([
      { debit: 'A', parts: parts({ L1: '100', L2: '50' }), receivable: 0 },
      { debit: 'B', parts: parts({ L2: '350' }), receivable: yen('50') },
      { debit: 'C', parts: [], receivable: yen('70') },
    ]);
    expect(balanceAt(told.state, jst('2025-02-02'))).toMatchObject({ available: 0, receivable: yen('120') });
    // The next charge pays it first of all.
    const paid = told.must(credit('L3', '200', '2025-02-03'));
    expect(paid[1]).toMatchObject({ type: 'ReceivablePaid', amount: yen('120') });
  });

  it('are debited alone as they are debited together', () => {
    const told = () => story(credit('L1', '250', '2025-01-10'), credit('L2', '100', '2025-01-20'));
    const [one, two] = [fee('A', '123.4567', STANDARD), fee('B', '234.5', STANDARD)];
    const together = told().must(monthStart('2025-02', one, two));
    const apart = told();
    expect([...apart.must(monthStart('2025-02', one)), ...apart.must(monthStart('2025-02', two))]).toEqual(
      together,
    );
  });

  it('leave what is set aside alone', () => {
    const told = story(credit('L1', '100', '2025-01-10'), hold('H1', '80', '2025-01-31T23:59'));
    expect(told.must(monthStart('2025-02', fee('A', '50')))).toMatchObject([
      { parts: parts({ L1: '20' }), receivable: yen('30') },
    ]);
    expect(balanceAt(told.state, jst('2025-02-01'))).toMatchObject({ held: yen('80'), available: 0 });
  });

  it('find the funds of the 1st: what ended the day before is booked as breakage first', () => {
    const told = story(credit('L1', '100', '2025-01-10', { days: 21 }), credit('L2', '60', '2025-01-12'));
    const events = told.must(monthStart('2025-02', fee('A', '50'), fee('B', '20')));
    expect(events).toMatchObject([
      {
        type: 'LotExpired',
        lot: 'L1',
        amount: yen('100'),
        at: BusinessDay.start(BusinessDay.parse('2025-02-01')),
      },
      { debit: 'A', parts: parts({ L2: '50' }) },
      { debit: 'B', parts: parts({ L2: '10' }), receivable: yen('10') },
    ]);
  });

  it('count as decided on the 1st, whenever the month is started, unless the wallet went on', () => {
    const quiet = story(credit('L1', '100', '2025-01-10'));
    expect(quiet.must(monthStart('2025-02', fee('A', '1')))[0]!.at).toBe(jst('2025-02-01T00:00:01.000'));
    const late = story(credit('L1', '100', '2025-01-10'), call('C1', '10', '2025-02-03'));
    const [debited] = late.must(monthStart('2025-02', fee('A', '1')));
    expect(debited).toMatchObject({ at: jst('2025-02-03'), billingMonth: month('2025-02') });
  });

  it('go to the first open month when theirs is closed', () => {
    const told = story(credit('L1', '100', '2025-01-10'), call('C1', '10', '2025-02-03'));
    told.must(closing(told, '2025-02'));
    expect(told.must(monthStart('2025-02', fee('A', '1')))[0]).toMatchObject({
      billingMonth: month('2025-03'),
    });
  });

  it('leave no line when they are zero, and nothing to do when all are', () => {
    const told = story(credit('L1', '100', '2025-01-10'));
    expect(wallet.decide(monthStart('2025-02', fee('A', '0')), told.state)).toMatchObject({
      kind: 'nothing',
    });
    expect(told.must(monthStart('2025-02', fee('A', '0'), fee('B', '1')))).toMatchObject([{ debit: 'B' }]);
  });

  it('are one line of the month by category, tax and rate', () => {
    const told = story(credit('L1', '1000', '2025-01-10'));
    told.must(monthStart('2025-02', fee('A', '1'), fee('B', '2'), fee('C', '4', { category: '外線番号' })));
    expect(monthUsage(told.state, month('2025-02')).counters).toMatchObject([
      { kind: 'recurring', category: '内線', net: yen('3'), calls: 0 },
      { kind: 'recurring', category: '外線番号', net: yen('4') },
    ]);
  });

  it('are below zero by a bug alone', () => {
    const told = story();
    expect(() => wallet.decide(monthStart('2025-02', fee('A', '-1')), told.state)).toThrow(InvalidInput);
  });

  it('are refused together when their sum leaves the range of the ledger, though none does alone', () => {
    const half = Money.text(Money.share(MOST_IN_WALLET, 1, 2, 'down'));
    const told = story();
    expect(wallet.decide(monthStart('2025-02', fee('A', half), fee('B', half)), told.state).kind).toBe(
      'events',
    );
    expect(
      wallet.decide(monthStart('2025-02', fee('A', half), fee('B', half), fee('C', '0.0001')), told.state),
    ).toMatchObject({ rejection: { code: 'SUM_OUT_OF_RANGE' } });
  });
});

describe('what an order costs', () => {
  const bought = () => story(credit('L1', '100', '2025-01-10'), hold('order-1', '60', '2025-01-15'));

  it('uses up its hold exactly, which ends with its last part', () => {
    const told = bought();
    const events = told.must(pay('2025-01-15', '2025-01', fee('A', '25'), fee('B', '35')));
    expect(events).toMatchObject([
      { type: 'Debited', debit: 'A', hold: 'order-1', parts: parts({ L1: '25' }), receivable: 0 },
      { type: 'Debited', debit: 'B', hold: 'order-1', parts: parts({ L1: '35' }), receivable: 0 },
    ]);
    expect(balanceAt(told.state, jst('2025-01-15'))).toMatchObject({
      ...{ posted: yen('40'), held: 0, available: yen('40'), holds: [] },
    });
  });

  it('takes of every lot what the order set aside of it, whatever else is free by then', () => {
    const told = story(credit('L1', '30', '2025-01-10'), credit('L2', '100', '2025-01-12'));
    told.all(hold('order-1', '50', '2025-01-15'), credit('L0', '100', '2025-01-16', { days: 3 }));
    expect(told.must(pay('2025-01-16', '2025-01', fee('A', '20'), fee('B', '30')))).toMatchObject([
      { parts: parts({ L1: '20' }) },
      { parts: parts({ L1: '10', L2: '20' }) },
    ]);
  });

  it('frees what it did not need', () => {
    const told = bought();
    const events = told.must(pay('2025-01-15', '2025-01', fee('A', '25')));
    expect(typesOf(events)).toEqual(['Debited', 'HoldReleased']);
    expect(events[1]).toMatchObject({ hold: 'order-1', parts: parts({ L1: '35' }) });
    expect(balanceAt(told.state, jst('2025-01-15'))).toMatchObject({ available: yen('75'), holds: [] });
  });

  it('and what is free again pays first what is owed', () => {
    const told = bought().all(debit('D1', '50', '2025-01-15'));
    const events = told.must(pay('2025-01-15', '2025-01', fee('A', '55')));
    expect(typesOf(events)).toEqual(['Debited', 'HoldReleased', 'ReceivablePaid']);
    expect(balanceAt(told.state, jst('2025-01-15'))).toMatchObject({ posted: 0, receivable: yen('5') });
  });

  it('is paid from its hold past the midnight at which the lot ended; what is left then expires', () => {
    const told = story(
      credit('L1', '100', '2025-01-10', { days: 5 }),
      hold('order-1', '60', '2025-01-15T23:59'),
    );
    const events = told.must(pay('2025-01-16T00:01', '2025-01', fee('A', '25')));
    expect(events).toMatchObject([
      { type: 'LotExpired', lot: 'L1', amount: yen('40') },
      { type: 'Debited', parts: parts({ L1: '25' }), receivable: 0 },
      { type: 'HoldReleased', parts: parts({ L1: '35' }) },
      { type: 'LotExpired', lot: 'L1', amount: yen('35') },
    ]);
    expect(balanceAt(told.state, jst('2025-01-16'))).toMatchObject({ posted: 0, lots: [] });
  });

  it('beyond its hold is drawn on free funds, and what they lack is owed: the contracts have begun', () => {
    const told = bought();
    const events = told.must(pay('2025-01-15', '2025-01', fee('A', '50'), fee('B', '70')));
    expect(events).toMatchObject([
      { debit: 'A', parts: parts({ L1: '50' }), receivable: 0 },
      { debit: 'B', parts: parts({ L1: '50' }), receivable: yen('20') },
    ]);
    expect(balanceAt(told.state, jst('2025-01-15'))).toMatchObject({ holds: [], receivable: yen('20') });
  });

  it('goes to the month of the order, and to the first open one when that is closed', () => {
    const told = bought().all(call('C1', '1', '2025-02-01'));
    expect(told.must(pay('2025-02-01', '2025-01', fee('A', '1')))[0]).toMatchObject({
      billingMonth: month('2025-01'),
    });
    told.must(closing(told, '2025-01'));
    expect(told.must(pay('2025-02-01', '2025-01', fee('B', '1')))[0]).toMatchObject({
      billingMonth: month('2025-02'),
    });
  });

  it('of nothing frees the hold, and without a hold there is nothing to do', () => {
    const told = bought();
    expect(typesOf(told.must(pay('2025-01-15', '2025-01', fee('A', '0'))))).toEqual(['HoldReleased']);
    expect(wallet.decide(pay('2025-01-15', '2025-01'), told.state)).toMatchObject({ kind: 'nothing' });
  });

  it('taken back by staff returns to the lots that the hold had kept; the hold does not come back', () => {
    const told = bought();
    told.must(pay('2025-01-15', '2025-01', fee('A', '25', STANDARD), fee('B', '32.5')));
    const [reversed] = told.must(told.reversalOf('A', '2025-01-20'));
    expect(reversed).toMatchObject({ type: 'DebitReversed', parts: parts({ L1: '27.5' }), receivable: 0 });
    expect(balanceAt(told.state, jst('2025-01-20'))).toMatchObject({ available: yen('67.5'), holds: [] });
    expect(monthUsage(told.state, month('2025-01')).counters).toMatchObject([{ net: yen('32.5') }]);
    expect(wallet.decide(told.reversalOf('A', '2025-01-21'), told.state)).toMatchObject({
      rejection: { code: 'ALREADY_REVERSED' },
    });
  });
});
