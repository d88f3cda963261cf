import { availableParallelism } from 'node:os';
import { openThreads } from '#adapters/threads';
import type { HeavyWork } from '#ports';
import type { HeavyTasks } from '#runtime';
import { HEAVY_TASKS } from './heavy-tasks.js';

/** A paper takes a tenth of a second: the papers of a month for all customers of a reseller are no fault. */
const WAITING_AT_MOST = 2_000;
const WAITING_OF_ONE_AT_MOST = 500;
/** A file at the limits of its size takes some ten seconds on a slow machine. */
const LIMIT_MS = 300_000;
const HEAP_MEGABYTES = 1_024;

/** Threads for whole files and papers. None begins before there is work. */
export const openHeavyWork = (): HeavyWork<HeavyTasks> =>
  openThreads({
    program: new URL('./heavy-work.worker.js', import.meta.url),
    tasks: HEAVY_TASKS,
    threads: Math.min(4, Math.max(2, availableParallelism() - 1)),
    waitingAtMost: WAITING_AT_MOST,
    waitingOfOneAtMost: WAITING_OF_ONE_AT_MOST,
    limitMs: LIMIT_MS,
    heapMegabytes: HEAP_MEGABYTES,
  });
