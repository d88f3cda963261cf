import { z } from 'zod';
import { JOB_STATES } from '#ports';
import { DEFAULT_LIMIT, described, given, paging, words } from '../engine/inputs.js';
import { billing, insiders } from '../engine/roles.js';
import { pageOf, shape, text } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { Job } from './jobs.shapes.js';

const ChangedJob = shape('ChangedJob', z.object({ job: text }));
const job = { name: words(40), key: words(120) };

export const listJobs = query({
  route: 'GET /jobs',
  about: { ja: 'ジョブの一覧（予定の新しい順）', en: 'Jobs, newest due first' },
  effect: 'read',
  roles: insiders,
  input: z.strictObject({
    ...paging,
    state: described(z.enum(JOB_STATES).optional(), {
      ja: 'この状態のジョブだけ。',
      en: 'Only jobs in this state.',
    }).meta({ example: 'parked' }),
    name: described(job.name.optional(), {
      ja: 'この名前のジョブだけ。',
      en: 'Only jobs of this name.',
    }).meta({ example: 'close-month' }),
  }),
  cli: { usage: 'jobs list' },
  answer: pageOf(Job),
  run: ({ jobs }, filter) => jobs.list({ limit: DEFAULT_LIMIT, ...given(filter) }),
});

export const retryJob = command({
  route: 'POST /jobs/:name/:key/retry',
  about: {
    ja: '止まったジョブをやり直す（試行回数は最初から）',
    en: 'Let a parked job begin anew, now, with all its attempts',
  },
  effect: 'write',
  roles: billing,
  input: z.strictObject(job),
  answer: ChangedJob,
  refusals: ['NO_SUCH_JOB', 'JOB_NOT_PARKED', 'REASON_REQUIRED', 'JOB_HAS_GONE_ON'],
  run: ({ jobs }, which, caller) => jobs.retry(which, caller),
});

export const discardJob = command({
  route: 'POST /jobs/:name/:key/discard',
  about: {
    ja: '実行中でないジョブを破棄する（繰り返しはその1回だけ）',
    en: 'Take a job away that is not running; of a repetition only this one',
  },
  effect: 'write',
  roles: billing,
  input: z.strictObject(job),
  answer: ChangedJob,
  refusals: ['NO_SUCH_JOB', 'JOB_ACTIVE', 'REASON_REQUIRED', 'JOB_HAS_GONE_ON'],
  run: ({ jobs }, which, caller) => jobs.discard(which, caller),
});
