import { BusinessDay, csvCell, Money, type StoredEvent } from '#kernel';
import {
  accountOfWallet,
  type LedgerAccount,
  ledgerAccountName,
  postingsOf,
  type WalletEvent,
} from '#ledger';
import { decodeEvent } from '../engine/codecs.js';
import { readableData, readableStream } from './readable-event.js';

/** An event as one line of JSON; with its secrets only for whoever proves the chain elsewhere. */
export function jsonLine(stored: StoredEvent, withSecrets: boolean): string {
  const { position, revision, type, meta, hash } = stored;
  const stream = withSecrets ? stored.stream : readableStream(stored.stream);
  const data = withSecrets ? (JSON.parse(stored.data) as unknown) : readableData(stored);
  return `${JSON.stringify({ position, stream, revision, type, data, meta, hash })}\n`;
}

/** The postings of an event of a wallet, in the form of the journal; nothing for an event without any. */
export function postingsText(stored: StoredEvent, format: 'hledger' | 'csv'): string {
  const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
  const postings = postingsOf(event);
  if (postings.length === 0) return '';
  const account = accountOfWallet(stored.stream);
  const date = BusinessDay.text(BusinessDay.of(event.at));
  if (format === 'csv') {
    const lines = postings.map(({ account: ledger, debit, credit }) =>
      [stored.position, date, account, csvCell(ledger), Money.text(debit), Money.text(credit), stored.type]
        .join(',')
        .concat('\n'),
    );
    return lines.join('');
  }
  const lines = postings.map(({ account: ledger, debit, credit }) => {
    const amount = Money.text(Money.subtract(debit, credit));
    return `    ${hledgerAccount(ledger, account)}  ${amount} JPY\n`;
  });
  const source = `event:${stored.position}, hash:${stored.hash.slice(0, 12)}`;
  return `${date} ${event.type} ${account}  ; ${source}\n${lines.join('')}\n`;
}

/** hledger's tree: kind of account, name, customer. Its names may hold spaces but not two in a row. */
function hledgerAccount(ledger: LedgerAccount, customer: string): string {
  return `${ledgerAccountName(ledger).en.replace(/\s+/g, ' ')}:${customer}`;
}
