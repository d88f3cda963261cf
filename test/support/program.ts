import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock';
import { Instant } from '#kernel';
import { type Child, follow, nodeArguments } from './child.js';

const repository = join(import.meta.dirname, '..', '..');
const CLOCK = join(repository, 'test/support/shifted-clock.mjs');

export type ProgramEnv = Readonly<Record<string, string>>;

/** A server or a worker in a process of its own. */
export interface Program {
  /** Where it answers: the API of a server, the health of a worker. */
  readonly url: string;
  readonly child: Child;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Tells it to end and waits. @returns its exit code, null when a signal ended it */
  stop(): Promise<number | null>;
}

export const APPS = { server: 'apps/server/main.ts', worker: 'apps/worker/main.ts' } as const;
export type App = keyof typeof APPS;

const said = (line: string, word: string): boolean => line.includes(`"msg":"${word}"`);
const isUp = (line: string): boolean => said(line, 'listening') || said(line, 'working');

/**
 * Starts a program with this environment and nothing else of ours, as compose does, and waits until it works.
 * @param startsAt what its clock says now; the machine's time without it
 */
export async function startProgram(app: App, env: ProgramEnv, startsAt?: Instant): Promise<Program> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('DAICHO_'));
  const shift = startsAt === undefined ? 0 : startsAt - systemClock.now();
  const child = follow(
    spawn(process.execPath, ['--import', CLOCK, ...nodeArguments(APPS[app])], {
      cwd: repository,
      env: {
        ...Object.fromEntries(inherited),
        DAICHO_HOST: '127.0.0.1',
        DAICHO_PORT: '0',
        ...env,
        DAICHO_TEST_SHIFT_MS: String(shift),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  );
  await child.printed(isUp);
  const port = /"port":(\d+)/.exec(child.lines.find(isUp)!)![1]!;
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    kill: () => child.kill(),
    stop() {
      child.process.kill('SIGTERM');
      return child.ended;
    },
  };
}

/** An instant of a test from its text. */
export const at = (text: string): Instant => Instant.parse(text);
