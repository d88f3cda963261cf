import { Instant, Money } from '#kernel';
import type { Move } from './moves.queries.js';
import { paidDebts } from './paid-debts.js';

type Told = readonly [item: string, ref: string, owed: string, debit?: string];

const move = ([item, ref, owed, debit = '']: Told, i: number): Move => ({
  position: i + 1,
  at: Instant.fromEpochMs(i),
  item,
  amount: Money.zero,
  ref,
  detail: '',
  net: null,
  tax: null,
  gross: null,
  owed: Money.of(owed),
  unreturned: Money.zero,
  debit,
});
/** Of each payment: `debt amount`. */
const paid = (...told: readonly Told[]): string[] =>
  [...paidDebts(told.map(move)).values()].map(debts =>
    debts.map(debt => `${debt.move.ref} ${Money.text(debt.amount)}`).join(', '),
  );

describe('a payment of what is owed names what it paid', () => {
  it('the oldest debt first, and the rest of it with the next payment', () =>
    expect(
      paid(
        ['call', 'c1', '76'],
        ['recurring', 'fee', '30'],
        ['receivable_paid', '', '-50'],
        ['receivable_paid', '', '-40'],
        ['call', 'c2', '5'],
        ['receivable_paid', '', '-21'],
      ),
    ).toEqual(['c1 50', 'c1 26, fee 14', 'fee 16, c2 5']));

  it('not a debt that a reversal took away', () =>
    expect(
      paid(
        ['call', 'c1', '50'],
        ['call', 'c2', '30'],
        ['reversal', 'r1', '-30', 'c2'],
        ['receivable_paid', '', '-50'],
      ),
    ).toEqual(['c1 50']));

  it('of a call id charged again, the entry that stands', () =>
    expect(
      paid(
        ['call', 'c1', '50'],
        ['reversal', 'r1', '-50', 'c1'],
        ['call', 'c1', '20'],
        ['receivable_paid', '', '-20'],
      ),
    ).toEqual(['c1 20']));

  it('a payment that returned is a debt without a name until its reversal takes it away', () =>
    expect(
      paid(
        ['call', 'c1', '50'],
        ['call', 'c2', '30'],
        ['receivable_paid', '', '-50'],
        ['receivable_paid', '', '50'],
        ['reversal', 'r1', '-50', 'c1'],
        ['receivable_paid', '', '-30'],
      ),
    ).toEqual(['c1 50', 'c2 30']));

  it('a discount or a rounding lessens the oldest debt', () =>
    expect(
      paid(
        ['call', 'c1', '50'],
        ['call', 'c2', '30'],
        ['rounding', '', '-0.4'],
        ['discount', '', '-59.6'],
        ['receivable_paid', '', '-20'],
      ),
    ).toEqual(['c2 20']));
});
