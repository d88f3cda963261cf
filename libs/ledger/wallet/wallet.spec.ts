import { BusinessMonth, Money } from '#kernel';
import { specOf } from '#testing';
import {
  adjust,
  call,
  callFacts,
  credit,
  day,
  debit,
  extend,
  hold,
  jst,
  month,
  open,
  POLICY,
  parts,
  price,
  release,
  STANDARD,
  yen,
} from '../../../test/support/wallets.js';
import { wallet } from './wallet.js';
import { available, balanceAt, held, posted } from './wallet.queries.js';

const { givenCommands } = specOf(wallet);
const none = Money.zero;

const debited = (id: string, net: string, at: string, from: Record<string, string>, owed = '0') => ({
  type: 'Debited' as const,
  at: jst(at),
  debit: id,
  kind: 'recurring' as const,
  category: 'クラウド費用',
  taxCategory: 'out_of_scope' as const,
  taxRate: 0,
  billingMonth: BusinessMonth.of(jst(at)),
  net: yen(net),
  tax: none,
  parts: parts(from),
  receivable: yen(owed),
});

describe('lots are spent in order (DECISIONS: Prepaid ledger)', () => {
  const twoLots = [open(), credit('L1', '500', '2025-02-01'), credit('L2', '500', '2025-01-10T09:00')];

  it('spends the lot that expires first', () =>
    givenCommands(
      open(),
      credit('L1', '500', '2025-01-10', { days: 90 }),
      credit('L2', '500', '2025-01-11', { days: 30 }),
    )
      .when(debit('D1', '600', '2025-01-12'))
      .then(debited('D1', '600', '2025-01-12', { L2: '500', L1: '100' })));

  it('spends the older of two lots that expire on the same day', () =>
    givenCommands(open(), credit('L2', '500', '2025-01-10T09:00'), credit('L1', '500', '2025-01-10T10:00'))
      .when(debit('D1', '600', '2025-01-12'))
      .then(debited('D1', '600', '2025-01-12', { L2: '500', L1: '100' })));

  it('spends by id two lots that were made at the same instant', () =>
    givenCommands(open(), credit('L2', '500', '2025-01-10'), credit('L1', '500', '2025-01-10'))
      .when(debit('D1', '600', '2025-01-12'))
      .then(debited('D1', '600', '2025-01-12', { L1: '500', L2: '100' })));

  it('takes a command of an earlier time as of the last decision: time never goes back', () => {
    const { outcome } = givenCommands(...twoLots).when(call('C1', '8', '2025-01-11'));
    expect(outcome).toMatchObject({ events: [{ at: jst('2025-02-01') }] });
  });

  it('spends a lot that was booked late in its place: it is issued when it was paid', () => {
    const { state } = givenCommands(...twoLots);
    expect(balanceAt(state, jst('2025-01-10')).lots.map(lot => [lot.id, lot.issuedAt])).toEqual([
      ['L2', jst('2025-01-10T09:00')],
      ['L1', jst('2025-02-01')],
    ]);
  });

  it('decides a backfill into a new wallet at its own time, before the wallet was opened', () =>
    givenCommands(open('2025-12'))
      .when(credit('L1', '500', '2024-03-01'))
      .then({
        type: 'LotCredited',
        at: jst('2024-03-01'),
        lot: 'L1',
        kind: 'paid',
        method: 'card',
        amount: yen('500'),
        expiresOn: day('2024-08-28'),
        policy: POLICY,
      }));
});

describe('debits', () => {
  const funded = [open(), credit('L1', '100', '2025-01-10')];

  it('carry net and tax apart, the tax at 4 decimals', () => {
    const { outcome } = givenCommands(...funded).when(call('C1', '0.3333', '2025-01-11', STANDARD));
    expect(outcome).toMatchObject({ events: [{ net: yen('0.3333'), tax: yen('0.0333'), receivable: none }] });
  });

  it('of a call draw what there is and leave the rest owed: a late CDR never fails', () =>
    givenCommands(...funded)
      .when(call('C1', '100', '2025-01-11', STANDARD))
      .then({
        type: 'CallDebited',
        at: jst('2025-01-11'),
        call: callFacts('C1', '2025-01-11'),
        price,
        category: '一般通話',
        ...STANDARD,
        billingMonth: month('2025-01'),
        net: yen('100'),
        tax: yen('10'),
        hold: null,
        parts: parts({ L1: '100' }),
        receivable: yen('10'),
      }));

  it('of a purchase are refused when the funds do not reach', () =>
    givenCommands(...funded)
      .when(debit('D1', '100.0001', '2025-01-11', { ifShort: 'refuse' }))
      .thenRejected('INSUFFICIENT_FUNDS', { available: '100', required: '100.0001' }));

  it('of a monthly fee draw as far as funds reach', () =>
    givenCommands(...funded)
      .when(debit('D1', '150', '2025-01-11'))
      .then(debited('D1', '150', '2025-01-11', { L1: '100' }, '50')));

  it('of nothing leave a line of nothing', () =>
    givenCommands(open())
      .when(debit('D1', '0', '2025-01-11'))
      .then(debited('D1', '0', '2025-01-11', {})));
});

