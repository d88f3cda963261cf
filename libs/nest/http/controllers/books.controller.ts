import { Readable } from 'node:stream';
import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { AuditFinding, Explanation, Progress } from '#runtime';
import { AuditQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { accessTo } from '../access.js';
import { found } from '../answer.js';
import { EventStreams, wantsEvents } from '../event-stream.js';
import { instant, position, words } from '../fields.js';
import type { Principal } from '../principal.js';
import { FromPath, FromQuery, Who } from '../request.js';
import { Route } from '../route.js';
import { Explanation as Cause, AuditFinding as Finding } from '../schemas.books.js';

const AsOf = z.strictObject({
  asOf: instant.optional().meta({ description: 'The end of the log without it.' }),
});
const Span = z.strictObject({
  format: z.enum(['jsonl', 'hledger', 'csv']).default('jsonl'),
  from: position.optional().meta({ description: 'First position, inclusive.' }),
  to: position.optional().meta({ description: 'Last position, inclusive.' }),
});
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

  @Route('GET /explanations/:id', {
    summary: 'Any amount back to its causes: invoice line, debits, calls, tariff row, events',
    description:
      'A `#position`, and what a command recorded beside money, only for those who may read the log.',
    answer: Cause,
  })
  async explain(@FromPath('id', words(200)) id: string, @Who() who: Principal): Promise<Explanation> {
    const reader = { log: accessTo('GET /events').roles.includes(who.role) };
    return found(await this.queries.execute(new AuditQuery('explain', id, reader)), 'EXPLANATION');
  }

  @Route('GET /audit/verify', {
    summary: 'Check the hash chain over the whole log',
    description:
      'Takes time in proportion to the log. `ok: false` names the first bad position. With ' +
      '`Accept: text/event-stream` events: `progress` {done, total, what}, then `end` {finding}.',
    answer: Finding,
    produces: ['text/event-stream'],
  })
  async verify(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.told(request, response, progress => this.queries.execute(new AuditQuery('verify', progress)));
  }

  @Route('GET /audit/replay', {
    summary: 'Rebuild every read model from the log and compare it, row by row, with the live one',
    description: 'With `Accept: text/event-stream` events: `progress`, then `end` {finding}.',
    query: AsOf,
    answer: Finding,
    produces: ['text/event-stream'],
  })
  async replay(
    @FromQuery(AsOf) { asOf }: z.output<typeof AsOf>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const input = asOf === undefined ? {} : { asOf };
    await this.told(request, response, progress =>
      this.queries.execute(new AuditQuery('replay', input, progress)),
    );
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

  @Route('GET /audit/export', {
    summary: 'The log as JSON Lines, or the journal for hledger or as CSV, streamed',
    description:
      'Seals and hashes of passwords read `(hidden)`; `daicho audit export --with-secrets` on the machine ' +
      'itself has them.',
    query: Span,
    produces: ['application/jsonl', 'text/plain', 'text/csv'],
  })
  async export(@FromQuery(Span) { format, from, to }: z.output<typeof Span>): Promise<StreamableFile> {
    const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const pieces = await this.queries.execute(new AuditQuery('export', format, span));
    const bytes = Readable.from(inBytes(pieces), { objectMode: false });
    const { type, file } = FORMS[format];
    const answer = new StreamableFile(bytes, { type, disposition: `attachment; filename="${file}"` });
    // An export that breaks off must not look like a whole one: the connection is cut, not ended.
    answer.setErrorHandler((_error, response) => response.destroy?.());
    return answer;
  }
}

async function* inBytes(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) if (piece !== '') yield Buffer.from(piece);
}
