import type { StoredEvent } from '#kernel';
import { backOff, LogDamaged } from './errors.js';
import { PAGE } from './log-reader.js';

/** A subscription's own waiting between tries: it goes on for as long as it is wanted. */
const UNTIL_STOPPED = { attempts: Number.POSITIVE_INFINITY, backoffMs: 50 };
const LONGEST_DOUBLING = 6;

/**
 * Events for a subscription that is behind, read a page ahead. A cluster that cannot be reached delays a
 * subscription and does not end it.
 */
export class OlderEvents {
  private ahead: readonly StoredEvent[] = [];

  /** @param read at most `limit` events from a position on */
  constructor(
    private readonly read: (from: number, limit: number) => Promise<readonly StoredEvent[]>,
    private readonly isStopped: () => boolean,
  ) {}

  /** At most `limit` events from a position on; none only when the subscription was stopped. */
  async page(from: number, limit: number): Promise<readonly StoredEvent[]> {
    if (this.ahead[0]?.position !== from) this.ahead = await this.fetch(from, Math.max(limit, PAGE));
    const events = this.ahead.slice(0, limit);
    this.ahead = this.ahead.slice(limit);
    return events;
  }

  private async fetch(from: number, limit: number): Promise<readonly StoredEvent[]> {
    for (let failures = 1; ; failures = Math.min(failures + 1, LONGEST_DOUBLING)) {
      if (this.isStopped()) return [];
      try {
        return await this.read(from, limit);
      } catch (error) {
        if (error instanceof LogDamaged) throw error;
        await backOff(UNTIL_STOPPED, failures);
      }
    }
  }
}
