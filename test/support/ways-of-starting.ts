import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, follow, nodeArguments } from './child.js';

/** Every way of starting, as a script and its words. */
const WAYS = {
  serve: ['apps/cli/run.fixture.ts', 'serve', '--empty'],
  server: ['apps/server/main.ts'],
  worker: ['apps/worker/main.ts'],
  command: ['apps/cli/run.fixture.ts', 'key', 'list', '--json'],
} as const;
export type Way = keyof typeof WAYS;

/** A free port, free a moment ago. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.2', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return String(port);
}

export interface Started {
  readonly child: Child;
  /** Both streams: the command line logs to stderr, the others to stdout. */
  said(): string;
}

/** Starts a program with this environment and nothing else of ours. */
export function start(
  way: Way,
  env: Readonly<Record<string, string>>,
  cwd: string,
  more: string[] = [],
): Started {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('DAICHO_'));
  const [script, ...words] = WAYS[way];
  const started = spawn(process.execPath, nodeArguments(script, ...words, ...more), {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', chunk => (text += chunk));
  return { child: follow(started), said: () => text };
}

/** Waits until the address answers. @throws Error with what the program said when it ended before */
export async function up(url: string, { child, said }: Started): Promise<void> {
  let gone = false;
  child.ended.then(() => (gone = true));
  for (;;) {
    const answer = await fetch(`${url}/health/live`).catch(() => undefined);
    if (answer?.ok) return;
    if (gone) throw new Error(`it ended: ${said()}`);
    await delay(50);
  }
}
