import { parentPort, workerData } from 'node:worker_threads';
import { damagesOf } from './page-check.js';

parentPort!.postMessage(damagesOf(workerData as string));
