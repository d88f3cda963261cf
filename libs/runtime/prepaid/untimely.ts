import { BusinessDay, type Instant, type Outcome, type Rejection } from '#kernel';
import type { WalletCommand, WalletEvent } from '#ledger';
import type { ClockGuard } from '../operations/clock-trust.js';

/** Why nothing may happen at a time that this process does not believe; undefined when it may. */
export async function refusedAt(clocks: ClockGuard, at: Instant): Promise<Rejection | undefined> {
  return at <= clocks.trust.latest() ? undefined : clocks.refusal();
}

/**
 * A decision at a time that is not believed must neither turn the wallet's month nor let a lot expire. What
 * happened at a time of its own that is, as calls in a file did, goes on.
 * @param ownTime it happens when this process says
 */
export async function untimely(
  clocks: ClockGuard,
  { now }: WalletCommand,
  outcome: Outcome<WalletEvent, string>,
  ownTime: boolean,
): Promise<Rejection | undefined> {
  if (ownTime && outcome.kind === 'events' && tooEarly(clocks, now, outcome.events)) return clocks.refusal();
  const turns = outcome.kind === 'rejected' && outcome.rejection.code === 'MONTH_OVER';
  const expires = outcome.kind === 'events' && outcome.events.some(({ type }) => type === 'LotExpired');
  return turns || expires ? refusedAt(clocks, now) : undefined;
}

/** Whether a clock that is behind gives away the days of a lot: it is over already, or before the wallet. */
function tooEarly({ trust }: ClockGuard, now: Instant, events: readonly WalletEvent[]): boolean {
  const doubt = trust.doubt();
  if (!doubt) return false;
  const today = BusinessDay.of(doubt.believed);
  return events.some(event => {
    if (event.type === 'LotExpired') return true;
    if (event.type !== 'LotCredited' && event.type !== 'Adjusted') return false;
    const over = event.expiresOn !== null && event.expiresOn < today;
    return over || event.at - now > trust.limits.jumpMs;
  });
}
