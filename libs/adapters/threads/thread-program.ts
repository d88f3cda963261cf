import { setPriority } from 'node:os';
import { isMainThread, parentPort } from 'node:worker_threads';
import type { Tasks } from '#ports';

/** What a thread is asked to do. */
export interface Asked {
  readonly name: string;
  readonly args: readonly unknown[];
}
/** What a thread says: that it is ready, what came out, what went wrong. */
export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

/** A task as a thread sees it: its types were checked where it was asked for. */
export type AnyTask = (...given: readonly unknown[]) => unknown;

/** Whoever answers questions comes first where processors are few. */
const NICE = 3;

/** Bytes change hands without a copy. */
const handedOver = (value: unknown): ArrayBuffer[] =>
  value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [];

/** The whole program of a thread: does one task after another as it is asked. */
export function serveTasks<T extends Tasks<T>>(tasks: T): void {
  if (isMainThread || !parentPort) throw new Error('this is the program of a thread');
  const port = parentPort;
  try {
    // On Linux a priority is that of the thread that sets it.
    if (process.platform === 'linux') setPriority(NICE);
  } catch {
    // Not everybody may: then all are equal.
  }
  const say = (said: Said, transfer: ArrayBuffer[] = []): void => port.postMessage(said, transfer);
  port.on('message', async ({ name, args }: Asked) => {
    try {
      const task = tasks[name as keyof T] as unknown as AnyTask;
      const value = await task(...args);
      say({ kind: 'done', value }, handedOver(value));
    } catch (error) {
      const { name: kind, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      say({ kind: 'failed', name: kind, message, stack });
    }
  });
  say({ kind: 'ready' });
}
