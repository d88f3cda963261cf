import { BusinessDay, Instant, Money } from '#kernel';
import { specOf } from '#testing';
import {
  adjust,
  call,
  credit,
  day,
  debit,
  expireDue,
  hold,
  jst,
  open,
  POLICY,
  parts,
  release,
  story,
  WalletStory,
  yen,
} from '../../../test/support/wallets.js';
import { wallet } from './wallet.js';
import { available, balanceAt } from './wallet.queries.js';

const { givenCommands } = specOf(wallet);

const lastMoment = (date: string): Instant => BusinessDay.end(day(date));
const nextMidnight = (date: string): Instant => Instant.plusMs(lastMoment(date), 1);

describe('a lot lives 180 days, the first not counted (EX)', () => {
  it.each([
    ['EX-01', '2025-01-10T15:00:00.000+09:00', '2025-07-09'],
    ['EX-02', '2024-01-10T12:00:00.000+09:00', '2024-07-08'],
    ['EX-03', '2025-03-01T12:00:00.000+09:00', '2025-08-28'],
    ['EX-04', '2025-09-01T12:00:00.000+09:00', '2026-02-28'],
    ['EX-05', '2025-07-05T12:00:00.000+09:00', '2026-01-01'],
    ['EX-06', '2025-01-10T15:30:00Z', '2025-07-10'],
    ['EX-07', '2025-01-16T12:00:00.000+09:00', '2025-07-15'],
  ])('%s: credited %s, usable through %s, worthless from the next midnight', (_id, creditedAt, lastDay) => {
    const now = Instant.parse(creditedAt);
    const { state, when } = givenCommands(open(), { ...credit('L1', '100', '2025-01-01'), now });
    expect(balanceAt(state, now).lots.map(lot => BusinessDay.text(lot.expiresOn))).toEqual([lastDay]);
    expect(available(state, lastMoment(lastDay))).toBe(yen('100'));
    expect(available(state, nextMidnight(lastDay))).toBe(Money.zero);
    const purchase = { ...debit('D1', '100', '2025-01-01'), ifShort: 'refuse' } as const;
    expect(when({ ...purchase, now: lastMoment(lastDay) }).outcome.kind).toBe('events');
    when({ ...purchase, now: nextMidnight(lastDay) }).thenRejected('INSUFFICIENT_FUNDS', { available: '0' });
  });

  describe('counted from the payment, however late it is booked', () => {
    const later = [open(), credit('L0', '100', '2025-07-15')];

    it('EX-07: paid 2025-01-16 and booked on the last day, it is usable through 2025-07-15', () => {
      const { state, when } = givenCommands(...later, credit('L1', '100', '2025-01-16'));
      expect(balanceAt(state, lastMoment('2025-07-15'))).toMatchObject({
        available: yen('200'),
        lots: [{ id: 'L1', issuedAt: jst('2025-01-16'), expiresOn: day('2025-07-15') }, { id: 'L0' }],
      });
      expect(available(state, nextMidnight('2025-07-15'))).toBe(yen('100'));
      const taken = when(debit('D1', '150', '2025-07-15')).outcome;
      expect(taken).toMatchObject({ events: [{ parts: parts({ L1: '100', L0: '50' }) }] });
    });

    it('what had expired by then is breakage in the same decision', () =>
      givenCommands(...later)
        .when(credit('L1', '100', '2025-01-15'))
        .then(
          {
            type: 'LotCredited',
            at: jst('2025-07-15'),
            issuedAt: jst('2025-01-15'),
            lot: 'L1',
            kind: 'paid',
            method: 'card',
            amount: yen('100'),
            expiresOn: day('2025-07-14'),
            policy: POLICY,
          },
          { type: 'LotExpired', at: jst('2025-07-15'), lot: 'L1', kind: 'paid', amount: yen('100') },
        ));

    it('and pays no debt, while what is still valid does', () => {
      const owing = [open(), debit('D1', '70', '2025-07-15')];
      const { outcome } = givenCommands(...owing).when(credit('L1', '100', '2025-01-15'));
      expect(outcome).toMatchObject({ events: [{ type: 'LotCredited' }, { type: 'LotExpired' }] });
      const { state } = givenCommands(...owing, credit('L1', '100', '2025-01-16'));
      expect(balanceAt(state, jst('2025-07-15'))).toMatchObject({ receivable: 0, available: yen('30') });
    });

    it('the same for bonus value and for an adjustment', () => {
      const bonus = { kind: 'bonus', method: 'bonus' } as const;
      const { outcome } = givenCommands(...later).when(credit('B1', '100', '2025-01-15', bonus));
      const gone = [{ expiresOn: day('2025-07-14') }, { type: 'LotExpired', kind: 'bonus' }];
      expect(outcome).toMatchObject({ events: gone });
      const { when } = givenCommands(...later);
      expect(when(adjust('X1', '100', '2025-01-15')).outcome).toMatchObject({
        events: [
          { type: 'Adjusted', issuedAt: jst('2025-01-15') },
          { type: 'LotExpired', lot: 'X1' },
        ],
      });
      expect(when(adjust('X1', '100', '2025-07-10')).outcome).toMatchObject({
        events: [{ type: 'Adjusted', issuedAt: jst('2025-07-10'), expiresOn: day('2026-01-06') }],
      });
    });
  });

  const lots = [open(), credit('L1', '5000', '2025-01-10'), credit('L2', '3000', '2025-03-01')];
  const expired = (lot: string, amount: string, at: string) => ({
    type: 'LotExpired' as const,
    at: jst(at),
    lot,
    kind: 'paid' as const,
    amount: yen(amount),
  });

  it('EX-08: what was not spent of each lot goes with its own expiry', () => {
    const spent = [...lots, call('C1', '1000', '2025-04-01')];
    givenCommands(...spent)
      .when(expireDue('2025-07-10T00:00'))
      .then(expired('L1', '4000', '2025-07-10T00:00'));
    const first = givenCommands(...spent, expireDue('2025-07-10T00:00'));
    expect(balanceAt(first.state, jst('2025-07-10T00:00')).posted).toBe(yen('3000'));
    first.when(expireDue('2025-08-29T00:00')).then(expired('L2', '3000', '2025-08-29T00:00'));
    const second = givenCommands(...spent, expireDue('2025-07-10T00:00'), expireDue('2025-08-29T00:00'));
    expect(balanceAt(second.state, jst('2025-08-29T00:00')).posted).toBe(Money.zero);
  });

  it('EX-09: a lot that was spent leaves nothing to expire', () => {
    const spent = givenCommands(...lots, call('C1', '6000', '2025-04-01'));
    spent.when(expireDue('2025-07-10T00:00')).thenNothing();
    spent.when(expireDue('2025-08-29T00:00')).then(expired('L2', '2000', '2025-08-29T00:00'));
  });

  it('EX-10: expired value is not paid out, and a debit that comes back to it is breakage', () => {
    const told = story(credit('L1', '500', '2025-01-10'), call('C1', '500', '2025-01-11'));
    const back = told.must(told.reversalOf('C1', '2025-07-10T00:00'));
    expect(back).toMatchObject([{ type: 'DebitReversed', parts: [], expired: parts({ L1: '500' }) }]);
    expect(balanceAt(told.state, jst('2025-07-10T00:00')).posted).toBe(Money.zero);
  });
});

