import type { Projection, StoredEvent } from '#kernel';
import { Overtaken, type ProjectionMove, type ReadStore, StoreUnavailable } from '#ports';
import { decodeEvent, projected } from '../engine/codecs.js';
import { RowBuffer } from './row-buffer.js';

/**
 * Batches of so many events are written in one transaction: one way to the server for all checkpoints, one
 * commit. Larger ones, as a rebuild has them, keep several connections of the server busy.
 */
const TOGETHER_AT_MOST = 250;

/** Who is told what became of a work, and where its rows go. */
export interface ConvoyParts {
  readonly readModels: ReadStore;
  /** Events of one transaction at most, 1..10,000. */
  readonly batchSize: number;
  counted(work: Work, batch: Batch): void;
  /** This one cannot go on; without a work nobody can, and what was taken and not counted is forgotten. */
  failed(work: Work | undefined, error: unknown): void;
}

/** Events that were counted together. */
export interface Batch {
  readonly from: number;
  readonly to: number;
  /** When the oldest of them was recorded. */
  readonly recordedAt: string;
}

/** One version of one projection on its way through the log. */
export class Work {
  /** Position of the last event whose changes were taken up. */
  taken: number;
  private readonly types: ReadonlySet<string>;
  private readonly rows: RowBuffer;
  private oldest: string | undefined;

  /** @param position of the last event that is counted */
  constructor(
    readonly projection: Projection,
    public position: number,
  ) {
    this.taken = position;
    this.types = new Set(projection.handles);
    this.rows = new RowBuffer(projection.tables);
  }

  handles({ type }: StoredEvent): boolean {
    return this.types.has(type);
  }

  /** @throws what the projection throws when it cannot digest an event */
  apply(stored: StoredEvent, event: unknown): void {
    this.projection.apply(projected(stored, event), this.rows);
  }

  /** Everything up to this event is taken up. */
  passed(first: StoredEvent, last: StoredEvent): void {
    this.oldest ??= first.meta.recordedAt;
    this.taken = last.position;
  }

  /** What was taken up and is not counted; undefined when there is nothing. It is handed out once. */
  drain(): (Batch & ProjectionMove) | undefined {
    const { projection, position: from, taken: to, oldest } = this;
    if (to === from || oldest === undefined) return undefined;
    this.oldest = undefined;
    return { projection, from, to, recordedAt: oldest, changes: this.rows.drain() };
  }
}

/** The log has a hole where a subscription promised none: nothing after it may be counted. */
export class GapInLog extends Error {
  override readonly name = 'GapInLog';
}

/** Trouble of the store, not of what was to be written. */
const isOfStore = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof Overtaken;

/**
 * Projections that go through the log together: an event is read and decoded once for all that stand at the
 * same position. While a batch is being written the next one grows: under load batches become large, without
 * load an event does not wait.
 */
export class Convoy {
  private readonly works: Set<Work>;
  /** Events taken up since the last batch went to be written. */
  private open = 0;
  private writing: Promise<void> | undefined;
  private roomFor: (() => void)[] = [];
  private ended = false;

  constructor(
    works: readonly Work[],
    private readonly parts: ConvoyParts,
  ) {
    this.works = new Set(works);
  }

  /** Where to begin: the last event that all have taken. */
  get after(): number {
    return Math.min(...[...this.works].map(work => work.taken));
  }

  /**
   * Takes events up when there is room for them in a batch.
   * @throws GapInLog when they do not follow on what was taken
   */
  async take(events: readonly StoredEvent[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    if (last.position - events[0]!.position !== events.length - 1)
      throw new GapInLog(`events ${events[0]!.position} to ${last.position} came with a gap`);
    while (!this.ended && this.open > 0 && this.open + events.length > this.parts.batchSize)
      await new Promise<void>(resolve => this.roomFor.push(resolve));
    if (this.ended) return;
    for (const [taken, works] of Map.groupBy(this.works, work => work.taken)) {
      if (taken >= last.position) continue;
      const fresh = taken < events[0]!.position ? events : events.filter(e => e.position > taken);
      if (fresh[0]!.position !== taken + 1)
        throw new GapInLog(`event ${fresh[0]!.position} came after event ${taken}`);
      this.hand(works, fresh);
    }
    this.open += events.length;
    this.writing ??= this.write();
  }

  private hand(works: readonly Work[], events: readonly StoredEvent[]): void {
    for (const stored of events) {
      let event: unknown = stored.fact;
      for (const work of works) {
        if (!work.handles(stored) || !this.works.has(work)) continue;
        try {
          event ??= decodeEvent(stored.stream, stored.type, stored.data);
          work.apply(stored, event);
        } catch (error) {
          // This one cannot digest the event; the others go on.
          this.drop(work, error);
        }
      }
    }
    for (const work of works) work.passed(events[0]!, events.at(-1)!);
  }

  /** Batch after batch until nothing is left that was taken up. */
  private async write(): Promise<void> {
    // Later than the take, so that a burst is one batch.
    await Promise.resolve();
    for (;;) {
      const batches = new Map<Work, Batch & ProjectionMove>();
      for (const work of this.works) {
        const batch = work.drain();
        if (batch) batches.set(work, batch);
      }
      const events = this.open;
      this.open = 0;
      this.makeRoom();
      if (batches.size === 0) break;
      await this.store(batches, events);
    }
    this.writing = undefined;
  }

  private async store(batches: ReadonlyMap<Work, Batch & ProjectionMove>, events: number): Promise<void> {
    const { readModels } = this.parts;
    if (!readModels.applyTogether || events > TOGETHER_AT_MOST) return this.storeApart(batches);
    try {
      await readModels.applyTogether([...batches.values()]);
    } catch (error) {
      if (isOfStore(error)) return this.halt(error);
      // The rows of one of them are wrong: find out whose, so that the others go on.
      return this.storeApart(batches);
    }
    for (const [work, batch] of batches) this.counted(work, batch);
  }

  /** Each in a transaction of its own, side by side. */
  private async storeApart(batches: ReadonlyMap<Work, Batch & ProjectionMove>): Promise<void> {
    const { readModels } = this.parts;
    let trouble: { readonly error: unknown } | undefined;
    const storeOne = async (work: Work, batch: Batch & ProjectionMove): Promise<void> => {
      try {
        await readModels.apply(work.projection, batch.from, batch.to, batch.changes);
        this.counted(work, batch);
      } catch (error) {
        if (isOfStore(error)) trouble ??= { error };
        else this.drop(work, error);
      }
    };
    await Promise.all([...batches].map(([work, batch]) => storeOne(work, batch)));
    if (trouble) this.halt(trouble.error);
  }

  private counted(work: Work, batch: Batch): void {
    work.position = batch.to;
    this.parts.counted(work, batch);
  }

  /** Takes no more; resolves when what was taken is written, or cannot be. */
  async end(): Promise<void> {
    this.ended = true;
    this.makeRoom();
    while (this.writing) await this.writing;
  }

  /** Leaves one behind. */
  private drop(work: Work, error: unknown): void {
    this.works.delete(work);
    this.parts.failed(work, error);
  }

  /** Leaves all behind: what is counted is in the store, the rest is read again. */
  private halt(error: unknown): void {
    this.ended = true;
    this.works.clear();
    this.makeRoom();
    this.parts.failed(undefined, error);
  }

  private makeRoom(): void {
    const { roomFor } = this;
    this.roomFor = [];
    for (const resolve of roomFor) resolve();
  }
}
