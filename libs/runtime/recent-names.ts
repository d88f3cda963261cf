import type { StoredEvent } from '#kernel';
import { accountOfWallet, type WalletEvent } from '#ledger';
import { decodeEvent } from './codecs.js';
import type { LogFollower } from './log-follower.js';
import type { PositionWatch } from './position-watch.js';

/** Stored types that give something a name. */
const NAMING: ReadonlySet<string> = new Set(['ledger.LotCredited.v1', 'ledger.Adjusted.v1']);
/** So many names are kept before it is looked which of them the read models have by now. */
const KEPT = 10_000;

interface Named {
  readonly position: number;
  readonly key: string;
}

const keyOf = (account: string, what: 'lot' | 'adjustment', name: string): string =>
  `${account}/${what}/${name}`;

/**
 * Names of lots and adjustments that were given lately, by whichever process: the read models, which know all
 * names for ever, may not have them yet.
 */
export class RecentNames {
  private readonly names = new Set<string>();
  private order: Named[] = [];
  private looking = false;
  private lookAt = KEPT;

  constructor(
    private readonly others: LogFollower,
    private readonly watch: PositionWatch,
  ) {
    others.follow(stored => this.take(stored));
  }

  /**
   * Whether the name was given lately; false says nothing about names of long ago.
   * @throws StoreUnavailable when this process cannot find out what others have done
   */
  async has(account: string, what: 'lot' | 'adjustment', name: string): Promise<boolean> {
    await this.others.upToDate();
    return this.names.has(keyOf(account, what, name));
  }

  private take(stored: readonly StoredEvent[]): void {
    for (const { position, stream, type, data } of stored) {
      if (!NAMING.has(type)) continue;
      const event = decodeEvent(stream, type, data) as WalletEvent;
      const account = accountOfWallet(stream);
      if (event.type === 'LotCredited') this.add(position, keyOf(account, 'lot', event.lot));
      if (event.type !== 'Adjusted') continue;
      this.add(position, keyOf(account, 'adjustment', event.adjustment));
      if (event.amount > 0) this.add(position, keyOf(account, 'lot', event.adjustment));
    }
    if (this.order.length >= this.lookAt && !this.looking) void this.forgetCounted();
  }

  private add(position: number, key: string): void {
    this.names.add(key);
    this.order.push({ position, key });
  }

  /** What the read models have counted they find themselves. While they stand still, everything is kept. */
  private async forgetCounted(): Promise<void> {
    this.looking = true;
    // A read store that is away has counted nothing that we can rely on.
    const counted = await this.watch.position().catch(() => 0);
    const left = this.order.findIndex(({ position }) => position > counted);
    for (const { key } of this.order.splice(0, left < 0 ? this.order.length : left)) this.names.delete(key);
    this.lookAt = this.order.length + KEPT;
    this.looking = false;
  }
}
