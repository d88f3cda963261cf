import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { problem, type StoredEvent } from '#kernel';
import { type EventStore, StoreUnavailable, type Subscription, storeProblems } from '#ports';

/** Between the end of a broken subscription and the next one. */
const RETRY_MS = 100;
/** Reading the end of a log takes milliseconds; whoever waits longer had better ask another process. */
const LIMIT_MS = 10_000;
/** What is in memory counts for so long after the log was last asked. */
const TRUSTED_MS = 5_000;
/** Nobody waits longer at a door whose log cannot be reached. */
const ASKING_MS = 5_000;

type Take = (stored: readonly StoredEvent[]) => void;

interface Waiter {
  readonly position: number;
  readonly wake: () => void;
}

/**
 * Follows what other processes append to a log that several share, for all that this process keeps in memory.
 * A decision that rests on facts of other streams asks first to be up to date: what anybody was told is done
 * counts from then on, whether the read models know it or not.
 */
export class LogFollower {
  private readonly takers: Take[] = [];
  private readonly waiters = new Set<Waiter>();
  private readonly stopping = new AbortController();
  private subscription: Subscription | undefined;
  private running: Promise<void> | undefined;
  private asking: Promise<void> | undefined;
  /** Of the monotonic clock: everything that was in the log by then has been taken. */
  private sureAt = performance.now();

  /**
   * @param seen a position of the log that nothing kept in memory has read beyond: its head at the start
   * @param limits in milliseconds: how long what was seen is trusted, and how long asking again may take
   */
  constructor(
    private readonly events: EventStore,
    private seen: number,
    private readonly limits = { trustedMs: TRUSTED_MS, askingMs: ASKING_MS },
  ) {}

  /**
   * Begins to follow, or lets one more take part: one that comes before the next turn of the event loop
   * misses nothing.
   */
  follow(take: Take): void {
    this.takers.push(take);
    this.running ??= this.run();
  }

  /** A subscription that breaks (the log was out of reach) goes on where it stood. */
  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.subscription = this.events.subscribe({ after: this.seen }, async stored => this.taken(stored));
      await this.subscription.ended.catch(() => undefined);
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private taken(stored: readonly StoredEvent[]): void {
    for (const take of this.takers) take(stored);
    this.seen = stored.at(-1)!.position;
    for (const waiter of [...this.waiters]) {
      if (waiter.position > this.seen) continue;
      this.waiters.delete(waiter);
      waiter.wake();
    }
  }

  /**
   * Resolves when everything was taken that is in the log now.
   * @throws StoreUnavailable `UNAVAILABLE` when that takes longer than `limitMs`, or the log cannot be read
   */
  async upToDate(limitMs = LIMIT_MS): Promise<void> {
    const began = performance.now();
    const head = await this.events.headPosition();
    if (await this.waitFor(head, limitMs)) {
      this.sureAt = Math.max(this.sureAt, began);
      return;
    }
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.LOG_NOT_READ, { position: head }));
  }

  /**
   * Resolves when what is kept in memory is at most some seconds old, which it nearly always is at once. A
   * process that is cut off from the log hears of no revoked key and no disabled login: it must not go on
   * trusting what it knew.
   * @throws StoreUnavailable `UNAVAILABLE` when the log cannot be asked within some seconds
   */
  async recent(): Promise<void> {
    if (performance.now() - this.sureAt <= this.limits.trustedMs) return;
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    await this.asking;
  }

  private async ask(): Promise<void> {
    const { askingMs } = this.limits;
    const timeout = new AbortController();
    const late = pause(askingMs, undefined, { signal: timeout.signal }).then(() => {
      throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.LOG_OUT_OF_REACH));
    });
    const asked = this.upToDate(askingMs);
    // Whichever loses is nobody's error any more.
    for (const one of [late, asked]) one.catch(() => undefined);
    try {
      await Promise.race([asked, late]);
    } finally {
      timeout.abort();
    }
  }

  /** True as soon as the event at `position` was taken; false when `timeoutMs` passed before. */
  async waitFor(position: number, timeoutMs: number): Promise<boolean> {
    if (this.seen >= position) return true;
    const { promise: counted, resolve } = Promise.withResolvers<boolean>();
    const waiter: Waiter = { position, wake: () => resolve(true) };
    this.waiters.add(waiter);
    const timeout = new AbortController();
    const late = pause(timeoutMs, false, { signal: timeout.signal }).catch(() => false);
    try {
      return await Promise.race([counted, late]);
    } finally {
      timeout.abort();
      this.waiters.delete(waiter);
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.subscription?.stop();
    await this.running;
  }
}
