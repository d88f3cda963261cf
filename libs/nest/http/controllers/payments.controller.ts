import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Caller } from '#runtime';
import { HearNotification, ImportDeposits } from '../../use-cases/payments.js';
import { API } from '../access.guard.js';
import { asBody } from '../answer.js';
import { originOf } from '../client-address.js';
import { readBytes, refuseFile, safeFileName } from '../files.js';
import { From, FromPath, FromQuery } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

/** A longer notification is none of any gateway. */
const BYTES_MAX = 64 * 1024;
/** Files of a bank: a hundred thousand deposits, and more than any bank sends in a day. */
const FILE_BYTES_MAX = 32_000_000;
const DepositUpload = z.strictObject({
  file: z.string().max(200).optional().meta({ description: 'Name of the file, for lists and messages.' }),
});
const Gateway = HearNotification.useCase.input.shape.gateway;

/** Notifications of gateways, whose very bytes are signed, and files of the bank: read as they come. */
@Controller(API)
export class PaymentsController {
  constructor(private readonly commands: CommandBus) {}

  @RouteOf(HearNotification, { file: ['application/json', 'application/x-www-form-urlencoded'] })
  async hear(
    @FromPath('gateway', Gateway) gateway: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const body = await readBytes(request, BYTES_MAX);
    const raw = {
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]),
      ),
      query: Object.fromEntries(Object.entries(request.query).map(([name, value]) => [name, String(value)])),
      body,
      from: originOf(request).address,
    };
    return asBody(
      await this.commands.execute(new HearNotification({ gateway, raw }, originOf(request))),
      response,
    );
  }

  @RouteOf(ImportDeposits, {
    query: DepositUpload,
    file: ['application/octet-stream', 'text/plain', 'text/csv'],
  })
  async importDeposits(
    @FromQuery(DepositUpload) { file = 'deposits.txt' }: z.output<typeof DepositUpload>,
    @Req() request: Request,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const sent = { name: safeFileName(file), bytes: await readBytes(request, FILE_BYTES_MAX) };
    const answer = await this.commands.execute(new ImportDeposits(sent, caller));
    if (answer.kind !== 'faults') return asBody(answer, response);
    refuseFile(answer.faults);
    throw new Error('a refused file has a problem');
  }
}
