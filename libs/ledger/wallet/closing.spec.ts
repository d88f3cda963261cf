import { BusinessMonth, Money } from '#kernel';
import { specOf } from '#testing';
import {
  call,
  credit,
  debit,
  expireDue,
  incoming,
  jst,
  month,
  open,
  parts,
  ratesOf,
  STANDARD,
  story,
  WalletStory,
  yen,
} from '../../../test/support/wallets.js';
import type { CloseBillingMonth } from './closing.js';
import type { WalletEvent } from './wallet.events.js';
import { wallet } from './wallet.js';
import { balanceAt } from './wallet.queries.js';
import { monthUsage } from './wallet.state.js';

const { givenCommands } = specOf(wallet);

const close = (
  of: string,
  basis: readonly [net: string, tax: string],
  total: string,
  more: Partial<CloseBillingMonth> = {},
): CloseBillingMonth => ({
  type: 'CloseBillingMonth',
  now: jst('2099-01-01'),
  month: month(of),
  basis: { net: yen(basis[0]), tax: yen(basis[1]) },
  discounts: [],
  rates: ratesOf(),
  total: yen(total),
  invoice: `INV-${of}`,
  ...more,
});

/** 着割 of January, of untaxed calls unless told. */
const discount = (
  net: string,
  tax = '0',
  of: { taxCategory: 'standard' | 'out_of_scope'; taxRate: number } = UNTAXED,
) => ({
  discounts: [{ usageMonth: month('2025-01'), ...of, net: yen(net), tax: yen(tax) }],
  rates: ratesOf('1'),
});
const UNTAXED = { taxCategory: 'out_of_scope', taxRate: 0 } as const;
const funded = [open(), credit('L1', '100', '2025-01-10'), credit('L2', '1000', '2025-01-11')];
const types = (events: readonly WalletEvent[]) => events.map(e => e.type);

describe('closing a billing month (DECISIONS: Month-end close)', () => {
  it('books one rounding difference, so that the debits equal the invoice total', () =>
    givenCommands(...funded, call('C1', '94.11', '2025-01-20', STANDARD))
      .when(close('2025-01', ['94.11', '9.411'], '104'))
      .then(
        {
          type: 'RoundingDifferenceBooked',
          at: BusinessMonth.end(month('2025-01')),
          billingMonth: month('2025-01'),
          amount: yen('0.479'),
          parts: parts({ L2: '0.479' }),
          expired: [],
          receivable: Money.zero,
          unreturned: Money.zero,
          revived: [],
        },
        {
          type: 'BillingMonthClosed',
          at: BusinessMonth.end(month('2025-01')),
          month: month('2025-01'),
          invoice: 'INV-2025-01',
          total: yen('104'),
          rates: ratesOf(),
        },
      ));

  it('gives a total that was rounded down back to the lot drawn last', () => {
    const { outcome } = givenCommands(...funded, call('C1', '100.3', '2025-01-20')).when(
      close('2025-01', ['100.3', '0'], '100'),
    );
    expect(outcome).toMatchObject({
      events: [{ amount: yen('-0.3'), parts: parts({ L2: '0.3' }), receivable: Money.zero }, {}],
    });
  });

  it('owes what the rounding cannot draw', () => {
    const { outcome } = givenCommands(open(), debit('D1', '0.6', '2025-01-20')).when(
      close('2025-01', ['0.6', '0'], '1'),
    );
    expect(outcome).toMatchObject({
      events: [{ amount: yen('0.4'), parts: [], receivable: yen('0.4') }, {}],
    });
  });

  it('books no difference where there is none', () => {
    const { outcome } = givenCommands(...funded, call('C1', '100', '2025-01-20')).when(
      close('2025-01', ['100', '0'], '100'),
    );
    expect(outcome).toMatchObject({ events: [{ type: 'BillingMonthClosed' }] });
  });

  it('closes a month without usage and without an invoice', () => {
    const { outcome } = givenCommands(open()).when(close('2025-01', ['0', '0'], '0', { invoice: null }));
    expect(outcome).toMatchObject({ events: [{ type: 'BillingMonthClosed', invoice: null }] });
  });

  it('is decided at the end of the month: lots that lived then pay its rounding', () => {
    const lots = [open(), credit('L1', '100', '2025-01-10', { days: 21 }), call('C1', '99.5', '2025-01-20')];
    const { outcome } = givenCommands(...lots).when(close('2025-01', ['99.5', '0'], '100'));
    expect(outcome).toMatchObject({ events: [{ parts: parts({ L1: '0.5' }) }, {}] });
  });

  it('is decided at the last decision when the wallet has gone on since', () => {
    const { outcome } = givenCommands(
      open(),
      credit('L1', '100', '2025-01-10', { days: 21 }),
      call('C1', '99.5', '2025-01-20'),
      expireDue('2025-02-01T00:00'),
      call('C2', '1', '2025-02-03'),
    ).when(close('2025-01', ['99.5', '0'], '100'));
    expect(outcome).toMatchObject({
      events: [{ at: jst('2025-02-03'), parts: [], receivable: yen('0.5') }, {}],
    });
  });

  it('expires first what is due by then', () => {
    const told = story(credit('L1', '100', '2025-01-10', { days: 20 }));
    const events = told.must(close('2025-01', ['0', '0'], '0'));
    expect(types(events)).toEqual(['LotExpired', 'BillingMonthClosed']);
  });
});

