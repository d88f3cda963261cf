import { isHolderOver } from '#contracts';
import {
  attempts,
  attemptsEvents,
  type CirclesState,
  circlesStream,
  type ExistingLogin,
  type IdentityPolicy,
  identityPolicyOf,
  issuedId,
  issuedIdEvents,
  type LoginCommand,
  type LoginEvent,
  type LoginLevel,
  login,
  loginEvents,
  loginIdClaim,
  loginIdEvents,
  loginIdStream,
  loginStream,
  type SessionCommand,
  type SessionEvent,
  type SessionState,
  sameLoginId,
  session,
  sessionEvents,
  sessionStream,
} from '#identity';
import { type AccountId, BusinessDay, type Instant, type Rejection } from '#kernel';
import { policiesOn } from '#policies';
import { sha256 } from '../engine/command-log.js';
import { type Facts, runningCircles } from '../engine/facts.js';
import type { CommandRunner, Executed, Running } from '../engine/run-command.js';
import type { Answer, Caller } from '../product.views.js';

const runningLogin = { decider: login, codec: loginEvents.codec };
const runningSession = { decider: session, codec: sessionEvents.codec };
export const runningLoginId = { decider: loginIdClaim, codec: loginIdEvents.codec };
export const runningIssuedId = { decider: issuedId, codec: issuedIdEvents.codec };
export const runningAttempts = { decider: attempts, codec: attemptsEvents.codec };

/** Under which hash a login id of a level is claimed. */
export const loginIdHash = (level: LoginLevel, loginId: string): string =>
  sha256(`${level}/${sameLoginId(loginId)}`);

export const refused = (rejection: Rejection): Answer<never> => ({ kind: 'rejected', rejection });

/** The streams of identity: what decisions are made on, never a read model. */
export class IdentityStreams {
  constructor(
    readonly runner: CommandRunner,
    readonly facts: Facts,
  ) {}

  now(): Instant {
    return this.runner.clock.now();
  }

  /** The rules of today. */
  async policy(): Promise<IdentityPolicy> {
    return identityPolicyOf(policiesOn(await this.facts.policies(), BusinessDay.of(this.now())));
  }

  /** @see CommandRunner.look */
  look<Command, Event, State, Code extends string>(
    running: Running<Command, Event, State, Code>,
    stream: string,
  ): Promise<State> {
    return this.runner.look(running, stream);
  }

  async login(id: string): Promise<ExistingLogin | undefined> {
    const state = await this.look(runningLogin, loginStream(id));
    return state.phase === 'none' ? undefined : state;
  }

  /** The login that a login id opens. Looks at two streams whether there is one or not. */
  async loginOf(hash: string): Promise<ExistingLogin | undefined> {
    const claim = await this.runner.loadNewest(runningLoginId, loginIdStream(hash));
    if (claim.state.owner === null) this.runner.forget(loginIdStream(hash));
    return this.newestLogin(claim.state.owner ?? hash.slice(0, 16));
  }

  session(id: string): Promise<SessionState> {
    return this.look(runningSession, sessionStream(id));
  }

  /**
   * Session and login as they stand in the log at this moment, also where another server has just changed
   * them: asked before somebody is turned away, and before a password is compared.
   */
  async newest(of: { readonly session: string; readonly login: string }): Promise<{
    readonly state: SessionState;
    readonly login: ExistingLogin | undefined;
  }> {
    const { state } = await this.runner.loadNewest(runningSession, sessionStream(of.session));
    return { state, login: await this.newestLogin(of.login) };
  }

  /** Undefined for one that is not there. */
  async newestLogin(id: string): Promise<ExistingLogin | undefined> {
    const { state } = await this.runner.loadNewest(runningLogin, loginStream(id));
    if (state.phase !== 'none') return state;
    this.runner.forget(loginStream(id));
    return undefined;
  }

  /**
   * Whether what the login stands for is over: from 00:00:00 of the day after its last, whoever was running
   * then.
   */
  async isOver({ account, ...holder }: ExistingLogin): Promise<boolean> {
    if (account === null) return false;
    const today = BusinessDay.of(this.now());
    if (!isHolderOver(await this.facts.book(account), holder, today)) return false;
    return isHolderOver(await this.facts.newestBook(account), holder, today);
  }

  circles(account: AccountId): Promise<CirclesState> {
    return this.look(runningCircles, circlesStream(account));
  }

  /** @param body what was asked, with no secret that could be guessed from its hash */
  runLogin(
    id: string,
    command: (now: Instant) => LoginCommand,
    body: unknown,
    caller: Caller,
  ): Promise<Executed<LoginEvent>> {
    return this.runner.run(runningLogin, loginStream(id), () => command(this.now()), body, caller);
  }

  runSession(
    id: string,
    command: (now: Instant) => SessionCommand,
    body: unknown,
    caller: Caller,
  ): Promise<Executed<SessionEvent>> {
    return this.runner.run(runningSession, sessionStream(id), () => command(this.now()), body, caller);
  }

  /** Whether this very request was carried out before: its answer stands. */
  isKnown(caller: Caller): Promise<boolean> {
    return this.runner.isKnown(caller);
  }
}
