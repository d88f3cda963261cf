import { setTimeout as pause } from 'node:timers/promises';
import { Instant } from '#kernel';
import { PositionWatch } from './position-watch.js';
import { Convoy, Work } from './projection-convoy.js';
import { ProjectionJobs, reasonOf, type VersionAt } from './projection-jobs.js';
import { PROJECTIONS } from './read-models.js';
import type {
  ProjectionLag,
  ProjectionState,
  ProjectorParts,
  RunningProjections,
} from './run-projections.types.js';

const BATCH = 4_000;
/** Events taken up without a pause for anything else in the process. */
const AT_ONCE = 1_000;
const LOOK_MS = 1_000;
/** A batch that failed so often in a row is tried with half the events, but not with fewer than these. */
const SAME_BATCH_TRIES = 2;
const LEAST_BATCH = 10;
/** So many smaller batches are written before larger ones are tried again. */
const WELL_WRITTEN = 50;

class Projector implements RunningProjections {
  private readonly jobs: ProjectionJobs;
  private readonly watch: PositionWatch;
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private endCycle: (error?: unknown) => void = () => undefined;
  private progressed = false;
  private readonly lookMs: number;
  private readonly largestBatch: number;
  /** Events of one batch now, and how many of them were written since the cycle began. */
  private batchSize: number;
  private written = 0;

  constructor(private readonly parts: ProjectorParts) {
    const { projections = PROJECTIONS, readModels, lookMs = LOOK_MS, batchSize = BATCH } = parts;
    this.lookMs = lookMs;
    this.largestBatch = batchSize;
    this.batchSize = batchSize;
    this.watch = new PositionWatch(readModels, projections);
    this.jobs = new ProjectionJobs(parts, projections);
    this.running = this.run();
  }

  /** Cycle after cycle: take what work there is, follow the log until something changes. */
  private async run(): Promise<void> {
    let attempt = 0;
    while (!this.stopping.signal.aborted) {
      this.progressed = false;
      this.written = 0;
      try {
        const versions = await this.jobs.take();
        if (versions.length === 0) await this.sleepUntilLook();
        else await this.follow(versions);
        attempt = 0;
        if (this.written >= WELL_WRITTEN) this.batchSize = Math.min(2 * this.batchSize, this.largestBatch);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        if (this.progressed) attempt = 0;
        // One that takes the server longer than a statement may would fail for ever.
        if (attempt >= SAME_BATCH_TRIES && this.batchSize > LEAST_BATCH)
          this.batchSize = Math.max(LEAST_BATCH, this.batchSize >> 1);
        const retryMs = this.jobs.retryMs(attempt++);
        this.parts.observe?.({ kind: 'trouble', projection: null, reason: reasonOf(error), retryMs });
        await pause(retryMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async sleepUntilLook(): Promise<void> {
    const look = new AbortController();
    this.endCycle = () => look.abort();
    const signal = AbortSignal.any([look.signal, this.stopping.signal]);
    await pause(this.lookMs, undefined, { signal }).catch(() => undefined);
  }

  private convoyOf(works: readonly Work[], batchSize: number): Convoy {
    const { readModels, clock, observe } = this.parts;
    return new Convoy(works, {
      readModels,
      batchSize,
      counted: (work, { from, to, recordedAt }) => {
        this.progressed = true;
        const larger = ++this.written === WELL_WRITTEN && this.batchSize < this.largestBatch;
        if (this.jobs.counted(work) || larger) this.endCycle();
        if (!observe) return;
        const ms = Math.max(0, clock.now() - Instant.parse(recordedAt));
        observe({ kind: 'counted', projection: work.projection.name, to, events: to - from, ms });
      },
      failed: (work, error) => {
        if (work) this.jobs.setAside(work.projection, error);
        this.endCycle(work ? undefined : error);
      },
    });
  }

  /** Goes through the log with these until the cycle is ended. */
  private async follow(versions: readonly VersionAt[]): Promise<void> {
    const ended = new Promise<void>((resolve, reject) => {
      this.endCycle = error => (error === undefined ? resolve() : reject(error as Error));
    });
    // It may come when nobody waits any more.
    ended.catch(() => undefined);
    const works = versions.map(({ projection, position }) => new Work(projection, position));
    const { batchSize } = this;
    const { events } = this.parts;
    const convoy = this.convoyOf(works, batchSize);
    const subscription = events.subscribe(
      { after: convoy.after, batchSize: Math.min(batchSize, AT_ONCE) },
      batch => convoy.take(batch),
    );
    const looking = this.lookAround(works);
    if (this.stopping.signal.aborted) this.endCycle();
    try {
      await Promise.race([ended, subscription.ended, looking.changed]);
    } finally {
      looking.stop();
      await convoy.end();
      await subscription.stop();
    }
  }

  /** Resolves when there is other work than this; rejects when that cannot be found out. */
  private lookAround(works: readonly VersionAt[]): { changed: Promise<void>; stop(): void } {
    const stop = new AbortController();
    const { signal } = stop;
    const look = async (): Promise<void> => {
      do await pause(this.lookMs, undefined, { signal });
      while (!(await this.jobs.isOther(works)));
    };
    const changed = look();
    changed.catch(() => undefined);
    return { changed, stop: () => stop.abort() };
  }

  waitFor(position: number, timeoutMs: number): Promise<boolean> {
    return this.watch.waitFor(position, timeoutMs);
  }

  async lag(): Promise<ProjectionLag> {
    const { events, clock } = this.parts;
    const [position, head] = [await this.watch.position(), await events.headPosition()];
    if (position >= head) return { events: 0, ms: 0 };
    for await (const oldest of events.readAll({ from: position + 1, limit: 1 })) {
      const ms = Math.max(0, clock.now() - Instant.parse(oldest.meta.recordedAt));
      return { events: head - position, ms };
    }
    return { events: head - position, ms: 0 };
  }

  states(): readonly ProjectionState[] {
    return this.jobs.states();
  }

  lookNow(): void {
    this.endCycle();
  }

  resume(projection: string): void {
    if (this.jobs.resume(projection)) this.endCycle();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.endCycle();
    await this.running;
    await this.jobs.release();
  }
}

/**
 * Keeps read models up with the log, in any number of processes: each projection is worked on by one of them
 * at a time, another takes over when that one is gone. Each event counts once, in the transaction of the
 * checkpoint. New versions are built beside those that queries see, and switched when they have caught up.
 * Lost connections are tried again with growing pauses; a projection that cannot digest an event is parked
 * after some tries, with the reason, while the others go on.
 */
export const runProjections = (parts: ProjectorParts): RunningProjections => new Projector(parts);
