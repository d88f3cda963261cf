import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { JOB_STATES } from '#ports';
import type { Caller, JobRow, Page } from '#runtime';
import { JobCommand, JobQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, type UnchangedBody } from '../answer.js';
import { DEFAULT_LIMIT, paging, words } from '../fields.js';
import { From, FromPath, FromQuery } from '../request.js';
import { Route } from '../route.js';
import { ChangedJob, Job } from '../schemas.jobs.js';
import { pageOf } from '../shapes.js';

const JobsQuery = z.strictObject({
  ...paging,
  state: z.enum(JOB_STATES).optional().meta({ description: 'Only jobs in this state.', example: 'parked' }),
  name: words(40).optional().meta({ description: 'Only jobs of this name.', example: 'close-month' }),
});
const name = words(40);
const key = words(120);

/** What is done later, outside a request: seen, tried again and taken away by staff. */
@Controller(API)
export class JobsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Route('GET /jobs', { summary: 'Jobs, newest due first', query: JobsQuery, answer: pageOf(Job) })
  async list(
    @FromQuery(JobsQuery) { limit = DEFAULT_LIMIT, cursor, state, name: only }: z.output<typeof JobsQuery>,
  ): Promise<Page<JobRow>> {
    const request = {
      limit,
      ...(cursor && { cursor }),
      ...(state && { state }),
      ...(only && { name: only }),
    };
    return await this.queries.execute(new JobQuery('list', request));
  }

  @Route('POST /jobs/:name/:key/retry', {
    summary: 'Let a parked job begin anew, now, with all its attempts',
    answer: ChangedJob,
    refusals: ['NO_SUCH_JOB', 'JOB_NOT_PARKED', 'REASON_REQUIRED', 'JOB_HAS_GONE_ON'],
  })
  async retry(
    @FromPath('name', name) ofName: string,
    @FromPath('key', key) ofKey: string,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ job: string } | UnchangedBody> {
    const job = { name: ofName, key: ofKey };
    return answered(await this.commands.execute(new JobCommand('retry', job, caller)), response);
  }

  @Route('POST /jobs/:name/:key/discard', {
    summary: 'Take a job away that is not running; of a repetition only this one',
    answer: ChangedJob,
    refusals: ['NO_SUCH_JOB', 'JOB_ACTIVE', 'REASON_REQUIRED', 'JOB_HAS_GONE_ON'],
  })
  async discard(
    @FromPath('name', name) ofName: string,
    @FromPath('key', key) ofKey: string,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ job: string } | UnchangedBody> {
    const job = { name: ofName, key: ofKey };
    return answered(await this.commands.execute(new JobCommand('discard', job, caller)), response);
  }
}
