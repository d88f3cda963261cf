import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import type { AccountId } from '#kernel';
import type { Caller, OrderView } from '#runtime';
import { PlaceOrder, PreviewCancellation, PreviewOrder, PreviewUnits } from '../../use-cases/contracts.js';
import { API } from '../access.guard.js';
import { asBody, type UnchangedBody } from '../answer.js';
import { accountId } from '../fields.js';
import { buyerOf, type Principal } from '../principal.js';
import { From, FromBody, FromPath, FromQuery, Who } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

/** Who asks is known by the door, never by the body. */
const Wanted = PlaceOrder.useCase.input.omit({ account: true, by: true });
const { circle, items, cancels } = Wanted.shape;
const flag = z
  .enum(['yes', 'no'])
  .optional()
  .transform(text => text === 'yes');

/** A list in a query: one text, with commas. */
const listed = <Value>(list: z.ZodType<Value, string[]>) =>
  z
    .string()
    .optional()
    .transform(text => (text === undefined || text === '' ? [] : text.split(',')))
    .pipe(list);
const Looked = z.strictObject({
  ...{ circle, items: listed(items.unwrap()), cancels: listed(cancels.unwrap()), withNumbers: flag },
});
const Ending = z.strictObject({
  contracts: z
    .string()
    .optional()
    .transform(text => (text === undefined ? undefined : text.split(',')))
    .pipe(PreviewCancellation.useCase.input.shape.contracts),
  withNumbers: flag,
  circle: PreviewCancellation.useCase.input.shape.circle,
  whole: flag,
});

const Counted = PreviewUnits.useCase.input.omit({ account: true });

/** What of contracts has a twist: who buys decides what is sold, and questions that may be refused. */
@Controller(API)
export class ContractsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @RouteOf(PlaceOrder, { body: Wanted })
  async order(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Wanted) wanted: z.output<typeof Wanted>,
    @Who() who: Principal,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderView | UnchangedBody> {
    const input = { ...wanted, account, by: buyerOf(who) };
    return asBody(await this.commands.execute(new PlaceOrder(input, caller)), response);
  }

  @RouteOf(PreviewOrder, { query: Looked })
  async previewOrder(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(Looked) wanted: z.output<typeof Looked>,
    @Who() who: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const input = { ...wanted, account, by: buyerOf(who) };
    return asBody(await this.queries.execute(new PreviewOrder(input)), response);
  }

  @RouteOf(PreviewCancellation, { query: Ending })
  async previewCancellation(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(Ending) wanted: z.output<typeof Ending>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return asBody(await this.queries.execute(new PreviewCancellation({ ...wanted, account })), response);
  }

  @RouteOf(PreviewUnits, { query: Counted })
  async previewUnits(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(Counted) units: z.output<typeof Counted>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return asBody(await this.queries.execute(new PreviewUnits({ ...units, account })), response);
  }
}
