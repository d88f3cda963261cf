import type { AccountId, BusinessDay } from '#kernel';
import { issuedAtOf, type LotFacts, walletEvents } from '#ledger';
import { NO_STREAM } from '#ports';
import type { PositionWatch } from '../projecting/position-watch.js';
import type { ReadModels } from '../projecting/read-models.js';
import { lotsToReturnTo } from './prepaid.queries.js';
import { positionOf, uncountedMonths } from './uncounted-months.js';
import type { OpenSegment } from './wallet-segments.js';
import type { Wallets } from './wallets.js';

/** Where value may come back to: asked by who holds the wallet's lock, with the segment to decide on. */
interface Asked {
  readonly account: AccountId;
  readonly segment: OpenSegment;
  /** Lots that were spent, in part at least, and are valid on this day. */
  readonly day: BusinessDay;
  /** These as well, whatever became of them. */
  readonly named?: readonly string[];
}

/**
 * What is known of lots for ever, spent or not: a wallet forgets a spent lot, and needs its facts again when
 * something comes back to it. Read models that are behind do not know them all: what they have not counted is
 * read from the wallet's own streams, or value would be breakage that has a lot to go to.
 */
export class SpentLots {
  constructor(
    private readonly wallets: Wallets,
    private readonly readModels: ReadModels,
    /** How far the read models are; none where they change together with the log. */
    private readonly watch: PositionWatch | undefined,
  ) {}

  async of({ account, segment, day, named = [] }: Asked): Promise<LotFacts[]> {
    // First: what is counted meanwhile is found below.
    const uncounted = this.watch ? await this.uncounted(this.watch, account, segment) : [];
    const counted = await lotsToReturnTo(this.readModels, { account, day, named });
    return [...new Map([...uncounted, ...counted].map(facts => [facts.lot, facts])).values()];
  }

  /** Every lot that the months name which the read models do not know to their end. */
  private async uncounted(
    watch: PositionWatch,
    account: AccountId,
    segment: OpenSegment,
  ): Promise<LotFacts[]> {
    const position = await watch.position();
    const { stream, revision } = segment;
    const isBegun = revision !== NO_STREAM;
    if (isBegun && (await positionOf(this.wallets, stream, revision)) <= position) return [];
    const closed = await uncountedMonths(this.wallets, account, segment, position);
    const found: LotFacts[] = [];
    for (const one of [...(isBegun ? [stream] : []), ...closed.map(month => month.stream)])
      found.push(...(await this.lotsIn(one)));
    return found;
  }

  private async lotsIn(stream: string): Promise<LotFacts[]> {
    const found: LotFacts[] = [];
    for await (const stored of this.wallets.runner.events.readStream(stream)) {
      const event = walletEvents.codec.decode(stored.type, JSON.parse(stored.data));
      if (event.type === 'LotCredited') {
        const { lot, kind, expiresOn, amount: credited } = event;
        found.push({ lot, kind, issuedAt: issuedAtOf(event), expiresOn, credited });
      }
      if (event.type === 'Adjusted' && event.amount > 0) {
        const { adjustment: lot, expiresOn, amount: credited } = event;
        found.push({ lot, kind: 'bonus', issuedAt: issuedAtOf(event), expiresOn: expiresOn!, credited });
      }
      if (event.type === 'WalletOpened')
        for (const { id: lot, kind, issuedAt, expiresOn, credited } of event.carried?.lots ?? [])
          found.push({ lot, kind, issuedAt, expiresOn, credited });
    }
    return found;
  }
}
