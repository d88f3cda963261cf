import { userInfo } from 'node:os';
import process from 'node:process';

/** What the caller's terminal can show; all false and 80 when it is a file or a pipe. */
export interface Terminal {
  readonly out: boolean;
  readonly err: boolean;
  readonly columns: number;
}

/**
 * The caller of one command: its words and its two streams, in this process or at the other end of a
 * socket.
 */
export interface Io {
  /** What follows `daicho`. */
  readonly argv: readonly string[];
  /** Names of files are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Name of the operating system's user. */
  readonly user: string;
  readonly terminal: Terminal;
  /** Resolves when more can be written. @throws Error with code EPIPE when nobody reads any more. */
  out(chunk: string | Uint8Array): Promise<void>;
  err(chunk: string): Promise<void>;
  /** Fires when the caller asks to end, e.g. with Ctrl-C. */
  readonly stop: AbortSignal;
}

/** The variables a command reads; nothing else of the environment travels to a server. */
export const ENVIRONMENT = ['DAICHO_DATA', 'DAICHO_DEBUG', 'LANG', 'LC_ALL', 'LC_MESSAGES'] as const;

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid${process.getuid?.() ?? ''}`;
  }
}

const writing =
  (stream: NodeJS.WriteStream) =>
  (chunk: string | Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(chunk, error => (error ? reject(error) : resolve()));
    });

/** The streams of this process. The first SIGINT or SIGTERM asks to end, the second one ends. */
export function processIo(): Io {
  const stop = new AbortController();
  const ask = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: Object.fromEntries(ENVIRONMENT.map(name => [name, process.env[name]])),
    user: userName(),
    terminal: {
      out: process.stdout.isTTY === true,
      err: process.stderr.isTTY === true,
      columns: process.stderr.columns ?? process.stdout.columns ?? 80,
    },
    out: writing(process.stdout),
    err: writing(process.stderr),
    stop: stop.signal,
  };
}
