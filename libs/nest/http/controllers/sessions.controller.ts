import { Controller, Inject, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { LOGIN_LEVELS } from '#identity';
import type { Answer, LiveSession, Opened, Origin, OwnSessionRow, SessionView } from '#runtime';
import { IdentityCommand, IdentityQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, decided } from '../answer.js';
import { accountId, given, words } from '../fields.js';
import { FromBody, FromPath, Live, Reason, Where } from '../request.js';
import { Route } from '../route.js';
import { EndedSession, OwnSession, Session } from '../schemas.identity.js';
import { COOKIE_SECURE, clearCookie, setCookie } from '../session-cookie.js';
import { allOf } from '../shapes.js';

/** Long enough for every rule, short enough that hashing it costs what any other costs. */
export const password = z.string().min(1, { message: 'must not be empty' }).max(200, {
  message: 'must have at most 200 characters',
});
export const loginId = words(100).meta({ description: 'As its owner types it.', example: 'shop@example.jp' });
export const loginLevel = z.enum(LOGIN_LEVELS).meta({ description: 'Where the login belongs.' });
export const language = z.enum(['ja', 'en']);

const SigningIn = z.strictObject({ level: loginLevel, loginId, password, language: language.optional() });
const Speaking = z.strictObject({ language });
const Entering = z.strictObject({
  account: accountId.optional().meta({ description: 'Staff: the account to look at.' }),
  circle: words(20).optional(),
  unique: words(20).optional(),
});
const Renewing = z.strictObject({ password });

/** Sign-in by password, and what a signed-in login may do with its own session. */
@Controller(API)
export class SessionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(COOKIE_SECURE) private readonly secure: boolean,
  ) {}

  @Route('POST /sessions', {
    summary: 'Sign in: the answer sets the cookie of a new session',
    description:
      'The same answer, in like time, whatever is wrong. A session from before is ended by nobody.',
    body: SigningIn,
    status: 201,
    answer: Session,
    refusals: ['SIGN_IN_REFUSED', 'TOO_MANY_ATTEMPTS'],
  })
  async signIn(
    @FromBody(SigningIn) body: z.output<typeof SigningIn>,
    @Where() from: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const { language: spoken, ...input } = body;
    const answer = await this.commands.execute(
      new IdentityCommand('signIn', { ...input, ...given({ language: spoken }) }, from),
    );
    return opened(answer, response, this.secure);
  }

  @Route('GET /sessions', { summary: 'Live sessions of this login', answer: allOf(OwnSession) })
  async list(@Live() live: LiveSession): Promise<{ rows: readonly OwnSessionRow[] }> {
    return { rows: await this.queries.execute(new IdentityQuery('sessions', live)) };
  }

  @Route('DELETE /sessions/:session', {
    summary: 'End one of the own sessions',
    answer: EndedSession,
    unchanged: true,
    refusals: ['NO_SUCH_SESSION'],
  })
  async end(
    @FromPath('session', words(100)) session: string,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return answered(await this.commands.execute(new IdentityCommand('endSession', live, session)), response);
  }

  @Route('GET /session', { summary: 'The session that asks', answer: Session })
  session(@Live() live: LiveSession): SessionView {
    return live.view;
  }

  @Route('DELETE /session', { summary: 'Sign out', answer: EndedSession, unchanged: true })
  async signOut(@Live() live: LiveSession, @Res({ passthrough: true }) response: Response): Promise<object> {
    const answer = await this.commands.execute(new IdentityCommand('signOut', live));
    clearCookie(response, this.secure);
    return answered(answer, response);
  }

  @Route('PUT /session/language', { summary: 'Choose the language', body: Speaking, answer: Session })
  async speak(
    @FromBody(Speaking) body: z.output<typeof Speaking>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const command = new IdentityCommand('setLanguage', live, body.language);
    return decided(await this.commands.execute(command), response) ?? live.view;
  }

  @Route('POST /session/password', {
    summary: 'Replace a password that has to be changed, or ought to be',
    body: Renewing,
    answer: Session,
    refusals: ['REAUTHENTICATE', 'PASSWORD_TOO_SHORT', 'PASSWORD_NEEDS_SYMBOL', 'PASSWORD_UNCHANGED'],
  })
  async renew(
    @FromBody(Renewing) body: z.output<typeof Renewing>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const command = new IdentityCommand('renewPassword', live, body.password);
    return decided(await this.commands.execute(command), response) ?? live.view;
  }

  @Route('POST /session/confirm', {
    summary:
      'Give the present password once more: REAUTHENTICATE asks for it, and is content for ten minutes',
    body: Renewing,
    answer: Session,
    refusals: ['CURRENT_PASSWORD_WRONG', 'TOO_MANY_ATTEMPTS'],
  })
  async confirm(
    @FromBody(Renewing) body: z.output<typeof Renewing>,
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const command = new IdentityCommand('confirm', live, body.password);
    return decided(await this.commands.execute(command), response) ?? live.view;
  }

  @Route('POST /session/enter', {
    summary: 'Go down: account to circle to unique; staff to any account, to read, with a reason',
    body: Entering,
    answer: Session,
    headers: { 'X-Reason': 'Why; required of staff, and recorded.' },
    refusals: ['NOT_DOWNWARD', 'REASON_REQUIRED', 'NO_SUCH_ACCOUNT', 'NO_SUCH_CIRCLE', 'NO_SUCH_UNIQUE'],
  })
  async enter(
    @FromBody(Entering) to: z.output<typeof Entering>,
    @Live() live: LiveSession,
    @Reason() reason: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const command = new IdentityCommand('enter', live, given(to), reason);
    return decided(await this.commands.execute(command), response) ?? live.view;
  }

  @Route('POST /session/leave', { summary: 'Back to the own level', answer: Session })
  async leave(
    @Live() live: LiveSession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const answer = await this.commands.execute(new IdentityCommand('leave', live));
    return decided(answer, response) ?? live.view;
  }
}

/**
 * The browser is given the session that was opened: a new id and secret each time, so that nobody can have
 * known them before.
 * @throws Problem for a rejection
 */
export function opened(answer: Answer<Opened>, response: Response, secure: boolean): SessionView {
  const value = decided(answer, response);
  if (!value) throw new Error('a session is opened or refused');
  setCookie(response, value.cookie, secure);
  return value.view;
}
