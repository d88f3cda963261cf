import { type AccountId, BusinessMonth, canonicalJson, type Rejection } from '#kernel';
import {
  closingBalance,
  type WalletBalance,
  type WalletCommand,
  type WalletEvent,
  type WalletState,
  wallet,
  walletStream,
} from '#ledger';
import { type EventStore, NO_STREAM } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import { sha256 } from '../engine/command-log.js';

/** A wallet's present stream: where its next decision is made. */
export interface OpenSegment {
  readonly stream: string;
  readonly month: BusinessMonth;
  readonly state: WalletState;
  readonly revision: number;
  /** How the stream is yet to begin: together with the first command that is accepted. null: it has begun. */
  readonly opening: Opening | null;
}
export type Opening = Extract<WalletCommand, { type: 'OpenWallet' }>;

/** Makes a command when its turn has come, with the facts that hold for this segment. */
export type MakeCommand = (segment: OpenSegment) => WalletCommand | Promise<WalletCommand>;

export const openingOf = (
  account: AccountId,
  month: BusinessMonth,
  carried: WalletBalance | null,
): Opening => ({
  type: 'OpenWallet',
  now: carried?.lastDecidedAt ?? BusinessMonth.start(month),
  account,
  month,
  carried,
});

/** A wallet as it begins. */
export function openedState(opening: Opening): WalletState {
  const outcome = wallet.decide(opening, wallet.fresh());
  if (outcome.kind !== 'events') throw new Error('a wallet cannot begin');
  return outcome.events.reduce(wallet.evolve, wallet.fresh());
}

/** The segment that would follow, in memory: shared with nobody. @param state of an open wallet */
export function turnedTo(account: AccountId, state: WalletState, month: BusinessMonth): OpenSegment {
  if (state.phase !== 'open') throw new Error(`the wallet of ${account} is not open`);
  const opening = openingOf(account, month, closingBalance(state));
  const stream = walletStream(account, month);
  return { stream, month, state: openedState(opening), revision: NO_STREAM, opening };
}

/** What a month's stream that has ended at `revision` carries over. */
export async function carriedFrom(
  events: EventStore,
  stream: string,
  revision: number,
): Promise<WalletBalance> {
  for await (const stored of events.readStream(stream, { from: revision, limit: 1 })) {
    const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
    if (event.type === 'WalletClosed') return event.closing;
  }
  throw new Error(`${stream} is closed but does not end with WalletClosed`);
}

/** The body of a command that opens or closes a stream is the stream: doing it again is doing the same. */
export const turnHash = (type: WalletCommand['type'], stream: string): string =>
  sha256(canonicalJson({ type, stream }));

/** The month that a decision of a wallet whose month is over belongs to. */
export const monthAfter = (monthOver: Rejection): BusinessMonth =>
  BusinessMonth.parse(String(monthOver.details!['next']));
