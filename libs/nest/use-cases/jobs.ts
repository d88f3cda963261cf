import { discardJob, listJobs, retryJob } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListJobs extends queryOf(listJobs) {}
export class RetryJob extends commandOf(retryJob) {}
export class DiscardJob extends commandOf(discardJob) {}
