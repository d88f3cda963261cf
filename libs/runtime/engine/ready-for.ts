import { problem } from '#kernel';
import { type EventStore, StoreUnavailable, storeProblems } from '#ports';
import type { LogFollower } from '../projecting/log-follower.js';
import type { PositionWatch } from '../projecting/position-watch.js';
import type { Wait } from './wait.js';

export interface OthersAppend {
  readonly events: EventStore;
  readonly watch: PositionWatch;
  readonly follower: LogFollower;
  /** Position of the last event that this process appended, 0 for none. */
  ownPosition(): number;
  /** Limits of `own` and of the read models of `head`. */
  readonly ownWaitMs: number;
  readonly headWaitMs: number;
}

/**
 * `Product.ready` in a process whose read models follow a little later, and whose log others append to.
 * @throws StoreUnavailable for `head` when the read models are behind at the limit
 */
export const readyFor =
  ({ events, watch, follower, ownPosition, ownWaitMs, headWaitMs }: OthersAppend) =>
  async (what: Wait): Promise<void> => {
    if (what === 'own') {
      await watch.waitFor(ownPosition(), ownWaitMs);
      return;
    }
    if (what === 'recent') return follower.recent();
    await follower.upToDate();
    if (what === 'log') return;
    const head = await events.headPosition();
    if (await watch.waitAnew(head, headWaitMs)) return;
    throw new StoreUnavailable('UNAVAILABLE', problem(storeProblems.NOT_COUNTED_YET, { position: head }));
  };
