import { problem } from '#kernel';
import { type AppendRequest, type AppendResult, StoreUnavailable, storeProblems } from '#ports';

/** So many events may wait for their transaction; more is refused, so that memory has a limit. */
const WAITING_EVENTS_MAX = 2_000_000;
/**
 * A transaction takes waiting calls until it holds so many events; the next one follows in the next turn of
 * the loop.
 */
const EVENTS_PER_COMMIT = 10_000;

interface Call {
  readonly requests: readonly AppendRequest[];
  readonly events: number;
  readonly resolve: (results: AppendResult[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Group commit: calls that arrive in the same turn of the event loop share one transaction and one fsync; a
 * lone call waits for no timer. When a shared transaction fails because of what one call brought (a
 * projector's error), each call is tried alone, so that only the guilty one fails.
 */
export class GroupCommit {
  private waiting: Call[] = [];
  private waitingEvents = 0;
  private scheduled = false;

  /** @param commit stores requests in one transaction, or throws and stores nothing */
  constructor(private readonly commit: (requests: readonly AppendRequest[]) => AppendResult[]) {}

  submit(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    let events = 0;
    for (const request of requests) events += request.events.length;
    if (this.waitingEvents + events > WAITING_EVENTS_MAX && this.waitingEvents > 0) {
      return Promise.reject(new StoreUnavailable('UNAVAILABLE', problem(storeProblems.TOO_MANY_APPENDS)));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ requests, events, resolve, reject });
      this.waitingEvents += events;
      this.schedule();
    });
  }

  /** Commits everything that waits, now. */
  drain(): void {
    while (this.waiting.length > 0) this.flush();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
      if (this.waiting.length > 0) this.schedule();
    });
  }

  private flush(): void {
    let events = 0;
    let count = 0;
    while (count < this.waiting.length && (count === 0 || events < EVENTS_PER_COMMIT))
      events += this.waiting[count++]!.events;
    const calls = this.waiting.splice(0, count);
    this.waitingEvents -= events;
    if (calls.length > 0) this.commitCalls(calls);
  }

  private commitCalls(calls: readonly Call[]): void {
    let results: AppendResult[];
    try {
      results = this.commit(calls.length === 1 ? calls[0]!.requests : calls.flatMap(call => call.requests));
    } catch (error) {
      if (calls.length === 1 || error instanceof StoreUnavailable)
        for (const call of calls) call.reject(error);
      else for (const call of calls) this.commitCalls([call]);
      return;
    }
    let at = 0;
    for (const call of calls) call.resolve(results.slice(at, (at += call.requests.length)));
  }
}
