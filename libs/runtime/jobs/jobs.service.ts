import { type AccountId, type BusinessDay, Instant, rejected } from '#kernel';
import { type DoJobAct, type JobAct, jobAct, jobActEvents, jobStream } from '#operations';
import {
  type Clock,
  type EventStore,
  JOB_STATES,
  type JobId,
  type JobQueue,
  type JobState,
  type JobView,
} from '#ports';
import { answered } from '../engine/answered.js';
import { stepOf } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import { CommandRunner } from '../engine/run-command.js';
import type { Notices } from '../notices/notices.service.js';
import type { Parties } from '../parties/parties.service.js';
import type { Answer, Caller, JobFigures, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { JobFactsReader } from './job-facts.js';
import type { JobRow } from './jobs.shapes.js';
import type { JobFacts } from './plan-jobs.js';
import { jobServiceRefusals } from './refusals.js';

const rowOf = (job: JobView): JobRow => ({
  job: `${job.name}/${job.key}`,
  name: job.name,
  key: job.key,
  state: job.state,
  dueAt: Instant.text(job.dueAt),
  attempts: job.attempts,
  attemptsAtMost: job.attemptsAtMost,
  progress: job.progress,
  reason: job.reason,
  payload: job.payload,
  createdAt: Instant.text(job.createdAt),
});

const noStates = (): Record<JobState, number> => ({ waiting: 0, active: 0, parked: 0, done: 0 });

/** The place of a job in the list: newest due first, then by name and key. */
const placeOf = (job: JobView): readonly [number, string] => [job.dueAt, `${job.name}/${job.key}`];
const isAfter = (job: JobView, [dueAt, id]: readonly (string | number)[]): boolean =>
  job.dueAt < Number(dueAt) || (job.dueAt === dueAt && placeOf(job)[1] > String(id));

const GONE_ON = rejected(jobServiceRefusals.JOB_HAS_GONE_ON);

const runningJobAct = { decider: jobAct, codec: jobActEvents.codec };

/** Jobs as staff see them, and what they are planned from. */
export class Jobs {
  private readonly reader: JobFactsReader;
  private readonly runner: CommandRunner;

  constructor(
    private readonly queue: () => JobQueue,
    private readonly parts: {
      readonly events: EventStore;
      readonly readModels: ReadModels;
      readonly clock: Clock;
      readonly facts: Facts;
      readonly notices: Pick<Notices, 'due'>;
      readonly parties: Pick<Parties, 'left'>;
    },
  ) {
    const { events, readModels, facts, notices, parties } = parts;
    this.reader = new JobFactsReader(events, readModels, facts, notices, parties);
    // Acts of people are rare and their streams are nobody else's: it looks at the log each time.
    this.runner = new CommandRunner(parts.events, parts.clock, true);
  }

  /** Newest due first. */
  async list(request?: PageRequest & { state?: JobState; name?: string }): Promise<Page<JobRow>> {
    const limit = limitOf(request);
    const cursor = keyOfCursor(request, 2);
    const { state, name } = request ?? {};
    const jobs = await this.queue().list({ ...(state && { state }), ...(name && { name }) });
    const rest = cursor ? jobs.filter(job => isAfter(job, cursor)) : jobs;
    return pageOf(rest.slice(0, limit + 1), limit, rowOf, placeOf);
  }

  /** Lets a parked job begin anew; recorded with who and why. */
  retry(job: JobId, caller: Caller): Promise<Answer<{ job: string }>> {
    return this.act('RetryJob', job, caller);
  }

  /** Takes a job away that is not running; recorded with who and why. */
  discard(job: JobId, caller: Caller): Promise<Answer<{ job: string }>> {
    return this.act('DiscardJob', job, caller);
  }

  /**
   * The act is recorded, then the queue is told: of what was done to a job nothing can be missing in the log.
   * When the job had gone on meanwhile, that is recorded too. A request that broke off between is repeated,
   * and tells the queue if the job still stands as it did.
   */
  private async act(type: DoJobAct['type'], job: JobId, caller: Caller): Promise<Answer<{ job: string }>> {
    const { name, key } = job;
    const found = await this.queue().get(job);
    const standing = found ? { state: found.state, dueAt: found.dueAt, failure: found.reason } : null;
    const { id: by, reason: why } = caller.actor;
    const command = () => ({ type, now: this.parts.clock.now(), name, key, by, why, standing });
    const done = await this.runner.run(runningJobAct, jobStream(job), command, { type, name, key }, caller);
    if (done.kind !== 'done') return done;
    const missed = stepOf(caller, 'missed');
    if (done.replayed && (await this.runner.isKnown(missed))) return GONE_ON;
    const act = done.events[0] as JobAct;
    if (!done.replayed || (found && found.state === act.state && found.dueAt === act.dueAt)) {
      if (!(await this.tell(type, job))) {
        const tooLate = { type: 'MissJobAct' as const, name, key, by, act: act.type };
        const miss = () => ({ ...tooLate, now: this.parts.clock.now() });
        await this.runner.run(runningJobAct, jobStream(job), miss, tooLate, missed);
        return GONE_ON;
      }
    }
    return answered(done, { job: `${name}/${key}` });
  }

  /** False when the job went on between the look and the act: what was decided about is gone. */
  private async tell(type: DoJobAct['type'], job: JobId): Promise<boolean> {
    if (type === 'RetryJob') return (await this.queue().retry(job)) === 'retried';
    // One that is gone already is as it was wanted.
    return (await this.queue().discard(job)) !== 'active';
  }

  /**
   * How many jobs there are of each name and state, how often those that stand have failed, and delays. At
   * most 1,000 of each state are counted.
   */
  async figures(): Promise<JobFigures> {
    const now = this.parts.clock.now();
    const counts = new Map<string, JobFigures['names'][number]>();
    let oldest: number | null = null;
    for (const state of JOB_STATES) {
      for (const job of await this.queue().list({ state })) {
        const known = counts.get(job.name) ?? { name: job.name, states: noStates(), failures: 0 };
        // A job that is done ended its last attempt well.
        const failures = job.attempts - (state === 'done' && job.attempts > 0 ? 1 : 0);
        const states = { ...known.states, [state]: known.states[state] + 1 };
        counts.set(job.name, { name: job.name, states, failures: known.failures + failures });
        if (state === 'waiting' && job.dueAt <= now) oldest = Math.min(oldest ?? now, job.dueAt);
      }
    }
    return { names: [...counts.values()], oldestDueS: oldest === null ? 0 : (now - oldest) / 1000 };
  }

  /** What timers are planned from, as of now. */
  facts(): Promise<JobFacts> {
    return this.reader.at(this.parts.clock.now());
  }

  /** Ids ascending, after `after`: who has value in lots that expired from `from` to before `today`. */
  accountsWithLotsDue(
    from: BusinessDay,
    today: BusinessDay,
    limit: number,
    after?: string,
  ): Promise<AccountId[]> {
    return this.reader.withLotsDue(from, today, limit, after);
  }

  /** Ids ascending, after `after`: who owes something and is served all the same. */
  debtorsServed(limit: number, after?: string): Promise<AccountId[]> {
    return this.reader.debtorsServed(limit, after);
  }
}
