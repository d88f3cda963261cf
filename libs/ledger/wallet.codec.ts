import { type Codec, nothingSecretIn } from '#kernel';
import { decodeWalletEvent } from './wallet.decode.js';
import { encodeWalletEvent } from './wallet.encode.js';
import type { WalletEvent } from './wallet.events.js';
import { WALLET_STORED_TYPES } from './wallet.stored.js';

/** Wallet events as they are stored, `ledger.<Event>.v1`. The golden samples hold every version fast. */
export const walletCodec: Codec<WalletEvent> = {
  secrets: nothingSecretIn(
    'ledger.WalletOpened.v1',
    'ledger.LotCredited.v1',
    'ledger.ReceivablePaid.v1',
    'ledger.ReceivablePaymentReturned.v1',
    'ledger.FundsHeld.v1',
    'ledger.HoldExtended.v1',
    'ledger.HoldReleased.v1',
    'ledger.CallCharged.v1',
    'ledger.CallNoted.v1',
    'ledger.Debited.v1',
    'ledger.DebitReversed.v1',
    'ledger.LotExpired.v1',
    'ledger.Adjusted.v1',
    'ledger.IncomingDiscountGranted.v1',
    'ledger.RoundingDifferenceBooked.v1',
    'ledger.BillingMonthClosed.v1',
    'ledger.WalletClosed.v1',
  ),
  encode: event => ({ type: WALLET_STORED_TYPES[event.type], data: encodeWalletEvent(event) }),
  decode: decodeWalletEvent,
  occurredAt: event => event.at,
};
