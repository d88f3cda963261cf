import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import type { LiveSession, SecurityView } from '#runtime';
import { IdentityCommand, IdentityQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered } from '../answer.js';
import { words } from '../fields.js';
import { FromBody, FromPath, Live } from '../request.js';
import { Route } from '../route.js';
import {
  ChangedLogin,
  ChangedLoginId,
  Contact,
  Enrolled,
  Passkey,
  PasskeyQuestion,
  RemovedContact,
  RemovedPasskey,
  Security,
  TotpSecret,
} from '../schemas.identity.js';
import { code } from './second-step.controller.js';
import { password } from './sessions.controller.js';

const NewPassword = z.strictObject({ current: password, next: password });
const NewLoginId = z.strictObject({ next: words(100) });
const NewContact = z.strictObject({
  kind: z.enum(['phone', 'mail']),
  value: words(254).meta({ description: 'A telephone number or a mail address.' }),
});
const Confirming = z.strictObject({ code });
const NewPasskey = z.strictObject({ label: words(100), response: z.record(z.string(), z.unknown()) });

const PASSWORD_RULES = ['PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_UPPER_CASE', 'PASSWORD_NEEDS_SYMBOL'];

/** A login's own password, login id, contacts and second factors. */
@Controller(API)
export class SecurityController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Route('GET /security', { summary: 'What protects the own login; no secret is in it', answer: Security })
  async security(@Live() live: LiveSession): Promise<SecurityView> {
    return await this.queries.execute(new IdentityQuery('security', live));
  }

  @Route('POST /security/password', {
    summary: 'Change the own password; all other sessions of the login end',
    body: NewPassword,
    answer: ChangedLogin,
    refusals: ['CURRENT_PASSWORD_WRONG', ...PASSWORD_RULES, 'TOO_MANY_ATTEMPTS'],
  })
  async changePassword(
    @FromBody(NewPassword) input: z.output<typeof NewPassword>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new IdentityCommand('changePassword', live, input);
    return answered(await this.commands.execute(command), response);
  }

  @Route('POST /security/login-id', {
    summary: 'Change the own login id',
    body: NewLoginId,
    answer: ChangedLoginId,
    unchanged: true,
    refusals: ['REAUTHENTICATE', 'LOGIN_ID_LENGTH', 'LOGIN_ID_CHARACTERS', 'LOGIN_ID_TAKEN'],
  })
  async changeLoginId(
    @FromBody(NewLoginId) input: z.output<typeof NewLoginId>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new IdentityCommand('changeLoginId', live, input.next);
    return answered(await this.commands.execute(command), response);
  }

  @Route('POST /security/contacts', {
    summary: 'Register a number or a mail address for codes',
    body: NewContact,
    status: 201,
    answer: Contact,
    unchanged: true,
    refusals: ['REAUTHENTICATE', 'CONTACT_KNOWN', 'TOO_MANY_CONTACTS'],
  })
  async addContact(
    @FromBody(NewContact) input: z.output<typeof NewContact>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return answered(await this.commands.execute(new IdentityCommand('addContact', live, input)), response);
  }

  @Route('DELETE /security/contacts/:contact', {
    summary: 'Remove a contact',
    answer: RemovedContact,
    unchanged: true,
    refusals: ['REAUTHENTICATE', 'NO_SUCH_CONTACT'],
  })
  async removeContact(
    @FromPath('contact', words(100)) contact: string,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new IdentityCommand('removeContact', live, contact);
    return answered(await this.commands.execute(command), response);
  }

  @Route('POST /security/totp', {
    summary: 'Begin with an authenticator app: its secret is in this answer and nowhere else',
    answer: TotpSecret,
    refusals: ['REAUTHENTICATE', 'STAFF_ONLY'],
  })
  async enrolTotp(@Live() live: LiveSession, @Res({ passthrough: true }) response: Response) {
    return answered(await this.commands.execute(new IdentityCommand('enrolTotp', live)), response);
  }

  @Route('POST /security/totp/confirm', {
    summary: 'Confirm the authenticator app with a code of it',
    body: Confirming,
    answer: Enrolled,
    unchanged: true,
    refusals: ['CODE_WRONG', 'STAFF_ONLY'],
  })
  async confirmTotp(
    @FromBody(Confirming) input: z.output<typeof Confirming>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new IdentityCommand('confirmTotp', live, input.code);
    return answered(await this.commands.execute(command), response);
  }

  @Route('DELETE /security/totp', {
    summary: 'Use no authenticator app any more',
    answer: ChangedLogin,
    unchanged: true,
    refusals: ['REAUTHENTICATE', 'NO_TOTP'],
  })
  async removeTotp(
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return answered(await this.commands.execute(new IdentityCommand('removeTotp', live)), response);
  }

  @Route('POST /security/passkeys/options', {
    summary: 'What the browser needs to make a passkey',
    answer: PasskeyQuestion,
    refusals: ['REAUTHENTICATE', 'STAFF_ONLY'],
  })
  async newPasskey(
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return answered(await this.commands.execute(new IdentityCommand('newPasskeyOptions', live)), response);
  }

  @Route('POST /security/passkeys', {
    summary: 'Register the passkey that the browser made',
    body: NewPasskey,
    status: 201,
    answer: Passkey,
    refusals: ['REAUTHENTICATE', 'PASSKEY_REFUSED', 'STAFF_ONLY'],
  })
  async addPasskey(
    @FromBody(NewPasskey) input: z.output<typeof NewPasskey>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { label, response: made } = input;
    const command = new IdentityCommand('addPasskey', live, { label, response: made });
    return answered(await this.commands.execute(command), response);
  }

  @Route('DELETE /security/passkeys/:passkey', {
    summary: 'Remove a passkey',
    answer: RemovedPasskey,
    unchanged: true,
    refusals: ['REAUTHENTICATE', 'NO_SUCH_PASSKEY'],
  })
  async removePasskey(
    @FromPath('passkey', words(2000)) passkey: string,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const command = new IdentityCommand('removePasskey', live, passkey);
    return answered(await this.commands.execute(command), response);
  }
}
