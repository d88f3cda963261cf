import { HeavyWorkTooMuch } from '#ports';
import { openThreads } from './threads.js';
import { TASKS } from './threads.tasks.fixture.js';

/** Prints what threads make of good work, of a fault, of work without end and of work without measure. */
const of = (name: string) => (error: unknown) =>
  error instanceof HeavyWorkTooMuch
    ? 'too much'
    : `${(error as Error).name} ${(error as Error).message} ${name}`;
const work = openThreads({
  program: new URL('./threads.worker.fixture.js', import.meta.url),
  tasks: TASKS,
  threads: 2,
  waitingAtMost: 10,
  waitingOfOneAtMost: 5,
  limitMs: Number(process.argv[2]),
  heapMegabytes: 64,
});
const bytes = await work.run('a', 'bytes', 3);
const found = {
  thread: (await work.run('a', 'threadId')) > 0,
  bytes: [...bytes],
  fault: await work.run('a', 'fail').catch(of('fault')),
  endless: await work.run('a', 'endless').catch(of('endless')),
  hungry: await work.run('a', 'hungry').catch(of('hungry')),
  after: [...(await work.run('a', 'bytes', 1))],
  refused: (await Promise.allSettled(Array.from({ length: 9 }, () => work.run('a', 'bytes', 1)))).filter(
    one => one.status === 'rejected',
  ).length,
};
const late = work.run('a', 'endless').catch(of('late'));
await work.close();
console.log(JSON.stringify({ ...found, late: await late }));
