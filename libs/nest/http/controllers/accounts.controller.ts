import { Controller, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type AccountId, Instant, Money } from '#kernel';
import type { AccountView, Answer, Caller, Page } from '#runtime';
import { AccountCommand, AccountQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { scopeOf } from '../access.js';
import { answered, found, type UnchangedBody } from '../answer.js';
import { Now } from '../clock.js';
import { accountId, businessDay, DEFAULT_LIMIT, money, paging, phoneNumber, words } from '../fields.js';
import type { Principal } from '../principal.js';
import { From, FromBody, FromPath, FromQuery, Who } from '../request.js';
import { Route } from '../route.js';
import { Account, Me } from '../schemas.js';
import { pageOf } from '../shapes.js';

const Opening = z.strictObject({
  account: accountId,
  name: words(200),
  // Not "today" by default: the same request sent again after midnight must be the same request.
  openedOn: businessDay,
  numbers: z.array(phoneNumber).max(1000).default([]),
  tariff: words(100),
  incomingDiscount: money.default(Money.zero).meta({ description: '着割: yen per minute of incoming talk.' }),
});
const NumberBody = z.strictObject({ number: phoneNumber });
const TariffBody = z.strictObject({ tariff: words(100) });
const DiscountBody = z.strictObject({ perMinute: money });
const Listing = z.strictObject({
  ...paging,
  search: z.string().max(200).optional().meta({ description: 'Part of a name, an id or a number.' }),
});

/** The tag of an account's state: its revision. */
const tagOf = (account: AccountView): string => `"${account.revision}"`;

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

  @Route('POST /accounts', {
    summary: 'Open an account',
    body: Opening,
    status: 201,
    answer: Account,
    refusals: ['ACCOUNT_EXISTS', 'NUMBER_TAKEN', 'NO_SUCH_TARIFF', 'NAME_REQUIRED', 'DISCOUNT_NEGATIVE'],
  })
  async open(
    @FromBody(Opening) input: z.output<typeof Opening>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView | UnchangedBody> {
    const answer = await this.commands.execute(new AccountCommand('open', input, caller));
    const body = answered(answer, response);
    response.setHeader('Location', `${API}/accounts/${input.account}`);
    if ('revision' in body) response.setHeader('ETag', tagOf(body));
    return body;
  }

  @Route('GET /accounts', {
    summary: 'Accounts by id; a customer sees its own',
    query: Listing,
    answer: pageOf(Account),
  })
  async list(
    @FromQuery(Listing) query: z.output<typeof Listing>,
    @Who() who: Principal,
  ): Promise<Page<AccountView>> {
    const own = scopeOf(who);
    if (own !== undefined) {
      const account = await this.queries.execute(new AccountQuery('get', own));
      return { rows: account ? [account] : [], next: null };
    }
    const { limit = DEFAULT_LIMIT, cursor, search } = query;
    const request = {
      limit,
      ...(cursor !== undefined && { cursor }),
      ...(search !== undefined && { search }),
    };
    return await this.queries.execute(new AccountQuery('list', request));
  }

  @Route('GET /accounts/:account', {
    summary: 'One account',
    description: 'The ETag is the revision of the account; with If-None-Match the answer may be 304.',
    answer: Account,
  })
  async get(
    @FromPath('account', accountId) account: AccountId,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView | undefined> {
    const view = found(await this.queries.execute(new AccountQuery('get', account)), 'ACCOUNT');
    response.setHeader('ETag', tagOf(view));
    const known = request
      .get('If-None-Match')
      ?.split(',')
      .map(tag => tag.trim().replace(/^W\//, ''));
    if (!known?.some(tag => tag === tagOf(view) || tag === '*')) return view;
    response.status(304);
    return undefined;
  }

  @Route('POST /accounts/:account/numbers', {
    summary: 'Assign a number to an account',
    body: NumberBody,
    status: 201,
    answer: Account,
    unchanged: true,
    refusals: ['NUMBER_TAKEN', 'NO_SUCH_ACCOUNT'],
  })
  async assignNumber(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(NumberBody) { number }: z.output<typeof NumberBody>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView | UnchangedBody> {
    return answered(
      await this.commands.execute(new AccountCommand('assignNumber', account, number, caller)),
      response,
    );
  }

  @Route('PUT /accounts/:account/tariff', {
    summary: 'Give an account another tariff',
    body: TariffBody,
    answer: Account,
    refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_TARIFF'],
  })
  async assignTariff(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(TariffBody) { tariff }: z.output<typeof TariffBody>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView> {
    const answer = await this.commands.execute(new AccountCommand('assignTariff', account, tariff, caller));
    return await this.stateAfter(account, answer, response);
  }

  @Route('PUT /accounts/:account/incoming-discount', {
    summary: 'Agree on an incoming-time discount (着割); 0 ends it',
    body: DiscountBody,
    answer: Account,
    refusals: ['NO_SUCH_ACCOUNT', 'DISCOUNT_NEGATIVE'],
  })
  async agreeDiscount(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(DiscountBody) { perMinute }: z.output<typeof DiscountBody>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountView> {
    const answer = await this.commands.execute(
      new AccountCommand('agreeIncomingDiscount', account, perMinute, caller),
    );
    return await this.stateAfter(account, answer, response);
  }

  /** A PUT answers with the state it led to, also when it was so already. */
  private async stateAfter(
    account: AccountId,
    answer: Answer<AccountView>,
    response: Response,
  ): Promise<AccountView> {
    const body = answered(answer, response);
    const view =
      'revision' in body
        ? body
        : found(await this.queries.execute(new AccountQuery('get', account)), 'ACCOUNT');
    response.setHeader('ETag', tagOf(view));
    return view;
  }
}
