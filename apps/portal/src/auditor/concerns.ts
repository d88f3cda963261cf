import type { LogEvent } from './questions.js';

const OF_ACCOUNT = /^(?:wallet-(.+)_\d{4}-\d\d|account-(.+)|close-(.+)_\d{4}-\d\d)$/;
const INVOICE = /^invoice-(.+)$/;

const textIn = (value: unknown, key: string): string | undefined => {
  const found =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
};

/** The account whose stream an event stands in, or that its data names. */
export function accountOf({ stream, data }: Pick<LogEvent, 'stream' | 'data'>): string | undefined {
  const [, ...found] = OF_ACCOUNT.exec(stream) ?? [];
  return found.find(one => one !== undefined) ?? textIn(data, 'account');
}

/** Invoice, call, lot, debit or adjustment that an event tells of. */
export function explainedBy({ stream, data }: Pick<LogEvent, 'stream' | 'data'>): string | undefined {
  const invoice = INVOICE.exec(stream)?.[1];
  if (invoice !== undefined) return invoice;
  if (!stream.startsWith('wallet-')) return undefined;
  const call = textIn(data['call'], 'callId');
  return call ?? ['lot', 'debit', 'adjustment', 'reversal'].map(key => textIn(data, key)).find(Boolean);
}
