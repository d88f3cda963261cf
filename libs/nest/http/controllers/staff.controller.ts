import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { FORCED_CHANGES, STAFF_ROLES } from '#identity';
import type { Caller, Page, StaffActRow, StaffView } from '#runtime';
import { IdentityCommand, IdentityQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, type UnchangedBody } from '../answer.js';
import { DEFAULT_LIMIT, given, paging, words } from '../fields.js';
import { From, FromBody, FromPath, FromQuery } from '../request.js';
import { Route } from '../route.js';
import { ChangedLogin, Staff, StaffAct } from '../schemas.identity.js';
import { allOf, pageOf } from '../shapes.js';
import { language, password } from './sessions.controller.js';

const role = z.enum(STAFF_ROLES);
const NewStaff = z.strictObject({
  loginId: words(100),
  name: words(100),
  role,
  password: password
    .nullable()
    .default(null)
    .meta({ description: 'Without one the first password is chosen by the link of a reminder.' }),
  mail: words(254).nullable().default(null).meta({ description: 'For codes, and for the link.' }),
  language: language.optional(),
  forcedChange: z.enum(FORCED_CHANGES).optional(),
});
const NewRole = z.strictObject({ role });
const Acts = z.strictObject({
  ...paging,
  actor: words(100).optional().meta({ description: 'As it stands in the rows: `staff:<login>`.' }),
});
const login = words(100);

/** Logins of staff, and what staff did. */
@Controller(API)
export class StaffController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Route('GET /staff', { summary: 'Logins of staff', answer: allOf(Staff) })
  async list(): Promise<{ rows: readonly StaffView[] }> {
    return { rows: await this.queries.execute(new IdentityQuery('staff')) };
  }

  @Route('POST /staff', {
    summary: 'Make a login of staff',
    body: NewStaff,
    status: 201,
    answer: Staff,
    unchanged: true,
    refusals: ['LOGIN_ID_LENGTH', 'LOGIN_ID_TAKEN', 'PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_SYMBOL'],
  })
  async create(
    @FromBody(NewStaff) body: z.output<typeof NewStaff>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffView | UnchangedBody> {
    const { language: spoken, forcedChange, ...input } = body;
    const whole = { ...input, ...given({ language: spoken, forcedChange }) };
    return answered(await this.commands.execute(new IdentityCommand('createStaff', whole, caller)), response);
  }

  @Route('PUT /staff/:login/role', {
    summary: 'Give a login of staff another role',
    body: NewRole,
    answer: Staff,
    unchanged: true,
    refusals: ['NO_SUCH_LOGIN', 'OWN_LOGIN'],
  })
  async setRole(
    @FromPath('login', login) of: string,
    @FromBody(NewRole) body: z.output<typeof NewRole>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffView | UnchangedBody> {
    const command = new IdentityCommand('setStaffRole', of, body.role, caller);
    return answered(await this.commands.execute(command), response);
  }

  @Route('POST /staff/:login/disable', {
    summary: 'Switch a login off; its sessions end',
    answer: ChangedLogin,
    unchanged: true,
    refusals: ['NO_SUCH_LOGIN', 'OWN_LOGIN'],
  })
  async disable(
    @FromPath('login', login) of: string,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return answered(await this.commands.execute(new IdentityCommand('disableLogin', of, caller)), response);
  }

  @Route('GET /staff-acts', {
    summary: 'Who of staff did what, why and from where, newest first',
    query: Acts,
    answer: pageOf(StaffAct),
  })
  async acts(@FromQuery(Acts) query: z.output<typeof Acts>): Promise<Page<StaffActRow>> {
    return await this.queries.execute(
      new IdentityQuery('staffActs', { limit: DEFAULT_LIMIT, ...given(query) }),
    );
  }
}
