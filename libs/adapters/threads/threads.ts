import { Worker } from 'node:worker_threads';
import { type HeavyWork, HeavyWorkBusy, HeavyWorkTooMuch, type Tasks } from '#ports';
import { FairQueue } from './fair-queue.js';
import type { AnyTask, Asked, Said } from './thread-program.js';

export interface ThreadOptions<T> {
  /** The built program of a thread; it calls `serveTasks` with the same tasks. */
  readonly program: URL;
  /** The same tasks for where no thread can begin, as where no built program stands. */
  readonly tasks: T;
  /** At least 2: one who asks never has all of them. They begin with the first piece of work. */
  readonly threads: number;
  /** Pieces that wait; one more is refused with `HeavyWorkBusy`. */
  readonly waitingAtMost: number;
  readonly waitingOfOneAtMost: number;
  /** A piece is given up after so long, counted from where it begins. */
  readonly limitMs: number;
  /** Megabytes of heap of a thread; a piece that needs more is given up. */
  readonly heapMegabytes: number;
}

interface Job extends Asked {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  job: { readonly whose: string; readonly job: Job; readonly timer: NodeJS.Timeout } | null;
}

const GIVEN_UP = 'this took more time or memory than one piece of work may; nothing was done';
const isOutOfMemory = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** Threads that do heavy work, and the queue before them. */
class Threads<T extends Tasks<T>> implements HeavyWork<T> {
  private readonly queue: FairQueue<Job>;
  private readonly threads = new Set<Thread>();
  private readonly here = new Set<Job>();
  /** No thread can begin, as where no built program stands: everything is done here, piece by piece. */
  private absent = false;
  private closed = false;

  constructor(private readonly options: ThreadOptions<T>) {
    this.queue = new FairQueue({
      waiting: options.waitingAtMost,
      waitingOfOne: options.waitingOfOneAtMost,
      runningOfOne: Math.max(1, options.threads - 1),
    });
  }

  run<Name extends keyof T>(
    whose: string,
    name: Name,
    ...args: Parameters<T[Name]>
  ): Promise<Awaited<ReturnType<T[Name]>>> {
    return new Promise((resolve, reject) => {
      const job: Job = { name: String(name), args, resolve: resolve as Job['resolve'], reject };
      if (this.closed || !this.queue.add(whose, job))
        reject(new HeavyWorkBusy('too much of this kind waits already; nothing was done, try again'));
      else this.pump();
    });
  }

  /** Gives work to every thread that has none. */
  private pump(): void {
    for (;;) {
      if (this.closed) return;
      const free = this.absent ? null : this.free();
      if (free === undefined || (free === null && this.here.size > 0)) return;
      const next = this.queue.next();
      if (!next) return;
      if (free) this.give(free, next.whose, next.job);
      else void this.doHere(next.whose, next.job);
    }
  }

  private free(): Thread | undefined {
    for (const thread of this.threads) if (!thread.job) return thread;
    return this.threads.size < this.options.threads ? this.begin() : undefined;
  }

  private begin(): Thread {
    const { program, heapMegabytes: maxOldGenerationSizeMb } = this.options;
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb } });
    const thread: Thread = { worker, ready: false, job: null };
    this.threads.add(thread);
    worker.unref();
    worker.on('message', (said: Said) => {
      if (said.kind === 'ready') thread.ready = true;
      else this.ended(thread, said);
    });
    worker.on('error', error => this.lost(thread, error));
    worker.on('exit', () => this.lost(thread, new Error('the thread ended')));
    return thread;
  }

  private give(thread: Thread, whose: string, job: Job): void {
    const timer = setTimeout(() => this.lost(thread, new HeavyWorkTooMuch(GIVEN_UP)), this.options.limitMs);
    thread.job = { whose, job, timer };
    // A process does not end while somebody waits for an answer.
    thread.worker.ref();
    thread.worker.postMessage({ name: job.name, args: job.args } satisfies Asked);
  }

  private takeBack(thread: Thread): Job | undefined {
    const { job } = thread;
    if (!job) return undefined;
    clearTimeout(job.timer);
    thread.job = null;
    this.queue.done(job.whose);
    return job.job;
  }

  private ended(thread: Thread, said: Exclude<Said, { kind: 'ready' }>): void {
    const job = this.takeBack(thread);
    thread.worker.unref();
    if (said.kind === 'done') job?.resolve(said.value);
    else {
      const error = new Error(said.message);
      error.name = said.name;
      error.stack = said.stack;
      job?.reject(error);
    }
    this.pump();
  }

  /** A thread is gone, or goes now; another one takes its place when there is work. */
  private lost(thread: Thread, error: Error): void {
    if (!this.threads.delete(thread)) return;
    void thread.worker.terminate();
    const whose = thread.job?.whose;
    const job = this.takeBack(thread);
    if (job && whose !== undefined && !thread.ready && !(error instanceof HeavyWorkTooMuch)) {
      this.absent = true;
      void this.doHere(whose, job, false);
    } else job?.reject(isOutOfMemory(error) ? new HeavyWorkTooMuch(GIVEN_UP) : error);
    this.pump();
  }

  private async doHere(whose: string, job: Job, counted = true): Promise<void> {
    this.here.add(job);
    try {
      const task = this.options.tasks[job.name as keyof T] as unknown as AnyTask;
      job.resolve(await task(...job.args));
    } catch (error) {
      job.reject(error instanceof Error ? error : new Error(String(error)));
    }
    // Whoever waits for something else comes before the next piece.
    await new Promise(setImmediate);
    this.here.delete(job);
    if (counted) this.queue.done(whose);
    this.pump();
  }

  async close(): Promise<void> {
    this.closed = true;
    const ending = new HeavyWorkBusy('the process is ending; nothing was done');
    for (const job of this.queue.drain()) job.reject(ending);
    await Promise.all(
      [...this.threads].map(async thread => {
        this.threads.delete(thread);
        this.takeBack(thread)?.reject(ending);
        await thread.worker.terminate();
      }),
    );
  }
}

export const openThreads = <T extends Tasks<T>>(options: ThreadOptions<T>): HeavyWork<T> =>
  new Threads(options);
