import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { BusinessDay } from '#kernel';
import type { Caller, Faults, FileProblem, TariffView } from '#runtime';
import { CatalogueCommand, CatalogueQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { found } from '../answer.js';
import { Now } from '../clock.js';
import { businessDay, words } from '../fields.js';
import { readText, safeFileName } from '../files.js';
import { Problem } from '../problem.js';
import { From, FromPath, FromQuery } from '../request.js';
import { Route } from '../route.js';
import { Catalogue, Imported, Tariff, TariffRow } from '../schemas.js';
import { TariffDiffs } from '../schemas.pages.js';
import { allOf } from '../shapes.js';

const FileName = z.strictObject({
  file: z.string().max(200).optional().meta({ description: 'Name of the file, for messages.' }),
});
const TariffFile = z.strictObject({
  ...FileName.shape,
  dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Say what would change.' }),
});
const OnDay = z.strictObject({
  on: businessDay.optional().meta({ description: 'Today in Japan without it.' }),
});

/** A refused file: its problems, each with its line, so that its author finds it. */
function refuseFile({ problems, more = 0 }: Faults): void {
  const [first] = problems;
  if (!first) return;
  const errors = problems.map(({ file, line, field, problem }) => ({
    field: `${file}:${line}${field === null ? '' : ` ${field}`}`,
    problem,
  }));
  const count = errors.length + more;
  throw new Problem(422, 'FILE_REFUSED', `nothing was imported: ${count} problem(s)`, {
    ...(errors[0] && { field: errors[0].field }),
    errors,
    ...(more > 0 && { moreErrors: more }),
  });
}

@Controller(API)
export class CatalogueController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Now,
  ) {}

  @Route('GET /tariffs', { summary: 'Tariffs, each in its newest version', answer: allOf(Tariff) })
  async tariffs(): Promise<{ rows: readonly TariffView[] }> {
    return { rows: await this.queries.execute(new CatalogueQuery('tariffs')) };
  }

  @Route('POST /tariffs', {
    summary: 'Publish the tariffs of a tariff.csv, all or none',
    description: 'With `dryRun=true` nothing is published: the answer (200) is what the file would change.',
    query: TariffFile,
    file: ['text/csv'],
    status: 201,
    answer: z.union([allOf(Tariff), TariffDiffs]),
    refusals: ['FILE_REFUSED'],
  })
  async importTariffs(
    @FromQuery(TariffFile) { file = 'tariff.csv', dryRun }: z.output<typeof TariffFile>,
    @Req() request: Request,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const name = safeFileName(file);
    const text = await readText(request);
    if (dryRun === 'true') {
      const compared = await this.queries.execute(
        new CatalogueQuery('compareTariffCsv', name, text, caller.actor.id),
      );
      refuseFile(compared);
      response.status(200);
      return { tariffs: compared.tariffs };
    }
    const command = new CatalogueCommand('importTariffCsv', name, text, caller);
    const published = await this.commands.execute(command);
    refuseFile(published);
    return { rows: published.tariffs };
  }

  @Route('GET /tariffs/:tariff/rows', {
    summary: 'Rows in force of the newest version, in the order of the file',
    answer: allOf(TariffRow),
  })
  async rows(@FromPath('tariff', words(100)) tariff: string): Promise<{ rows: readonly object[] }> {
    return { rows: found(await this.queries.execute(new CatalogueQuery('tariffRows', tariff)), 'TARIFF') };
  }

  @Route('GET /catalogue', {
    summary: 'Issuer and the policies in force on a day',
    query: OnDay,
    answer: Catalogue,
  })
  async catalogue(@FromQuery(OnDay) { on }: z.output<typeof OnDay>): Promise<object> {
    const day = on ?? BusinessDay.of(this.clock.now());
    const [issuer, policies] = await Promise.all([
      this.queries.execute(new CatalogueQuery('issuer')),
      this.queries.execute(new CatalogueQuery('policies', day)),
    ]);
    return { issuer, policies };
  }

  @Route('POST /catalogue', {
    summary: 'Import a catalogue.yaml: issuer, policies and tariffs, everything or nothing',
    query: FileName,
    file: ['application/yaml'],
    status: 201,
    answer: Imported,
    refusals: ['FILE_REFUSED'],
  })
  async importCatalogue(
    @FromQuery(FileName) { file = 'catalogue.yaml' }: z.output<typeof FileName>,
    @Req() request: Request,
    @From() caller: Caller,
  ): Promise<{ imported: readonly string[]; warnings: readonly FileProblem[] }> {
    const text = await readText(request);
    const read = await this.commands.execute(
      new CatalogueCommand('importCatalogueYaml', safeFileName(file), text, caller),
    );
    refuseFile(read);
    return { imported: read.imported, warnings: read.warnings };
  }
}
