import { Controller, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import type { BusinessMonth } from '#kernel';
import type { CloseMonth as Month, MonthReport as Report } from '#runtime';
import { ReportQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { EventStreams } from '../event-stream.js';
import { businessMonth, DEFAULT_LIMIT, given, paging } from '../fields.js';
import { FromPath, FromQuery } from '../request.js';
import { Route } from '../route.js';
import { CloseMonth, MonthReport } from '../schemas.pages.js';
import { allOf } from '../shapes.js';

const Paging = z.strictObject(paging);

/** How far the months are closed. Closing itself is `POST /closes`. */
@Controller(API)
export class ClosesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: EventStreams,
  ) {}

  @Route('GET /closes', {
    summary: 'Months, newest first, with how far each is closed',
    answer: allOf(CloseMonth),
  })
  async months(): Promise<{ rows: readonly Month[] }> {
    return { rows: await this.queries.execute(new ReportQuery('closeMonths')) };
  }

  @Route('GET /closes/:month', {
    summary: 'What the close of a month has done so far, account by account',
    query: Paging,
    answer: MonthReport,
  })
  async report(
    @FromPath('month', businessMonth) month: BusinessMonth,
    @FromQuery(Paging) page: z.output<typeof Paging>,
  ): Promise<Report> {
    const request = { limit: DEFAULT_LIMIT, ...given(page) };
    return await this.queries.execute(new ReportQuery('closeReport', month, request));
  }

  @Route('GET /closes/:month/progress', {
    summary: 'The close of a month as it goes on, wherever it runs, as server-sent events',
    description:
      '`progress` {done, total, what}: accounts. `end` {report}: the month as it stands, when it is closed ' +
      'or nothing has moved for a minute.',
    produces: ['text/event-stream'],
  })
  async progress(
    @FromPath('month', businessMonth) month: BusinessMonth,
    @Res() response: Response,
  ): Promise<void> {
    await this.streams.answer(response, async ({ progress, signal }) => ({
      report: await this.queries.execute(new ReportQuery('watchClose', month, progress, { signal })),
    }));
  }
}
