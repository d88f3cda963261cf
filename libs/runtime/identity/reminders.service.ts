import { type LoginLevel, login as loginDecider, loginRefusals, passwordProblem } from '#identity';
import { Instant, type Rejection, rejection } from '#kernel';
import { sha256 } from '../engine/command-log.js';
import type { Answer, Caller } from '../product.views.js';
import type { Origin } from './identity.types.js';
import { loginIdHash, refused } from './identity-streams.js';
import { addressKey, type IdentityParts } from './sign-in.service.js';
import { visitor } from './tries.js';

/** `<login>.<secret>`: what a reset link holds. */
const RESET_TOKEN = /^([0-9a-f]{16})\.([0-9A-Za-z_-]{43})$/;
const resetRefused = rejection(loginRefusals.RESET_REFUSED);

/** The others are given a new password by the level above (ACC-13: drawn for the account login only). */
const REMINDED: readonly LoginLevel[] = ['account', 'staff'];

/** The way back after a forgotten password (ACC-13). */
export class Reminders {
  constructor(private readonly parts: IdentityParts) {}

  /**
   * Always alike, whether the login exists or not (ACC-13). A link goes to logins of accounts and staff; for
   * circles and uniques the level above sets another password.
   */
  async remindPassword(input: { level: LoginLevel; loginId: string }, from: Origin): Promise<void> {
    const { streams, tries, ports } = this.parts;
    const { secrets, random } = ports();
    const { addressTries, resets } = await streams.policy();
    const hash = loginIdHash(input.level, input.loginId);
    const attempt = random.id10();
    const address = addressKey(secrets, from);
    if (await tries.count('from', address, addressTries, attempt)) return;
    if (await tries.count('resets', hash, resets, attempt)) return;
    const login = await streams.loginOf(hash);
    const reminded =
      REMINDED.includes(input.level) &&
      login?.phase === 'live' &&
      login.contacts.some(one => one.kind === 'mail');
    // One event in one write, whoever asks: how long it takes must not tell whether there is a login.
    if (reminded) await this.sendLink(login.login, visitor(random));
    else await tries.count('unsent', hash, resets, attempt);
  }

  /** Issues a link and mails it, or says why not; also how new staff choose their first password. */
  async sendLink(id: string, caller: Caller): Promise<Rejection | undefined> {
    const { streams, messenger, ports } = this.parts;
    const { resetLifetimeMs } = await streams.policy();
    const secret = ports().random.token();
    const done = await streams.runLogin(
      id,
      now => ({
        type: 'RequestPasswordReset',
        now,
        tokenHash: sha256(secret),
        expiresAt: Instant.plusMs(now, resetLifetimeMs),
      }),
      { resetLink: id },
      caller,
    );
    const login = await streams.login(id);
    if (done.kind === 'rejected') return done.rejection;
    if (done.kind !== 'done' || done.replayed || !login) return undefined;
    const minutes = Math.floor(resetLifetimeMs / 60_000);
    messenger.resetLink(login, `${id}.${secret}`, minutes, sha256(secret).slice(0, 24));
    return undefined;
  }

  /** Ends all sessions of the login. */
  async resetPassword(
    input: { token: string; password: string },
    from: Origin,
  ): Promise<Answer<{ login: string }>> {
    const { streams, tries, messenger, ports } = this.parts;
    const { passwords, secrets, random } = ports();
    const policy = await streams.policy();
    const attempt = random.id10();
    const address = addressKey(secrets, from);
    const tooMany = await tries.count('from', address, policy.addressTries, attempt);
    if (tooMany) return refused(tooMany);
    const [, id, secret] = RESET_TOKEN.exec(input.token) ?? [];
    const login = id === undefined ? undefined : await streams.login(id);
    if (!login || secret === undefined) return refused(resetRefused);
    const tokenHash = sha256(secret);
    const command = (passwordHash: string) => (now: Instant) =>
      ({ type: 'ResetPassword', now, tokenHash, passwordHash }) as const;
    const looked = loginDecider.decide(command('')(streams.now()), login);
    if (looked.kind !== 'events') return refused(resetRefused);
    const problem = passwordProblem(input.password, policy);
    if (problem) return refused(problem);
    const passwordHash = await passwords.hash(input.password);
    const caller = visitor(random);
    const done = await streams.runLogin(login.login, command(passwordHash), { reset: tokenHash }, caller);
    if (done.kind !== 'done') return refused(resetRefused);
    await tries.giveBack('from', address, attempt);
    await tries.clear('id', login.loginIdHash, 'success');
    messenger.passwordChanged(login, done.events[0]!.at);
    return { kind: 'done', value: { login: login.login }, position: done.position, replayed: false };
  }
}
