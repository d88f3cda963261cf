import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Caller } from '#runtime';
import {
  CompareCatalogue,
  CompareTariffs,
  ImportCatalogue,
  PublishTariffs,
} from '../../use-cases/catalogue.js';
import { API } from '../access.guard.js';
import { readText, refuseFile, safeFileName } from '../files.js';
import { From, FromQuery } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

const FileName = z.strictObject({
  file: z.string().max(200).optional().meta({ description: 'Name of the file, for messages.' }),
});
const ComparedFile = z.strictObject({
  ...FileName.shape,
  dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Say what would change.' }),
});

/** The files of prices and policies, as they are sent. */
@Controller(API)
export class CatalogueController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @RouteOf(PublishTariffs, { query: ComparedFile, file: ['text/csv'] })
  async importTariffs(
    @FromQuery(ComparedFile) { file = 'tariff.csv', dryRun }: z.output<typeof ComparedFile>,
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

  @RouteOf(ImportCatalogue, { query: ComparedFile, file: ['application/yaml'] })
  async importCatalogue(
    @FromQuery(ComparedFile) { file = 'catalogue.yaml', dryRun }: z.output<typeof ComparedFile>,
    @Req() request: Request,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const sent = { file: safeFileName(file), text: await readText(request) };
    if (dryRun === 'true') {
      const compared = await this.queries.execute(new CompareCatalogue({ ...sent, whose: caller.actor.id }));
      refuseFile(compared);
      response.status(200);
      const { changes, changesJa, parts, tariffs, priceLists } = compared;
      return { changes, changesJa, parts, tariffs, priceLists };
    }
    const read = await this.commands.execute(new ImportCatalogue(sent, caller));
    refuseFile(read);
    const { imported, importedJa, warnings } = read;
    return { imported, importedJa, warnings };
  }
}