describe('the incoming-time discount (着割) at the close', () => {
  it('lowers first what the month owes, then goes back to the lots it drew, the last drawn first', () => {
    const told = new WalletStory().all(
      open(),
      credit('L1', '100', '2025-01-10'),
      credit('L2', '50', '2025-01-11'),
      call('C1', '160', '2025-01-20'),
      incoming('I1', 70, '2025-01-21'),
    );
    const events = told.must(close('2025-01', ['160', '0'], '90', discount('70')));
    expect(events).toMatchObject([
      {
        type: 'IncomingDiscountGranted',
        receivable: yen('10'),
        parts: parts({ L2: '50', L1: '10' }),
        expired: [],
      },
      { type: 'BillingMonthClosed' },
    ]);
    expect(balanceAt(told.state, jst('2025-02-01'))).toMatchObject({
      posted: yen('60'),
      receivable: Money.zero,
    });
  });

  it('carries its tax, and the rounding counts it', () => {
    const { outcome } = givenCommands(
      ...funded,
      call('C1', '94', '2025-01-20', STANDARD),
      incoming('I1', 5, '2025-01-21'),
    ).when(close('2025-01', ['94', '9.4'], '98', discount('5', '0.5', STANDARD)));
    expect(outcome).toMatchObject({
      events: [
        {
          type: 'IncomingDiscountGranted',
          net: yen('5'),
          tax: yen('0.5'),
          parts: parts({ L2: '3.4', L1: '2.1' }),
        },
        { type: 'RoundingDifferenceBooked', amount: yen('0.1') },
        { type: 'BillingMonthClosed' },
      ],
    });
  });

  it('is breakage as far as it would go back to an expired lot', () => {
    const told = story(
      credit('L1', '100', '2025-01-10', { days: 15 }),
      call('C1', '100', '2025-01-20'),
      incoming('I1', 10, '2025-01-21'),
    );
    const events = told.must(close('2025-01', ['100', '0'], '90', discount('10')));
    expect(events).toMatchObject([
      { parts: [], expired: parts({ L1: '10' }) },
      { type: 'BillingMonthClosed' },
    ]);
  });

  it('goes back to the lots that paid the debt when the month had drawn none', () => {
    const told = story(
      call('C1', '100', '2025-01-20'),
      incoming('I1', 10, '2025-01-21'),
      credit('L1', '500', '2025-01-25'),
    );
    const events = told.must(close('2025-01', ['100', '0'], '90', discount('10')));
    expect(types(events)).toEqual([
      'ReceivablePaymentReturned',
      'IncomingDiscountGranted',
      'BillingMonthClosed',
    ]);
    expect(balanceAt(told.state, jst('2025-02-01'))).toMatchObject({
      posted: yen('410'),
      receivable: Money.zero,
    });
  });

  it('goes to the lot drawn last: of L1, L2 and L1 again to L1 first, up to all that it paid', () => {
    const told = story(
      credit('L1', '100', '2025-01-10'),
      credit('L2', '100', '2025-01-11'),
      call('C1', '60', '2025-01-12'),
      call('C2', '60', '2025-01-13'),
      incoming('I1', 80, '2025-01-14'),
    );
    // L1 had run out; what comes back to it is drawn next, since it expires first.
    told.must(told.reversalOf('C1', '2025-01-15'));
    told.must(call('C3', '30', '2025-01-16'));
    const { drawn } = monthUsage(told.state, month('2025-01'));
    expect(drawn).toEqual([...parts({ L2: '20' }), ...parts({ L1: '70' })]);
    const [granted] = told.must(close('2025-01', ['90', '0'], '10', discount('80')));
    expect(granted).toMatchObject({ parts: parts({ L1: '70', L2: '10' }), expired: [] });
  });

  it('pays what another month owes with what comes back', () => {
    const told = story(
      credit('L1', '100', '2025-01-10'),
      call('C1', '100', '2025-01-20'),
      incoming('I1', 20, '2025-01-21'),
      call('C2', '30', '2025-02-02'),
    );
    const events = told.must(close('2025-01', ['100', '0'], '80', discount('20')));
    expect(events).toMatchObject([
      { type: 'IncomingDiscountGranted', parts: parts({ L1: '20' }), receivable: Money.zero },
      { type: 'ReceivablePaid', amount: yen('20') },
      { type: 'BillingMonthClosed' },
    ]);
  });

  it('of nothing is not booked', () => {
    const { outcome } = givenCommands(open()).when(
      close('2025-01', ['0', '0'], '0', { rates: ratesOf('1') }),
    );
    expect(outcome).toMatchObject({ events: [{ type: 'BillingMonthClosed' }] });
  });
});

