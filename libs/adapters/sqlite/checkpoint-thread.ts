import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** From so many bytes of WAL on, its pages are copied into the database file. */
const WAL_BYTES = 48 * 1024 * 1024;
/** So many events are stored between two looks at the WAL's size: small appends must not pay for it. */
const EVENTS_BETWEEN_LOOKS = 1_000;

/**
 * Checkpoints in a thread of its own, through a connection of its own: copying some ten thousand pages and
 * waiting for the disk would hold up every command for a fifth of a second. Commits go on meanwhile. Where no
 * thread can begin (no built program stands beside this one), SQLite's own checkpoint in a commit does it,
 * later.
 */
export class CheckpointThread {
  private worker: Worker | undefined;
  private events = 0;
  private busy = false;
  private stopped = false;

  constructor(private readonly file: string) {}

  /** Told after every commit how many events it stored. */
  stored(events: number): void {
    this.events += events;
    if (this.events < EVENTS_BETWEEN_LOOKS || this.busy || this.stopped) return;
    this.events = 0;
    const wal = statSync(`${this.file}-wal`, { throwIfNoEntry: false });
    if (wal && wal.size >= WAL_BYTES) this.checkpoint();
  }

  private checkpoint(): void {
    this.busy = true;
    this.worker ??= this.begin();
    this.worker.postMessage('checkpoint');
  }

  private begin(): Worker {
    const worker = new Worker(new URL('./checkpoint.worker.js', import.meta.url), { workerData: this.file });
    worker.unref();
    worker.on('message', () => {
      this.busy = false;
    });
    // A thread that cannot begin or fails is not missed: the log is whole, only its WAL grows until SQLite's
    // own turn.
    worker.on('error', () => {
      this.stopped = true;
    });
    return worker;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.worker?.terminate();
  }
}
