/**
 * What may be made to go wrong, for the next times. Of calls: the answer is lost after or before anything
 * was done, it says 500 before anything was done, it takes some milliseconds. Of notifications: sent twice,
 * never, some milliseconds later, after the one that follows. Of money: it comes with so many yen more, or
 * less.
 */
export const FAULTS = [
  'answer_lost',
  'call_lost',
  'error_before',
  'answer_delay',
  'notification_duplicate',
  'notification_lost',
  'notification_delay',
  'notification_reorder',
  'wrong_amount',
] as const;
export type Fault = (typeof FAULTS)[number];

interface Waiting {
  times: number;
  /** Milliseconds of a delay, yen of a wrong amount; 1 for the others. */
  readonly by: number;
}

/** Faults that were asked for and have not happened yet. */
export class Faults {
  private readonly waiting = new Map<Fault, Waiting>();

  ask(fault: Fault, times: number, by: number): void {
    if (times > 0) this.waiting.set(fault, { times, by });
    else this.waiting.delete(fault);
  }

  /** By how much it goes wrong this time; nothing when it goes well. */
  next(fault: Fault): number | undefined {
    const found = this.waiting.get(fault);
    if (!found) return undefined;
    found.times -= 1;
    if (found.times === 0) this.waiting.delete(fault);
    return found.by;
  }

  list(): { readonly fault: Fault; readonly times: number; readonly by: number }[] {
    return [...this.waiting].map(([fault, { times, by }]) => ({ fault, times, by }));
  }
}
