import { type AccountId, type BusinessDay, Instant, type Rejection } from '#kernel';
import type { Clock, EventStore, JobId, JobQueue, JobView, ReadStore } from '#ports';
import type { Facts } from '../facts.js';
import { keyOfCursor, limitOf, pageOf } from '../paging.js';
import type { Answer, Caller, JobRow, JobService, Page } from '../product.js';
import { JobFactsReader } from './job-facts.js';
import type { JobFacts } from './plan-jobs.js';

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

/** The place of a job in the list: newest due first, then by name and key. */
const placeOf = (job: JobView): readonly [number, string] => [job.dueAt, `${job.name}/${job.key}`];
const isAfter = (job: JobView, [dueAt, id]: readonly (string | number)[]): boolean =>
  job.dueAt < Number(dueAt) || (job.dueAt === dueAt && placeOf(job)[1] > String(id));

const REFUSALS: Readonly<Record<'unknown' | 'not_parked' | 'active', Rejection>> = {
  unknown: { code: 'NO_SUCH_JOB', message: 'there is no such job' },
  not_parked: { code: 'JOB_NOT_PARKED', message: 'only a parked job can be retried' },
  active: { code: 'JOB_ACTIVE', message: 'a worker is at this job; it can be discarded when it has ended' },
};

/** Jobs as staff see them, and what they are planned from. */
export class Jobs implements JobService {
  private readonly reader: JobFactsReader;

  constructor(
    private readonly queue: () => JobQueue,
    private readonly parts: { events: EventStore; readModels: ReadStore; clock: Clock; facts: Facts },
  ) {
    this.reader = new JobFactsReader(parts.events, parts.readModels, parts.facts);
  }

  async list(request?: Parameters<JobService['list']>[0]): Promise<Page<JobRow>> {
    const limit = limitOf(request);
    const cursor = keyOfCursor(request, 2);
    const { state, name } = request ?? {};
    const jobs = await this.queue().list({ ...(state && { state }), ...(name && { name }) });
    const rest = cursor ? jobs.filter(job => isAfter(job, cursor)) : jobs;
    return pageOf(rest.slice(0, limit + 1), limit, rowOf, placeOf);
  }

  async retry(job: JobId, _caller: Caller): Promise<Answer<{ job: string }>> {
    const result = await this.queue().retry(job);
    return result === 'retried' ? this.done(job) : { kind: 'rejected', rejection: REFUSALS[result] };
  }

  async discard(job: JobId, _caller: Caller): Promise<Answer<{ job: string }>> {
    const result = await this.queue().discard(job);
    return result === 'discarded' ? this.done(job) : { kind: 'rejected', rejection: REFUSALS[result] };
  }

  /** Jobs are no events: the log is where it was. */
  private async done({ name, key }: JobId): Promise<Answer<{ job: string }>> {
    const position = await this.parts.events.headPosition();
    return { kind: 'done', value: { job: `${name}/${key}` }, position, replayed: false };
  }

  facts(): Promise<JobFacts> {
    return this.reader.at(this.parts.clock.now());
  }

  accountsWithLotsDue(
    from: BusinessDay,
    today: BusinessDay,
    limit: number,
    after?: string,
  ): Promise<AccountId[]> {
    return this.reader.withLotsDue(from, today, limit, after);
  }
}
