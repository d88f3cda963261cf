import { timingSafeEqual } from 'node:crypto';
import {
  agentFamily,
  type BegunSession,
  type ExistingLogin,
  hasSecondStep,
  isLive,
  type LoginLevel,
  networkOf,
  type SessionStage,
  sourceOf,
  triesFrom,
} from '#identity';
import { Instant, type Language, rejected, saidId } from '#kernel';
import { StoreUnavailable } from '#ports';
import { sha256 } from '../engine/command-log.js';
import type { Answer, Caller } from '../product.views.js';
import type { LiveSession, Opened, Origin } from './identity.types.js';
import { type IdentityStreams, loginIdHash, refused } from './identity-streams.js';
import type { Messenger } from './messenger.js';
import { identityRefusals } from './refusals.js';
import type { SessionViews } from './session-views.js';
import { about, type IdentityPorts } from './tools.js';
import { type Tries, visitor } from './tries.js';

/** `<session>.<secret>`: what the cookie holds. */
const COOKIE = /^([0-9a-f]{24})\.([0-9A-Za-z_-]{43})$/;
/** A session in use is marked as seen at most so often: reading pages must not fill the log. */
const SEEN_EVERY_MS = 600_000;
const AGENT_LENGTH_MAX = 200;
const ADDRESS_LENGTH_MAX = 100;

/**
 * Who commands, for a request of this session; its events can be led back to the session.
 * @param commandId the Idempotency-Key of the request, or a new id
 */
export function callerOf(live: LiveSession, commandId: string, reason?: string): Caller {
  const { actorId: id } = live;
  return {
    actor: reason === undefined ? { id } : { id, reason },
    commandId,
    correlationId: `session-${live.session}/${saidId(commandId)}`,
  };
}

const sameHash = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(a), 'hex'), Buffer.from(sha256(b), 'hex'));

/** What every part of identity stands on. */
export interface IdentityParts {
  readonly streams: IdentityStreams;
  readonly tries: Tries;
  readonly views: SessionViews;
  readonly messenger: Messenger;
  ports(): IdentityPorts;
}

/** From the password to a session, and from a cookie to who it is. */
export class SignIn {
  constructor(private readonly parts: IdentityParts) {}

  /** Refused alike and in like time, whatever is wrong. */
  async signIn(
    input: { level: LoginLevel; loginId: string; password: string; language?: Language | undefined },
    from: Origin,
  ): Promise<Answer<Opened>> {
    const { streams, tries, ports } = this.parts;
    const { passwords, secrets, random } = ports();
    const { loginTries, loginTriesAnywhere, addressTries } = await streams.policy();
    const hash = loginIdHash(input.level, input.loginId);
    const address = addressKey(secrets, from);
    const attempt = random.id10();
    const tooManyHere = await tries.count('from', address, addressTries, attempt);
    if (tooManyHere) return refused(tooManyHere);
    const login = await streams.loginOf(hash);
    const network = sha256(secrets.mac(`tries/${hash}/${triesFrom(from.address)}`)).slice(0, 32);
    // Strangers in many networks together must not shut out those whom the login knows.
    const known = login?.origins.includes(this.originMac(login, from));
    const of = known ? { network } : { network, anywhere: loginTriesAnywhere };
    const tooMany = await tries.count('id', hash, loginTries, attempt, of);
    if (tooMany) return refused(tooMany);
    const right = login
      ? await passwords.verify(login.passwordHash, input.password)
      : await passwords.verifyUnknown(input.password);
    if (!login || !right || login.phase === 'disabled' || (await this.isShut(login))) {
      const until = login && (await tries.lockedUntil('id', hash, network));
      if (login && until) this.parts.messenger.locked(login, until);
      return rejected(identityRefusals.SIGN_IN_REFUSED);
    }
    await tries.giveBack('from', address, attempt);
    await tries.clear('id', hash, 'success', network);
    await this.rehash(login, input.password);
    const stage = hasSecondStep(login) ? 'second_step' : await this.stageAfter(login);
    return this.open(login, {
      session: this.newSessionId(),
      stage,
      from,
      language: input.language ?? login.language,
      previous: null,
    });
  }

  /** Where a sign-in stands when all that was to be shown was shown. */
  async stageAfter(login: ExistingLogin): Promise<SessionStage> {
    const notice = await this.parts.views.notice(login, await this.parts.streams.policy());
    return notice === 'force' ? 'password_change' : 'signed_in';
  }

  newSessionId(): string {
    return sha256(this.parts.ports().random.token()).slice(0, 24);
  }

