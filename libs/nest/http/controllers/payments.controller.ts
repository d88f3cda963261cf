import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { RawNotification } from '#ports';
import type { Caller } from '#runtime';
import { HearNotification, HearResult, ImportDeposits, ShowPaymentForm } from '../../use-cases/payments.js';
import { API } from '../access.guard.js';
import { asBody } from '../answer.js';
import { originOf } from '../client-address.js';
import { readBytes, refuseFile, safeFileName } from '../files.js';
import { formHeaders, formPage, noFormPage } from '../payment-form.js';
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

const texts = (of: object): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, String(value ?? '')]));

const rawOf = (request: Request, body: Uint8Array): RawNotification => ({
  headers: texts(request.headers),
  query: texts(request.query),
  body,
  from: originOf(request).address,
});

/**
 * What gateways, browsers on their way there and the bank send: notifications, whose very bytes are signed,
 * and files are read as they come.
 */
@Controller(API)
export class PaymentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @RouteOf(HearNotification, { file: ['application/json', 'application/x-www-form-urlencoded'] })
  async hear(
    @FromPath('gateway', Gateway) gateway: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const raw = rawOf(request, await readBytes(request, BYTES_MAX));
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

  /** Nothing of a body is read; what stands in the address is as long as any address may be. */
  @RouteOf(HearResult, { query: z.object({}), produces: ['text/plain'] })
  async hearResult(
    @FromPath('gateway', Gateway) gateway: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const raw = rawOf(request, new Uint8Array());
    asBody(await this.commands.execute(new HearResult({ gateway, raw }, originOf(request))), response);
    response.type('text/plain');
    return 'OK';
  }

  @RouteOf(ShowPaymentForm, { query: z.object({}), produces: ['text/html'] })
  async form(
    @FromPath('gateway', Gateway) gateway: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const query = texts(request.query);
    const form = await this.queries.execute(new ShowPaymentForm({ gateway, query }, originOf(request)));
    response.set(formHeaders(form)).type('text/html; charset=utf-8');
    if (form) return formPage(form);
    response.status(410);
    return noFormPage(query['lang'] === 'en' ? 'en' : 'ja');
  }
}
