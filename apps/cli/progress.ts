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

export interface ProgressBar {
  readonly report: Progress;
  /** Takes the bar off the terminal. */
  end(): void;
}

/** A bar on the caller's terminal; silent when stderr is a file or a pipe. */
export async function progressBar(io: Io): Promise<ProgressBar> {
  if (!io.terminal.err) return { report: () => {}, end: () => {} };
  const { SingleBar, Presets } = (await import('cli-progress')).default;
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
  const bar = await progressBar(io);
  try {
    return await work(bar.report);
  } finally {
    bar.end();
  }
}
