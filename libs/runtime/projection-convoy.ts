import type { Projection, StoredEvent } from '#kernel';
import type { ReadStore, RowChange } from '#ports';
import { changesOf } from './projections.js';

/** Batches that wait behind the one that is being written: decoding goes on meanwhile, memory stays small. */
const WAITING_AT_MOST = 2;

interface Batch {
  readonly from: number;
  to: number;
  changes: readonly RowChange[];
  readonly recordedAt: string;
}

/** One version of one projection on its way through the log. */
export class Work {
  /** Position of the last event whose changes were handed over to be written. */
  taken: number;
  private readonly waiting: Batch[] = [];
  private writing: Promise<void> | undefined;
  private roomFor: (() => void)[] = [];
  private stopped = false;

  /** @param position of the last event that is counted */
  constructor(
    readonly projection: Projection,
    public position: number,
    private readonly parts: {
      readonly readModels: ReadStore;
      counted(work: Work, batch: { from: number; to: number; recordedAt: string }): void;
      failed(work: Work, error: unknown): void;
    },
  ) {
    this.taken = position;
  }

  /** Hands over what comes after `taken`. */
  push(to: number, changes: readonly RowChange[], recordedAt: string): void {
    if (this.stopped) return;
    const last = this.waiting.at(-1);
    // Most projections are not concerned by most batches: those share one move of the checkpoint.
    if (last && (last.changes.length === 0 || changes.length === 0)) {
      last.to = to;
      if (changes.length > 0) last.changes = changes;
    } else {
      this.waiting.push({ from: this.taken, to, changes, recordedAt });
    }
    this.taken = to;
    this.writing ??= this.write();
  }

  /** Resolves when there is room for another batch. */
  async room(): Promise<void> {
    if (!this.stopped && this.waiting.length >= WAITING_AT_MOST)
      await new Promise<void>(resolve => this.roomFor.push(resolve));
  }

  /** Takes nothing more and forgets what waits; resolves when the write under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.length = 0;
    this.makeRoom();
    await this.writing;
  }

  /** Resolves when everything that was handed over is written, or cannot be. */
  async drained(): Promise<void> {
    while (this.writing) await this.writing;
  }

  private async write(): Promise<void> {
    // Later than the push, so that a burst of empty batches is one.
    await Promise.resolve();
    for (let batch = this.waiting.shift(); batch && !this.stopped; batch = this.waiting.shift()) {
      this.makeRoom();
      try {
        await this.parts.readModels.apply(this.projection, batch.from, batch.to, batch.changes);
      } catch (error) {
        this.stopped = true;
        this.waiting.length = 0;
        this.makeRoom();
        this.parts.failed(this, error);
        break;
      }
      this.position = batch.to;
      this.parts.counted(this, batch);
    }
    this.writing = undefined;
  }

  private makeRoom(): void {
    const { roomFor } = this;
    this.roomFor = [];
    for (const resolve of roomFor) resolve();
  }
}

/** The log has a hole where a subscription promised none: nothing after it may be counted. */
export class GapInLog extends Error {
  override readonly name = 'GapInLog';
}

/**
 * Projections that go through the log together: an event is read and decoded once for all that stand at the
 * same position. Each is written in transactions of its own, side by side.
 */
export class Convoy {
  private readonly works: Set<Work>;
  private ended = false;

  constructor(
    works: readonly Work[],
    private readonly failed: (work: Work, error: unknown) => void,
  ) {
    this.works = new Set(works);
  }

  /** Where to begin: the last event that all have taken. */
  get after(): number {
    return Math.min(...[...this.works].map(work => work.taken));
  }

  /** @throws GapInLog when the events do not follow on what was taken */
  async take(events: readonly StoredEvent[]): Promise<void> {
    const last = events.at(-1);
    if (!last || this.ended) return;
    if (last.position - events[0]!.position !== events.length - 1)
      throw new GapInLog(`events ${events[0]!.position} to ${last.position} came with a gap`);
    const groups = Map.groupBy(this.works, work => work.taken);
    for (const [taken, works] of groups) {
      if (taken >= last.position) continue;
      const fresh = taken < events[0]!.position ? events : events.filter(e => e.position > taken);
      if (fresh[0]!.position !== taken + 1)
        throw new GapInLog(`event ${fresh[0]!.position} came after event ${taken}`);
      this.hand(works, fresh, last);
    }
    await Promise.all([...this.works].map(work => work.room()));
  }

  private hand(works: readonly Work[], events: readonly StoredEvent[], last: StoredEvent): void {
    let results: ReturnType<typeof changesOf>;
    try {
      results = changesOf(
        works.map(work => work.projection),
        events,
      );
    } catch (error) {
      // One of them cannot digest an event: find out which, so that the others go on.
      if (works.length > 1) for (const work of works) this.hand([work], events, last);
      else this.drop(works[0]!, error);
      return;
    }
    for (const [at, work] of works.entries())
      work.push(last.position, results[at]!.changes, last.meta.recordedAt);
  }

  /** Takes no more; resolves when what was taken is written. */
  async end(): Promise<void> {
    this.ended = true;
    await Promise.all([...this.works].map(work => work.drained()));
  }

  /** Leaves one behind. */
  private drop(work: Work, error: unknown): void {
    this.works.delete(work);
    void work.stop();
    this.failed(work, error);
  }
}
