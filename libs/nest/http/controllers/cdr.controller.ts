import { Controller, Inject, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Request } from 'express';
import { z } from 'zod';
import { type Caller, type ImportReport, importCalls } from '#runtime';
import { ImportCalls } from '../../use-cases/cdr.js';
import { API } from '../access.guard.js';
import { withUpload } from '../files.js';
import { From, FromQuery } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

/** Injection token of the data directory. */
export const DIRECTORY = 'daicho.directory';

const Upload = importCalls.input.omit({ path: true, trial: true }).extend({
  file: z.string().max(200).optional().meta({ description: 'Name of the file, for lists and messages.' }),
});

/** Call files, as they are sent. */
@Controller(API)
export class CdrController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(DIRECTORY) private readonly directory: string,
  ) {}

  @RouteOf(ImportCalls, { query: Upload, file: ['text/csv', 'application/json'] })
  async importFile(
    @FromQuery(Upload) { file, ...how }: z.output<typeof Upload>,
    @Req() request: Request,
    @From() caller: Caller,
  ): Promise<ImportReport> {
    const name = file ?? (how.format === 'csv' ? 'cdr.csv' : 'cdr.json');
    return await withUpload(this.directory, name, request, path =>
      this.commands.execute(new ImportCalls({ path, ...how }, caller)),
    );
  }
}
