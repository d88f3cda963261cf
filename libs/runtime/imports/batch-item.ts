import type { AccountId } from '#kernel';
import type { WalletCommand } from '#ledger';

/** One call to charge or to note. */
export interface BatchItem {
  readonly commandId: string;
  readonly bodyHash: string;
  /** Hashes that earlier versions gave the same body; asked for only where one differs. */
  readonly formerHashes?: () => readonly string[];
  readonly account: AccountId;
  readonly command: WalletCommand;
}
