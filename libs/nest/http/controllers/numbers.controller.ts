import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Caller } from '#runtime';
import { ImportNumbers } from '../../use-cases/numbers.js';
import { API } from '../access.guard.js';
import { readText, refuseFile, safeFileName } from '../files.js';
import { From, FromQuery } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

const NumberFile = z.strictObject({
  file: z.string().max(200).optional().meta({ description: 'Name of the file, for messages.' }),
  dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Say what would come.' }),
});

/** Files of numbers, as they are sent. */
@Controller(API)
export class NumbersController {
  constructor(private readonly commands: CommandBus) {}

  @RouteOf(ImportNumbers, { query: NumberFile, file: ['text/csv'] })
  async importNumbers(
    @FromQuery(NumberFile) { file = 'numbers.csv', dryRun }: z.output<typeof NumberFile>,
    @Req() request: Request,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const sent = { file: safeFileName(file), text: await readText(request), dryRun: dryRun === 'true' };
    const { imported, ...faults } = await this.commands.execute(new ImportNumbers(sent, caller));
    refuseFile(faults);
    if (sent.dryRun) response.status(200);
    return imported;
  }
}
