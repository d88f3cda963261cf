import type { WalletEvent } from '#ledger';
import { decodeEvent, type Product } from '#runtime';

export interface LoggedEvent {
  readonly position: number;
  readonly commandId: string;
  readonly event: WalletEvent;
}

/** The events of an account's wallet over all its months, in the order of the log. */
export async function walletEvents(product: Product, account: string): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  for await (const piece of product.audit.export('jsonl', { withSecrets: true })) {
    for (const text of piece.split('\n')) {
      if (!text.includes(`"wallet-${account}_`)) continue;
      const { position, stream, type, data, meta } = JSON.parse(text) as {
        position: number;
        stream: string;
        type: string;
        data: unknown;
        meta: { commandId: string };
      };
      if (!stream.startsWith(`wallet-${account}_`)) continue;
      const event = decodeEvent(stream, type, JSON.stringify(data)) as WalletEvent;
      found.push({ position, commandId: meta.commandId, event });
    }
  }
  return found;
}
