import { BusinessMonth, InvalidInput, Money } from '#kernel';
import {
  adjust,
  call,
  closing,
  credit,
  day,
  debit,
  incoming,
  jst,
  month,
  parts,
  ratesOf,
  STANDARD,
  story,
  yen,
} from '../../../test/support/wallets.js';
import type { CloseBillingMonth } from './closing.js';
import { balanceAt } from './wallet.queries.js';
import { monthUsage } from './wallet.state.js';

const balance = (told: ReturnType<typeof story>, at: string) => balanceAt(told.state, jst(at));

describe('a debit that is taken back (DECISIONS: Prepaid ledger)', () => {
  it('returns to its original lots with their original expiry', () => {
    const told = story(
      credit('L1', '100', '2025-01-10'),
      credit('L2', '100', '2025-02-01'),
      call('C1', '150', '2025-02-02'),
    );
    const [reversed] = told.must(told.reversalOf('C1', '2025-03-01'));
    expect(reversed).toMatchObject({ parts: parts({ L2: '50', L1: '100' }), expired: [], revived: [] });
    expect(
      balance(told, '2025-03-01').lots.map(({ id, posted, expiresOn }) => [id, posted, expiresOn]),
    ).toEqual([
      ['L1', yen('100'), day('2025-07-09')],
      ['L2', yen('100'), day('2025-07-31')],
    ]);
  });

  it('brings back a lot that had left the wallet empty', () => {
    const told = story(credit('L1', '100', '2025-01-10'), call('C1', '100', '2025-01-11'));
    told.must(close('2025-01', '100'));
    expect(balance(told, '2025-02-01').lots).toEqual([]);
    const [reversed] = told.must(told.reversalOf('C1', '2025-03-01'));
    expect(reversed).toMatchObject({ revived: [{ lot: 'L1', expiresOn: day('2025-07-09') }] });
    expect(balance(told, '2025-03-01').lots).toMatchObject([
      { id: 'L1', kind: 'paid', posted: yen('100'), credited: yen('100'), issuedAt: jst('2025-01-10') },
    ]);
  });

  it('never keeps a month from closing with its discount', () => {
    const told = story(
      credit('L1', '5000', '2025-01-10'),
      debit('D1', '3000', '2025-01-11', { kind: 'other' }),
    );
    told.must(close('2025-01', '3000'));
    told.all(told.reversalOf('D1', '2025-02-01'), call('C1', '100', '2025-02-02'));
    told.must(incoming('I1', 100, '2025-02-03'));
    const events = told.must(closing(told, '2025-02', '1'));
    expect(events.map(event => event.type)).toContain('BillingMonthClosed');
  });

  it('is breakage as far as its lots have expired', () => {
    const told = story(
      credit('L1', '100', '2025-01-10'),
      credit('L2', '100', '2025-02-01'),
      call('C1', '150', '2025-02-02'),
    );
    const events = told.must(told.reversalOf('C1', '2025-07-10'));
    expect(events).toMatchObject([
      { type: 'DebitReversed', parts: parts({ L2: '50' }), expired: parts({ L1: '100' }) },
    ]);
    expect(balance(told, '2025-07-10').posted).toBe(yen('100'));
  });

  it('takes its call out of the month that is still open', () => {
    const told = story(call('C1', '8', '2025-01-11', STANDARD), call('C2', '9', '2025-01-11', STANDARD));
    told.must(told.reversalOf('C1', '2025-01-12'));
    expect(monthUsage(told.state, month('2025-01'))).toMatchObject({
      counters: [{ calls: 1, durationMs: 60_000, net: yen('9'), tax: yen('0.9') }],
      receivable: yen('9.9'),
    });
    told.must(told.reversalOf('C2', '2025-01-12'));
    expect(monthUsage(told.state, month('2025-01')).counters).toEqual([]);
  });

  it('counts in the first open month when its own is closed', () => {
    const told = story(credit('L1', '100', '2025-01-10'), call('C1', '10', '2025-01-11', STANDARD));
    told.must(close('2025-01', '11', STANDARD));
    told.must(told.reversalOf('C1', '2025-02-05'));
    expect(monthUsage(told.state, month('2025-02')).counters).toMatchObject([
      { calls: -1, usageMonth: month('2025-01'), net: yen('-10'), tax: yen('-1') },
    ]);
  });

  it('is no longer owed when it was', () => {
    const told = story(debit('D1', '70', '2025-01-10'));
    told.must(told.reversalOf('D1', '2025-01-11'));
    expect(balance(told, '2025-01-11')).toMatchObject({ posted: Money.zero, receivable: Money.zero });
  });

  it('that was owed and paid since returns to the lot that paid, with its expiry (J-07)', () => {
    const told = story(
      debit('D1', '70', '2025-01-10'),
      credit('L1', '50', '2025-02-01'),
      credit('L2', '50', '2025-03-01'),
    );
    const events = told.must(told.reversalOf('D1', '2025-03-02'));
    expect(events).toMatchObject([
      { type: 'ReceivablePaymentReturned', amount: yen('70'), parts: parts({ L2: '20', L1: '50' }) },
      { type: 'DebitReversed', parts: [], receivable: yen('70') },
    ]);
    expect(
      balance(told, '2025-03-02').lots.map(({ id, posted, expiresOn }) => [id, posted, expiresOn]),
    ).toEqual([
      ['L1', yen('50'), day('2025-07-31')],
      ['L2', yen('50'), day('2025-08-28')],
    ]);
  });

  it('returns a payment to breakage when the lot that paid has expired', () => {
    const told = story(debit('D1', '70', '2025-01-10'), credit('L1', '100', '2025-02-01'));
    const events = told.must(told.reversalOf('D1', '2025-08-01'));
    expect(events).toMatchObject([
      { type: 'LotExpired', amount: yen('30') },
      { type: 'ReceivablePaymentReturned', parts: [], expired: parts({ L1: '70' }) },
      { type: 'DebitReversed', receivable: yen('70') },
    ]);
    expect(balance(told, '2025-08-01')).toMatchObject({ posted: Money.zero, receivable: Money.zero });
  });

  it('returns each payment once', () => {
    const told = story(
      debit('D1', '70', '2025-01-10'),
      debit('D2', '30', '2025-01-11'),
      credit('L1', '90', '2025-02-01'),
      credit('L2', '50', '2025-02-02'),
    );
    told.must(told.reversalOf('D2', '2025-02-03'));
    expect(told.must(told.reversalOf('D1', '2025-02-04'))).toMatchObject([
      { type: 'ReceivablePaymentReturned', amount: yen('70'), parts: parts({ L1: '70' }) },
      { type: 'DebitReversed', receivable: yen('70') },
    ]);
    expect(balance(told, '2025-02-04')).toMatchObject({ posted: yen('140'), receivable: Money.zero });
  });

  it('is no longer among what its month drew, whether it came back or expired', () => {
    const drawn = (at: string) => {
      const told = story(
        credit('L1', '100', '2025-01-10', { days: 30 }),
        credit('L2', '100', '2025-01-10'),
        call('C1', '150', '2025-01-11'),
        call('C2', '10', '2025-01-11'),
      );
      told.must(told.reversalOf('C1', at));
      return monthUsage(told.state, month('2025-01')).drawn;
    };
    expect(drawn('2025-01-12')).toEqual(parts({ L2: '10' }));
    expect(drawn('2025-02-12')).toEqual(parts({ L2: '10' }));
  });

  it('of a fee leaves no line of it', () => {
    const told = story(debit('D1', '70', '2025-01-10', STANDARD));
    told.must(told.reversalOf('D1', '2025-01-11'));
    expect(monthUsage(told.state, month('2025-01')).counters).toEqual([]);
  });

  it('lessens first what is owed besides, then goes back to its lots', () => {
    const told = story(
      credit('L1', '100', '2025-01-10'),
      call('C1', '100', '2025-01-11'),
      call('C2', '30', '2025-01-12'),
    );
    expect(told.must(told.reversalOf('C1', '2025-01-13'))).toMatchObject([
      { type: 'DebitReversed', receivable: yen('30'), parts: parts({ L1: '70' }) },
    ]);
    expect(told.must(told.reversalOf('C2', '2025-01-14'))).toMatchObject([
      { type: 'DebitReversed', receivable: Money.zero, parts: parts({ L1: '30' }) },
    ]);
  });

  it('whose debt a discount had lowered owes nothing afterwards, and nothing is owed to the customer', () => {
    const told = story(call('C1', '100', '2025-01-10'), incoming('I1', 10, '2025-01-11'));
    told.must(closing(told, '2025-01', '1'));
    expect(balance(told, '2025-02-01').receivable).toBe(yen('90'));
    expect(told.must(told.reversalOf('C1', '2025-02-01'))).toMatchObject([
      { type: 'DebitReversed', receivable: yen('90'), discounts: [{ net: yen('10') }], parts: [] },
    ]);
    expect(balance(told, '2025-02-01').receivable).toBe(Money.zero);
  });

  it('comes back to the bonus lot of an adjustment as to any other', () => {
    const told = story(adjust('B1', '100', '2025-01-10'), call('C1', '40', '2025-01-11'));
    told.must(told.reversalOf('C1', '2025-01-12'));
    expect(balance(told, '2025-01-12').lots).toMatchObject([{ id: 'B1', kind: 'bonus', posted: yen('100') }]);
  });

  it('must be told whole, with the facts of lots that are gone', () => {
    const told = story(credit('L1', '100', '2025-01-10'), call('C1', '100', '2025-01-11'));
    told.must(close('2025-01', '100'));
    const whole = told.reversalOf('C1', '2025-02-02');
    const without = (change: object) => ({ ...whole, original: { ...whole.original, ...change } });
    expect(() => told.tell(without({ lots: [] }))).toThrow(InvalidInput);
    expect(() => told.tell(without({ parts: parts({ L1: '99' }) }))).toThrow(InvalidInput);
    expect(() => told.tell(without({ receivable: yen('1') }))).toThrow(InvalidInput);
  });
});

/** A close whose invoice is the sum of the debits. */
function close(of: string, total: string, tax: { taxRate: number } = { taxRate: 0 }): CloseBillingMonth {
  const gross = yen(total);
  const net = Money.share(gross, 10_000, 10_000 + tax.taxRate, 'half_up');
  return {
    type: 'CloseBillingMonth',
    now: BusinessMonth.end(month(of)),
    month: month(of),
    basis: { net, tax: Money.subtract(gross, net) },
    discounts: [],
    rates: ratesOf(),
    total: gross,
    invoice: `INV-${of}`,
  };
}
