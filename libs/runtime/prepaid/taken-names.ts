import type { AccountId } from '#kernel';
import type { NamedThing } from '#ledger';
import type { PositionWatch } from '../projecting/position-watch.js';
import type { ReadModels } from '../projecting/read-models.js';
import { itemsNamed, lotOf } from './prepaid.queries.js';
import { uncountedMonths } from './uncounted-months.js';
import type { OpenSegment } from './wallet-segments.js';
import type { Wallets } from './wallets.js';

/** How the history calls the things that have a name; lots have a table of their own. */
const IN_HISTORY: Readonly<Record<string, NamedThing>> = { adjustment: 'adjustment', reversal: 'reversal' };

/**
 * What had a name in the earlier months of a wallet, as a fact for a decision on its present month. Those
 * streams are closed, so nothing can be named in them between this answer and the decision, whoever decides
 * beside us; the present month's names the wallet knows itself.
 */
export class TakenNames {
  constructor(
    private readonly wallets: Wallets,
    private readonly readModels: ReadModels,
    /** How far the read models are; none where they change together with the log. */
    private readonly watch: PositionWatch | undefined,
  ) {}

  /** Asked by who holds the wallet's lock, with the segment that will be decided on. */
  async before(account: AccountId, name: string, segment: OpenSegment): Promise<NamedThing[]> {
    // First: what is counted meanwhile is found below.
    const uncounted = this.watch ? await this.uncounted(this.watch, account, name, segment) : [];
    const lot = await lotOf(this.readModels, account, name);
    const rows = await itemsNamed(this.readModels, account, { name, items: Object.keys(IN_HISTORY) });
    const others = rows.map(({ item }) => IN_HISTORY[item]!);
    return [...new Set<NamedThing>([...uncounted, ...(lot ? ['lot' as const] : []), ...others])];
  }

  /**
   * By the closed months that the read models have not counted to their end, from their own streams: mostly
   * none, the last one just after a wallet's month was turned.
   */
  private async uncounted(
    watch: PositionWatch,
    account: AccountId,
    name: string,
    segment: OpenSegment,
  ): Promise<NamedThing[]> {
    const months = await uncountedMonths(this.wallets, account, segment, await watch.position());
    return months.flatMap(({ state }) => (state.phase === 'unopened' ? [] : state.named.of(name)));
  }
}
