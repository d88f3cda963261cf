import { Instant, Money } from '#kernel';
import { rowsAfter } from '#testing';
import { closes } from './closes.projection.js';

const now = Instant.parse('2025-11-01T03:00:00.000+09:00');

describe('the list of closes', () => {
  it('shows an account once per month, with or without an invoice', () => {
    const done = (account: string, invoice: string | null, total: string) => ({
      type: 'invoicing.AccountClosed.v1',
      stream: 'closeRun-2025-10',
      event: { type: 'AccountClosed', at: now, account, invoice, total: Money.of(total) },
    });
    expect(rowsAfter(closes, done('A1', 'n-1', '5'), done('B2', null, '0'))).toEqual({
      closes: [
        { month: '2025-10', account: 'A1', invoice: 'n-1', total: 50_000, closed_at: now },
        { month: '2025-10', account: 'B2', invoice: null, total: 0, closed_at: now },
      ],
      close_drafts: [],
    });
    expect(() => rowsAfter(closes, done('A1', 'n-1', '5'), done('A1', 'n-1', '5'))).toThrow('already');
  });
});
