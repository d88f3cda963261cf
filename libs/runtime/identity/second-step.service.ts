import {
  type BegunSession,
  CODE_DIGITS,
  type ExistingLogin,
  isCode,
  loginRefusals,
  type RegisteredPasskey,
  type SessionCommand,
  session as sessionDecider,
  sessionRefusals,
} from '#identity';
import { Instant, InvalidInput, type Rejection, rejected, rejection, saidId } from '#kernel';
import { MessageNotSent, type Passkey, type PasskeyOptions } from '#ports';
import type { Answer } from '../product.views.js';
import type { CodeMethod, LiveSession, Opened, Origin, SentCodeView } from './identity.types.js';
import { refused } from './identity-streams.js';
import { messageId } from './message-ids.js';
import { identityProblems, identityRefusals } from './refusals.js';
import { callerOf, type IdentityParts, type SignIn } from './sign-in.service.js';
import { about } from './tools.js';

/** A question to a passkey waits so long for its answer: browsers give up earlier. */
export const CHALLENGE_MS = 300_000;

const CODE_WRONG = rejection(loginRefusals.CODE_WRONG);
const PASSKEY_REFUSED = rejection(identityRefusals.PASSKEY_REFUSED);
const SESSION_OVER = rejection(sessionRefusals.SESSION_OVER);

/** @throws InvalidInput naming `code` unless it is six half-width digits (ID-17) */
export function checkCode(code: string): void {
  if (!isCode(code)) throw InvalidInput.of('code', identityProblems.CODE_MALFORMED);
}

/** A registered passkey as the port knows it. */
export const passkeyOf = ({ passkey: id, publicKey, counter, transports }: RegisteredPasskey): Passkey => ({
  id,
  publicKey,
  counter,
  transports,
});

interface Standing {
  readonly state: BegunSession;
  readonly login: ExistingLogin;
}

/** The second step of signing in: a code by message, the authenticator app, or a passkey. */
export class SecondStep {
  constructor(
    private readonly parts: IdentityParts,
    private readonly signIn: SignIn,
  ) {}

  private async standing(live: LiveSession): Promise<Standing | undefined> {
    const { streams } = this.parts;
    const state = await streams.session(live.session);
    const login = await streams.login(live.login);
    return state.phase === 'none' || login?.phase !== 'live' ? undefined : { state, login };
  }

  private caller(live: LiveSession) {
    return callerOf(live, `step-${this.parts.ports().random.token()}`);
  }

  /** What the session itself would say: asked before anything is counted, sent or checked. */
  private refusal(command: SessionCommand, { state }: Standing): Rejection | undefined {
    const outcome = sessionDecider.decide(command, state);
    return outcome.kind === 'rejected' ? outcome.rejection : undefined;
  }

  async sendCode(
    live: LiveSession,
    input: { contact: string; method: CodeMethod },
  ): Promise<Answer<SentCodeView>> {
    const { streams, tries, views, messenger, ports } = this.parts;
    const standing = await this.standing(live);
    if (!standing) return refused(SESSION_OVER);
    const { random, secrets } = ports();
    const { contact, method } = input;
    const { session } = live;
    const policy = await streams.policy();
    const code = random.code(CODE_DIGITS);
    const command = (now: Instant): SessionCommand => ({
      type: 'SendCode',
      now,
      codeMac: secrets.mac(`code/${session}/${code}`),
      contact,
      method,
      offered: views.methods(standing.login, contact, policy),
      code: policy.code,
    });
    const no = this.refusal(command(streams.now()), standing);
    if (no) return refused(no);
    // Of the login, not of the session: who knows the password can begin as many sessions as he likes.
    const tooMany = await tries.count('codes', live.login, policy.codes, random.id10());
    if (tooMany) return rejected(sessionRefusals.TOO_MANY_CODES, tooMany.details);
    const caller = this.caller(live);
    const done = await streams.runSession(session, command, { contact, method }, caller);
    if (done.kind !== 'done') return done;
    const sent = done.events[0] as { at: Instant; expiresAt: Instant };
    const { value: to, view } = views.contact(standing.login, contact)!;
    const minutes = Math.floor(policy.code.lifetimeMs / 60_000);
    const { language } = standing.state;
    // The session is in the id, so that an outbox can show a session its own codes and no others.
    const id = messageId('code', live.login, session, saidId(caller.commandId));
    try {
      await messenger.sendCode({ kind: method, to, code, minutes, language, id });
    } catch (error) {
      if (!(error instanceof MessageNotSent)) throw error;
      return rejected(identityRefusals.MESSAGE_NOT_SENT);
    }
    const value = {
      contact,
      method,
      masked: view.masked,
      expiresAt: Instant.text(sent.expiresAt),
      resendAt: Instant.text(Instant.plusMs(sent.at, policy.code.resendMs)),
    };
    return { kind: 'done', value, position: done.position, replayed: false };
  }

  /** @throws InvalidInput `code`, CODE_MALFORMED */
  async verifyCode(live: LiveSession, code: string, from: Origin): Promise<Answer<Opened>> {
    checkCode(code);
    const { streams, ports } = this.parts;
    const codeMac = ports().secrets.mac(`code/${live.session}/${code}`);
    const policy = await streams.policy();
    const entered = (next: string) => (now: Instant) =>
      ({ type: 'EnterCode', now, codeMac, next, code: policy.code }) as const;
    return this.tried(live, from, entered, next => ({ command: entered(next), because: CODE_WRONG }));
  }

