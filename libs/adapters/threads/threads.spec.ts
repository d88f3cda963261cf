import { startChild } from '../../../test/support/child.js';
import { openThreads } from './threads.js';
import { TASKS } from './threads.tasks.fixture.js';

it('does work in threads, gives up what has no end, and goes on afterwards', async () => {
  const child = startChild('libs/adapters/threads/threads.fixture.ts', '8000');
  expect(await child.ended).toBe(0);
  expect(JSON.parse(child.lines.at(-1) ?? '')).toEqual({
    thread: true,
    bytes: [0, 0, 0],
    fault: 'TypeError no fault',
    endless: 'too much',
    hungry: 'too much',
    after: [0],
    // One is under way, five wait.
    refused: 3,
    late: 'HeavyWorkBusy the process is ending; nothing was done late',
  });
}, 120_000);

it('does the same where no thread can begin, one piece after the other', async () => {
  const work = openThreads({
    program: new URL('./no-such-program.js', import.meta.url),
    tasks: TASKS,
    threads: 2,
    waitingAtMost: 10,
    waitingOfOneAtMost: 10,
    limitMs: 60_000,
    heapMegabytes: 64,
  });
  const asked = ['a', 'a', 'b'].map(whose => work.run(whose, 'bytes', 2));
  expect((await Promise.all(asked)).map(bytes => [...bytes])).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  await expect(work.run('a', 'fail')).rejects.toThrow('no');
  await work.close();
  await expect(work.run('a', 'bytes', 1)).rejects.toThrow(/nothing was done/);
});
