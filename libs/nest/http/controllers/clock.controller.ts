import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { Caller, ClockView } from '#runtime';
import { ClockCommand, ClockQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, type UnchangedBody } from '../answer.js';
import { From } from '../request.js';
import { Route } from '../route.js';
import { Clock } from '../schemas.clock.js';

/** Expiry, close and the turn of a month wait while a clock cannot be trusted, until a person confirms it. */
@Controller(API)
export class ClockController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Route('GET /clock', { summary: 'Whether this process believes its clock, and why not', answer: Clock })
  async state(): Promise<ClockView> {
    return await this.queries.execute(new ClockQuery('state'));
  }

  @Route('POST /clock/confirm', {
    summary: 'Say that the clock is right: what time alone causes goes on',
    answer: Clock,
    unchanged: true,
    refusals: ['REASON_REQUIRED'],
  })
  async confirm(
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClockView | UnchangedBody> {
    return answered(await this.commands.execute(new ClockCommand('confirm', caller)), response);
  }
}
