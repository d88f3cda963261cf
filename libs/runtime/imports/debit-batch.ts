import { accountRefusals } from '#contracts';
import { type AccountId, BusinessMonth, type Rejection, rejection } from '#kernel';
import { type WalletEvent, type WalletState, wallet, walletEvents, walletStream } from '#ledger';
import type { NewEvent } from '#ports';
import { appendInPieces } from '../engine/append-pieces.js';
import { type CommandStamp, recordedNow, stampOf, toNewEvent } from '../engine/command-log.js';
import type { Folded } from '../engine/run-command.js';
import { Corrections } from '../prepaid/corrections.js';
import { monthAfter, turnedTo, turnHash } from '../prepaid/wallet-segments.js';
import { runningWallet, type Wallets } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';
import type { BatchItem } from './batch-item.js';

export type { BatchItem } from './batch-item.js';

export type BatchResult = 'done' | 'duplicate' | 'other_body' | { readonly refused: Rejection };

/**
 * What waits to be appended to one stream, and the items that were decided on it. Items that gave no event
 * already have a result; it is final if nobody else has written to the stream.
 */
interface Part {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly folded: Folded<WalletState>;
  readonly events: NewEvent[];
  items: number[];
}

/** A wallet of the batch. More parts than one: its month turned in between. */
interface Slot {
  readonly account: AccountId;
  readonly release: () => void;
  parts: Part[];
}

/** Codes by which a record is in conflict with what stands under its call id. */
const IN_CONFLICT: readonly string[] = ['IDEMPOTENCY_KEY_REUSED', 'NOT_REVERSED'];
const refused = (rejection: Rejection): BatchResult =>
  IN_CONFLICT.includes(rejection.code) ? 'other_body' : { refused: rejection };

/** A wallet with so many is appended before its month is turned: memory stays small. */
const EVENTS_PER_APPEND = 5_000;

/**
 * Charges many calls with few durable writes: they are decided one after another against the wallets' folded
 * state and appended together, each wallet's events with its exact revision. Exactly what one command after
 * another would give. Only one batch runs at a time; single commands of its wallets wait for it.
 */
export class DebitBatch {
  private readonly slots = new Map<string, Slot>();
  private readonly items: BatchItem[];
  private readonly results: (BatchResult | undefined)[];
  private readonly stamp: CommandStamp;
  private readonly recordedAt: string;

  constructor(
    private readonly wallets: Wallets,
    items: readonly BatchItem[],
    private readonly caller: Caller,
  ) {
    this.items = [...items];
    this.results = new Array<BatchResult | undefined>(items.length);
    this.stamp = stampOf({ ...caller, correlationId: caller.correlationId ?? caller.commandId }, '');
    this.recordedAt = recordedNow(wallets.runner.clock);
  }

  /**
   * A result per item, in order. When it throws, everything that was appended is whole: run the batch again.
   */
  async run(): Promise<BatchResult[]> {
    await this.markKnown();
    await this.markCorrections();
    try {
      for (let i = 0; i < this.items.length; i++) {
        if (this.results[i] === undefined && !this.decide(i)) await this.decideSlowly(i);
      }
      await this.append();
    } finally {
      for (const slot of this.slots.values()) {
        for (const part of slot.parts) if (part.events.length > 0) this.wallets.runner.forget(part.stream);
        slot.release();
      }
    }
    await this.freeHolds();
    return this.results as BatchResult[];
  }

  /** A call that was debited before is over: a hold that the switch named after it is freed. */
  private async freeHolds(): Promise<void> {
    const known = new Map<AccountId, Set<string>>();
    for (const [i, { account, command }] of this.items.entries()) {
      const result = this.results[i];
      if ((result !== 'duplicate' && result !== 'other_body') || !('call' in command)) continue;
      const calls = known.get(account) ?? new Set();
      known.set(account, calls.add(command.call.callId));
    }
    for (const [account, calls] of known) {
      for (const hold of await this.wallets.openHolds(account)) {
        if (calls.has(hold)) await this.wallets.freeHoldOfCall(account, hold, hold, this.caller);
      }
    }
  }

