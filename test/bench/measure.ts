import { performance } from 'node:perf_hooks';

/** Seconds that `work` took. */
export async function seconds(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

/** The value at a share of the sorted values: 0.5 the median, 0.99 the slowest hundredth. */
export function quantile(values: readonly number[] | Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.max(0, at)]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Collects what was freed, when node was started with --expose-gc, so that no round pays for another. */
export const settle = (): void => void (globalThis as { gc?: () => void }).gc?.();

/** Highest memory of this process so far, in megabytes (1,000,000 bytes). */
export const peakMegabytes = (): number => (process.resourceUsage().maxRSS * 1024) / 1e6;

/** Runs `task` for 0..count-1, at most `width` at a time. */
export async function pool(
  count: number,
  width: number,
  task: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
