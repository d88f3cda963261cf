import type { AccountId } from '#kernel';
import { type WalletCommand, type WalletEvent, wallet, walletCodec } from '#ledger';
import type { NewEvent } from '#ports';
import { recordedNow, stampOf, toNewEvent } from './command-log.js';
import type { Caller } from './product.js';
import { monthAfter, type OpenSegment, runningWallet, type Wallets } from './wallets.js';

/** One call to charge or to note. */
export interface BatchItem {
  readonly commandId: string;
  readonly bodyHash: string;
  readonly account: AccountId;
  readonly command: WalletCommand;
}

export type BatchResult = 'done' | 'duplicate' | 'other_body' | { readonly refused: string };

interface Slot {
  readonly account: AccountId;
  readonly release: () => void;
  segment: OpenSegment;
  /** Items whose events wait to be appended, with those events. */
  pending: { readonly item: number; readonly count: number }[];
  events: NewEvent[];
}

/** Events of one request; the store takes 10,000. */
const EVENTS_PER_APPEND = 5_000;

/**
 * Charges many calls with few durable writes: they are decided one after another against the wallets' folded
 * state and appended together, each wallet's events with its exact revision. Exactly what one command after
 * another would give. Only one batch runs at a time; single commands of its wallets wait for it.
 */
export class ChargeBatch {
  private slots = new Map<string, Slot>();
  private readonly results: (BatchResult | undefined)[];

  constructor(
    private readonly wallets: Wallets,
    private readonly items: readonly BatchItem[],
    private readonly caller: Caller,
  ) {
    this.results = new Array<BatchResult | undefined>(items.length);
  }

  /**
   * A result per item, in order. When it throws, everything that was appended is whole: run the batch again.
   */
  async run(): Promise<BatchResult[]> {
    await this.markKnown();
    try {
      for (let i = 0; i < this.items.length; i++) {
        if (this.results[i] === undefined && !this.decide(i)) await this.decideSlowly(i);
      }
      await this.append();
    } finally {
      for (const slot of this.slots.values()) {
        if (slot.events.length > 0) this.wallets.runner.forget(slot.segment.stream);
        slot.release();
      }
    }
    return this.results as BatchResult[];
  }

  /**
   * Calls that were charged before, or twice in this batch: ignored, or in conflict when they say something
   * else.
   */
  private async markKnown(): Promise<void> {
    const known = await this.wallets.runner.events.findCommands([
      ...new Set(this.items.map(item => item.commandId)),
    ]);
    const seen = new Map<string, string>();
    for (let i = 0; i < this.items.length; i++) {
      const { commandId, bodyHash } = this.items[i]!;
      const before =
        known.size === 0 ? seen.get(commandId) : (known.get(commandId)?.bodyHash ?? seen.get(commandId));
      if (before !== undefined) this.results[i] = before === bodyHash ? 'duplicate' : 'other_body';
      else seen.set(commandId, bodyHash);
    }
  }

  /** Decides one item in memory. False: its wallet is not at hand, or its month is over. */
  private decide(index: number): boolean {
    const item = this.items[index]!;
    const slot = this.slots.get(item.account);
    if (!slot) return false;
    const outcome = wallet.decide(item.command, slot.segment.state);
    if (outcome.kind === 'rejected') {
      if (outcome.rejection.code === 'MONTH_OVER') return false;
      this.results[index] = { refused: outcome.rejection.code };
    } else if (outcome.kind === 'nothing') this.results[index] = 'duplicate';
    else this.take(slot, index, outcome.events);
    return true;
  }

  private take(slot: Slot, index: number, events: readonly WalletEvent[]): void {
    const { commandId, bodyHash } = this.items[index]!;
    const stamp = { ...this.stamp, commandId, bodyHash };
    for (const event of events) slot.events.push(toNewEvent(walletCodec, event, stamp, this.recordedAt));
    slot.pending.push({ item: index, count: events.length });
    this.wallets.runner.advance(runningWallet, slot.segment.stream, events);
  }

  private get stamp() {
    return (this.kept ??= stampOf(
      { ...this.caller, correlationId: this.caller.correlationId ?? this.caller.commandId },
      '',
    ));
  }
  private kept: ReturnType<typeof stampOf> | undefined;
  private get recordedAt(): string {
    return (this.at ??= recordedNow(this.wallets.runner.clock));
  }
  private at: string | undefined;

  /** Opens the item's wallet for the batch, or turns its month, and decides again. */
  private async decideSlowly(index: number): Promise<void> {
    const item = this.items[index]!;
    for (let turn = 0; turn < 3; turn++) {
      const slot = this.slots.get(item.account);
      if (!slot) {
        if (!(await this.open(item.account))) {
          this.results[index] = { refused: 'NO_SUCH_ACCOUNT' };
          return;
        }
      } else {
        const outcome = wallet.decide(item.command, slot.segment.state);
        if (outcome.kind !== 'rejected' || outcome.rejection.code !== 'MONTH_OVER') break;
        await this.append();
        await this.wallets.turnMonth(slot.segment, monthAfter(outcome.rejection), this.caller);
        slot.segment = (await this.wallets.segment(item.account, this.caller))!;
      }
    }
    if (!this.decide(index))
      throw new Error(`the wallet of ${item.account} does not reach the month of its command`);
    if ((this.slots.get(item.account)?.events.length ?? 0) > EVENTS_PER_APPEND) await this.append();
  }

  private async open(account: AccountId): Promise<boolean> {
    const release = await this.wallets.acquire(account);
    const segment = await this.wallets.segment(account, this.caller);
    if (!segment) {
      release();
      return false;
    }
    this.slots.set(account, { account, release, segment, pending: [], events: [] });
    return true;
  }

  /** One durable write for all that is decided. What another writer overtook is decided again, one by one. */
  private async append(): Promise<void> {
    const slots = [...this.slots.values()].filter(slot => slot.events.length > 0);
    if (slots.length === 0) return;
    const requests = slots.map(({ segment, events }) => ({
      stream: segment.stream,
      expectedRevision: segment.revision,
      events,
    }));
    const results = await this.wallets.runner.events.append(requests);
    for (const [i, slot] of slots.entries()) {
      const { pending } = slot;
      slot.events = [];
      slot.pending = [];
      if (results[i]!.kind === 'appended') for (const { item } of pending) this.results[item] = 'done';
      else
        await this.redo(
          slot,
          pending.map(p => p.item),
        );
      slot.segment = (await this.wallets.segment(slot.account, this.caller))!;
    }
  }

  private async redo(slot: Slot, indexes: readonly number[]): Promise<void> {
    this.wallets.runner.forget(slot.segment.stream);
    for (const index of indexes) {
      const { account, command, bodyHash, commandId } = this.items[index]!;
      const done = await this.wallets.runAlone(account, () => command, bodyHash, {
        ...this.caller,
        commandId,
      });
      if (done.kind === 'done') this.results[index] = done.replayed ? 'duplicate' : 'done';
      else if (done.kind === 'nothing') this.results[index] = 'duplicate';
      else
        this.results[index] =
          done.rejection.code === 'IDEMPOTENCY_KEY_REUSED' ? 'other_body' : { refused: done.rejection.code };
    }
  }
}
