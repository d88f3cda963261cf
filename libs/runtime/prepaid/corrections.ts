import { accountOfWallet, entryKey, type WalletState } from '#ledger';
import type { BatchItem } from '../imports/batch-item.js';
import { entriesOf, entryCommandId } from './call-entries.js';
import type { Wallets } from './wallets.js';

/** Whether a record says what was recorded with this hash. */
export const isSameRecord = (item: BatchItem, bodyHash: string | undefined): boolean =>
  bodyHash !== undefined && (item.bodyHash === bodyHash || item.formerHashes?.().includes(bodyHash) === true);

/**
 * Finds out what records are whose call id is known with another body. The first record after a reversal
 * that says something new corrects the call, as the next entry of its id; one that was recorded before, as
 * whatever entry, is a duplicate for ever; another one is in conflict.
 */
export class Corrections {
  /** What this batch makes the next entry of a call id. */
  private readonly planned = new Map<string, string>();
  private readonly states = new Map<string, WalletState | undefined>();

  constructor(private readonly wallets: Wallets) {}

  /** The item as the next entry of its call. No lock of a wallet is held meanwhile. */
  async of(item: BatchItem): Promise<BatchItem | 'duplicate' | 'other_body'> {
    const { command, account } = item;
    if (command.type !== 'DebitCall' && command.type !== 'NoteCall') return 'other_body';
    const { callId } = command.call;
    const planned = this.planned.get(callId);
    if (planned !== undefined) return isSameRecord(item, planned) ? 'duplicate' : 'other_body';
    const entries = await entriesOf(this.wallets.runner.events, callId);
    const last = entries.at(-1);
    if (last === undefined) return 'other_body';
    if (entries.some(entry => isSameRecord(item, entry.bodyHash))) return 'duplicate';
    const where = accountOfWallet(last.stream);
    const state = await this.stateOf(where);
    const reversed = state?.phase === 'open' && state.reversed.has(entryKey(callId, entries.length));
    if (!reversed) return 'other_body';
    this.planned.set(callId, item.bodyHash);
    const entry = entries.length + 1;
    const commandId = entryCommandId(callId, entry);
    // In the wallet that knows the reversal it is decided once more; another wallet cannot know it.
    return { ...item, commandId, command: where === account ? { ...command, entry } : command };
  }

  private async stateOf(account: string): Promise<WalletState | undefined> {
    if (!this.states.has(account)) {
      const id = account as BatchItem['account'];
      const segment = await this.wallets.lock(account, () => this.wallets.segment(id));
      this.states.set(account, segment?.state);
    }
    return this.states.get(account);
  }
}
