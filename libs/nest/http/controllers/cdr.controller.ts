import { Controller, Inject, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CALL_ENCODINGS } from '#rating';
import {
  type Caller,
  type ImportReport,
  type ImportRow,
  type Page,
  type SaidProblem,
  type SuspenseRow,
  saidProblem,
} from '#runtime';
import { CdrCommand, CdrQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered } from '../answer.js';
import { DEFAULT_LIMIT, line, paging, words } from '../fields.js';
import { withUpload } from '../files.js';
import { refused } from '../problem.js';
import { From, FromBody, FromQuery } from '../request.js';
import { Route } from '../route.js';
import { Discarded, Import, ImportReport as Report, RetryReport, SuspendedCdr } from '../schemas.js';
import { allOf, pageOf } from '../shapes.js';

/** Injection token of the data directory. */
export const DIRECTORY = 'daicho.directory';

const Upload = z.strictObject({
  format: z.enum(['csv', 'freeswitch-json']).default('csv'),
  encoding: z
    .enum(CALL_ENCODINGS)
    .default('utf-8')
    .meta({ description: '`auto`: UTF-8 where all of its bytes are that, else Shift_JIS.' }),
  file: z.string().max(200).optional().meta({ description: 'Name of the file, for lists and messages.' }),
});
const Suspended = z.strictObject({ ...paging, import: words(100).optional() });
const Selection = z
  .strictObject({
    import: words(100).optional(),
    line: line.optional(),
    raw: z.string().min(1).max(4096).optional().meta({
      description: 'The one line, mended; kept beside what came, with who did it and why.',
    }),
  })
  .refine(({ line: row, raw }) => raw === undefined || row !== undefined, {
    path: ['line'],
    message: 'is required with raw',
  })
  .refine(({ import: id, line: row }) => row === undefined || id !== undefined, {
    path: ['import'],
    message: 'is required with line',
  });
const Discarding = z.strictObject({ import: words(100), line, reason: words(500) });

@Controller(API)
export class CdrController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(DIRECTORY) private readonly directory: string,
  ) {}

  @Route('POST /cdr-imports', {
    summary: 'Import a file of call records',
    description:
      'The body is the file, streamed. Each call id is charged once, however often it is sent; bad lines ' +
      'go to the suspense list, so an import that broke off is simply sent again.',
    query: Upload,
    file: ['text/csv', 'application/json'],
    status: 201,
    answer: Report,
  })
  async importFile(
    @FromQuery(Upload) { format, encoding, file }: z.output<typeof Upload>,
    @Req() request: Request,
    @From() caller: Caller,
  ): Promise<ImportReport> {
    const name = file ?? (format === 'csv' ? 'cdr.csv' : 'cdr.json');
    return await withUpload(this.directory, name, request, path =>
      this.commands.execute(new CdrCommand('importFile', path, format, caller, undefined, { encoding })),
    );
  }

  @Route('GET /cdr-imports', { summary: 'Imports, newest first', answer: allOf(Import) })
  async imports(): Promise<{ rows: readonly ImportRow[] }> {
    return { rows: await this.queries.execute(new CdrQuery('imports')) };
  }

  @Route('GET /suspense', {
    summary: 'Call records that wait for someone to look at them',
    query: Suspended,
    answer: pageOf(SuspendedCdr),
  })
  async suspense(
    @FromQuery(Suspended) query: z.output<typeof Suspended>,
  ): Promise<Page<SuspenseRow & Partial<SaidProblem>>> {
    const { limit = DEFAULT_LIMIT, cursor, import: id } = query;
    const request = {
      limit,
      ...(cursor !== undefined && { cursor }),
      ...(id !== undefined && { import: id }),
    };
    const { rows, next } = await this.queries.execute(new CdrQuery('suspense', request));
    return { rows: rows.map(row => ({ ...row, ...saidProblem(row.problem) })), next };
  }

  @Route('POST /suspense/retry', {
    summary: 'Try suspended records again: all, those of an import, or one line, mended if need be',
    body: Selection,
    answer: RetryReport,
    refusals: ['NO_SUCH_IMPORT', 'NO_SUCH_SUSPENSE', 'SUSPENSE_IS_RESOLVED'],
  })
  async retry(
    @FromBody(Selection) selection: z.output<typeof Selection>,
    @From() caller: Caller,
  ): Promise<object> {
    const { import: id, line: row, raw } = selection;
    if (id !== undefined && row !== undefined && raw !== undefined) {
      const mended = await this.commands.execute(
        new CdrCommand('correct', { import: id, line: row, raw }, caller),
      );
      if (mended.kind === 'rejected') throw refused(mended.rejection);
    }
    const selector = { ...(id !== undefined && { import: id }), ...(row !== undefined && { line: row }) };
    const report = await this.commands.execute(new CdrCommand('retry', selector, caller));
    const problems = report.problems.map(({ file, line: at, field, problem }) => ({
      file,
      line: at,
      field,
      problem,
      ...saidProblem(problem),
    }));
    return { ...report, problems };
  }

  @Route('POST /suspense/discard', {
    summary: 'Give a suspended record up, with a reason',
    body: Discarding,
    answer: Discarded,
    unchanged: true,
    refusals: ['NO_SUCH_IMPORT', 'NO_SUCH_SUSPENSE'],
  })
  async discard(
    @FromBody(Discarding) { import: id, line: row, reason }: z.output<typeof Discarding>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new CdrCommand('discard', { import: id, line: row }, reason, caller);
    return answered(await this.commands.execute(command), response);
  }
}
