import { Controller, Inject, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import type { LiveSession, Origin, SentCodeView, SessionView } from '#runtime';
import { IdentityCommand } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, type UnchangedBody } from '../answer.js';
import { words } from '../fields.js';
import { FromBody, Live, Where } from '../request.js';
import { Route } from '../route.js';
import { PasskeyQuestion, SentCode, Session } from '../schemas.identity.js';
import { COOKIE_SECURE } from '../session-cookie.js';
import { opened } from './sessions.controller.js';

const Sending = z.strictObject({ contact: words(100), method: z.enum(['sms', 'voice', 'mail']) });
/** Its form is the product's matter: what is no code is named, and counted, there. */
export const code = z.string().max(20).meta({ description: 'Six half-width digits.', example: '012345' });
const Verifying = z.strictObject({ code });
const Passkey = z.strictObject({ response: z.record(z.string(), z.unknown()) });

/** The second step of a sign-in. Passing it gives the session another id and another secret. */
@Controller(API)
export class SecondStepController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(COOKIE_SECURE) private readonly secure: boolean,
  ) {}

  @Route('POST /session/codes', {
    summary: 'Send a one-time code to one of the contacts of the login',
    body: Sending,
    answer: SentCode,
    refusals: [
      'RESEND_TOO_SOON',
      'TOO_MANY_CODES',
      'NO_SUCH_CONTACT',
      'METHOD_NOT_OFFERED',
      'MESSAGE_NOT_SENT',
    ],
  })
  async send(
    @FromBody(Sending) input: z.output<typeof Sending>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SentCodeView | UnchangedBody> {
    return answered(await this.commands.execute(new IdentityCommand('sendCode', live, input)), response);
  }

  @Route('POST /session/codes/verify', {
    summary: 'Pass the second step with the code that was sent',
    body: Verifying,
    answer: Session,
    refusals: ['CODE_WRONG', 'CODE_EXPIRED', 'CODE_USED', 'TOO_MANY_TRIES'],
  })
  async verifyCode(
    @FromBody(Verifying) body: z.output<typeof Verifying>,
    @Live() live: LiveSession,
    @Where() from: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const command = new IdentityCommand('verifyCode', live, body.code, from);
    return opened(await this.commands.execute(command), response, this.secure);
  }

  @Route('POST /session/totp', {
    summary: 'Pass the second step with the code of an authenticator app',
    body: Verifying,
    answer: Session,
    refusals: ['CODE_WRONG', 'CODE_USED', 'TOO_MANY_TRIES'],
  })
  async verifyTotp(
    @FromBody(Verifying) body: z.output<typeof Verifying>,
    @Live() live: LiveSession,
    @Where() from: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const command = new IdentityCommand('verifyTotp', live, body.code, from);
    return opened(await this.commands.execute(command), response, this.secure);
  }

  @Route('POST /session/passkey/options', {
    summary: 'What the browser asks a passkey',
    answer: PasskeyQuestion,
    refusals: ['NO_SUCH_PASSKEY'],
  })
  async question(@Live() live: LiveSession, @Res({ passthrough: true }) response: Response): Promise<object> {
    return answered(await this.commands.execute(new IdentityCommand('passkeyOptions', live)), response);
  }

  @Route('POST /session/passkey', {
    summary: 'Pass the second step with a passkey',
    body: Passkey,
    answer: Session,
    refusals: ['PASSKEY_REFUSED'],
  })
  async verifyPasskey(
    @FromBody(Passkey) body: z.output<typeof Passkey>,
    @Live() live: LiveSession,
    @Where() from: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const command = new IdentityCommand('verifyPasskey', live, body.response, from);
    return opened(await this.commands.execute(command), response, this.secure);
  }
}
