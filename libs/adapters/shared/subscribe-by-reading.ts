import type { StoredEvent } from '#kernel';
import type { SubscribeOptions, Subscription } from '#ports';

const BATCH = 1_000;
const BATCH_MAX = 10_000;

/** Lets timers and sockets have their turn between two pages of a long read. */
export const breathe = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Wakes those who wait for new events. */
export class Signal {
  private fired = 0;
  private waiters: (() => void)[] = [];

  /** How often it has fired; hand it to `after` to wait for the next time. */
  get count(): number {
    return this.fired;
  }

  fire(): void {
    this.fired++;
    const { waiters } = this;
    this.waiters = [];
    for (const wake of waiters) wake();
  }

  /** Resolves at once when it has fired since it stood at `count`. */
  async after(count: number): Promise<void> {
    if (this.fired === count) await new Promise<void>(resolve => this.waiters.push(resolve));
  }
}

/**
 * Reads on from where it stands, page by page, and waits for `signal` when it has everything. Stored and
 * live events come from the same query, so there is no seam at which one could be lost or come twice. The
 * next page is read when the handler is done with the last one.
 */
export function subscribeByReading(
  options: SubscribeOptions,
  handler: (events: readonly StoredEvent[]) => Promise<void>,
  source: {
    page(from: number, limit: number): readonly StoredEvent[] | Promise<readonly StoredEvent[]>;
    readonly signal: Signal;
    isClosed(): boolean;
  },
): Subscription {
  const limit = Math.min(Math.max(options.batchSize ?? BATCH, 1), BATCH_MAX);
  let after = options.after;
  let stopped = false;
  const run = async (): Promise<void> => {
    await breathe();
    while (!stopped && !source.isClosed()) {
      const { count } = source.signal;
      const found = source.page(after + 1, limit);
      const events = found instanceof Promise ? await found : found;
      if (stopped || source.isClosed()) return;
      if (events.length === 0) {
        await source.signal.after(count);
        continue;
      }
      await handler(events);
      after = events[events.length - 1]!.position;
      await breathe();
    }
  };
  const ended = run();
  // Whoever looks at `ended` gets the error; nobody looking must not end the process.
  ended.catch(() => undefined);
  return {
    ended,
    async stop() {
      stopped = true;
      source.signal.fire();
      await ended.catch(() => undefined);
    },
  };
}
