import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

/** Arguments of Node that run a TypeScript file of the repository with the given arguments. */
export const nodeArguments = (script: string, ...more: string[]): string[] => [
  '--import',
  join(repository, 'test/support/run-ts.mjs'),
  '--conditions=daicho-source',
  '--disable-warning=ExperimentalWarning',
  join(repository, script),
  ...more,
];

export interface Child {
  readonly process: ChildProcess;
  /** Whole lines that it printed so far. */
  readonly lines: readonly string[];
  /** Resolves when it printed `line` or a line for which `line` holds; rejects when it ended before. */
  printed(line: string | ((line: string) => boolean)): Promise<void>;
  /** Ends it at once, as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Starts a TypeScript file of the repository in a process of its own. */
export function startChild(script: string, ...more: string[]): Child {
  return follow(spawn(process.execPath, nodeArguments(script, ...more), { cwd: repository }));
}

/** Collects what a process prints. */
export function follow(started: ChildProcess): Child {
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  let rest = '';
  let errors = '';
  let gone = false;
  started.stderr?.on('data', chunk => (errors += chunk));
  started.stdout?.on('data', chunk => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const look of [...watchers]) look();
  });
  const ended = new Promise<number | null>(resolve => {
    started.on('close', code => {
      gone = true;
      for (const look of [...watchers]) look();
      resolve(code);
    });
  });
  const printed: Child['printed'] = wanted => {
    const holds = typeof wanted === 'string' ? (line: string) => line === wanted : wanted;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.some(holds);
        if (!found && !gone) return;
        watchers.delete(look);
        if (found) resolve();
        else reject(new Error(`the process ended before it said what was awaited: ${errors}`));
      };
      watchers.add(look);
      look();
    });
  };
  const kill = async (): Promise<void> => {
    started.kill('SIGKILL');
    await ended;
  };
  return { process: started, lines, printed, kill, ended };
}