  /**
   * Calls that were debited before, or twice in this batch: ignored, or in conflict when they say something
   * else.
   */
  private async markKnown(): Promise<void> {
    const ids = [...new Set(this.items.map(item => item.commandId))];
    const known = await this.wallets.runner.events.findCommands(ids);
    const seen = new Map<string, string>();
    for (let i = 0; i < this.items.length; i++) {
      const { commandId, bodyHash, formerHashes } = this.items[i]!;
      const before = known.get(commandId)?.bodyHash ?? seen.get(commandId);
      if (before === undefined) seen.set(commandId, bodyHash);
      else {
        const same = before === bodyHash || formerHashes?.().includes(before);
        this.results[i] = same ? 'duplicate' : 'other_body';
      }
    }
  }

  /**
   * A record that says something else than what its call id is known for corrects the call, once the entry
   * that stands has been taken back. What was recorded before, taken back or not, is never debited again.
   */
  private async markCorrections(): Promise<void> {
    const others = [...this.items.keys()].filter(i => this.results[i] === 'other_body');
    if (others.length === 0) return;
    const corrections = new Corrections(this.wallets);
    for (const i of others) {
      const found = await corrections.of(this.items[i]!);
      if (typeof found === 'string') this.results[i] = found;
      else {
        this.items[i] = found;
        this.results[i] = undefined;
      }
    }
  }

  /** Decides one item in memory. False: its wallet is not at hand, or its month is over. */
  private decide(index: number): boolean {
    const { account, command, commandId, bodyHash } = this.items[index]!;
    const part = this.slots.get(account)?.parts.at(-1);
    if (!part) return false;
    const outcome = wallet.decide(command, part.folded.state);
    if (outcome.kind === 'rejected') {
      if (outcome.rejection.code === 'MONTH_OVER') return false;
      this.results[index] = refused(outcome.rejection);
    } else if (outcome.kind === 'nothing') this.results[index] = 'duplicate';
    else this.take(part, outcome.events, commandId, bodyHash);
    part.items.push(index);
    return true;
  }

  private take(part: Part, events: readonly WalletEvent[], commandId: string, bodyHash: string): void {
    const { actor, correlationId, reason } = this.stamp;
    const stamp: CommandStamp =
      reason === undefined
        ? { commandId, bodyHash, actor, correlationId }
        : { ...this.stamp, commandId, bodyHash };
    const { folded } = part;
    for (const event of events) {
      part.events.push(toNewEvent(walletEvents.codec, event, stamp, this.recordedAt));
      folded.state = wallet.evolve(folded.state, event);
    }
    folded.revision += events.length;
  }

  /** Opens the item's wallet for the batch, or turns its month, and decides again. */
  private async decideSlowly(index: number): Promise<void> {
    const { account, command } = this.items[index]!;
    const slot = this.slots.get(account) ?? (await this.open(account));
    if (!slot) {
      this.results[index] = { refused: rejection(accountRefusals.NO_SUCH_ACCOUNT) };
      return;
    }
    if (slot.parts.at(-1)!.events.length > EVENTS_PER_APPEND) await this.append();
    const outcome = wallet.decide(command, slot.parts.at(-1)!.folded.state);
    if (outcome.kind === 'rejected' && outcome.rejection.code === 'MONTH_OVER') {
      const next = monthAfter(outcome.rejection);
      const then = wallet.decide(command, turnedTo(account, slot.parts.at(-1)!.folded.state, next).state);
      if (then.kind === 'rejected') {
        this.results[index] = { refused: then.rejection };
        return;
      }
      await this.turn(slot, next);
    }
    if (!this.decide(index))
      throw new Error(`the wallet of ${account} does not reach the month of its command`);
  }

  private async open(account: AccountId): Promise<Slot | undefined> {
    const release = await this.wallets.acquire(account);
    const part = await this.presentPart(account);
    if (!part) {
      release();
      return undefined;
    }
    const slot = { account, release, parts: [part] };
    this.slots.set(account, slot);
    return slot;
  }

