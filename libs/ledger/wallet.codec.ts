import type { Codec } from '#kernel';
import { decodeWalletEvent } from './wallet.decode.js';
import { encodeWalletEvent } from './wallet.encode.js';
import type { WalletEvent } from './wallet.events.js';
import { WALLET_STORED_TYPES } from './wallet.stored.js';

/** Wallet events as they are stored, `ledger.<Event>.v1`. The golden samples hold every version fast. */
export const walletCodec: Codec<WalletEvent> = {
  encode: event => ({ type: WALLET_STORED_TYPES[event.type], data: encodeWalletEvent(event) }),
  decode: decodeWalletEvent,
  occurredAt: event => event.at,
};
