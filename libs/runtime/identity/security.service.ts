import {
  isLive,
  type LoginCommand,
  type LoginEvent,
  loginIdProblem,
  loginRefusals,
  loginUnchanged,
  masked,
  passwordProblem,
} from '#identity';
import { Instant, InvalidInput, nothing, PhoneNumber, rejected, textProblem, valueProblems } from '#kernel';
import { checkMessage, type PasskeyOptions } from '#ports';
import type { Answer, Caller } from '../product.views.js';
import type { ContactView, LiveSession, PasskeyView, SecurityView } from './identity.types.js';
import { loginIdHash, refused } from './identity-streams.js';
import type { LoginIds } from './login-ids.js';
import type { Proof } from './proof.service.js';
import { identityProblems, identityRefusals } from './refusals.js';
import { CHALLENGE_MS, checkCode, passkeyOf } from './second-step.service.js';
import { callerOf, type IdentityParts } from './sign-in.service.js';
import { about } from './tools.js';

const LABEL = /^[^\p{Cc}]{1,60}$/u;
/**
 * Where a code can be sent: a mail address, or a number that can be called, never one of three digits, which
 * would ring for help. Numbers are kept as 09012345678 and +12125550100, however they are written.
 * @throws InvalidInput naming `value`
 */
export function readContact(kind: 'phone' | 'mail', value: string): string {
  if (kind === 'phone') return readPhone(value);
  try {
    checkMessage({ kind, to: value, subject: '-', text: '-', language: 'ja', id: '-' });
  } catch {
    throw InvalidInput.of('value', identityProblems.NOT_A_MAIL_ADDRESS);
  }
  return value;
}

function readPhone(value: string): string {
  const number = PhoneNumber.read(value) ?? '';
  if (/^010[1-9]\d{7,14}$/.test(number)) return `+${number.slice(3)}`;
  if (PhoneNumber.isJapanese(number) && /^0\d{9,10}$/.test(number)) return number;
  throw InvalidInput.of('value', valueProblems.NOT_A_NUMBER, { example: '09012345678' });
}

/**
 * A login's own credentials and second factors. What changes a login id, contacts or second factors needs the
 * password or a second step of the last ten minutes: REAUTHENTICATE. TOTP and passkeys are for staff only.
 */
export class Security {
  constructor(
    private readonly parts: IdentityParts,
    private readonly loginIds: LoginIds,
    private readonly proof: Proof,
  ) {}

  private caller(live: LiveSession): Caller {
    return callerOf(live, `security-${this.parts.ports().random.token()}`);
  }

  /** Runs a command of the session's own login; `value` is made of its events. */
  private async own<Value>(
    live: LiveSession,
    command: (now: Instant) => LoginCommand,
    value: (event: LoginEvent) => Value,
  ): Promise<Answer<Value>> {
    const { streams } = this.parts;
    const done = await streams.runLogin(live.login, command, { login: live.login }, this.caller(live));
    if (done.kind !== 'done') return done;
    return { kind: 'done', value: value(done.events[0]!), position: done.position, replayed: false };
  }

  /** As `own`, where the password or a second step was shown just now. */
  private async proven<Value>(...of: Parameters<typeof this.own<Value>>): Promise<Answer<Value>> {
    const no = await this.proof.problem(of[0]);
    return no ? refused(no) : this.own(...of);
  }

  async security(live: LiveSession): Promise<SecurityView> {
    const { streams, views } = this.parts;
    const login = (await streams.login(live.login))!;
    const confirmedAt = login.totp?.confirmedAt ?? null;
    return {
      loginId: views.loginId(login),
      level: login.level,
      passwordChangedAt: Instant.text(login.passwordChangedAt),
      contacts: views.contacts(login),
      totp: confirmedAt === null ? null : { enrolledAt: Instant.text(confirmedAt) },
      passkeys: login.passkeys.map(({ passkey, label, createdAt, lastUsedAt }) => ({
        passkey,
        label,
        createdAt: Instant.text(createdAt),
        lastUsedAt: lastUsedAt === null ? null : Instant.text(lastUsedAt),
      })),
    };
  }

  async changePassword(
    live: LiveSession,
    { current, next }: { current: string; next: string },
  ): Promise<Answer<{ login: string }>> {
    const { streams, messenger, ports } = this.parts;
    const no =
      (await this.proof.passwordProblem(live, current)) ?? passwordProblem(next, await streams.policy());
    if (no) return refused(no);
    const login = (await streams.login(live.login))!;
    const { passwords } = ports();
    const unchanged = await passwords.verify(login.passwordHash, next);
    const passwordHash = await passwords.hash(next);
    const answer = await this.own(
      live,
      now => ({ type: 'ChangePassword', now, passwordHash, unchanged }),
      event => ({ login: event.login }),
    );
    if (answer.kind !== 'done') return answer;
    // All other sessions are over; this one goes on.
    const { epoch, passwordChangedAt } = (await streams.login(live.login))!;
    await streams.runSession(
      live.session,
      now => ({ type: 'RenewPassword', now, epoch }),
      { renewed: live.session },
      this.caller(live),
    );
    messenger.passwordChanged(login, passwordChangedAt);
    return answer;
  }

