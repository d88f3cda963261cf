import { Controller, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import type { Origin } from '#runtime';
import { IdentityCommand } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { decided } from '../answer.js';
import { words } from '../fields.js';
import { FromBody, Where } from '../request.js';
import { Route } from '../route.js';
import { Accepted } from '../schemas.identity.js';
import { loginId, loginLevel, password } from './sessions.controller.js';

const Reminding = z.strictObject({ level: loginLevel, loginId });
const Resetting = z.strictObject({
  token: words(200).meta({ description: 'From the link in the mail; opens once.' }),
  password,
});

/** The way back in for those who forgot their password; nobody is signed in here. */
@Controller(API)
export class PasswordsController {
  constructor(private readonly commands: CommandBus) {}

  @Route('POST /password-reminders', {
    summary: 'Ask for a link to a new password',
    description: 'The same answer whether there is such a login or not.',
    body: Reminding,
    status: 202,
    answer: Accepted,
  })
  async remind(
    @FromBody(Reminding) input: z.output<typeof Reminding>,
    @Where() from: Origin,
  ): Promise<object> {
    await this.commands.execute(new IdentityCommand('remindPassword', input, from));
    return {};
  }

  @Route('POST /password-resets', {
    summary: 'Choose a new password with the link of the mail; all sessions of the login end',
    body: Resetting,
    answer: Accepted,
    refusals: ['RESET_REFUSED', 'PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_SYMBOL'],
  })
  async reset(
    @FromBody(Resetting) input: z.output<typeof Resetting>,
    @Where() from: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    decided(await this.commands.execute(new IdentityCommand('resetPassword', input, from)), response);
    return {};
  }
}
