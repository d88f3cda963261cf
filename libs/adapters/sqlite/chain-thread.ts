import { Worker } from 'node:worker_threads';
import type { ChainProof } from '#ports';

export interface ChainTask {
  readonly file: string;
  /** A position that was certainly stored. */
  readonly known: number;
}

/** What the thread says: that it runs, how far it is, what it found. */
export type ChainNews =
  | { readonly kind: 'running' }
  | { readonly kind: 'progress'; readonly position: number; readonly head: number }
  | { readonly kind: 'done'; readonly check: ChainProof };

export interface ChainThread {
  /** undefined: the thread could not begin (no built program stands beside this one), or was stopped. */
  readonly found: Promise<ChainProof | undefined>;
  stop(): void;
}

/**
 * Proves the chain of a store's file in a thread of its own, through a connection of its own: whoever serves
 * or folds the same events meanwhile is not held up. @throws what ended the thread after it had begun
 */
export function checkChainInThread(
  task: ChainTask,
  onProgress?: (position: number, head: number) => void,
): ChainThread {
  const worker = new Worker(new URL('./chain-check.worker.js', import.meta.url), { workerData: task });
  let running = false;
  const found = new Promise<ChainProof | undefined>((resolve, reject) => {
    worker.on('message', (news: ChainNews) => {
      if (news.kind === 'running') running = true;
      else if (news.kind === 'progress') onProgress?.(news.position, news.head);
      else resolve(news.check);
    });
    worker.on('error', error => (running ? reject(error) : resolve(undefined)));
    worker.on('exit', () => resolve(undefined));
  });
  return { found, stop: () => void worker.terminate() };
}