  async changeLoginId(live: LiveSession, next: string): Promise<Answer<{ loginId: string }>> {
    const { streams, ports } = this.parts;
    const problem = (await this.proof.problem(live)) ?? loginIdProblem(next, await streams.policy());
    if (problem) return refused(problem);
    const login = (await streams.login(live.login))!;
    const hash = loginIdHash(login.level, next);
    if (hash === login.loginIdHash) return nothing(loginUnchanged.SAME_LOGIN_ID);
    const caller = this.caller(live);
    const taken = await this.loginIds.claim(hash, login.login, caller);
    if (taken) return refused(taken);
    const loginIdSealed = ports().secrets.seal(next, about.loginId(login.login));
    const answer = await this.own(
      live,
      now => ({ type: 'ChangeLoginId', now, loginIdSealed, loginIdHash: hash }),
      () => ({ loginId: next }),
    );
    // Given up last: a crash before leaves the login with two ids, never with none.
    if (answer.kind !== 'done') return answer;
    const kept = await this.loginIds.release(login.loginIdHash, login.login, caller);
    return kept ? refused(kept) : answer;
  }

  async addContact(
    live: LiveSession,
    { kind, value: given }: { kind: 'phone' | 'mail'; value: string },
  ): Promise<Answer<ContactView>> {
    const value = readContact(kind, given);
    const no = await this.proof.problem(live);
    if (no) return refused(no);
    const { random, secrets } = this.parts.ports();
    const contact = random.id10();
    const sealed = secrets.seal(value, about.contact(live.login, contact));
    const mac = secrets.mac(`contact/${live.login}/${value}`);
    return this.own(
      live,
      now => ({ type: 'RegisterContact', now, contact, kind, sealed, mac }),
      () => ({ contact, kind, masked: masked(kind, value) }),
    );
  }

  removeContact(live: LiveSession, contact: string): Promise<Answer<{ contact: string }>> {
    return this.proven(
      live,
      now => ({ type: 'RemoveContact', now, contact }),
      () => ({ contact }),
    );
  }

  async enrolTotp(live: LiveSession): Promise<Answer<{ uri: string; secret: string }>> {
    const no = await this.proof.problem(live);
    if (no) return refused(no);
    const { secrets, totp } = this.parts.ports();
    const { secret, uri } = totp.newSecret(live.view.loginId);
    const sealed = secrets.seal(secret, about.totp(live.login));
    return this.own(
      live,
      now => ({ type: 'EnrolTotp', now, sealed }),
      () => ({ uri, secret }),
    );
  }

  async confirmTotp(live: LiveSession, code: string): Promise<Answer<{ enrolledAt: string }>> {
    checkCode(code);
    const { streams, tries, ports } = this.parts;
    const { secrets, totp, random } = ports();
    const { loginTries } = await streams.policy();
    const tooMany = await tries.count('second', live.login, loginTries, random.id10());
    if (tooMany) return refused(tooMany);
    const enrolled = (await streams.login(live.login))?.totp;
    const secret = enrolled ? secrets.open(enrolled.sealed, about.totp(live.login)) : null;
    const step = secret === null ? null : totp.step(secret, code, streams.now());
    const answer = await this.own(
      live,
      now => ({ type: 'ConfirmTotp', now, step }),
      event => ({ enrolledAt: Instant.text(event.at) }),
    );
    if (answer.kind === 'done') await tries.clear('second', live.login, 'success');
    return answer;
  }

  removeTotp(live: LiveSession): Promise<Answer<{ login: string }>> {
    return this.proven(
      live,
      now => ({ type: 'RemoveTotp', now }),
      event => ({ login: event.login }),
    );
  }

  async newPasskeyOptions(live: LiveSession): Promise<Answer<PasskeyOptions>> {
    const { streams, ports } = this.parts;
    const login = (await streams.login(live.login))!;
    if (login.level !== 'staff') return rejected(loginRefusals.STAFF_ONLY);
    const no = await this.proof.problem(live);
    if (no) return refused(no);
    const owner = { userId: login.login, userName: live.view.loginId, displayName: login.name };
    const known = login.passkeys.map(passkeyOf);
    const { options, challenge } = await ports().passkeys.registrationOptions(owner, known);
    const done = await streams.runSession(
      live.session,
      now => ({ type: 'ChallengePasskey', now, challenge, expiresAt: Instant.plusMs(now, CHALLENGE_MS) }),
      { challenge },
      this.caller(live),
    );
    if (done.kind !== 'done') return done;
    return { kind: 'done', value: options, position: done.position, replayed: false };
  }

  async addPasskey(
    live: LiveSession,
    { label, response }: { label: string; response: unknown },
  ): Promise<Answer<PasskeyView>> {
    const hidden = textProblem(label);
    if (hidden !== undefined) throw new InvalidInput('label', hidden);
    if (!LABEL.test(label)) throw InvalidInput.of('label', identityProblems.NOT_A_LABEL);
    const { streams, ports } = this.parts;
    const no = await this.proof.problem(live);
    if (no) return refused(no);
    const state = await streams.session(live.session);
    const challenge = (isLive(state, streams.now()) && state.challenge?.challenge) || '';
    const taken = await streams.runSession(
      live.session,
      now => ({ type: 'TakePasskeyChallenge', now, challenge }),
      { challenge },
      this.caller(live),
    );
    if (taken.kind !== 'done') return taken;
    const made = await ports().passkeys.verifyRegistration(challenge, response);
    if (!made) return rejected(identityRefusals.PASSKEY_REFUSED);
    const { id: passkey, publicKey, counter, transports } = made;
    return this.own(
      live,
      now => ({ type: 'RegisterPasskey', now, passkey, publicKey, counter, transports, label }),
      event => ({ passkey, label, createdAt: Instant.text(event.at), lastUsedAt: null }),
    );
  }

  removePasskey(live: LiveSession, passkey: string): Promise<Answer<{ passkey: string }>> {
    return this.proven(
      live,
      now => ({ type: 'RemovePasskey', now, passkey }),
      () => ({ passkey }),
    );
  }
}
