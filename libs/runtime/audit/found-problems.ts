import { type Filling, inBoth, problem, problemSaid, type SaidProblem, toldProblem } from '#kernel';
import { StoreUnavailable, wordsOf } from '#ports';
import type { FoundProblem } from './audit.shapes.js';
import { auditFindings, auditWords } from './findings.js';

/** Differences told one by one; the rest is counted. */
const PROBLEMS_TOLD = 20;

/** A finding as it is answered, of a row where it is of one. */
export const told = (said: SaidProblem, row: FoundProblem['row'] = null): FoundProblem => ({
  ...toldProblem(said),
  position: null,
  row,
});

/** What is wrong with the log from an event on. */
export function toldAt(position: number, said: SaidProblem): FoundProblem {
  const { ja, en } = inBoth(auditWords.atPosition, { position, problem: problemSaid(said) });
  return { ...toldProblem(said), problem: en, problemJa: ja, position, row: null };
}

/** What an audit has found. */
export class Problems {
  private readonly list: FoundProblem[] = [];
  private more = 0;

  add(said: SaidProblem, row?: FoundProblem['row']): void {
    if (this.list.length < PROBLEMS_TOLD) this.list.push(told(said, row));
    else this.more++;
  }

  /**
   * What cannot be read is a finding, and the rest is looked at. False when it was so.
   * @throws StoreUnavailable for a full disk: then nothing is known of the books
   */
  async reading(what: Filling | (() => Filling), read: () => Promise<void>): Promise<boolean> {
    try {
      await read();
      return true;
    } catch (error) {
      if (error instanceof StoreUnavailable && error.code === 'DISK_FULL') throw error;
      const name = typeof what === 'function' ? what() : what;
      this.add(problem(auditFindings.UNREADABLE, { what: name, said: wordsOf(error) }));
      return false;
    }
  }

  told(): readonly FoundProblem[] {
    if (this.more === 0) return this.list;
    return [...this.list, told(problem(auditFindings.MORE, { count: this.more }))];
  }
}
