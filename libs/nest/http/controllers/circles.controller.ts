import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { FORCED_CHANGES } from '#identity';
import type { AccountId } from '#kernel';
import type { Caller, CircleView, UniqueView } from '#runtime';
import { IdentityCommand, IdentityQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, found, type UnchangedBody } from '../answer.js';
import { accountId, given, phoneNumber, words } from '../fields.js';
import { From, FromBody, FromPath } from '../request.js';
import { Route } from '../route.js';
import { ChangedLogin, Circle, Unique } from '../schemas.identity.js';
import { allOf } from '../shapes.js';
import { password } from './sessions.controller.js';

const chosenLoginId = words(100).optional().meta({ description: 'Ten digits are issued without one.' });
const NewCircle = z.strictObject({
  name: words(100),
  loginId: chosenLoginId,
  password,
  mail: words(254).optional(),
});
const NewUnique = z.strictObject({
  name: words(100),
  loginId: chosenLoginId,
  password,
  mail: words(254).optional(),
});
const NextPassword = z.strictObject({ password });
const Forcing = z.strictObject({ value: z.enum(FORCED_CHANGES) });
const NumbersBody = z.strictObject({ numbers: z.array(phoneNumber).max(1000) });

const id = words(20);
const NextPasswordOfUnique = z.strictObject({ unique: id, password });
const NEXT_PASSWORD = ['PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_UPPER_CASE', 'PASSWORD_NEEDS_SYMBOL'];
const NEW_LOGIN = ['LOGIN_ID_LENGTH', 'LOGIN_ID_TAKEN', 'PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_SYMBOL'];

/** Circles and uniques of an account, each with a login of its own. */
@Controller(API)
export class CirclesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Route('GET /accounts/:account/circles', { summary: 'Circles of an account', answer: allOf(Circle) })
  async circles(
    @FromPath('account', accountId) account: AccountId,
  ): Promise<{ rows: readonly CircleView[] }> {
    return { rows: await this.queries.execute(new IdentityQuery('circles', account)) };
  }

  @Route('POST /accounts/:account/circles', {
    summary: 'Make a circle and its login',
    body: NewCircle,
    status: 201,
    answer: Circle,
    unchanged: true,
    refusals: ['NO_SUCH_ACCOUNT', ...NEW_LOGIN],
  })
  async createCircle(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(NewCircle) body: z.output<typeof NewCircle>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CircleView | UnchangedBody> {
    const { name, password: secret, ...optional } = body;
    const input = { account, name, password: secret, ...given(optional) };
    return answered(
      await this.commands.execute(new IdentityCommand('createCircle', input, caller)),
      response,
    );
  }

  @Route('GET /accounts/:account/circles/:circle', { summary: 'One circle', answer: Circle })
  async circle(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('circle', id) circle: string,
  ): Promise<CircleView> {
    return found(await this.queries.execute(new IdentityQuery('circle', account, circle)), 'CIRCLE');
  }

  @Route('GET /accounts/:account/circles/:circle/uniques', {
    summary: 'Uniques (terminals) of a circle',
    answer: allOf(Unique),
    refusals: ['NO_SUCH_CIRCLE'],
  })
  async uniques(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('circle', id) circle: string,
  ): Promise<{ rows: readonly UniqueView[] }> {
    found(await this.queries.execute(new IdentityQuery('circle', account, circle)), 'CIRCLE');
    return { rows: await this.queries.execute(new IdentityQuery('uniques', account, circle)) };
  }

  @Route('POST /accounts/:account/circles/:circle/uniques', {
    summary: 'Make a unique and its login',
    body: NewUnique,
    status: 201,
    answer: Unique,
    unchanged: true,
    refusals: ['NO_SUCH_CIRCLE', ...NEW_LOGIN],
  })
  async createUnique(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('circle', id) circle: string,
    @FromBody(NewUnique) body: z.output<typeof NewUnique>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UniqueView | UnchangedBody> {
    const { name, password: secret, ...optional } = body;
    const input = { account, circle, name, password: secret, ...given(optional) };
    return answered(
      await this.commands.execute(new IdentityCommand('createUnique', input, caller)),
      response,
    );
  }

  @Route('PUT /accounts/:account/circles/:circle/forced-change', {
    summary: 'Whether the logins of a circle have to change their passwords (強制変更)',
    body: Forcing,
    answer: Circle,
    refusals: ['NO_SUCH_CIRCLE'],
  })
  async force(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('circle', id) circle: string,
    @FromBody(Forcing) { value }: z.output<typeof Forcing>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CircleView> {
    const command = new IdentityCommand('setForcedChange', { account, circle, value }, caller);
    const body = answered(await this.commands.execute(command), response);
    return 'circle' in body ? body : await this.circle(account, circle);
  }

  @Route('PUT /accounts/:account/circles/:circle/password', {
    summary: 'Another password for the login of a circle, who must choose one of its own at the next sign-in',
    body: NextPassword,
    answer: ChangedLogin,
    unchanged: true,
    refusals: ['NO_SUCH_CIRCLE', ...NEXT_PASSWORD],
  })
  async setPassword(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('circle', id) circle: string,
    @FromBody(NextPassword) { password: next }: z.output<typeof NextPassword>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const input = { account, circle, password: next };
    const command = new IdentityCommand('resetLowerPassword', input, caller);
    return answered(await this.commands.execute(command), response);
  }

  @Route('PUT /accounts/:account/circles/:circle/unique-password', {
    summary: 'The same for the login of a unique of the circle',
    body: NextPasswordOfUnique,
    answer: ChangedLogin,
    unchanged: true,
    refusals: ['NO_SUCH_UNIQUE', ...NEXT_PASSWORD],
  })
  async setPasswordOfUnique(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('circle', id) circle: string,
    @FromBody(NextPasswordOfUnique) { unique, password: next }: z.output<typeof NextPasswordOfUnique>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const input = { account, circle, unique, password: next };
    const command = new IdentityCommand('resetLowerPassword', input, caller);
    return answered(await this.commands.execute(command), response);
  }

  @Route('PUT /accounts/:account/uniques/:unique/numbers', {
    summary: 'The numbers of the account that a unique calls and is called with, all of them',
    body: NumbersBody,
    answer: Unique,
    refusals: ['NO_SUCH_UNIQUE', 'NUMBER_NOT_OF_ACCOUNT'],
  })
  async setNumbers(
    @FromPath('account', accountId) account: AccountId,
    @FromPath('unique', id) unique: string,
    @FromBody(NumbersBody) { numbers }: z.output<typeof NumbersBody>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UniqueView> {
    const command = new IdentityCommand('setUniqueNumbers', { account, unique, numbers }, caller);
    const body = answered(await this.commands.execute(command), response);
    if ('unique' in body) return body;
    return found(await this.queries.execute(new IdentityQuery('unique', account, unique)), 'UNIQUE');
  }
}
