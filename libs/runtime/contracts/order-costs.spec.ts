import fc from 'fast-check';
import type { OrderLine } from '#contracts';
import { BusinessDay, BusinessMonth, Money, TAX_CATEGORIES } from '#kernel';
import { wallet } from '#ledger';
import { policyDecisions } from '#policies';
import { specOf } from '#testing';
import { credit, open } from '../../../test/support/wallets.js';
import { feesOf, totalsOf } from './order-costs.js';

const { givenCommands } = specOf(wallet);
const policies = policyDecisions.fresh();
const price = fc.integer({ min: 0, max: 100_000_000 }).map(units => units as Money);
const lines: fc.Arbitrary<OrderLine[]> = fc.array(
  fc.record({
    product: fc.constant('p'),
    kind: fc.constant('option' as const),
    nameJa: fc.constant('商品'),
    nameEn: fc.constant('Product'),
    quantity: fc.integer({ min: 1, max: 30 }),
    monthly: fc.option(price),
    firstMonth: price,
    initial: fc.option(price),
    proRated: fc.boolean(),
    taxCategory: fc.constantFrom(...TAX_CATEGORIES),
    capabilities: fc.constant([]),
    numbers: fc.constant([]),
  }),
  { minLength: 1, maxLength: 6 },
);
const firstOf = (line: OrderLine): OrderLine => ({
  ...line,
  firstMonth: line.monthly === null ? null : Money.min(line.firstMonth!, line.monthly),
});
const days = fc.integer({ min: BusinessDay.parse('2025-01-10'), max: BusinessDay.parse('2025-06-30') });

it('what an order is said to cost is what it debits, to the fourth decimal, and its hold is used up', () =>
  fc.assert(
    fc.property(lines, days, (wanted, day) => {
      const placedAt = BusinessDay.start(day as BusinessDay);
      const of = { order: 'O1', lines: wanted.map(firstOf), placedAt };
      const { due, contractMonth, initial } = totalsOf(of, policies);
      const fees = feesOf(of, policies);
      fc.pre(due !== '0');
      const names = fees.map(({ debit }) => debit);
      expect(new Set(names).size).toBe(names.length);
      const [now, hold] = [placedAt, 'order-O1'];
      const set = { type: 'HoldFunds', now, hold, amount: Money.of(due), purpose: 'order O1' } as const;
      const { outcome } = givenCommands(open(), credit('L1', due, '2025-01-09'), set).when({
        type: 'PayOrder',
        ...{ now, hold, fees, billingMonth: BusinessMonth.of(placedAt) },
      });
      if (outcome.kind !== 'events') throw new Error(JSON.stringify(outcome));
      const debits = outcome.events.filter(event => event.type === 'Debited');
      const sum = (amount: (debit: (typeof debits)[number]) => Money) =>
        Money.text(Money.sum(debits.map(amount)));
      expect(sum(({ net }) => net)).toBe(Money.text(Money.add(Money.of(contractMonth), Money.of(initial))));
      expect(sum(({ net, tax }) => Money.add(net, tax))).toBe(due);
      expect(sum(({ receivable }) => receivable)).toBe('0');
      const released = outcome.events.flatMap(event => (event.type === 'HoldReleased' ? event.parts : []));
      expect(released).toEqual([]);
    }),
  ));
