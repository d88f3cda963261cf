interface Limits {
  /** Pieces that wait, of all together. */
  readonly waiting: number;
  /** Pieces that wait, of one who asks. */
  readonly waitingOfOne: number;
  /** Pieces of one who asks that are under way at once. */
  readonly runningOfOne: number;
}

interface Owner<Job> {
  readonly jobs: Job[];
  running: number;
}

/** A queue in which those who ask take turns: the one who was served last comes last. */
export class FairQueue<Job> {
  private readonly owners = new Map<string, Owner<Job>>();
  private waiting = 0;

  constructor(private readonly limits: Limits) {}

  /** False when too many wait already. */
  add(whose: string, job: Job): boolean {
    const owner = this.owners.get(whose) ?? { jobs: [], running: 0 };
    if (this.waiting >= this.limits.waiting || owner.jobs.length >= this.limits.waitingOfOne) return false;
    this.owners.set(whose, owner);
    owner.jobs.push(job);
    this.waiting++;
    return true;
  }

  /** The next job of whom it is the turn of, to be told of by `done` when it has ended. */
  next(): { readonly whose: string; readonly job: Job } | undefined {
    for (const [whose, owner] of this.owners) {
      if (owner.jobs.length === 0 || owner.running >= this.limits.runningOfOne) continue;
      const job = owner.jobs.shift()!;
      owner.running++;
      this.waiting--;
      this.owners.delete(whose);
      this.owners.set(whose, owner);
      return { whose, job };
    }
    return undefined;
  }

  done(whose: string): void {
    const owner = this.owners.get(whose);
    if (!owner) return;
    owner.running--;
    if (owner.running === 0 && owner.jobs.length === 0) this.owners.delete(whose);
  }

  /** Empties the queue. @returns what waited */
  drain(): Job[] {
    const left = [...this.owners.values()].flatMap(owner => owner.jobs.splice(0));
    this.waiting = 0;
    return left;
  }
}
