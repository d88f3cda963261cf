import { type AccountId, BusinessMonth } from '#kernel';
import { type WalletState, walletStream } from '#ledger';
import { NO_STREAM } from '#ports';
import type { OpenSegment } from './wallet-segments.js';
import { runningWallet, type Wallets } from './wallets.js';

/** Position of an event of a stream. */
export async function positionOf(wallets: Wallets, stream: string, revision: number): Promise<number> {
  const { events } = wallets.runner;
  for await (const { position } of events.readStream(stream, { from: revision, limit: 1 })) return position;
  // It is begun together with the decision.
  return Number.MAX_SAFE_INTEGER;
}

/**
 * The closed months of a wallet that read models which have counted up to `counted` do not know to their end,
 * newest first: mostly none, the last one just after a wallet's month was turned.
 */
export async function uncountedMonths(
  wallets: Wallets,
  account: AccountId,
  segment: OpenSegment,
  counted: number,
): Promise<{ readonly stream: string; readonly state: WalletState }[]> {
  if ((await positionOf(wallets, segment.stream, 0)) <= counted) return [];
  const found: { stream: string; state: WalletState }[] = [];
  const first = (await wallets.firstMonth(account)) ?? segment.month;
  for (let back = 1; BusinessMonth.plus(segment.month, -back) >= first; back++) {
    const stream = walletStream(account, BusinessMonth.plus(segment.month, -back));
    const { state, revision } = await wallets.runner.load(runningWallet, stream);
    if (revision === NO_STREAM) continue;
    if ((await positionOf(wallets, stream, revision)) <= counted) break;
    found.push({ stream, state });
  }
  return found;
}
