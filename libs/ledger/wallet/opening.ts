import {
  BusinessMonth,
  type EventOf,
  event,
  fact,
  type Instant,
  InvalidInput,
  Money,
  nothing,
  olderForm,
  rejected,
} from '#kernel';
import { talkOfUsage } from './incoming-discount.js';
import { type Decision, decided, walletRefusals, walletUnchanged } from './refusals.js';
import {
  type WalletBalance,
  type WalletBalanceV1,
  walletBalanceFact,
  walletBalanceV1Fact,
} from './wallet.facts.js';
import { closingBalance, type OpenedWallet, openBooks, type WalletState } from './wallet.state.js';

// A month of wallet time begins and ends: each is a stream of its own (closing the books).

/**
 * Balances of before kept no talk by month of use and no sum of draws: both follow, as far as they matter
 * still, from the open months and the lots.
 */
function balanceOfV1(balance: WalletBalanceV1): WalletBalance {
  const usage = balance.usage.map(month => ({ ...month, unreturned: Money.zero }));
  const netDrawn = Money.sum(balance.lots.map(lot => Money.subtract(lot.credited, lot.posted)));
  return { ...balance, usage, talk: talkOfUsage(usage), netDrawn };
}

const openedSaid = {
  ja: 'アカウント {account} の {month} の財布を開いた[（前月から {carried.lots} ロットを繰越）]。',
  en: 'The wallet of account {account} began {month}[ with {carried.lots} lot(s) carried over].',
};
const closedSaid = {
  ja: '財布を {closing.lots} ロットで閉じ、{next} に引き渡した。',
  en: 'The wallet closed with {closing.lots} lot(s) and goes on in {next}.',
};
const olderOpening = olderForm(
  1,
  { account: fact.text, month: fact.month, carried: fact.orNull(walletBalanceV1Fact) },
  openedSaid,
  e => ({ ...e, carried: e.carried && balanceOfV1(e.carried) }),
);
const olderEnd = olderForm(1, { next: fact.month, closing: walletBalanceV1Fact }, closedSaid, e => ({
  ...e,
  closing: balanceOfV1(e.closing),
}));

export const openingEvents = {
  WalletOpened: event(
    { account: fact.text, month: fact.month, carried: fact.orNull(walletBalanceFact) },
    {
      word: {
        ja: '月の財布を開き、前月の残高を繰り越した。',
        en:
          'A month of the wallet began with what the month before carried over; null for the ' +
          "wallet's first.",
      },
      sentence: openedSaid,
    },
    { version: 2, older: [olderOpening] },
  ),
  /** The last event of a wallet stream. */
  WalletClosed: event(
    { next: fact.month, closing: walletBalanceFact },
    {
      word: {
        ja: '月の財布を閉じ、残高を引き渡した。',
        en: 'The month of the wallet ends with its closing balance; always the last event of the stream.',
      },
      sentence: closedSaid,
    },
    { version: 2, older: [olderEnd] },
  ),
};
type OpeningEvent = EventOf<{ declared: typeof openingEvents }>;

export interface OpenWallet {
  readonly type: 'OpenWallet';
  readonly now: Instant;
  readonly account: string;
  readonly month: BusinessMonth;
  /** The closing balance of the stream before; null for a new wallet. */
  readonly carried: WalletBalance | null;
}

export interface CloseWallet {
  readonly type: 'CloseWallet';
  readonly now: Instant;
  readonly next: BusinessMonth;
}

export function openWallet(command: OpenWallet, state: WalletState): Decision<OpeningEvent> {
  const { account, month, carried } = command;
  if (state.phase === 'closed') return walletClosed(state.next);
  if (state.phase === 'open') {
    const same = state.account === account && state.month === month;
    return same ? nothing(walletUnchanged.WALLET_OPEN) : rejected(walletRefusals.WALLET_EXISTS);
  }
  // Carrying moves no time: the next command finds the wallet as it would have without a new stream.
  const at = carried === null ? command.now : carried.lastDecidedAt;
  return decided([{ type: 'WalletOpened', at, account, month, carried }]);
}

export const walletClosed = (next: BusinessMonth): Decision<never> =>
  rejected(walletRefusals.WALLET_CLOSED, { next: BusinessMonth.text(next) });

export function closeWallet({ next }: CloseWallet, state: OpenedWallet): Decision<OpeningEvent> {
  if (next <= state.month) throw new InvalidInput('next', 'must be a month after the one of the wallet');
  const closing = closingBalance(state);
  return decided([{ type: 'WalletClosed', at: state.lastDecidedAt, next, closing }]);
}

/** @throws Error for an opening or an end that cannot follow. */
export function evolveOpening(state: WalletState, event: OpeningEvent): WalletState {
  if (event.type === 'WalletOpened') {
    if (state.phase !== 'unopened') throw new Error('the log opens this wallet a second time');
    return openBooks(event.account, event.month, event.carried);
  }
  if (state.phase !== 'open') throw new Error('the log closes a wallet that is not open');
  return { ...state, phase: 'closed', next: event.next };
}
