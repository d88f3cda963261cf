import { account as accountDecider, accountEvents, accountRefusals, accountStream } from '#contracts';
import {
  type AccountId,
  assertNever,
  BusinessMonth,
  canonicalJson,
  type Instant,
  type Outcome,
  type Rejection,
  rejected,
} from '#kernel';
import {
  type WalletBalance,
  type WalletCommand,
  type WalletEvent,
  wallet,
  walletEvents,
  walletStream,
} from '#ledger';
import { NO_STREAM } from '#ports';
import { derived, recordedNow, sha256, stampOf, toNewEvent } from '../engine/command-log.js';
import { beforeNextDecision, DECIDED_AT_MOST } from '../engine/decide-again.js';
import { engineRefusals } from '../engine/refusals.js';
import type { CommandRunner, Executed } from '../engine/run-command.js';
import type { ClockGuard } from '../operations/clock-trust.js';
import type { Caller } from '../product.views.js';
import {
  carriedFrom,
  type MakeCommand,
  monthAfter,
  type Opening,
  type OpenSegment,
  openedState,
  openingOf,
  turnedTo,
  turnHash,
} from './wallet-segments.js';

export const runningWallet = { decider: wallet, codec: walletEvents.codec };
export const runningAccount = { decider: accountDecider, codec: accountEvents.codec };

/** A chain of months longer than this is a bug, not an old customer. */
const MONTHS_AT_MOST = 12 * 200;

/**
 * Finds, opens and closes the monthly streams of wallets. One wallet is decided by one at a time (`lock`),
 * its streams follow each other: the last event of one names the month of the next and carries its opening
 * balance.
 */
export class Wallets {
  /** The newest month known to have a stream, per account: a hint, the streams decide. */
  private readonly months = new Map<string, BusinessMonth>();

  constructor(
    readonly runner: CommandRunner,
    /** Where a wallet was last seen by the read models, to save a walk over closed months. */
    private readonly lastSeen: (account: AccountId) => Promise<BusinessMonth | undefined>,
    /** Without them every clock is believed. */
    private readonly clocks?: ClockGuard,
  ) {}

  /** Told of each wallet that one command changed; what is imported in bulk is found by a job. */
  onChange: (account: AccountId) => void = () => {};

  /** The same wallets on another log: one on which something is tried. */
  on(runner: CommandRunner): Wallets {
    return new Wallets(runner, this.lastSeen, this.clocks);
  }

  lock<T>(account: string, work: () => Promise<T>): Promise<T> {
    return this.runner.lock.run(lockKey(account), work);
  }

  /** To hold several wallets at once: only one caller of a kind may do that at a time. */
  acquire(account: string): Promise<() => void> {
    return this.runner.lock.acquire(lockKey(account));
  }

  /**
   * The wallet's present stream, or what it would begin as when the account has none yet; undefined for an
   * unknown account. The caller holds the lock. Nothing is written.
   */
  async segment(account: AccountId): Promise<OpenSegment | undefined> {
    let month =
      this.months.get(account) ?? (await this.lastSeen(account)) ?? (await this.firstMonth(account));
    if (month === undefined) return undefined;
    let carried: WalletBalance | null = null;
    for (let i = 0; i < MONTHS_AT_MOST; i++) {
      const stream = walletStream(account, month);
      const { state, revision } = await this.runner.load(runningWallet, stream);
      if (state.phase === 'closed') {
        carried = await carriedFrom(this.runner.events, stream, revision);
        this.runner.forget(stream);
        month = state.next;
        continue;
      }
      if (state.phase === 'open') {
        this.months.set(account, month);
        return { stream, month, state, revision, opening: null };
      }
      const opening = openingOf(account, month, carried);
      return { stream, month, state: openedState(opening), revision, opening };
    }
    throw new Error(`the wallet of ${account} has no open month`);
  }

  /** Keeps nothing of a wallet in memory: who goes through all of them comes by once a month. */
  forget(account: AccountId): void {
    const month = this.months.get(account);
    if (month !== undefined) this.runner.forget(walletStream(account, month));
    this.runner.forget(accountStream(account));
    this.months.delete(account);
  }

  /** From when on the service of an account is suspended for what it owes; null: it is not. */
  async suspendedSince(account: AccountId): Promise<Instant | null> {
    const segment = await this.lock(account, () => this.segment(account));
    return segment === undefined || segment.state.phase === 'unopened' ? null : segment.state.suspendedSince;
  }

