import { Money } from '#kernel';
import { specOf } from '#testing';
import { bought, item, UNIQUE } from './book.fixture.js';
import { contractBook } from './book.js';
import { dueNow } from './ordering.js';

const { givenCommands } = specOf(contractBook);

describe('the first month of what is bought', () => {
  it.each([
    ['PR-01', '500', '2025-04-16 10:00:00', 1, '250'],
    ['PR-02', '500', '2025-04-01 10:00:00', 1, '500'],
    ['PR-03', '500', '2025-04-30 10:00:00', 1, '16.6667'],
    ['PR-04', '500', '2025-01-31 10:00:00', 1, '16.129'],
    ['PR-05', '1000', '2025-02-10 10:00:00', 1, '678.5714'],
    ['PR-06', '1000', '2024-02-10 10:00:00', 1, '689.6552'],
    ['PR-07', '1000', '2024-02-29 10:00:00', 1, '34.4828'],
    ['PR-08', '1000', '2025-02-10 10:00:00', 3, '2035.7142'],
    ['PR-12', '500', '2025-01-31 23:59:59', 1, '16.129'],
    ['PR-12', '500', '2025-02-01 00:00:00.000', 1, '500'],
  ])('%s: %s a month, bought at %s, %i of it, costs %s in its first month', (_, monthly, when, n, net) => {
    const sold = { ...UNIQUE, monthly: Money.of(monthly), initial: null };
    const { state } = givenCommands(...bought(when, [item(sold, n)]));
    const begun = [...state.contracts.values()].map(({ firstMonth }) => firstMonth);
    expect(begun).toHaveLength(n);
    expect(Money.text(begun.reduce(Money.add))).toBe(net);
    expect(state.orders.get('o1')!.lines.map(line => Money.text(dueNow(line)))).toEqual([net]);
  });
});
