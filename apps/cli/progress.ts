import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import type { Progress } from '#runtime';
import type { Io } from './io.js';

/** cli-progress asks its stream these questions of a terminal. */
class TerminalStream extends Writable {
  readonly isTTY = true;
  constructor(
    private readonly io: Io,
    readonly columns: number,
  ) {
    super({ decodeStrings: false });
  }
  override _write(chunk: string | Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.io.err(String(chunk)).then(() => done(), done);
  }
}

const require = createRequire(import.meta.url);

/** The part of cli-progress 3 that is used here; the package brings no types. */
interface CliProgress {
  readonly SingleBar: new (
    options: object,
    preset: object,
  ) => {
    start(total: number, value: number, payload: object): void;
    setTotal(total: number): void;
    update(value: number, payload: object): void;
    stop(): void;
  };
  readonly Presets: { readonly shades_classic: object };
}

export interface ProgressBar {
  readonly report: Progress;
  /** Takes the bar off the terminal. */
  end(): void;
}

/** A bar on the caller's terminal; silent when stderr is a file or a pipe. */
export function progressBar(io: Io): ProgressBar {
  if (!io.terminal.err) return { report: () => {}, end: () => {} };
  const { SingleBar, Presets } = require('cli-progress') as CliProgress;
  const stream = new TerminalStream(io, io.terminal.columns) as unknown as NodeJS.WritableStream;
  const format = '{what} [{bar}] {percentage}% | {value}/{total}';
  const bar = new SingleBar(
    { stream, format, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    report(done, total, what) {
      if (started) {
        bar.setTotal(total);
        bar.update(done, { what });
      } else {
        bar.start(total, done, { what });
        started = true;
      }
    },
    end() {
      if (started) bar.stop();
    },
  };
}

/** Runs `work` with a bar that is gone when it ends, however it ends. */
export async function withProgress<Value>(
  io: Io,
  work: (report: Progress) => Promise<Value>,
): Promise<Value> {
  const bar = progressBar(io);
  try {
    return await work(bar.report);
  } finally {
    bar.end();
  }
}