describe('expiry is enforced by the decision that spends (J-06)', () => {
  const due = [open(), credit('L1', '100', '2025-01-10'), credit('L2', '100', '2025-03-01')];

  it('books the breakage first, whatever the decision', () => {
    const { outcome } = givenCommands(...due).when(call('C1', '150', '2025-07-10T00:00'));
    expect(outcome).toMatchObject({
      events: [
        { type: 'LotExpired', lot: 'L1', amount: yen('100') },
        { type: 'CallDebited', parts: parts({ L2: '100' }), receivable: yen('50') },
      ],
    });
  });

  it('holds nothing of an expired lot', () =>
    givenCommands(...due)
      .when(hold('H1', '150', '2025-07-10T00:00'))
      .thenRejected('INSUFFICIENT_FUNDS', { available: '100' }));

  it('a new charge never extends an older lot (J-07)', () => {
    const { state } = givenCommands(...due, credit('L3', '100', '2025-07-09'));
    expect(available(state, jst('2025-07-10T00:00'))).toBe(yen('200'));
  });
});

describe('a hold over midnight of the expiry', () => {
  const held = [
    open(),
    credit('L1', '100', '2025-01-10'),
    hold('H1', '60', '2025-07-09T23:50'),
    credit('L2', '100', '2025-07-09T23:51'),
  ];

  it('keeps its part usable for its call, and no other', () => {
    const { state, when } = givenCommands(...held);
    expect(balanceAt(state, jst('2025-07-10T00:10'))).toMatchObject({
      posted: yen('160'),
      held: yen('60'),
      available: yen('100'),
    });
    expect(when(call('C1', '50', '2025-07-10T00:10', { hold: 'H1' })).outcome).toMatchObject({
      events: [
        { type: 'LotExpired', lot: 'L1', amount: yen('40') },
        { type: 'CallDebited', parts: parts({ L1: '50' }) },
        { type: 'LotExpired', lot: 'L1', amount: yen('10') },
      ],
    });
    expect(when(call('C2', '50', '2025-07-10T00:10')).outcome).toMatchObject({
      events: [{ type: 'LotExpired', amount: yen('40') }, { parts: parts({ L2: '50' }) }],
    });
  });

  it('loses to breakage what it does not use, in the decision that releases it', () => {
    const { outcome } = givenCommands(...held).when(release('H1', '2025-07-10T00:10'));
    expect(outcome).toMatchObject({
      events: [
        { type: 'LotExpired', lot: 'L1', amount: yen('40') },
        { type: 'HoldReleased', parts: parts({ L1: '60' }) },
        { type: 'LotExpired', lot: 'L1', amount: yen('60') },
      ],
    });
  });

  it('leaves an empty expired lot out of the wallet', () => {
    const told = new WalletStory().all(...held, release('H1', '2025-07-10T00:10'));
    expect(balanceAt(told.state, jst('2025-07-10T00:10')).lots.map(lot => lot.id)).toEqual(['L2']);
  });
});
