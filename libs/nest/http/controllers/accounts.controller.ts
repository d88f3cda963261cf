import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { type AccountId, Instant } from '#kernel';
import type { AccountView, Answer, Caller, Page } from '#runtime';
import {
  AgreeIncomingDiscount,
  AssignTariff,
  ListAccounts,
  OpenAccount,
  ShowAccount,
} from '../../use-cases/accounts.js';
import type { InputFor } from '../../use-cases/bus.js';
import { API } from '../access.guard.js';
import { scopeOf } from '../access.js';
import { asBody, found, type UnchangedBody } from '../answer.js';
import { Now } from '../clock.js';
import type { Principal } from '../principal.js';
import { From, Who } from '../request.js';
import { Route } from '../route.js';
import { Me } from '../schemas.js';
import { InputOf, RouteOf } from '../use-case.controller.js';

/** The tag of an account's state: its revision. */
const tagOf = (account: AccountView): string => `"${account.revision}"`;

/** What answers with the tag of an account's state, or by whose account it is. */
@Controller(API)
export class AccountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Now,
  ) {}

  @Route('GET /me', { summary: 'Who asks, by key or session, and the time of the product', answer: Me })
  me(@Who() { key, live, role, level, account }: Principal): object {
    const label = key?.label ?? live?.view.name;
    return { key: key?.key ?? null, role, level, account, label, now: Instant.text(this.clock.now()) };
  }

  @RouteOf(OpenAccount)
  async open(
    @InputOf(OpenAccount) input: InputFor<typeof OpenAccount>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView | UnchangedBody> {
    const body = asBody(await this.commands.execute(new OpenAccount(input, caller)), response);
    response.setHeader('Location', `${API}/accounts/${input.account}`);
    if ('revision' in body) response.setHeader('ETag', tagOf(body));
    return body;
  }

  @RouteOf(ListAccounts)
  async list(
    @InputOf(ListAccounts) filter: InputFor<typeof ListAccounts>,
    @Who() who: Principal,
  ): Promise<Page<AccountView>> {
    const own = scopeOf(who);
    if (own === undefined) return await this.queries.execute(new ListAccounts(filter));
    const account = await this.queries.execute(new ShowAccount({ account: own }));
    return { rows: account ? [account] : [], next: null };
  }

  @RouteOf(ShowAccount)
  async get(
    @InputOf(ShowAccount) input: InputFor<typeof ShowAccount>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView | undefined> {
    const view = found(await this.queries.execute(new ShowAccount(input)), 'ACCOUNT');
    response.setHeader('ETag', tagOf(view));
    const known = request
      .get('If-None-Match')
      ?.split(',')
      .map(tag => tag.trim().replace(/^W\//, ''));
    if (!known?.some(tag => tag === tagOf(view) || tag === '*')) return view;
    response.status(304);
    return undefined;
  }

  @RouteOf(AssignTariff)
  async assignTariff(
    @InputOf(AssignTariff) input: InputFor<typeof AssignTariff>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView> {
    const answer = await this.commands.execute(new AssignTariff(input, caller));
    return await this.stateAfter(input.account, answer, response);
  }

  @RouteOf(AgreeIncomingDiscount)
  async agreeDiscount(
    @InputOf(AgreeIncomingDiscount) input: InputFor<typeof AgreeIncomingDiscount>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView> {
    const answer = await this.commands.execute(new AgreeIncomingDiscount(input, caller));
    return await this.stateAfter(input.account, answer, response);
  }

  /** A PUT answers with the state it led to, also when it was so already. */
  private async stateAfter(
    account: AccountId,
    answer: Answer<AccountView>,
    response: Response,
  ): Promise<AccountView> {
    const body = asBody(answer, response);
    const view =
      'revision' in body ? body : found(await this.queries.execute(new ShowAccount({ account })), 'ACCOUNT');
    response.setHeader('ETag', tagOf(view));
    return view;
  }
}
