import { isConfirmed, isLive } from '#identity';
import { type Rejection, rejection } from '#kernel';
import type { Answer } from '../product.views.js';
import type { LiveSession, SessionView } from './identity.types.js';
import { refused } from './identity-streams.js';
import { identityRefusals } from './refusals.js';
import { callerOf, type IdentityParts } from './sign-in.service.js';

const currentWrong = rejection(identityRefusals.CURRENT_PASSWORD_WRONG);
const reauthenticate = rejection(identityRefusals.REAUTHENTICATE);

/** That whoever holds the cookie is still the one who signed in. */
export class Proof {
  constructor(private readonly parts: IdentityParts) {}

  /** Why the present password is not shown to be known; each entry counts against the login id. */
  async passwordProblem(live: LiveSession, current: string): Promise<Rejection | undefined> {
    const { streams, tries, ports } = this.parts;
    const login = (await streams.login(live.login))!;
    const { loginTries } = await streams.policy();
    const { passwords, random } = ports();
    const tooMany = await tries.count('second', live.login, loginTries, random.id10());
    if (tooMany) return tooMany;
    if (!(await passwords.verify(login.passwordHash, current))) return currentWrong;
    await tries.clear('second', live.login, 'success');
    return undefined;
  }

  /** A cookie alone, left open on a desk or stolen, must not change what protects the login. */
  async problem(live: LiveSession): Promise<Rejection | undefined> {
    const { streams } = this.parts;
    const state = await streams.session(live.session);
    const now = streams.now();
    return isLive(state, now) && isConfirmed(state, now) ? undefined : reauthenticate;
  }

  /**
   * The password once more, in the middle of a session: what asks for it (REAUTHENTICATE) may be done for ten
   * minutes.
   */
  async confirm(live: LiveSession, password: string): Promise<Answer<SessionView>> {
    const { streams, views, ports } = this.parts;
    const no = await this.passwordProblem(live, password);
    if (no) return refused(no);
    const done = await streams.runSession(
      live.session,
      now => ({ type: 'Confirm', now }),
      { confirm: live.session },
      callerOf(live, `confirm-${ports().random.token()}`),
    );
    if (done.kind !== 'done') return done;
    const [state, login] = [await streams.session(live.session), (await streams.login(live.login))!];
    if (!isLive(state, streams.now())) return refused(reauthenticate);
    const value = await views.session(state, login);
    return { kind: 'done', value, position: done.position, replayed: false };
  }
}
