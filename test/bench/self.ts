import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Options of Node that a child must not share: profiles are of the process that was asked for one. */
const OWN = /^--(cpu|heap)-prof|^--inspect/;

/**
 * Runs this program again with other arguments, in a process of its own: a fresh heap, a peak of memory of
 * its own.
 * @returns what it sent
 * @throws Error when it ended without an answer
 */
export async function runSelf<Answer>(...args: string[]): Promise<Answer> {
  const child = startAgain(args);
  let answer: { readonly value: Answer } | undefined;
  child.on('message', message => (answer = message as { value: Answer }));
  const [code, signal] = await once(child, 'close');
  if (answer === undefined) throw new Error(`${args.join(' ')}: ended with ${signal ?? code} and no answer`);
  return answer.value;
}

/**
 * Starts this program with other arguments beside this one, as a server of a bench.
 * @returns its first answer, and how to end it
 * @throws Error when it ended without an answer
 */
export async function serveSelf<Answer>(
  ...args: string[]
): Promise<{ readonly answer: Answer; end(): Promise<void> }> {
  const child = startAgain(args);
  const closed = once(child, 'close');
  const early = closed.then(([code, signal]) => {
    throw new Error(`${args.join(' ')}: ended with ${signal ?? code} and no answer`);
  });
  const [message] = (await Promise.race([once(child, 'message'), early])) as [{ value: Answer }];
  // Its end is awaited below; nobody listens to the race any more.
  early.catch(() => undefined);
  return {
    answer: message.value,
    async end() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function startAgain(args: readonly string[]): ChildProcess {
  const nodeOptions = process.execArgv.filter(option => !OWN.test(option) && option !== '--expose-gc');
  return spawn(process.execPath, [...nodeOptions, '--expose-gc', process.argv[1]!, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Gives the parent its answer; resolves when it is on its way. */
export const answerParent = (value: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!process.send) throw new Error('nobody waits for an answer');
    process.send({ value }, (error: Error | null) => (error ? reject(error) : resolve()));
  });
