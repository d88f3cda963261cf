import { InvalidInput } from '#kernel';
import { DiscardJob, ListJobs, RetryJob } from '#nest';
import { asDocument, type Invocation } from '../invocation.js';
import { cliProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { listVerb } from '../use-case-verb.js';

const JOBS: readonly Column[] = [
  { key: 'job', head: { ja: 'ジョブ', en: 'job' } },
  { key: 'state', head: { ja: '状態', en: 'state' } },
  { key: 'dueAt', head: { ja: '予定', en: 'due' }, kind: 'time' },
  { key: 'attempts', head: { ja: '試行', en: 'attempts' }, kind: 'count' },
  { key: 'reason', head: { ja: '理由', en: 'reason' } },
];

/** `close-month/2026-10` */
function jobOf(invocation: Invocation): { name: string; key: string } {
  const [name, key, more] = invocation.arg(0).split('/');
  if (!name || !key || more !== undefined) throw InvalidInput.of('job', cliProblems.NOT_A_JOB);
  return { name, key };
}

export const jobVerbs: Verbs = (_program, add, group) => {
  const jobs = group('jobs', { ja: '後で行う処理：締め・失効', en: 'what is done later: closes, expiries' });
  add(
    jobs,
    listVerb(ListJobs, { columns: JOBS, empty: { ja: 'ジョブはありません。', en: 'There is no job.' } }),
  );
  add(jobs, {
    usage: 'retry <job>',
    about: RetryJob.useCase.about,
    store: 'write',
    writes: { id: false },
    run: async invocation =>
      asDocument(await invocation.do(new RetryJob(jobOf(invocation), invocation.caller())), value =>
        invocation.say(`${value.job} をやり直します\n`, `${value.job} begins anew\n`),
      ),
  });
  add(jobs, {
    usage: 'discard <job>',
    about: DiscardJob.useCase.about,
    store: 'write',
    writes: { id: false },
    run: async invocation =>
      asDocument(await invocation.do(new DiscardJob(jobOf(invocation), invocation.caller())), value =>
        invocation.say(`${value.job} を破棄しました\n`, `discarded ${value.job}\n`),
      ),
  });
};
