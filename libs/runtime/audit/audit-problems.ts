import { StoreUnavailable } from '#ports';

/** Differences told one by one; the rest is counted. */
const PROBLEMS_TOLD = 20;

/** What an audit has found, told in words. */
export class Problems {
  private readonly list: string[] = [];
  private more = 0;

  add(problem: string): void {
    if (this.list.length < PROBLEMS_TOLD) this.list.push(problem);
    else this.more++;
  }

  /**
   * What cannot be read is a finding, and the rest is looked at. False when it was so.
   * @throws StoreUnavailable for a full disk: then nothing is known of the books
   */
  async reading(what: string | (() => string), read: () => Promise<void>): Promise<boolean> {
    try {
      await read();
      return true;
    } catch (error) {
      if (error instanceof StoreUnavailable && error.code === 'DISK_FULL') throw error;
      const name = typeof what === 'string' ? what : what();
      this.add(`${name}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  told(): string[] {
    return this.more === 0 ? this.list : [...this.list, `and ${this.more} more`];
  }
}
