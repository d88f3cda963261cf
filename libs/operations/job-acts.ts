import {
  type CodeOf,
  common,
  type Decider,
  defineEvents,
  defineRefusals,
  type EventOf,
  event,
  fact,
  happened,
  Instant,
  type Outcome,
  rejected,
} from '#kernel';

export type JobStanding = 'waiting' | 'active' | 'parked' | 'done';

const jobActFacts = {
  name: fact.text,
  key: fact.text,
  /** The actor, e.g. `staff:tanaka`. */
  by: fact.text,
  why: fact.text,
  /** In which state the job was, and when it was due: which of the jobs of this key was meant. */
  state: fact.id<JobStanding>(),
  dueAt: fact.instant,
  /** Why its last attempt failed; null when none did. */
  failure: fact.orNull(fact.text),
};

/**
 * What people decided about a job. Who and why also stand in the envelope, but an envelope's reason may be
 * missing, and here it must not. The job itself is a hint and no event.
 */
export const jobActEvents = defineEvents(
  { context: 'operations', stream: 'job-<name>_<key>' },
  {
    JobRetried: event(
      { ...jobActFacts },
      {
        word: {
          ja: '担当者が止まったジョブをやり直した。',
          en: 'Somebody let a parked job begin anew: who, why, and what it had failed with.',
        },
        sentence: {
          ja: '{by} がジョブ {name}/{key} をやり直した。理由「{why}」[（失敗: {failure}）]。',
          en: '{by} let job {name}/{key} begin anew: "{why}"[ (it had failed: {failure})].',
        },
      },
    ),
    JobDiscarded: event(
      { ...jobActFacts },
      {
        word: {
          ja: '担当者がジョブを破棄した。',
          en: 'Somebody took a job away: who, why, and in which state it was.',
        },
        sentence: {
          ja: '{by} がジョブ {name}/{key} を破棄した。理由「{why}」[（失敗: {failure}）]。',
          en: '{by} discarded job {name}/{key}: "{why}"[ (it had failed: {failure})].',
        },
      },
    ),
    /** The last act came too late: the job had gone on when the queue was told; nothing was done to it. */
    JobActMissed: event(
      { name: fact.text, key: fact.text, by: fact.text, act: fact.oneOf('JobRetried', 'JobDiscarded') },
      {
        act: false,
        word: {
          ja: '直前の操作は間に合わず、ジョブには何も起きなかった。',
          en: 'The act before came too late: the job had gone on by itself, and nothing was done to it.',
        },
        sentence: {
          ja: '{by} の操作は間に合わなかった。ジョブ {name}/{key} は先に進んでおり、何も起きなかった。',
          en: 'The act of {by} came too late: job {name}/{key} had gone on, and nothing was done to it.',
        },
      },
    ),
  },
);
export type JobActEvent = EventOf<typeof jobActEvents>;
export type JobAct = Extract<JobActEvent, { type: 'JobRetried' | 'JobDiscarded' }>;
export type JobActMissed = Extract<JobActEvent, { type: 'JobActMissed' }>;

/** `standing` is what the queue says at this moment: an outside fact. */
export type JobActCommand = DoJobAct | MissJobAct;

/** What the queue answered is an outside fact too. */
export type MissJobAct = Pick<JobActMissed, 'name' | 'key' | 'by' | 'act'> & {
  readonly type: 'MissJobAct';
  readonly now: Instant;
};

export type DoJobAct = {
  readonly type: 'RetryJob' | 'DiscardJob';
  readonly now: Instant;
  readonly name: string;
  readonly key: string;
  readonly by: string;
  readonly why: string | undefined;
  /** null: the queue knows no such job. */
  readonly standing: Pick<JobAct, 'state' | 'dueAt' | 'failure'> | null;
};

/** In the order in which they are tested. */
export const jobActRefusals = defineRefusals({
  NO_SUCH_JOB: {
    status: 404,
    ja: 'そのジョブはありません。',
    en: 'There is no such job.',
  },
  JOB_NOT_PARKED: {
    status: 409,
    ja: '停止したジョブだけを再開できます。',
    en: 'Only a parked job can be retried.',
  },
  JOB_ACTIVE: {
    status: 409,
    ja: '実行中のジョブです。終わってから操作してください。',
    en: 'A worker is at this job. It can be discarded when it has ended.',
  },
  REASON_REQUIRED: common.REASON_REQUIRED,
});
export type JobActRejection = CodeOf<typeof jobActRefusals>;

/** Nothing of the past matters for the next act; how many there were is told for people. */
export interface JobActState {
  readonly acts: number;
}

export const jobStream = ({ name, key }: { readonly name: string; readonly key: string }): string =>
  `job-${name}_${key}`;

function decide(command: JobActCommand): Outcome<JobActEvent, JobActRejection> {
  const { now: at, name, key, by } = command;
  if (command.type === 'MissJobAct') {
    const { act } = command;
    return happened<JobActEvent>({ type: 'JobActMissed', at, name, key, by, act });
  }
  const { standing } = command;
  if (!standing) return rejected(jobActRefusals.NO_SUCH_JOB);
  if (command.type === 'RetryJob' && standing.state !== 'parked')
    return rejected(jobActRefusals.JOB_NOT_PARKED);
  if (command.type === 'DiscardJob' && standing.state === 'active')
    return rejected(jobActRefusals.JOB_ACTIVE);
  const why = command.why?.trim();
  if (!why) return rejected(jobActRefusals.REASON_REQUIRED);
  const { state, dueAt, failure } = standing;
  const type = command.type === 'RetryJob' ? 'JobRetried' : 'JobDiscarded';
  return happened<JobActEvent>({ type, at, name, key, by, why, state, dueAt, failure });
}

export const jobAct: Decider<JobActCommand, JobActEvent, JobActState, JobActRejection> = {
  name: 'jobAct',
  fresh: () => ({ acts: 0 }),
  decide,
  evolve: state => ({ acts: state.acts + 1 }),
};
