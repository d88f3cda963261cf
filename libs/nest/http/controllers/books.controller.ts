import { Readable } from 'node:stream';
import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type AuditFinding, type Explanation, exportLog, type Progress, replayLog } from '#runtime';
import { ExplainAmount, ExportLog, ReplayLog, VerifyLog } from '../../use-cases/audit.js';
import { API } from '../access.guard.js';
import { accessTo } from '../access.js';
import { found } from '../answer.js';
import { EventStreams, wantsEvents } from '../event-stream.js';
import { words } from '../fields.js';
import type { Principal } from '../principal.js';
import { FromPath, FromQuery, Who } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

/** Whether the log may be read is known, not said. */
const NOTHING = z.strictObject({});
const Span = exportLog.input.omit({ withSecrets: true });
const FORMS = {
  jsonl: { type: 'application/jsonl; charset=utf-8', file: 'daicho-export.jsonl' },
  hledger: { type: 'text/plain; charset=utf-8', file: 'daicho-export.journal' },
  csv: { type: 'text/csv; charset=utf-8', file: 'daicho-export.csv' },
};

/** What the auditor reads. */
@Controller(API)
export class BooksController {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: EventStreams,
  ) {}

  @RouteOf(ExplainAmount, { query: NOTHING })
  async explain(@FromPath('id', words(200)) id: string, @Who() who: Principal): Promise<Explanation> {
    const log = accessTo('GET /events').roles.includes(who.role);
    return found(await this.queries.execute(new ExplainAmount({ id, log })), 'EXPLANATION');
  }

  @RouteOf(VerifyLog, { produces: ['text/event-stream'] })
  async verify(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.told(request, response, progress => this.queries.execute(new VerifyLog({}, { progress })));
  }

  @RouteOf(ReplayLog, { query: replayLog.input, produces: ['text/event-stream'] })
  async replay(
    @FromQuery(replayLog.input) input: z.output<typeof replayLog.input>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.told(request, response, progress => this.queries.execute(new ReplayLog(input, { progress })));
  }

  /** The finding, or for whoever asks for events how far it is and then the finding. */
  private async told(
    request: Request,
    response: Response,
    find: (progress?: Progress) => Promise<AuditFinding>,
  ): Promise<void> {
    if (!wantsEvents(request)) {
      response.json(await this.streams.limited(response, () => find()));
      return;
    }
    await this.streams.answer(response, async ({ progress }) => ({ finding: await find(progress) }));
  }

  @RouteOf(ExportLog, { query: Span, produces: ['application/jsonl', 'text/plain', 'text/csv'] })
  async export(@FromQuery(Span) span: z.output<typeof Span>): Promise<StreamableFile> {
    const pieces = await this.queries.execute(new ExportLog({ ...span, withSecrets: false }));
    const bytes = Readable.from(inBytes(pieces), { objectMode: false });
    const { type, file } = FORMS[span.format];
    const answer = new StreamableFile(bytes, { type, disposition: `attachment; filename="${file}"` });
    // An export that breaks off must not look like a whole one: the connection is cut, not ended.
    answer.setErrorHandler((_error, response) => response.destroy?.());
    return answer;
  }
}

async function* inBytes(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) if (piece !== '') yield Buffer.from(piece);
}
