import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { HearNotification } from '../../use-cases/payments.js';
import { API } from '../access.guard.js';
import { asBody } from '../answer.js';
import { originOf } from '../client-address.js';
import { readBytes } from '../files.js';
import { FromPath } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

/** A longer notification is none of any gateway. */
const BYTES_MAX = 64 * 1024;
const Gateway = HearNotification.useCase.input.shape.gateway;

/** Notifications of gateways: their very bytes are signed, so they are read as they come. */
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
}
