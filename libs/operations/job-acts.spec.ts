import { Instant } from '#kernel';
import { specOf } from '#testing';
import {
  type DoJobAct,
  type JobAct,
  type JobActCommand,
  type JobActEvent,
  type JobActRejection,
  jobAct,
  jobActRefusals,
  jobStream,
} from './job-acts.js';

const now = Instant.parse('2026-11-02T09:30:00.000+09:00');
const dueAt = Instant.parse('2026-11-01T04:00:00.000+09:00');
const job = { name: 'close-month', key: '2026-10', by: 'staff:tanaka', why: '通話の取込が終わった' };
const parked = { state: 'parked', dueAt, failure: 'CALLS_RUNNING: calls are running' } as const;
const retry = (other: Partial<DoJobAct> = {}): DoJobAct => ({
  ...{ type: 'RetryJob', now, ...job, standing: parked },
  ...other,
});
const discard = (other: Partial<DoJobAct> = {}): DoJobAct => ({
  ...retry(other),
  type: 'DiscardJob',
});
const happened = (type: JobAct['type'], other: Partial<JobAct> = {}): JobAct => ({
  ...{ type, at: now, ...job, ...parked },
  ...other,
});
const standing = (state: JobAct['state']) => ({ ...parked, state, failure: null });
const { given } = specOf(jobAct);

describe('what staff do with a job', () => {
  it('is kept with who, why, and what the job was at', () => {
    given().when(retry()).then(happened('JobRetried'));
    given().when(discard()).then(happened('JobDiscarded'));
  });

  it('may be done to the same job as often as it is parked', () =>
    given(happened('JobRetried')).when(retry()).then(happened('JobRetried')));

  it.each(['waiting', 'done', 'parked'] as const)('may take a job away that is %s', state =>
    given()
      .when(discard({ standing: standing(state) }))
      .then(happened('JobDiscarded', { state, failure: null })),
  );

  it('counts the acts', () =>
    expect(given(happened('JobRetried'), happened('JobDiscarded')).state).toEqual({ acts: 2 }));

  it('is kept as missed when the job had gone on before the queue was told', () => {
    const { why: _, ...about } = job;
    const missed: JobActEvent = { type: 'JobActMissed', at: now, ...about, act: 'JobRetried' };
    given(happened('JobRetried'))
      .when({ type: 'MissJobAct', now, ...about, act: 'JobRetried' })
      .then(missed);
    given(happened('JobRetried'), missed).when(discard()).then(happened('JobDiscarded'));
  });

  it('has a stream per job', () => expect(jobStream(job)).toBe('job-close-month_2026-10'));
});

const ROWS: readonly (readonly [JobActRejection, string, JobActCommand])[] = [
  ['NO_SUCH_JOB', 'not there, and no reason', retry({ standing: null, why: '' })],
  ['JOB_NOT_PARKED', 'waiting, and no reason', retry({ standing: standing('waiting'), why: '' })],
  ['JOB_ACTIVE', 'active, and no reason', discard({ standing: standing('active'), why: '' })],
  ['REASON_REQUIRED', 'a reason of blanks', retry({ why: '  ' })],
];

describe('rejections of acts on jobs, in the order in which they are asked', () => {
  it.each(ROWS)('%s: %s', (code, _why, command) => given().when(command).thenRejected(code));

  it('are all met, and the rows follow the list', () =>
    expect(ROWS.map(([code]) => code)).toEqual(Object.keys(jobActRefusals)));
});