  private async presentPart(account: AccountId): Promise<Part | undefined> {
    const segment = await this.wallets.begunSegment(account, this.caller);
    return segment ? this.partOf(segment.stream) : undefined;
  }

  private async partOf(stream: string): Promise<Part> {
    const folded = await this.wallets.runner.load(runningWallet, stream);
    return { stream, expectedRevision: folded.revision, folded, events: [], items: [] };
  }

  /** Ends the wallet's month in memory and begins the next one: two streams of the same append. */
  private async turn(slot: Slot, next: BusinessMonth): Promise<void> {
    const before = slot.parts.at(-1)!;
    const after = await this.partOf(walletStream(slot.account, next));
    const closed = wallet.decide(
      { type: 'CloseWallet', now: BusinessMonth.start(next), next },
      before.folded.state,
    );
    const closing =
      closed.kind === 'events' ? closed.events.find(event => event.type === 'WalletClosed') : undefined;
    if (closed.kind !== 'events' || !closing) throw new Error(`${before.stream} cannot be closed`);
    this.take(before, closed.events, `${before.stream}/close`, turnHash('CloseWallet', before.stream));
    const { closing: carried } = closing;
    const opened = wallet.decide(
      { type: 'OpenWallet', now: carried.lastDecidedAt, account: slot.account, month: next, carried },
      after.folded.state,
    );
    if (opened.kind !== 'events') throw new Error(`${after.stream} is open before its time`);
    this.take(after, opened.events, `${after.stream}/open`, turnHash('OpenWallet', after.stream));
    slot.parts.push(after);
  }

  /**
   * A durable write for all first parts, then, where wallets turned a month, one for all second parts, and so
   * on: a stream begins only when the one before it has ended. What another writer overtook is decided again,
   * one by one.
   */
  private async append(): Promise<void> {
    const changed = [...this.slots.values()].filter(slot => slot.parts.some(part => part.events.length > 0));
    const overtaken = new Set<Slot>();
    for (let round = 0; ; round++) {
      const due = changed.filter(slot => slot.parts[round] !== undefined && !overtaken.has(slot));
      if (due.length === 0) break;
      const parts = due.map(slot => slot.parts[round]!);
      const appended = await appendInPieces(this.wallets.runner.events, parts);
      for (const [i, slot] of due.entries()) {
        const { whole, stored } = appended[i]!;
        if (!whole) overtaken.add(slot);
        for (const item of parts[i]!.items)
          if (whole || stored.has(this.items[item]!.commandId)) this.results[item] ??= 'done';
      }
    }
    await this.checkRefusals();
    for (const slot of changed) {
      if (overtaken.has(slot)) await this.redo(slot);
      else for (const part of slot.parts.slice(0, -1)) this.wallets.runner.forget(part.stream);
      slot.parts = [(await this.presentPart(slot.account))!];
    }
  }

  /**
   * An append proves that what was refused beside it was refused rightly. Where nothing was appended another
   * process may have changed the wallet meanwhile: then it is asked again.
   */
  private async checkRefusals(): Promise<void> {
    for (const slot of this.slots.values()) {
      const [part] = slot.parts;
      if (slot.parts.length > 1 || !part || part.events.length > 0 || part.items.length === 0) continue;
      if (await this.wallets.runner.overtaken(part.stream, part.expectedRevision)) {
        await this.redo(slot);
        slot.parts = [(await this.presentPart(slot.account))!];
      }
      part.items = [];
    }
  }

  private async redo(slot: Slot): Promise<void> {
    for (const part of slot.parts) this.wallets.runner.forget(part.stream);
    for (const index of slot.parts.flatMap(part => part.items)) {
      if (this.results[index] === 'done') continue;
      const { account, command, bodyHash, commandId } = this.items[index]!;
      const caller = { ...this.caller, commandId };
      const done = await this.wallets.runAlone(account, () => command, bodyHash, caller);
      if (done.kind === 'done') this.results[index] = done.replayed ? 'duplicate' : 'done';
      else if (done.kind === 'nothing') this.results[index] = 'duplicate';
      else this.results[index] = refused(done.rejection);
    }
  }
}
