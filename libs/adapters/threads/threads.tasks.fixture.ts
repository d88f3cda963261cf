import { threadId } from 'node:worker_threads';

export const TASKS = {
  bytes: async (count: number): Promise<Uint8Array> => new Uint8Array(count),
  threadId: (): number => threadId,
  fail(): never {
    throw new TypeError('no');
  },
  endless(): void {
    for (;;);
  },
  hungry(): number {
    const all: number[][] = [];
    for (;;) all.push(new Array(100_000).fill(all.length));
  },
};
