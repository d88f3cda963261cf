import { Controller, Inject, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { rejection } from '#kernel';
import {
  type Answer,
  type BySession,
  type Opened,
  type Origin,
  requestRefusals,
  type SessionView,
} from '#runtime';
import type { InputFor } from '../../use-cases/bus.js';
import { VerifyCode, VerifyPasskey, VerifyTotp } from '../../use-cases/second-step.js';
import { EnterLevel, SignIn, SignOut } from '../../use-cases/sessions.js';
import { ListOwnMessages } from '../../use-cases/staff.js';
import { API } from '../access.guard.js';
import { asBody, decided } from '../answer.js';
import { refused } from '../problem.js';
import { Where } from '../request.js';
import { COOKIE_SECURE, clearCookie, setCookie } from '../session-cookie.js';
import { By, InputOf, RouteOf } from '../use-case.controller.js';

/**
 * What gives the browser a session or takes it away. Passing the second step gives the session another id
 * and another secret.
 */
@Controller(API)
export class SessionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(COOKIE_SECURE) private readonly secure: boolean,
  ) {}

  @RouteOf(SignIn)
  async signIn(
    @InputOf(SignIn) input: InputFor<typeof SignIn>,
    @Where() from: Origin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.opened(await this.commands.execute(new SignIn(input, from)), response);
  }

  @RouteOf(VerifyCode)
  async verifyCode(
    @InputOf(VerifyCode) input: InputFor<typeof VerifyCode>,
    @By() by: BySession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.opened(await this.commands.execute(new VerifyCode(input, by)), response);
  }

  @RouteOf(VerifyTotp)
  async verifyTotp(
    @InputOf(VerifyTotp) input: InputFor<typeof VerifyTotp>,
    @By() by: BySession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.opened(await this.commands.execute(new VerifyTotp(input, by)), response);
  }

  @RouteOf(VerifyPasskey)
  async verifyPasskey(
    @InputOf(VerifyPasskey) input: InputFor<typeof VerifyPasskey>,
    @By() by: BySession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.opened(await this.commands.execute(new VerifyPasskey(input, by)), response);
  }

  /**
   * The browser is given the session that was opened: a new id and secret each time, so that nobody can have
   * known them before.
   * @throws Problem for a rejection
   */
  private opened(answer: Answer<Opened>, response: Response): SessionView {
    const value = decided(answer, response);
    if (!value) throw new Error('a session is opened or refused');
    setCookie(response, value.cookie, this.secure);
    return value.view;
  }

  @RouteOf(SignOut)
  async signOut(@By() by: BySession, @Res({ passthrough: true }) response: Response): Promise<object> {
    const answer = await this.commands.execute(new SignOut({}, by));
    clearCookie(response, this.secure);
    return asBody(answer, response);
  }

  @RouteOf(EnterLevel, { headers: { 'X-Reason': 'Why; required of staff, and recorded.' } })
  async enter(
    @InputOf(EnterLevel) to: InputFor<typeof EnterLevel>,
    @By() by: BySession,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return asBody(await this.commands.execute(new EnterLevel(to, by)), response);
  }

  @RouteOf(ListOwnMessages)
  async outbox(@By() by: BySession): Promise<object> {
    const kept = await this.queries.execute(new ListOwnMessages({}, by));
    if (!kept) throw refused(rejection(requestRefusals.OUTBOX_OFF));
    return kept;
  }
}
