/**
 * The same seed gives the same numbers on every machine: the example is the same for everybody
 * (mulberry32).
 */
export class Random {
  #state: number;

  constructor(seed: string) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
    this.#state = hash >>> 0;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** True in so many of a thousand cases. */
  perMille(cases: number): boolean {
    return this.below(1000) < cases;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** So many random digits. */
  digits(count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += this.below(10);
    return text;
  }

  /** Mostly small, sometimes large: 0 to `limit` - 1 with the square of a uniform number. */
  skewed(limit: number): number {
    const tenThousandths = this.below(10_000);
    return Math.floor((tenThousandths * tenThousandths * limit) / 100_000_000);
  }
}
