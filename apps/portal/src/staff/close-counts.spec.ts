import { closeCounts } from './close-counts.js';

it('a close tells return invoices and what was closed before from the invoices of now', () => {
  expect(
    closeCounts([
      { outcome: 'would_close', total: '1100' },
      { outcome: 'would_close', total: '-1100' },
      { outcome: 'already_closed', total: '-5' },
      { outcome: 'nothing_to_bill', total: '0' },
      { outcome: 'refused', total: '0' },
    ]),
  ).toEqual({ refused: 1, returns: 2, before: 1 });
});
