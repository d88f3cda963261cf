import { type AccountId, BusinessDay, BusinessMonth, Instant } from '#kernel';
import { type WalletEvent, walletStream } from '#ledger';
import type { EventStore } from '#ports';
import { chainBackward } from '../audit/events-backward.js';
import { decodeEvent } from '../engine/codecs.js';
import type { Facts } from '../engine/facts.js';
import type { OpenSegment } from './wallet-segments.js';

/** Events looked at: an import may have written thousands within the minutes that are asked for. */
const LOOKED_AT_MOST = 5_000;
const MINUTE_MS = 60_000;

/** What was posted to a wallet a moment ago, for people who may be about to post it once more. */
export class RecentPostings {
  constructor(
    private readonly events: EventStore,
    private readonly facts: Facts,
  ) {}

  /**
   * How many whole minutes ago the same was posted, by whomever; undefined when it was not, within the policy
   * `posting.ask-again-minutes`. Asked within the turn of the wallet: nothing is posted meanwhile.
   */
  async minutesAgo(
    account: AccountId,
    { stream, month }: OpenSegment,
    now: Instant,
    isSame: (event: WalletEvent) => boolean,
  ): Promise<number | undefined> {
    const minutes = await this.facts.policy('posting.ask-again-minutes', BusinessDay.of(now));
    const since = Instant.plusMs(now, -minutes * MINUTE_MS);
    const streams = [stream, walletStream(account, BusinessMonth.plus(month, -1))];
    let looked = 0;
    for await (const stored of chainBackward(this.events, streams, Number.MAX_SAFE_INTEGER)) {
      const recordedAt = Instant.parse(stored.meta.recordedAt);
      if (recordedAt <= since || ++looked > LOOKED_AT_MOST) return undefined;
      if (isSame(decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent))
        return Math.max(0, Math.floor((now - recordedAt) / MINUTE_MS));
    }
    return undefined;
  }
}