  async verifyTotp(live: LiveSession, code: string, from: Origin): Promise<Answer<Opened>> {
    checkCode(code);
    const { streams, ports } = this.parts;
    const { code: limits } = await streams.policy();
    const looked = (next: string) => this.shown('totp', false, next, limits);
    return this.tried(live, from, looked, async (next, { login }) => {
      const { secrets, totp } = ports();
      if (!login.totp) return { refused: rejection(loginRefusals.NO_TOTP) };
      const secret = secrets.open(login.totp.sealed, about.totp(login.login));
      const step = totp.step(secret, code, streams.now());
      const used = await streams.runLogin(
        login.login,
        now => ({ type: 'UseTotp', now, step }),
        { useTotp: login.login },
        this.caller(live),
      );
      const passed = used.kind === 'done';
      const because = used.kind === 'rejected' ? used.rejection : CODE_WRONG;
      return { command: this.shown('totp', passed, next, limits), because };
    });
  }

  async passkeyOptions(live: LiveSession): Promise<Answer<PasskeyOptions>> {
    const { streams, ports } = this.parts;
    const standing = await this.standing(live);
    if (!standing) return refused(SESSION_OVER);
    const known = standing.login.passkeys.map(passkeyOf);
    if (known.length === 0) return rejected(loginRefusals.NO_SUCH_PASSKEY);
    const { options, challenge } = await ports().passkeys.authenticationOptions(known);
    const done = await streams.runSession(
      live.session,
      now => ({ type: 'ChallengePasskey', now, challenge, expiresAt: Instant.plusMs(now, CHALLENGE_MS) }),
      { challenge },
      this.caller(live),
    );
    if (done.kind !== 'done') return done;
    return { kind: 'done', value: options, position: done.position, replayed: false };
  }

  async verifyPasskey(live: LiveSession, response: unknown, from: Origin): Promise<Answer<Opened>> {
    const { streams, ports } = this.parts;
    const { code: limits } = await streams.policy();
    const looked = (next: string) => this.shown('passkey', false, next, limits);
    return this.tried(live, from, looked, async (next, { state, login }) => {
      const challenge = state.challenge?.challenge ?? '';
      const taken = await streams.runSession(
        live.session,
        now => ({ type: 'TakePasskeyChallenge', now, challenge }),
        { challenge },
        this.caller(live),
      );
      if (taken.kind === 'rejected') return { refused: taken.rejection };
      const known = login.passkeys.map(passkeyOf);
      const use = await ports().passkeys.verifyAuthentication(challenge, response, known);
      const used =
        use &&
        (await streams.runLogin(
          login.login,
          now => ({ type: 'UsePasskey', now, passkey: use.id, counter: use.counter }),
          { usePasskey: login.login },
          this.caller(live),
        ));
      const passed = used?.kind === 'done';
      return { command: this.shown('passkey', passed, next, limits), because: PASSKEY_REFUSED };
    });
  }

  private readonly shown =
    (
      factor: 'totp' | 'passkey',
      passed: boolean,
      next: string,
      code: Extract<SessionCommand, { type: 'ShowFactor' }>['code'],
    ) =>
    (now: Instant): SessionCommand => ({ type: 'ShowFactor', now, factor, passed, next, code });

  /**
   * One entry of a second step: counted against the login before it is looked at, decided by the session,
   * and carried on in a session with a new id and secret when it is right.
   * @param looked what the session is asked first, so that a refusal of its own costs no try
   */
  private async tried(
    live: LiveSession,
    from: Origin,
    looked: (next: string) => (now: Instant) => SessionCommand,
    step: Step,
  ): Promise<Answer<Opened>> {
    const { streams, tries, ports } = this.parts;
    const standing = await this.standing(live);
    if (!standing) return refused(SESSION_OVER);
    const policy = await streams.policy();
    const next = this.signIn.newSessionId();
    const no = this.refusal(looked(next)(streams.now()), standing);
    if (no) return refused(no);
    const tooMany = await tries.count('second', live.login, policy.loginTries, ports().random.id10());
    if (tooMany) return refused(tooMany);
    const made = await step(next, standing);
    if ('refused' in made) return refused(made.refused);
    const done = await streams.runSession(live.session, made.command, { next }, this.caller(live));
    if (done.kind !== 'done') return done;
    if (done.events[0]?.type !== 'SecondStepPassed') return refused(made.because);
    await tries.clear('second', live.login, 'success');
    const { login, state } = standing;
    return this.signIn.open(login, {
      session: next,
      stage: await this.signIn.stageAfter(login),
      from,
      language: state.language,
      previous: live.session,
    });
  }
}

type Made =
  | { readonly refused: Rejection }
  | { readonly command: (now: Instant) => SessionCommand; readonly because: Rejection };
/** What there is to check before the session is asked; `next` is the id of the session to come. */
type Step = (next: string, standing: Standing) => Made | Promise<Made>;
