import { InvalidInput } from '#kernel';
import { DiscardJob, ListJobs, RetryJob } from '#nest';
import { JOB_STATES } from '#ports';
import { allRows, answered, type Call } from '../call.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';

const JOBS: readonly Column[] = [
  { key: 'job', head: { ja: 'ジョブ', en: 'job' } },
  { key: 'state', head: { ja: '状態', en: 'state' } },
  { key: 'dueAt', head: { ja: '予定', en: 'due' }, kind: 'time' },
  { key: 'attempts', head: { ja: '試行', en: 'attempts' }, kind: 'count' },
  { key: 'reason', head: { ja: '理由', en: 'reason' } },
];

/** `close-month/2026-10` */
function jobOf(call: Call): { name: string; key: string } {
  const [name, key, more] = call.arg(0).split('/');
  if (!name || !key || more !== undefined)
    throw new InvalidInput('job', 'must be a name and a key, like close-month/2026-10');
  return { name, key };
}

async function list(call: Call): Promise<Output> {
  const state = call.text('state') === undefined ? undefined : call.choice('state', JOB_STATES);
  const name = call.text('name');
  const rows = allRows(
    page => call.ask(new ListJobs({ ...page, ...(state && { state }), ...(name && { name }) })),
    call.countIfAny('limit', 1),
  );
  return { kind: 'list', rows, columns: JOBS, empty: { ja: 'ジョブはありません。', en: 'There is no job.' } };
}

export const jobVerbs: Verbs = (program, add) => {
  const jobs = program.command('jobs').description('what is done later: closes, expiries');
  add(jobs, {
    usage: 'list',
    about: 'list the jobs: waiting, active, parked with the reason, done in the last days',
    store: 'read',
    options: command =>
      command
        .option('--state <state>', JOB_STATES.join(', '))
        .option('--name <name>', 'only those of one name')
        .option('--limit <n>', 'at most so many'),
    run: list,
  });
  add(jobs, {
    usage: 'retry <job>',
    about: 'let a parked job begin anew; a running server does it',
    store: 'write',
    writes: { id: false },
    run: async call =>
      answered(await call.do(new RetryJob(jobOf(call), call.caller())), value =>
        call.say(`${value.job} をやり直します\n`, `${value.job} begins anew\n`),
      ),
  });
  add(jobs, {
    usage: 'discard <job>',
    about: 'take a job away that is not running',
    store: 'write',
    writes: { id: false },
    run: async call =>
      answered(await call.do(new DiscardJob(jobOf(call), call.caller())), value =>
        call.say(`${value.job} を破棄しました\n`, `discarded ${value.job}\n`),
      ),
  });
};
