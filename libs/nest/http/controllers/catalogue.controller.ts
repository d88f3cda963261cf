import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { rejection } from '#kernel';
import { type Caller, type Faults, type FileProblem, requestRefusals } from '#runtime';
import { CompareTariffs, ImportCatalogue, PublishTariffs } from '../../use-cases/catalogue.js';
import { API } from '../access.guard.js';
import { readText, safeFileName } from '../files.js';
import { refused } from '../problem.js';
import { From, FromQuery } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

const FileName = z.strictObject({
  file: z.string().max(200).optional().meta({ description: 'Name of the file, for messages.' }),
});
const TariffFile = z.strictObject({
  ...FileName.shape,
  dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Say what would change.' }),
});

/** A refused file: its problems, each with its line, so that its author finds it. */
function refuseFile({ problems, more = 0 }: Faults): void {
  const [first] = problems;
  if (!first) return;
  const errors = problems.map(({ file, line, field, ...told }) => ({
    field: `${file}:${line}${field === null ? '' : ` ${field}`}`,
    ...told,
  }));
  const count = String(errors.length + more);
  throw refused(rejection(requestRefusals.FILE_REFUSED, { problems: count }), {
    ...(errors[0] && { field: errors[0].field }),
    errors,
    ...(more > 0 && { moreErrors: more }),
  });
}

/** The files of prices and policies, as they are sent. */
@Controller(API)
export class CatalogueController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @RouteOf(PublishTariffs, { query: TariffFile, file: ['text/csv'] })
  async importTariffs(
    @FromQuery(TariffFile) { file = 'tariff.csv', dryRun }: z.output<typeof TariffFile>,
    @Req() request: Request,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const sent = { file: safeFileName(file), text: await readText(request) };
    if (dryRun === 'true') {
      const compared = await this.queries.execute(new CompareTariffs({ ...sent, whose: caller.actor.id }));
      refuseFile(compared);
      response.status(200);
      return { tariffs: compared.tariffs };
    }
    const published = await this.commands.execute(new PublishTariffs(sent, caller));
    refuseFile(published);
    return { rows: published.tariffs };
  }

  @RouteOf(ImportCatalogue, { query: FileName, file: ['application/yaml'] })
  async importCatalogue(
    @FromQuery(FileName) { file = 'catalogue.yaml' }: z.output<typeof FileName>,
    @Req() request: Request,
    @From() caller: Caller,
  ): Promise<{ imported: readonly string[]; warnings: readonly FileProblem[] }> {
    const sent = { file: safeFileName(file), text: await readText(request) };
    const read = await this.commands.execute(new ImportCatalogue(sent, caller));
    refuseFile(read);
    return { imported: read.imported, warnings: read.warnings };
  }
}