  /** A session with a new id and secret: neither can have been known before this moment. */
  async open(
    login: ExistingLogin,
    input: {
      session: string;
      stage: SessionStage;
      from: Origin;
      language: Language;
      previous: string | null;
    },
  ): Promise<Answer<Opened>> {
    const { streams, views, ports } = this.parts;
    const { random, secrets } = ports();
    const { session, stage, language, previous } = input;
    const secret = random.token();
    const policy = await streams.policy();
    const { lifeMs, idleMs } = login.level === 'staff' ? policy.staffSession : policy.session;
    const origin = {
      address: input.from.address.slice(0, ADDRESS_LENGTH_MAX),
      agent: input.from.agent.slice(0, AGENT_LENGTH_MAX).toWellFormed(),
    };
    const originSealed = secrets.seal(JSON.stringify(origin), about.origin(session));
    const done = await streams.runSession(
      session,
      now => ({
        type: 'StartSession',
        now,
        session,
        login: login.login,
        level: login.level,
        stage,
        epoch: login.epoch,
        secretHash: sha256(secret),
        expiresAt: Instant.plusMs(now, lifeMs),
        idleMs,
        language,
        originSealed,
        previous,
      }),
      { session },
      visitor(random),
    );
    if (done.kind !== 'done') return done;
    if (stage !== 'second_step') await this.seenFrom(login, origin);
    const begun = (await streams.session(session)) as BegunSession;
    const value = { cookie: `${session}.${secret}`, view: await views.session(begun, login) };
    return { kind: 'done', value, position: done.position, replayed: false };
  }

  /** Network and kind of browser, as a login keeps them. */
  private originMac({ login }: ExistingLogin, { address, agent }: Origin): string {
    const { secrets } = this.parts.ports();
    const family = agentFamily(agent.slice(0, AGENT_LENGTH_MAX).toWellFormed());
    return secrets.mac(`origin/${login}/${networkOf(address.slice(0, ADDRESS_LENGTH_MAX))}/${family}`);
  }

  /**
   * Whoever signed in from a network and a kind of browser that this login never came from: its owner is told
   * once, by mail. The first of all is no news, and neither is one where the second step is still to come.
   */
  private async seenFrom(login: ExistingLogin, { address, agent }: Origin): Promise<void> {
    const { streams, messenger, ports } = this.parts;
    const { random } = ports();
    const originMac = this.originMac(login, { address, agent });
    if (login.origins.includes(originMac)) return;
    const done = await streams.runLogin(
      login.login,
      now => ({ type: 'SeeOrigin', now, originMac }),
      { seeOrigin: originMac },
      visitor(random),
    );
    const at = done.kind === 'done' ? done.events[0]?.at : undefined;
    if (at === undefined || login.origins.length === 0) return;
    messenger.newSignIn(login, { at, address, agent }, sha256(originMac).slice(0, 24));
  }

  /** Undefined for a cookie that opens nothing (any more). Marks the session as seen. */
  async authenticate(cookie: string): Promise<LiveSession | undefined> {
    const [, id, secret] = COOKIE.exec(cookie) ?? [];
    if (id === undefined || secret === undefined) return undefined;
    const { streams } = this.parts;
    const state = await streams.session(id);
    if (!isLive(state, streams.now()) || !sameHash(state.secretHash, sha256(secret))) return undefined;
    const live = await this.live(state);
    if (live) await this.seen(state, live);
    return live;
  }

  /**
   * A begun session with the present facts of its login; undefined when its login has ended it, or has ended
   * itself with what it stands for.
   */
  async live(state: BegunSession): Promise<LiveSession | undefined> {
    const { streams, views } = this.parts;
    const fits = (login: ExistingLogin | undefined, { epoch }: BegunSession): login is ExistingLogin =>
      login?.phase === 'live' && login.epoch === epoch;
    let [login, session] = [await streams.login(state.login), state];
    if (!fits(login, session)) {
      // Begun on another server with what this one has not heard of yet, or really over.
      const newest = await streams.newest(session);
      if (!isLive(newest.state, streams.now()) || !fits(newest.login, newest.state)) return undefined;
      [login, session] = [newest.login, newest.state];
    }
    if (await this.isShut(login)) return undefined;
    const actorId = `${login.level === 'staff' ? 'staff' : 'login'}:${login.login}`;
    const view = await views.session(session, login);
    return { session: session.session, login: login.login, actorId, view };
  }

  /**
   * Logins of circles and uniques end with them. That of an account goes on, for reading: its last invoice
   * comes after its last day.
   */
  private async isShut(login: ExistingLogin): Promise<boolean> {
    return login.circle !== null && (await this.parts.streams.isOver(login));
  }

  private async seen(state: BegunSession, live: LiveSession): Promise<void> {
    const { streams, ports } = this.parts;
    if (streams.now() - state.seenAt < SEEN_EVERY_MS) return;
    const caller = callerOf(live, `seen-${ports().random.token()}`);
    try {
      await streams.runSession(
        state.session,
        now => ({ type: 'See', now, notWithinMs: SEEN_EVERY_MS }),
        { seen: state.session },
        caller,
      );
    } catch (error) {
      // Pages can be read while the store takes no writes.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** The same password under today's stronger parameters: only now is it known. */
  private async rehash(login: ExistingLogin, password: string): Promise<void> {
    const { streams, ports } = this.parts;
    const { passwords, random } = ports();
    if (!passwords.isWeak(login.passwordHash)) return;
    const passwordHash = await passwords.hash(password);
    await streams.runLogin(
      login.login,
      now => ({ type: 'RehashPassword', now, from: login.passwordHash, passwordHash }),
      { rehash: login.login },
      visitor(random),
    );
  }
}

/** Under which name the tries from somewhere are counted: letters that every log takes, and no address. */
export const addressKey = (secrets: IdentityPorts['secrets'], from: Origin): string =>
  sha256(secrets.mac(`address/${sourceOf(from.address)}`)).slice(0, 32);