describe('a closed month', () => {
  const closed = [...funded, call('C1', '10', '2025-01-20'), close('2025-01', ['10', '0'], '10')];

  it('closed again with the same invoice is nothing', () =>
    givenCommands(...closed)
      .when(close('2025-01', ['10', '0'], '10'))
      .thenNothing());

  it('sends late calls to the next open month, as usage of the month they happened in (J-10)', () => {
    const { state } = givenCommands(
      ...closed,
      call('C2', '5', '2025-02-02', { started: '2025-01-31T23:00' }),
    );
    expect(monthUsage(state, month('2025-02')).counters).toMatchObject([
      { usageMonth: month('2025-01'), net: yen('5') },
    ]);
  });

  it('sends fees without a billing month to the first open one', () => {
    const { outcome } = givenCommands(...closed).when(debit('D1', '5', '2025-01-31T23:59:59.999'));
    expect(outcome).toMatchObject({ events: [{ billingMonth: month('2025-02') }] });
  });

  it('forgets its counters and lets spent lots go', () => {
    const told = new WalletStory().all(
      open(),
      credit('L1', '10', '2025-01-10'),
      call('C1', '10', '2025-01-20'),
    );
    const lotsKnown = () => (told.state.phase === 'open' ? [...told.state.byId.keys()] : []);
    expect(lotsKnown()).toEqual(['L1']);
    told.must(close('2025-01', ['10', '0'], '10'));
    expect(lotsKnown()).toEqual([]);
    expect(monthUsage(told.state, month('2025-01')).counters).toEqual([]);
  });
});

describe('a month of reversals', () => {
  it('whose total is rounded away from zero gives the fraction back to the lot that had paid it', () => {
    const told = story(credit('L1', '100', '2025-01-10'), call('C1', '8.8', '2025-01-20'));
    told.must(close('2025-01', ['8.8', '0'], '9'));
    told.must(told.reversalOf('C1', '2025-02-02'));
    const events = told.must(close('2025-02', ['-8.8', '0'], '-9'));
    expect(events).toMatchObject([
      { type: 'RoundingDifferenceBooked', amount: yen('-0.2'), parts: parts({ L1: '0.2' }), receivable: 0 },
      { type: 'BillingMonthClosed' },
    ]);
    expect(balanceAt(told.state, jst('2025-03-01'))).toMatchObject({ posted: yen('100'), receivable: 0 });
  });

  it('whose calls a rounding had given back already gives nothing back twice', () => {
    const told = story(credit('L1', '100', '2025-01-10'), call('C1', '0.4', '2025-01-20'));
    told.must(close('2025-01', ['0.4', '0'], '0'));
    expect(told.must(told.reversalOf('C1', '2025-02-02'))).toMatchObject([
      { type: 'DebitReversed', parts: [], receivable: 0, unreturned: yen('0.4') },
    ]);
    expect(told.must(close('2025-02', ['-0.4', '0'], '0'))).toMatchObject([{ type: 'BillingMonthClosed' }]);
    expect(balanceAt(told.state, jst('2025-03-01'))).toMatchObject({ posted: yen('100'), receivable: 0 });
  });

  it('does not touch the payments of other debts for that fraction', () => {
    const told = story(
      call('C1', '8.8', '2025-01-20'),
      debit('D1', '50', '2025-01-21'),
      credit('L1', '100', '2025-01-22'),
    );
    told.must(close('2025-01', ['58.8', '0'], '59'));
    told.must(told.reversalOf('C1', '2025-02-02'));
    const events = told.must(close('2025-02', ['-8.8', '0'], '-9'));
    expect(types(events)).toEqual(['RoundingDifferenceBooked', 'BillingMonthClosed']);
  });
});
