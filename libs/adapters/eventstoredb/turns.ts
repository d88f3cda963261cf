/** A place in the queues of several keys at once. */
export interface Turn {
  /** True when nobody was there before. */
  readonly free: boolean;
  /** Resolves when all who came before on one of the keys have left. */
  readonly come: Promise<void>;
  leave(): void;
}

const NOBODY: Promise<void> = Promise.resolve();

/**
 * Lets those through one after another who share a key, in the order in which they entered; the others at the
 * same time. Each waits only for who came earlier, so no two can wait for each other.
 */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  enter(names: readonly string[]): Turn {
    // A key named twice must not wait for itself.
    const keys = new Set(names);
    let leave: () => void = () => undefined;
    const left = new Promise<void>(resolve => {
      leave = resolve;
    });
    const before = new Set<Promise<void>>();
    for (const key of keys) {
      const previous = this.last.get(key);
      if (previous) before.add(previous);
      this.last.set(key, left);
    }
    return {
      free: before.size === 0,
      come: before.size === 0 ? NOBODY : Promise.all(before).then(() => undefined),
      leave: () => {
        for (const key of keys) if (this.last.get(key) === left) this.last.delete(key);
        leave();
      },
    };
  }
}
