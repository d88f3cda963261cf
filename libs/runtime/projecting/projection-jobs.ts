import { performance } from 'node:perf_hooks';
import type { Projection } from '#kernel';
import { Overtaken, type ProjectionCheckpoint, type ProjectionClaim, StoreUnavailable } from '#ports';
import { GapInLog } from './projection-convoy.js';
import { REBUILDS_AT_MOST } from './projections.js';
import type { ProjectionState, ProjectorParts } from './run-projections.types.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 10_000;
/** So often a projection that cannot digest an event is tried again before it is parked. */
const TRIES = 5;

/** What this process knows of its work on one projection, in all its versions. */
interface Job {
  readonly projection: Projection;
  phase: ProjectionState['phase'];
  reason: string | null;
  failures: number;
  /** Not before this moment of `performance.now()`. */
  notBefore: number;
  claim: ProjectionClaim | undefined;
  /** Queries see a version that had come as far as the log was at the start. */
  shown: boolean;
}

/** A version of a projection that is to be kept up, and how far it is. */
export interface VersionAt {
  readonly projection: Projection;
  readonly position: number;
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Trouble that passes, and says nothing against the projection. */
export const isPassing = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof Overtaken || error instanceof GapInLog;

/** The versions of one projection that this program can build: its own number and the rebuilds of it. */
const firstOf = ({ version }: Projection): number => version * REBUILDS_AT_MOST;

/** Which projections this process works on, in which versions, and which it had to set aside. */
export class ProjectionJobs {
  private readonly jobs: readonly Job[];
  /** Position of the log's last event when this began. */
  private head = 0;
  private headKnown = false;

  constructor(
    private readonly parts: ProjectorParts,
    projections: readonly Projection[],
  ) {
    this.jobs = projections.map(projection => ({
      projection,
      phase: 'elsewhere',
      reason: null,
      failures: 0,
      notBefore: 0,
      claim: undefined,
      shown: false,
    }));
  }

  retryMs(attempt: number): number {
    const { firstRetryMs = FIRST_RETRY_MS, longestRetryMs = LONGEST_RETRY_MS } = this.parts;
    return Math.min(firstRetryMs * 2 ** Math.min(attempt, 30), longestRetryMs);
  }

  /** Claims what nobody else has, creates and switches versions, and gives what is to be kept up. */
  async take(): Promise<VersionAt[]> {
    if (!this.headKnown) this.head = await this.parts.events.headPosition();
    this.headKnown = true;
    const found: VersionAt[] = [];
    for (const job of this.jobs) if (await this.claimed(job)) found.push(...(await this.versionsOf(job)));
    return found;
  }

  private async claimed(job: Job): Promise<boolean> {
    if (job.phase === 'parked' || job.phase === 'superseded' || job.notBefore > performance.now())
      return false;
    const { readModels } = this.parts;
    if (readModels.claim && !job.claim?.held()) {
      job.claim = await readModels.claim(job.projection.name);
      if (!job.claim) {
        job.phase = 'elsewhere';
        return false;
      }
    }
    job.phase = 'running';
    job.reason = null;
    return true;
  }

  private async checkpointsOf({ name }: Projection): Promise<ProjectionCheckpoint[]> {
    const all = await this.parts.readModels.checkpoints();
    return all.filter(row => row.projection === name).sort((a, b) => a.version - b.version);
  }

  /** What queries see, and what is built beside it; switched when the newest has caught up. */
  private async versionsOf(job: Job): Promise<VersionAt[]> {
    const { projection } = job;
    const { readModels, observe } = this.parts;
    const first = firstOf(projection);
    let rows = await this.checkpointsOf(projection);
    if (rows.some(row => row.version >= first + REBUILDS_AT_MOST)) {
      job.phase = 'superseded';
      job.reason = 'a newer program keeps a later version of this read model';
      await job.claim?.release();
      return [];
    }
    if (!rows.some(row => row.version >= first)) {
      await readModels.prepare({ ...projection, version: first });
      rows = await this.checkpointsOf(projection);
    }
    const [oldest, newest] = [rows[0]!, rows.at(-1)!];
    const due = newest.position >= Math.max(oldest.position, job.shown ? 0 : this.head);
    if (due && (rows.length > 1 || !job.shown)) {
      await readModels.activate({ ...projection, version: newest.version });
      job.shown = true;
      observe?.({ kind: 'switched', projection: projection.name, version: newest.version });
      rows = [newest];
    }
    return rows
      .filter(row => row.version >= first)
      .map(({ version, position }) => ({ projection: { ...projection, version }, position }));
  }

  /** Something was counted. True when that was all there was at the start: it is time to show the version. */
  counted({ projection, position }: VersionAt): boolean {
    const job = this.jobOf(projection);
    job.failures = 0;
    return !job.shown && position >= this.head;
  }

  /** One projection cannot go on: the others do. */
  setAside(projection: Projection, error: unknown): void {
    const job = this.jobOf(projection);
    const { observe } = this.parts;
    const { name } = projection;
    const reason = reasonOf(error);
    job.reason = reason;
    job.failures++;
    if (job.failures >= TRIES) {
      job.phase = 'parked';
      observe?.({ kind: 'parked', projection: name, reason });
      return;
    }
    const retryMs = this.retryMs(job.failures);
    job.phase = 'retrying';
    job.notBefore = performance.now() + retryMs;
    observe?.({ kind: 'trouble', projection: name, reason, retryMs });
  }

  /** There is other work than these: left by another process, or a version built beside. */
  async isOther(works: readonly VersionAt[]): Promise<boolean> {
    const { readModels } = this.parts;
    const rows = await readModels.checkpoints();
    for (const job of this.jobs) {
      const { name } = job.projection;
      if (job.phase !== 'running') {
        if (await this.claimed(job)) return true;
        continue;
      }
      if (readModels.claim && !job.claim?.held()) return true;
      const mine = works.filter(work => work.projection.name === name);
      const there = rows.filter(row => row.projection === name && row.version >= firstOf(job.projection));
      if (there.length !== mine.length) return true;
      // The newest version built beside has caught up: it is time to switch to it.
      const [old, fresh] = [mine[0], mine.at(-1)];
      if (old && fresh && fresh !== old && fresh.position >= old.position) return true;
    }
    return false;
  }

  /** Lets a parked projection be tried again; false when it is not parked. */
  resume(projection: string): boolean {
    const job = this.jobs.find(one => one.projection.name === projection && one.phase === 'parked');
    if (job) Object.assign(job, { phase: 'retrying', failures: 0, notBefore: 0 });
    return job !== undefined;
  }

  states(): readonly ProjectionState[] {
    return this.jobs.map(({ projection, phase, reason }) => ({ projection: projection.name, phase, reason }));
  }

  async release(): Promise<void> {
    await Promise.all(this.jobs.map(job => job.claim?.release()));
  }

  private jobOf({ name }: Projection): Job {
    return this.jobs.find(job => job.projection.name === name)!;
  }
}
