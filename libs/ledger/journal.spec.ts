import { Money } from '#kernel';
import {
  adjust,
  call,
  credit,
  debit,
  expireDue,
  hold,
  incoming,
  jst,
  month,
  ratesOf,
  STANDARD,
  story,
  yen,
} from '../../test/support/wallets.js';
import { CHART_OF_ACCOUNTS, ledgerAccountName } from './chart.js';
import { postingsOf } from './journal.js';
import type { WalletEvent } from './wallet/wallet.events.js';

/** Postings as `account +debit` and `account -credit`. */
const entry = (event: WalletEvent): string[] =>
  postingsOf(event).map(({ account, debit: left, credit: right }) =>
    left > 0 ? `${account} +${Money.text(left)}` : `${account} -${Money.text(right)}`,
  );

const last = (told: ReturnType<typeof story>): string[] => entry(told.events.at(-1)!);

describe('journal entries (DECISIONS: two entries for every yen)', () => {
  it('a charge: the method has it, the customer is owed calls, no tax yet (J-09)', () => {
    expect(last(story(credit('L1', '1000', '2025-01-10', { method: 'konbini' })))).toEqual([
      'payment_clearing:konbini +1000',
      'prepaid_liability:paid -1000',
    ]);
  });

  it('value given free of charge is an expense', () => {
    const bonus = credit('B1', '1000', '2025-01-10', { method: 'bonus', kind: 'bonus' });
    expect(last(story(bonus))).toEqual(['bonus_expense +1000', 'prepaid_liability:bonus -1000']);
  });

  it('a call: from the lots of each kind, to revenue and tax, the rest is owed', () => {
    const told = story(
      credit('B1', '50', '2025-01-10', { method: 'bonus', kind: 'bonus', days: 10 }),
      credit('L1', '20', '2025-01-10'),
      credit('L2', '20', '2025-01-11'),
      call('C1', '100', '2025-01-12', STANDARD),
    );
    expect(last(told)).toEqual([
      'prepaid_liability:paid +40',
      'prepaid_liability:bonus +50',
      'receivable +20',
      'usage_revenue:一般通話 -100',
      'tax_payable:10 -10',
    ]);
  });

  it.each([
    ['recurring', 'recurring_revenue'],
    ['device', 'device_revenue'],
    ['other', 'other_revenue'],
  ] as const)('a %s debit goes to %s', (kind, account) => {
    expect(last(story(debit('D1', '10', '2025-01-12', { kind })))).toEqual([
      'receivable +10',
      `${account} -10`,
    ]);
  });

  it('a debt that is paid: from the lots', () => {
    const told = story(debit('D1', '10', '2025-01-12'), credit('L1', '4', '2025-01-13'));
    expect(last(told)).toEqual(['prepaid_liability:paid +4', 'receivable -4']);
  });

  it('a payment that returns and the debt taken back', () => {
    const told = story(debit('D1', '10', '2025-01-12', STANDARD), credit('L1', '14', '2025-01-13'));
    const events = told.must(told.reversalOf('D1', '2025-01-14'));
    expect(events.map(entry)).toEqual([
      ['receivable +11', 'prepaid_liability:paid -11'],
      ['recurring_revenue +10', 'tax_payable:10 +1', 'receivable -11'],
    ]);
  });

  it('a reversal to an expired lot is breakage', () => {
    const told = story(credit('L1', '10', '2025-01-10'), call('C1', '10', '2025-01-11'));
    told.must(told.reversalOf('C1', '2025-08-01'));
    expect(last(told)).toEqual(['usage_revenue:一般通話 +10', 'breakage -10']);
  });

  it('an expiry is breakage', () => {
    const told = story(credit('L1', '10', '2025-01-10'), expireDue('2025-08-01'));
    expect(last(told)).toEqual(['prepaid_liability:paid +10', 'breakage -10']);
  });

  it('adjustments in both directions', () => {
    const told = story(adjust('B1', '10', '2025-01-10'));
    expect(last(told)).toEqual(['adjustment +10', 'prepaid_liability:bonus -10']);
    told.must(adjust('X1', '-15', '2025-01-10'));
    expect(last(told)).toEqual(['adjustment -15', 'prepaid_liability:bonus +10', 'receivable +5']);
  });

  it('a close: the discount off revenue and tax, the rounding on its own account', () => {
    const told = story(
      credit('L1', '200', '2025-01-10'),
      call('C1', '94', '2025-01-12', STANDARD),
      incoming('I1', 10, '2025-01-13'),
    );
    const events = told.must({
      type: 'CloseBillingMonth',
      now: jst('2025-02-01'),
      month: month('2025-01'),
      basis: { net: yen('94'), tax: yen('9.4') },
      discounts: [{ usageMonth: month('2025-01'), ...STANDARD, net: yen('5'), tax: yen('0.5') }],
      rates: ratesOf('0.5'),
      total: yen('97'),
      invoice: 'INV-1',
    });
    expect(events.map(entry)).toEqual([
      ['incoming_discount +5', 'tax_payable:10 +0.5', 'prepaid_liability:paid -5.5'],
      ['rounding_difference +0.9', 'prepaid_liability:paid -0.9'],
      [],
    ]);
  });

  it('holds post nothing', () => {
    expect(last(story(credit('L1', '10', '2025-01-10'), hold('H1', '5', '2025-01-10')))).toEqual([]);
  });
});

describe('the chart of accounts', () => {
  it.each([
    ['payment_clearing:konbini', '決済未収金（コンビニ）', 'Payment clearing (convenience store)'],
    ['prepaid_liability:paid', '前受金（有償プリペイド）', 'Prepaid liability, paid'],
    ['usage_revenue:国際通話', '通話料収入（国際通話）', 'Usage revenue (国際通話)'],
    ['tax_payable:10', '仮受消費税（10%）', 'Consumption tax payable (10%)'],
    ['receivable', '売掛金', 'Receivable'],
  ])('names %s in both languages', (account, ja, en) =>
    expect(ledgerAccountName(account)).toEqual({ ja, en }),
  );

  it.each(['petty_cash', 'petty_cash:tin', ''])('does not know "%s"', account =>
    expect(() => ledgerAccountName(account)).toThrow('not in the chart of accounts'),
  );

  it('has each account once', () => {
    const names = CHART_OF_ACCOUNTS.map(({ account }) => account);
    expect(new Set(names).size).toBe(names.length);
  });
});
