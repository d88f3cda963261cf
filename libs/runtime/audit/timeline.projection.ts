import { type AccountId, column, projection, table } from '#kernel';
import { accountOfWallet } from '#ledger';
import { STORED_TYPES, streamKind } from '../engine/codecs.js';

const timelineTable = table({
  name: 'account_timeline',
  columns: { account: column.text<AccountId>(), position: 'integer' },
  key: ['account', 'position'],
});

/** What is agreed with a customer, owned, ended, known of it and noted stands in these streams of it. */
const KINDS: ReadonlySet<string> = new Set(['account', 'contracts', 'party']);
/** Steps of an order that nobody asks after: it was bought, or came to nothing. */
const STEPS: ReadonlySet<string> = new Set([
  'contracts.OrderPlaced.v1',
  'contracts.OrderSettled.v1',
  'contracts.OrderCleared.v1',
]);
const OF_SERVICE = ['ledger.ServiceSuspended.v1', 'ledger.ServiceResumed.v1'];

/** Where in the log the story of a customer stands: one row per event of it. */
export const timeline = projection({
  name: 'timeline',
  version: 1,
  tables: [timelineTable],
  handles: [
    ...[...STORED_TYPES.values()]
      .filter(({ stream, type }) => KINDS.has(streamKind(stream)) && !STEPS.has(type))
      .map(({ type }) => type),
    ...OF_SERVICE,
  ],
  apply({ stream, position }, rows) {
    const isWallet = streamKind(stream) === 'wallet';
    const account = isWallet ? accountOfWallet(stream) : (stream.slice(stream.indexOf('-') + 1) as AccountId);
    rows.insert('account_timeline', { account, position });
  },
});
