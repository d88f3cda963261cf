import { type AccountId, BusinessMonth } from '#kernel';
import { type NamedThing, walletStream } from '#ledger';
import { NO_STREAM, type ReadStore } from '#ports';
import type { PositionWatch } from '../projecting/position-watch.js';
import type { OpenSegment } from './wallet-segments.js';
import { runningWallet, type Wallets } from './wallets.js';

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
    private readonly readModels: ReadStore,
    /** How far the read models are; none where they change together with the log. */
    private readonly watch: PositionWatch | undefined,
  ) {}

  /** Asked by who holds the wallet's lock, with the segment that will be decided on. */
  async before(account: AccountId, name: string, segment: OpenSegment): Promise<NamedThing[]> {
    // First: what is counted meanwhile is found below.
    const uncounted = this.watch ? await this.uncounted(this.watch, account, name, segment) : [];
    const { db } = this.readModels;
    const lot = await db
      .selectFrom('lots')
      .select('lot')
      .where('account', '=', account)
      .where('lot', '=', name)
      .executeTakeFirst();
    const rows = await db
      .selectFrom('prepaid_history')
      .select('item')
      .distinct()
      .where('account', '=', account)
      .where('ref', '=', name)
      .where('item', 'in', Object.keys(IN_HISTORY))
      .execute();
    const others = (rows as { item: string }[]).map(({ item }) => IN_HISTORY[item]!);
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
    const counted = await watch.position();
    if ((await this.positionOf(segment.stream, 0)) <= counted) return [];
    const found: NamedThing[] = [];
    const first = (await this.wallets.firstMonth(account)) ?? segment.month;
    for (let back = 1; BusinessMonth.plus(segment.month, -back) >= first; back++) {
      const month = BusinessMonth.plus(segment.month, -back);
      const stream = walletStream(account, month);
      const { state, revision } = await this.wallets.runner.load(runningWallet, stream);
      if (revision === NO_STREAM) continue;
      if ((await this.positionOf(stream, revision)) <= counted) break;
      if (state.phase !== 'unopened') found.push(...state.named.of(name));
    }
    return found;
  }

  private async positionOf(stream: string, revision: number): Promise<number> {
    const { events } = this.wallets.runner;
    for await (const { position } of events.readStream(stream, { from: revision, limit: 1 })) return position;
    // It is begun together with the decision.
    return Number.MAX_SAFE_INTEGER;
  }
}
