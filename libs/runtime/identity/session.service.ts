import { accountRefusals } from '#contracts';
import {
  type BegunSession,
  circleOf,
  circleRefusals,
  isLive,
  type Place,
  passwordProblem,
  type SessionCommand,
  sessionRefusals,
  uniqueOf,
} from '#identity';
import {
  type AccountId,
  Instant,
  type Language,
  type Rejection,
  rejected,
  rejection,
  UNREADABLE,
} from '#kernel';
import type { Answer } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { Target } from './identity.inputs.js';
import type { LiveSession, OwnSessionRow, SessionView } from './identity.types.js';
import { refused } from './identity-streams.js';
import type { Proof } from './proof.service.js';
import { openSessions } from './sessions.queries.js';
import { callerOf, type IdentityParts, type SignIn } from './sign-in.service.js';
import { about, readable } from './tools.js';

const noSession = rejection(sessionRefusals.NO_SUCH_SESSION);
const notDownward = rejection(sessionRefusals.NOT_DOWNWARD);

/** What a signed-in session does with itself. */
export class Sessions {
  constructor(
    private readonly parts: IdentityParts,
    private readonly signIn: SignIn,
    private readonly proof: Proof,
    private readonly readModels: ReadModels,
  ) {}

  callerOf = callerOf;

  private caller(live: LiveSession, reason?: string) {
    return callerOf(live, `session-${this.parts.ports().random.token()}`, reason);
  }

  async signOut(live: LiveSession): Promise<Answer<{ session: string }>> {
    return this.end(live, live.session, 'sign_out');
  }

  private async end(
    live: LiveSession,
    session: string,
    by: 'sign_out' | 'revoked',
  ): Promise<Answer<{ session: string }>> {
    const done = await this.parts.streams.runSession(
      session,
      now => ({ type: 'EndSession', now, by }),
      { end: session },
      this.caller(live),
    );
    if (done.kind !== 'done') return done;
    return { kind: 'done', value: { session }, position: done.position, replayed: false };
  }

  async endSession(live: LiveSession, session: string): Promise<Answer<{ session: string }>> {
    const state = await this.parts.streams.session(session);
    // Somebody else's session must look like none.
    if (state.phase === 'none' || state.login !== live.login) return refused(noSession);
    return this.end(live, session, 'revoked');
  }

  setLanguage(live: LiveSession, language: Language): Promise<Answer<SessionView>> {
    return this.changed(live, now => ({ type: 'ChooseLanguage', now, language }));
  }

  leave(live: LiveSession): Promise<Answer<SessionView>> {
    return this.changed(live, now => ({ type: 'LeaveLevel', now }));
  }

  /** Runs a command of the session and shows it as it is then, also when there was nothing to do. */
  private async changed(
    live: LiveSession,
    command: (now: Instant) => SessionCommand,
    reason?: string,
  ): Promise<Answer<SessionView>> {
    const { streams } = this.parts;
    const body = { session: live.session };
    const done = await streams.runSession(live.session, command, body, this.caller(live, reason));
    if (done.kind === 'rejected') return done;
    const after = await this.signIn.live((await streams.session(live.session)) as BegunSession);
    if (!after) return refused(noSession);
    const position = done.kind === 'done' ? done.position : 0;
    return { kind: 'done', value: after.view, position, replayed: false };
  }

  /** Downward only (ACC-12); staff: any account, read-only, with a reason. */
  async enter(live: LiveSession, to: Target, reason?: string): Promise<Answer<SessionView>> {
    const { view } = live;
    const account = to.account ?? view.account;
    if (account === null) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    // Before anything is looked up: what exists beyond the own account is nobody's business.
    if (view.level !== 'staff' && account !== view.account) return refused(notDownward);
    const place = await this.place(account, to, view.level === 'circle' ? view.circle : null);
    if ('code' in place) return refused(place);
    if (view.level === 'staff') {
      const why = reason ?? '';
      return this.changed(live, now => ({ type: 'ViewCustomer', now, to: place, reason: why }), reason);
    }
    const from: Place = { account, circle: view.circle, unique: view.unique };
    return this.changed(live, now => ({ type: 'EnterLevel', now, to: place, from }));
  }

  private async place(account: AccountId, to: Target, ownCircle: string | null): Promise<Place | Rejection> {
    const { streams } = this.parts;
    if (!(await streams.facts.account(account))) return rejection(accountRefusals.NO_SUCH_ACCOUNT);
    const state = await streams.circles(account);
    const unique = to.unique === undefined ? null : (uniqueOf(state, to.unique) ?? undefined);
    const outside = ownCircle !== null && unique?.circle !== ownCircle;
    if (unique === undefined || (unique && outside)) return rejection(circleRefusals.NO_SUCH_UNIQUE);
    const circle = unique ? unique.circle : (to.circle ?? null);
    const contradicts = to.circle !== undefined && circle !== to.circle;
    if (contradicts || (circle !== null && !circleOf(state, circle)))
      return rejection(circleRefusals.NO_SUCH_CIRCLE);
    return { account, circle, unique: unique?.unique ?? null };
  }

  /**
   * A new password in the middle of signing in, or where it is urged: the present one was given a moment ago.
   */
  async renewPassword(live: LiveSession, password: string): Promise<Answer<SessionView>> {
    const { streams, messenger, ports } = this.parts;
    const login = await streams.login(live.login);
    const urged = live.view.stage === 'password_change' || live.view.passwordNotice !== 'none';
    if (!login || live.view.stage === 'second_step' || !urged)
      return rejected(sessionRefusals.NOT_IN_THIS_STAGE);
    // One that is only urged may be renewed hours after the sign-in: by whoever has the cookie by then.
    const unproven = live.view.stage === 'signed_in' ? await this.proof.problem(live) : undefined;
    const problem = unproven ?? passwordProblem(password, await streams.policy());
    if (problem) return refused(problem);
    const { passwords } = ports();
    const unchanged = await passwords.verify(login.passwordHash, password);
    const passwordHash = await passwords.hash(password);
    const caller = this.caller(live);
    const done = await streams.runLogin(
      login.login,
      now => ({ type: 'ChangePassword', now, passwordHash, unchanged }),
      { renewPassword: login.login },
      caller,
    );
    if (done.kind !== 'done') return done;
    messenger.passwordChanged(login, done.events[0]!.at);
    const { epoch } = (await streams.login(login.login))!;
    return this.changed(live, now => ({ type: 'RenewPassword', now, epoch }));
  }

  async sessions(live: LiveSession): Promise<readonly OwnSessionRow[]> {
    const { streams, ports } = this.parts;
    const now = streams.now();
    const rows = await openSessions(this.readModels, live.login, now);
    const shown: OwnSessionRow[] = [];
    for (const row of rows) {
      const state = await streams.session(row.session);
      if (!isLive(state, now) || !(await this.signIn.live(state))) continue;
      const origin = readable(ports().secrets, row.origin_sealed, about.origin(row.session));
      const unknown = { address: UNREADABLE, agent: UNREADABLE };
      const { address, agent } = origin === null ? unknown : (JSON.parse(origin) as typeof unknown);
      const [startedAt, lastSeenAt] = [Instant.text(row.started_at), Instant.text(row.last_seen_at)];
      const current = row.session === live.session;
      shown.push({ session: row.session, startedAt, lastSeenAt, address, agent, current });
    }
    return shown;
  }
}
