import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { z } from 'zod';
import type { AccountId } from '#kernel';
import type { Caller, CartView, OrderView } from '#runtime';
import { OrderCart, ShowCart } from '../../use-cases/cart.js';
import { API } from '../access.guard.js';
import { asBody, type UnchangedBody } from '../answer.js';
import { accountId } from '../fields.js';
import { buyerOf, type Principal } from '../principal.js';
import { From, FromBody, FromPath, FromQuery, Who } from '../request.js';
import { RouteOf } from '../use-case.controller.js';

/** Who asks is known by the door, never by the body. */
const Shown = ShowCart.useCase.input.omit({ account: true, by: true });
const Agreed = OrderCart.useCase.input.omit({ account: true, by: true });

/** Of carts: who buys decides what is sold. */
@Controller(API)
export class CartController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @RouteOf(ShowCart, { query: Shown })
  async show(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(Shown) whose: z.output<typeof Shown>,
    @Who() who: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CartView | UnchangedBody> {
    const input = { ...whose, account, by: buyerOf(who) };
    return asBody(await this.queries.execute(new ShowCart(input)), response);
  }

  @RouteOf(OrderCart, { body: Agreed })
  async order(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Agreed) agreed: z.output<typeof Agreed>,
    @Who() who: Principal,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderView | UnchangedBody> {
    const input = { ...agreed, account, by: buyerOf(who) };
    return asBody(await this.commands.execute(new OrderCart(input, caller)), response);
  }
}
