import {
  assertNever,
  type Codec,
  type Decider,
  happened,
  Instant,
  nothingSecretIn,
  type Outcome,
  rejected,
} from '#kernel';

/**
 * Events of `job-<name>_<key>`: what people decided about a job. Who and why also stand in the envelope, but
 * an envelope's reason may be missing, and here it must not. The job itself is a hint and no event.
 */
export type JobActEvent = JobAct | JobActMissed;

export type JobAct = {
  readonly type: 'JobRetried' | 'JobDiscarded';
  readonly at: Instant;
  readonly name: string;
  readonly key: string;
  /** The actor, e.g. `staff:tanaka`. */
  readonly by: string;
  readonly why: string;
  /** In which state the job was, and when it was due: which of the jobs of this key was meant. */
  readonly state: JobStanding;
  readonly dueAt: Instant;
  /** Why its last attempt failed; null when none did. */
  readonly failure: string | null;
};

/** The last act came too late: the job had gone on when the queue was told, and nothing was done to it. */
export type JobActMissed = {
  readonly type: 'JobActMissed';
  readonly at: Instant;
  readonly name: string;
  readonly key: string;
  readonly by: string;
  readonly act: JobAct['type'];
};

export type JobStanding = 'waiting' | 'active' | 'parked' | 'done';

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
export const JOB_ACT_REJECTIONS = ['NO_SUCH_JOB', 'JOB_NOT_PARKED', 'JOB_ACTIVE', 'REASON_REQUIRED'] as const;
export type JobActRejection = (typeof JOB_ACT_REJECTIONS)[number];

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
  if (!standing) return rejected('NO_SUCH_JOB', 'there is no such job');
  if (command.type === 'RetryJob' && standing.state !== 'parked')
    return rejected('JOB_NOT_PARKED', 'only a parked job can be retried');
  if (command.type === 'DiscardJob' && standing.state === 'active')
    return rejected('JOB_ACTIVE', 'a worker is at this job; it can be discarded when it has ended');
  const why = command.why?.trim();
  if (!why) return rejected('REASON_REQUIRED', 'say why: the reason is kept with the act');
  const { state, dueAt, failure } = standing;
  const type = command.type === 'RetryJob' ? 'JobRetried' : 'JobDiscarded';
  return happened<JobActEvent>({ type, at, name, key, by, why, state, dueAt, failure });
}

export const jobAct: Decider<JobActCommand, JobActEvent, JobActState, JobActRejection> = {
  name: 'jobAct',
  initial: { acts: 0 },
  fresh: () => ({ acts: 0 }),
  decide,
  evolve: state => ({ acts: state.acts + 1 }),
};

interface Stored extends Omit<JobAct, 'type' | 'at' | 'dueAt'> {
  readonly at: string;
  readonly dueAt: string;
}
type StoredMissed = Omit<JobActMissed, 'type' | 'at'> & { readonly at: string };

function decoded(type: JobAct['type'], data: unknown): JobAct {
  const { at, dueAt, ...rest } = data as Stored;
  return { type, ...rest, at: Instant.parse(at), dueAt: Instant.parse(dueAt) };
}

export const jobActCodec: Codec<JobActEvent> = {
  secrets: nothingSecretIn(
    'operations.JobRetried.v1',
    'operations.JobDiscarded.v1',
    'operations.JobActMissed.v1',
  ),
  occurredAt: event => event.at,
  encode(event) {
    if (event.type === 'JobActMissed') {
      const { at, name, key, by, act } = event;
      const data: StoredMissed = { at: Instant.text(at), name, key, by, act };
      return { type: 'operations.JobActMissed.v1', data };
    }
    const { type, at, name, key, by, why, state, dueAt, failure } = event;
    const data: Stored = {
      ...{ at: Instant.text(at), name, key, by, why, state },
      ...{ dueAt: Instant.text(dueAt), failure },
    };
    switch (type) {
      case 'JobRetried':
        return { type: 'operations.JobRetried.v1', data };
      case 'JobDiscarded':
        return { type: 'operations.JobDiscarded.v1', data };
      default:
        return assertNever(type);
    }
  },
  decode(type, data) {
    switch (type) {
      case 'operations.JobRetried.v1':
        return decoded('JobRetried', data);
      case 'operations.JobDiscarded.v1':
        return decoded('JobDiscarded', data);
      case 'operations.JobActMissed.v1': {
        const { at, ...rest } = data as StoredMissed;
        return { type: 'JobActMissed', ...rest, at: Instant.parse(at) };
      }
      default:
        throw new Error(`unknown event type ${type}: written by a newer version of Daicho?`);
    }
  },
};
