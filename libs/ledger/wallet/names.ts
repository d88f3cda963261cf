/** What gets a name in a wallet. An adjustment that adds value is a lot of the same name. */
export type NamedThing = 'lot' | 'adjustment' | 'reversal';

/**
 * Names stay taken for ever: they stand in the history, and `explain` must lead to one thing. The books know
 * the names of their own month and of the lots that they still have. The streams of earlier months are
 * closed: what was named in them is a fact that cannot change between its reading and the decision.
 */
export interface NameFacts {
  /** What had the name in an earlier month of this wallet; nothing when nothing had. */
  readonly takenBefore: readonly NamedThing[];
}

const THINGS: readonly NamedThing[] = ['lot', 'adjustment', 'reversal'];

/** The names that were given in one month of a wallet. */
export class Names {
  private readonly given = new Set<string>();

  add(thing: NamedThing, name: string): void {
    this.given.add(`${thing} ${name}`);
  }

  has(thing: NamedThing, name: string): boolean {
    return this.given.has(`${thing} ${name}`);
  }

  /** All things that have this name. */
  of(name: string): readonly NamedThing[] {
    return THINGS.filter(thing => this.has(thing, name));
  }
}
