export { type BullmqJobQueueOptions, openBullmqJobQueue } from './bullmq-job-queue.js';
