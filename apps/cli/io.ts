import { userInfo } from 'node:os';
import process from 'node:process';
import { readSecret } from './secret.js';

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
  /**
   * A password, typed without being shown, or the first line of what is piped in. Never an argument: those
   * stand in lists of processes and histories.
   * @throws Refused `NO_PASSWORD` when nothing comes
   */
  secret(prompt: string): Promise<string>;
  /**
   * Fires when the caller asks to end, e.g. with Ctrl-C. A command that never looks at it is simply ended:
   * whatever it did is stored or not, and it can be run again.
   */
  readonly stop: AbortSignal;
}

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

/** For so long a repeated signal is the same one: npm passes on what the terminal sent already. */
const SAME_SIGNAL_MS = 1000;

/** The first SIGINT or SIGTERM asks to end, a later one ends. */
function askedToEnd(): AbortSignal {
  const stop = new AbortController();
  let insisted = false;
  const ask = (): void => {
    if (insisted) process.exit(130);
    stop.abort();
    setTimeout(() => (insisted = true), SAME_SIGNAL_MS).unref();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  return stop.signal;
}

/** The streams of this process. */
export function processIo(): Io {
  let stop: AbortSignal | undefined;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    user: userName(),
    terminal: {
      out: process.stdout.isTTY === true,
      err: process.stderr.isTTY === true,
      columns: process.stderr.columns ?? process.stdout.columns ?? 80,
    },
    out: writing(process.stdout),
    err: writing(process.stderr),
    secret: prompt => readSecret(process.stdin, process.stderr, prompt),
    get stop() {
      return (stop ??= askedToEnd());
    },
  };
}
