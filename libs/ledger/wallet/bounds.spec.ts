import { Money } from '#kernel';
import { specOf } from '#testing';
import {
  adjust,
  call,
  credit,
  debit,
  hold,
  jst,
  month,
  open,
  STANDARD,
  story,
  yen,
} from '../../../test/support/wallets.js';
import { balanceAt, monthUsage } from '../index.js';
import { MOST_IN_WALLET } from './bounds.js';
import { wallet } from './wallet.js';

const { givenCommands } = specOf(wallet);
const at = '2025-05-05';

describe('no sum of a wallet leaves the range of the ledger', () => {
  it('funds of 900,000,000,000 yen are taken, and not 0.0001 more', () => {
    const full = [open(), credit('L1', '899999999999', at)];
    givenCommands(...full)
      .when(credit('L2', '1.0001', at))
      .thenRejected('SUM_OUT_OF_RANGE', {
        most: '900000000000',
      });
    givenCommands(...full)
      .when(adjust('X1', '2', at))
      .thenRejected('SUM_OUT_OF_RANGE');
    const { state, when } = givenCommands(...full, credit('L2', '1', at));
    expect(balanceAt(state, jst(at)).posted).toBe(MOST_IN_WALLET);
    // What is held is still there, what was spent makes room.
    expect(when(hold('H1', '900000000000', at)).outcome.kind).toBe('events');
    const spent = givenCommands(...full, call('C1', '500', at));
    expect(spent.when(credit('L2', '501', at)).outcome.kind).toBe('events');
  });

  it('debts as well: the call that would be the straw is refused, and nothing happens', () => {
    const owing = [open(), debit('D1', '800000000000', at), debit('D2', '99999999000', '2025-06-01')];
    const { state, when } = givenCommands(...owing);
    expect(balanceAt(state, jst(at)).receivable).toBe(yen('899999999000'));
    when(call('C1', '1000.0001', '2025-07-01')).thenRejected('SUM_OUT_OF_RANGE');
    expect(when(call('C1', '1000', '2025-07-01')).outcome.kind).toBe('events');
    // Of one month also what was paid counts: its invoice must have a total.
    const paid = [open(), credit('L1', '900000000000', at), debit('D1', '818181818181', at, STANDARD)];
    givenCommands(...paid)
      .when(call('C1', '1', at, STANDARD))
      .thenRejected('SUM_OUT_OF_RANGE');
  });

  it('a reversal that would bring back more than a wallet can hold is refused', () => {
    const told = story(credit('L1', '600000000000', at), debit('D1', '600000000000', at));
    told.must(credit('L2', '600000000000', at));
    expect(wallet.decide(told.reversalOf('D1', at), told.state)).toMatchObject({
      rejection: { code: 'SUM_OUT_OF_RANGE' },
    });
    told.must(debit('D2', '300000000000', '2025-06-01'));
    told.must(told.reversalOf('D1', '2025-06-02'));
    expect(balanceAt(told.state, jst('2025-06-02')).posted).toBe(MOST_IN_WALLET);
    expect(monthUsage(told.state, month('2025-05')).counters).toEqual([]);
  });

  it('a wallet of an old log that holds more can still be read and spent', () => {
    const lots = Array.from({ length: 905 }, (_, i) => ({
      ...({ kind: 'paid', issuedAt: jst(at), expiresOn: 20_500, held: 0 } as never as object),
      ...{ id: `L${i}`, credited: Money.yen(1_000_000_000), posted: Money.yen(1_000_000_000) },
    }));
    const none = { holds: [], receivable: 0, usage: [], closedThrough: null, closedInvoice: null };
    const carried = { ...none, lots, lastDecidedAt: jst(at), receivablePaid: [], reversed: [] } as never;
    const { state, when } = givenCommands({ ...open(), carried } as never);
    expect(String(balanceAt(state, jst(at)).posted)).toBe('9050000000000000');
    expect(String(balanceAt(state, jst(at)).available)).toBe('9050000000000000');
    expect(when(call('C1', '10', at)).outcome.kind).toBe('events');
    when(credit('L', '1', at)).thenRejected('SUM_OUT_OF_RANGE');
  });
});