  /** The wallet's present stream, begun when it is not: for who is about to charge it. */
  async begunSegment(account: AccountId, caller: Caller): Promise<OpenSegment | undefined> {
    const segment = await this.segment(account);
    if (!segment?.opening) return segment;
    await this.begin(segment.stream, segment.opening, caller);
    return this.begunSegment(account, caller);
  }

  private begin(stream: string, opening: Opening, caller: Caller): Promise<void> {
    const unopened = { stream, state: wallet.fresh(), revision: NO_STREAM };
    return this.goOn(unopened, opening, derived(caller, `${stream}/open`));
  }

  /** Ends a month's stream and opens that of `next`. The caller holds the lock. */
  async turnMonth(segment: OpenSegment, next: BusinessMonth, caller: Caller): Promise<void> {
    const closing = { type: 'CloseWallet', now: BusinessMonth.start(next), next } as const;
    await this.goOn(segment, closing, derived(caller, `${segment.stream}/close`));
  }

  /**
   * One command on one wallet: idempotent, in the right month, decided again when another process was faster.
   */
  run(
    account: AccountId,
    command: MakeCommand,
    body: unknown,
    caller: Caller,
  ): Promise<Executed<WalletEvent>> {
    return this.lock(account, () => this.runAlone(account, command, sha256(canonicalJson(body)), caller));
  }

  /** As `run`, for a caller who holds the lock and has hashed the body. */
  async runAlone(
    account: AccountId,
    command: MakeCommand,
    bodyHash: string,
    caller: Caller,
  ): Promise<Executed<WalletEvent>> {
    const before = await this.runner.recorded<WalletEvent>(caller.commandId, bodyHash);
    if (before) return before;
    const answer = await this.decided(account, command, bodyHash, caller);
    if (answer.kind === 'done') return answer;
    return (await this.runner.recordedMeanwhile<WalletEvent>(caller.commandId, bodyHash)) ?? answer;
  }

  private async decided(
    account: AccountId,
    command: MakeCommand,
    bodyHash: string,
    caller: Caller,
  ): Promise<Executed<WalletEvent>> {
    let conflicts = 0;
    // A decision may also turn the wallet's month: then nobody was faster, and nobody is waited for.
    for (let decided = 0; decided < DECIDED_AT_MOST; decided++) {
      const segment = await this.segment(account);
      if (!segment) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
      const asked = await command(segment);
      const outcome = wallet.decide(asked, segment.state);
      const untimely = await this.untimely(asked, outcome);
      if (untimely) return { kind: 'rejected', rejection: untimely };
      switch (outcome.kind) {
        case 'nothing':
          if (await this.runner.overtaken(segment.stream, segment.revision)) break;
          return outcome;
        case 'rejected':
          if (await this.runner.overtaken(segment.stream, segment.revision)) break;
          if (outcome.rejection.code !== 'MONTH_OVER') return outcome;
          {
            const refused = await this.turn(account, segment, monthAfter(outcome.rejection), command, caller);
            if (refused) return refused;
          }
          break;
        case 'events': {
          if (segment.opening) {
            await this.begin(segment.stream, segment.opening, caller);
            break;
          }
          const done = await this.store(segment, outcome.events, bodyHash, caller);
          if (done) {
            this.onChange(account);
            return done;
          }
          const raced = await this.runner.recorded<WalletEvent>(caller.commandId, bodyHash);
          if (raced) return raced;
          await beforeNextDecision(++conflicts);
          break;
        }
        default:
          return assertNever(outcome);
      }
    }
    return rejected(engineRefusals.TOO_MANY_CONFLICTS);
  }

  /**
   * A decision at a time that is not believed must neither turn the wallet's month nor let a lot expire. What
   * happened at a time of its own that is, as calls in a file did, goes on.
   */
  private async untimely(
    { now }: WalletCommand,
    outcome: Outcome<WalletEvent, string>,
  ): Promise<Rejection | undefined> {
    const turns = outcome.kind === 'rejected' && outcome.rejection.code === 'MONTH_OVER';
    const expires = outcome.kind === 'events' && outcome.events.some(({ type }) => type === 'LotExpired');
    if (!turns && !expires) return undefined;
    return this.clockRefusal(now);
  }

