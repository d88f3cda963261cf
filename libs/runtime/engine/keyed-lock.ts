/** One holder per key at a time, in the order of asking. Keys without holder or waiter take no memory. */
export class KeyedLock {
  private readonly tails = new Map<string, Promise<void>>();

  /** Waits for the key; the returned function gives it back and may be called once. */
  async acquire(key: string): Promise<() => void> {
    const before = this.tails.get(key);
    let release!: () => void;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const tail = before ? before.then(() => held) : held;
    this.tails.set(key, tail);
    if (before) await before;
    return () => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
      release();
    };
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const release = await this.acquire(key);
    try {
      return await work();
    } finally {
      release();
    }
  }
}