describe('what is owed', () => {
  const inDebt = [open(), debit('D1', '70', '2025-01-05')];

  it('is paid first from the next charge', () => {
    const { outcome } = givenCommands(...inDebt).when(credit('L1', '100', '2025-01-10'));
    expect(outcome).toMatchObject({
      events: [
        { type: 'LotCredited' },
        { type: 'ReceivablePaid', amount: yen('70'), parts: parts({ L1: '70' }) },
      ],
    });
  });

  it('takes the whole of a charge that is smaller', () => {
    const { state } = givenCommands(...inDebt, credit('L1', '30', '2025-01-10'));
    expect(balanceAt(state, jst('2025-01-10'))).toMatchObject({
      posted: none,
      receivable: yen('40'),
      lots: [],
    });
  });

  it('is paid from what a released hold frees, rather than stand beside free funds', () => {
    const { outcome } = givenCommands(
      open(),
      credit('L1', '100', '2025-01-10'),
      hold('H1', '100', '2025-01-10'),
      call('C1', '30', '2025-01-10'),
    ).when(release('H1', '2025-01-11'));
    expect(outcome).toMatchObject({
      events: [{ type: 'HoldReleased' }, { type: 'ReceivablePaid', amount: yen('30') }],
    });
  });
});

describe('holds', () => {
  const held100 = [open(), credit('L1', '100', '2025-01-10'), hold('H1', '60', '2025-01-10')];

  it('set funds aside: available = posted - held', () => {
    const { state } = givenCommands(...held100);
    expect([posted(state, jst('2025-01-10')), held(state), available(state, jst('2025-01-10'))]).toEqual([
      yen('100'),
      yen('60'),
      yen('40'),
    ]);
  });

  it('are all or nothing', () =>
    givenCommands(...held100)
      .when(hold('H2', '40.0001', '2025-01-10'))
      .thenRejected('INSUFFICIENT_FUNDS', { available: '40', required: '40.0001' }));

  it('are extended from free funds only', () => {
    const { when } = givenCommands(...held100);
    when(extend('H1', '41', '2025-01-10')).thenRejected('INSUFFICIENT_FUNDS', {
      available: '40',
      required: '41',
    });
    when(extend('H1', '40', '2025-01-10')).then({
      type: 'HoldExtended',
      at: jst('2025-01-10'),
      hold: 'H1',
      amount: yen('40'),
      parts: parts({ L1: '40' }),
    });
  });

  it('are out of reach of other debits', () => {
    const { outcome } = givenCommands(...held100).when(call('C1', '50', '2025-01-10'));
    expect(outcome).toMatchObject({ events: [{ parts: parts({ L1: '40' }), receivable: yen('10') }] });
  });

  it('settle a call: what it did not use is free again', () => {
    const { state } = givenCommands(...held100, call('C1', '25', '2025-01-10', { hold: 'H1' }));
    expect(balanceAt(state, jst('2025-01-10'))).toMatchObject({
      posted: yen('75'),
      held: none,
      available: yen('75'),
      holds: [],
    });
  });

  it('settle a call that cost more: the hold first, then free funds, the rest is owed', () => {
    const { outcome } = givenCommands(...held100, credit('L2', '10', '2025-01-10', { days: 1 })).when(
      call('C1', '115', '2025-01-10', { hold: 'H1' }),
    );
    expect(outcome).toMatchObject({
      events: [{ hold: 'H1', parts: parts({ L1: '100', L2: '10' }), receivable: yen('5') }],
    });
  });

  it('that are gone count as none when a call names them', () => {
    const { outcome } = givenCommands(...held100, release('H1', '2025-01-10')).when(
      call('C1', '10', '2025-01-10', { hold: 'H1' }),
    );
    expect(outcome).toMatchObject({ events: [{ hold: null, parts: parts({ L1: '10' }) }] });
  });

  it('named after a call end with it, whoever reports it: a call file names no hold', () => {
    const both = [...held100, hold('C1', '20', '2025-01-10')];
    const { outcome } = givenCommands(...both).when(call('C1', '8', '2025-01-11'));
    expect(outcome).toMatchObject({ events: [{ hold: 'C1', parts: parts({ L1: '8' }) }] });
    expect(held(givenCommands(...both, call('C1', '8', '2025-01-11')).state)).toBe(yen('60'));
  });

  it('released a second time are nothing', () =>
    givenCommands(...held100, release('H1', '2025-01-10'))
      .when(release('H1', '2025-01-10'))
      .thenNothing());
});

describe('adjustments (調整金)', () => {
  it('upwards make a bonus lot', () => {
    const { state } = givenCommands(open(), adjust('B1', '300', '2025-01-10'));
    expect(balanceAt(state, jst('2025-01-10')).lots).toMatchObject([
      { id: 'B1', kind: 'bonus', posted: yen('300'), expiresOn: day('2025-07-09') },
    ]);
  });

  it('downwards draw like a debit and leave the rest owed', () => {
    const { outcome } = givenCommands(open(), credit('L1', '100', '2025-01-10')).when(
      adjust('X1', '-130', '2025-01-10'),
    );
    expect(outcome).toMatchObject({
      events: [{ type: 'Adjusted', expiresOn: null, parts: parts({ L1: '100' }), receivable: yen('30') }],
    });
  });

  it('of exactly the limit need no second person', () => {
    expect(givenCommands(open()).when(adjust('B1', '10000', '2025-01-10')).outcome.kind).toBe('events');
  });
});