  /** Why nothing may happen at a time that this process does not believe; undefined when it may. */
  async clockRefusal(at: Instant): Promise<Rejection | undefined> {
    if (!this.clocks || at <= this.clocks.trust.provenUntil()) return undefined;
    return this.clocks.refusal();
  }

  /** Why nothing may happen by time alone. */
  async timeStandsStill(): Promise<Rejection | undefined> {
    return this.clocks?.refusal();
  }

  /**
   * Turns the month for a command that the next one will accept: it is decided there first, in memory. A
   * command that is refused, or has nothing to do, turns nothing: that is its answer.
   */
  private async turn(
    account: AccountId,
    segment: OpenSegment,
    next: BusinessMonth,
    command: MakeCommand,
    caller: Caller,
  ): Promise<Exclude<Executed<WalletEvent>, { kind: 'done' }> | undefined> {
    const turned = turnedTo(account, segment.state, next);
    const outcome = wallet.decide(await command(turned), turned.state);
    // Over again: the next month began between two looks at the clock.
    const over = outcome.kind === 'rejected' && outcome.rejection.code === 'MONTH_OVER';
    if (outcome.kind !== 'events' && !over) {
      // An append would have found out whether somebody else went on with the wallet: this must ask.
      if ((await this.runner.events.streamRevision(segment.stream)) === segment.revision) return outcome;
      this.runner.forget(segment.stream);
      return undefined;
    }
    if (segment.opening) await this.begin(segment.stream, segment.opening, caller);
    else await this.turnMonth(segment, next, caller);
    return undefined;
  }

  /** The holds that are open; none for an account without a wallet. */
  async openHolds(account: AccountId): Promise<readonly string[]> {
    const state = (await this.lock(account, () => this.segment(account)))?.state;
    return state?.phase === 'open' ? [...state.holds.keys()] : [];
  }

  /** Frees a hold of a call that was charged without it, once. */
  freeHoldOfCall(account: AccountId, hold: string, callId: string, caller: Caller) {
    const command = () => ({ type: 'ReleaseHold' as const, now: this.runner.clock.now(), hold });
    const freeing = derived(caller, `cdr-hold/${account}/${callId}/${hold}`);
    return this.run(account, command, { release: hold, account }, freeing);
  }

  private async store(
    segment: OpenSegment,
    events: readonly WalletEvent[],
    bodyHash: string,
    caller: Caller,
  ): Promise<Executed<WalletEvent> | undefined> {
    const stamp = stampOf(caller, bodyHash);
    const at = recordedNow(this.runner.clock);
    const newEvents = events.map(event => toNewEvent(walletEvents.codec, event, stamp, at));
    const { stream, revision: expectedRevision } = segment;
    const [result] = await this.runner.events.append([{ stream, expectedRevision, events: newEvents }]);
    if (result?.kind !== 'appended') {
      this.runner.forget(stream);
      return undefined;
    }
    this.runner.advance(runningWallet, stream, events, result.revision);
    return {
      kind: 'done',
      events,
      position: result.lastPosition,
      revision: result.revision,
      replayed: false,
    };
  }

  /**
   * Begins or ends a month's stream as it was seen. Where another process was faster nothing is written: the
   * next look at the stream shows what it did.
   */
  private async goOn(
    seen: Pick<OpenSegment, 'stream' | 'state' | 'revision'>,
    command: Opening | Extract<WalletCommand, { type: 'CloseWallet' }>,
    caller: Caller,
  ): Promise<void> {
    const outcome = wallet.decide(command, seen.state);
    if (outcome.kind === 'rejected')
      throw new Error(`${command.type} on ${seen.stream}: ${outcome.rejection.code}`);
    if (outcome.kind === 'nothing') return;
    const segment = { ...seen, month: BusinessMonth.of(command.now), opening: null };
    await this.store(segment, outcome.events, turnHash(command.type, seen.stream), caller);
  }

  /** The month in which the account began; undefined for an unknown one. */
  async firstMonth(account: AccountId): Promise<BusinessMonth | undefined> {
    const { state } = await this.runner.load(runningAccount, accountStream(account));
    return state.phase === 'open' ? BusinessMonth.ofDay(state.openedOn) : undefined;
  }
}

/** Wallets are locked apart from their streams: a decision may touch two of them at the turn of a month. */
const lockKey = (account: string): string => `wallet ${account}`;
