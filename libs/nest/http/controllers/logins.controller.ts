import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { FORCED_CHANGES } from '#identity';
import type { AccountId } from '#kernel';
import type { AccountLoginRow, Caller, Helper, Page } from '#runtime';
import { IdentityCommand, IdentityQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, found } from '../answer.js';
import { accountId, DEFAULT_LIMIT, given, paging, words } from '../fields.js';
import type { Principal } from '../principal.js';
import { From, FromBody, FromPath, FromQuery, Who } from '../request.js';
import { Route } from '../route.js';
import { AccountLogin, ChangedLogin, NewAccountLogin } from '../schemas.identity.js';
import { pageOf } from '../shapes.js';
import { language, password } from './sessions.controller.js';

const Logins = z.strictObject(paging);
const NewLogin = z.strictObject({
  name: words(100),
  loginId: words(100).optional().meta({ description: 'Ten digits are issued without one.' }),
  password: password
    .nullable()
    .default(null)
    .meta({ description: 'Without one the first password is chosen by a link that is mailed.' }),
  mail: words(254).optional().meta({ description: 'For codes, and for the link.' }),
  phone: words(30).optional().meta({ description: 'For codes.' }),
  language: language.optional(),
  forcedChange: z.enum(FORCED_CHANGES).optional(),
});
const login = words(100);

const helperOf = ({ role, live }: Principal): Helper => ({
  login: live?.login ?? null,
  isAdmin: role === 'admin',
});

/** What staff do for somebody who cannot get in. */
@Controller(API)
export class LoginsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Route('GET /accounts/:account/logins', {
    summary: 'Logins of an account, then of its circles, then of uniques; nothing that opens them',
    query: Logins,
    answer: pageOf(AccountLogin),
    refusals: ['NO_SUCH_ACCOUNT'],
  })
  async list(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(Logins) query: z.output<typeof Logins>,
  ): Promise<Page<AccountLoginRow>> {
    const request = { limit: DEFAULT_LIMIT, ...given(query) };
    return found(await this.queries.execute(new IdentityQuery('accountLogins', account, request)), 'ACCOUNT');
  }

  @Route('POST /accounts/:account/logins', {
    summary: 'Make a login of an account; those of circles and uniques are made with them',
    description:
      'Without a password the first one is chosen by a link that is mailed. Whoever gives one says with ' +
      '`forcedChange` whether its owner has to choose another at the first sign-in.',
    body: NewLogin,
    status: 201,
    answer: NewAccountLogin,
    unchanged: true,
    refusals: [
      'NO_SUCH_ACCOUNT',
      'LOGIN_ID_LENGTH',
      'LOGIN_ID_TAKEN',
      'PASSWORD_TOO_SHORT',
      'PASSWORD_NEEDS_SYMBOL',
    ],
  })
  async create(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(NewLogin) body: z.output<typeof NewLogin>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { name, password: first, ...optional } = body;
    const input = { account, name, password: first, ...given(optional) };
    const command = new IdentityCommand('createCustomerLogin', input, caller);
    return answered(await this.commands.execute(command), response);
  }

  @Route('POST /logins/:login/unlock', {
    summary: 'Let a login try again at once that was locked after too many attempts',
    answer: ChangedLogin,
    unchanged: true,
    refusals: ['NO_SUCH_LOGIN'],
  })
  async unlock(
    @FromPath('login', login) of: string,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return answered(await this.commands.execute(new IdentityCommand('unlockLogin', of, caller)), response);
  }

  @Route('POST /logins/:login/contacts/:contact/remove', {
    summary: 'Remove a contact of a login, e.g. a lost telephone; its sessions end',
    description:
      'The mail addresses that the login keeps are told. A contact of staff is removed by admins only, the ' +
      'own one by nobody here: see `DELETE /security/contacts/{contact}`.',
    answer: ChangedLogin,
    refusals: ['NO_SUCH_LOGIN', 'NO_SUCH_CONTACT', 'LOGIN_DISABLED', 'OWN_LOGIN', 'ADMIN_ONLY'],
  })
  async removeContact(
    @FromPath('login', login) of: string,
    @FromPath('contact', words(100)) contact: string,
    @Who() who: Principal,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const input = { login: of, contact, by: helperOf(who) };
    return answered(
      await this.commands.execute(new IdentityCommand('withdrawContact', input, caller)),
      response,
    );
  }

  @Route('POST /logins/:login/second-factors/remove', {
    summary: 'Remove the authenticator app and all passkeys of a login of staff; its sessions end',
    description: 'Not for the own login: see `DELETE /security/totp` and `DELETE /security/passkeys`.',
    answer: ChangedLogin,
    unchanged: true,
    refusals: ['NO_SUCH_LOGIN', 'LOGIN_DISABLED', 'OWN_LOGIN', 'STAFF_ONLY'],
  })
  async removeSecondFactors(
    @FromPath('login', login) of: string,
    @Who() who: Principal,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new IdentityCommand('withdrawSecondFactors', { login: of, by: helperOf(who) }, caller);
    return answered(await this.commands.execute(command), response);
  }
}
