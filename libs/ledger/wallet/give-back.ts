import { type BusinessDay, Money } from '#kernel';
import { type Returned, sumOf } from './drawing.js';
import type { LotFacts, LotPart } from './wallet.facts.js';
import type { Books, Part } from './wallet.state.js';

/** What came back in the end: parts + expired + unreturned = the amount. */
export interface GivenBack extends Returned {
  readonly unreturned: Money;
  /** Lots among `parts` that had left the wallet empty. */
  readonly revived: readonly LotFacts[];
}

/**
 * Value on its way back to the lots that it was drawn from, one list of lots after another. No lot takes more
 * than was once credited to it.
 */
export class GiveBack {
  private readonly room = new Map<string, Money>();
  private readonly parts = new Map<string, LotPart>();
  private readonly expired = new Map<string, LotPart>();
  /** Some lot of this wallet, to name where breakage comes from. */
  private named: Pick<LotPart, 'lot' | 'kind'> | undefined;

  constructor(
    private readonly books: Books,
    private readonly day: BusinessDay,
    /** What has not found a lot yet. */
    public left: Money,
    /** Lots that may have left the wallet empty. */
    private readonly facts: ReadonlyMap<string, LotFacts>,
  ) {}

  /** To these lots, first to last, each up to its part. */
  to(list: Iterable<LotPart>): this {
    const { parts, expired } = this.take(list, this.left);
    for (const part of parts) add(this.parts, part);
    for (const part of expired) add(this.expired, part);
    return this;
  }

  /** The same for another event of the decision: up to `most`. */
  take(list: Iterable<LotPart>, most: Money): Returned {
    const taken: { parts: LotPart[]; expired: LotPart[] } = { parts: [], expired: [] };
    let left = Money.min(most, this.left);
    for (const { lot, kind, amount } of list) {
      if (left === 0) break;
      this.named = { lot, kind };
      const room = this.roomOf(lot);
      const size = Money.min(Money.min(left, amount), room);
      if (size === 0) continue;
      this.room.set(lot, Money.subtract(room, size));
      left = Money.subtract(left, size);
      this.left = Money.subtract(this.left, size);
      taken[this.day <= this.expiryOf(lot) ? 'parts' : 'expired'].push({ lot, kind, amount: size });
    }
    return taken;
  }

  /** To whatever lot was spent and is valid, the one that was issued last first. */
  toSpentLots(): this {
    if (this.left === 0) return this;
    const known = [...this.books.byId.values()].map(({ id: lot, kind, issuedAt, expiresOn, credited }) => ({
      lot,
      kind,
      issuedAt,
      expiresOn,
      credited,
    }));
    const gone = [...this.facts.values()].filter(({ lot }) => !this.books.byId.has(lot));
    const lots = [...known, ...gone]
      .filter(({ expiresOn }) => this.day <= expiresOn)
      .sort((a, b) => b.issuedAt - a.issuedAt || (a.lot < b.lot ? 1 : -1));
    return this.to(lots.map(({ lot, kind, credited }) => ({ lot, kind, amount: credited })));
  }

  /**
   * The rest was paid by lots that have expired, so it is breakage; what no lot has paid at all, since the
   * close of a month had rounded it away, comes back to nobody.
   */
  result(): GivenBack {
    const parts = [...this.parts.values()];
    const given = Money.add(sumOf(parts), sumOf([...this.expired.values()]));
    const paid = Money.max(Money.zero, Money.subtract(this.books.netDrawn, given));
    const breakage = this.named ? Money.min(this.left, paid) : Money.zero;
    if (this.named && breakage > 0) add(this.expired, { ...this.named, amount: breakage });
    return {
      parts,
      expired: [...this.expired.values()],
      unreturned: Money.subtract(this.left, breakage),
      revived: parts.filter(({ lot }) => !this.books.byId.has(lot)).map(({ lot }) => this.facts.get(lot)!),
    };
  }

  private roomOf(id: string): Money {
    const asked = this.room.get(id);
    if (asked !== undefined) return asked;
    const lot = this.books.byId.get(id);
    if (lot !== undefined) return Money.subtract(lot.credited, lot.posted);
    return this.facts.get(id)?.credited ?? Money.zero;
  }

  private expiryOf(id: string): BusinessDay {
    return (this.books.byId.get(id) ?? this.facts.get(id)!).expiresOn;
  }
}

function add(parts: Map<string, LotPart>, part: LotPart): void {
  const before = parts.get(part.lot)?.amount ?? Money.zero;
  parts.set(part.lot, { ...part, amount: Money.add(before, part.amount) });
}

/** The lots of a list of the books, the one that was named last first. */
export const lastFirst = (list: readonly Part[]): LotPart[] =>
  [...list].reverse().map(({ lot, amount }) => ({ lot: lot.id, kind: lot.kind, amount }));
