import {
  awaitsSecondStep,
  type BegunSession,
  circleOf,
  type Demand,
  type ExistingLogin,
  type ForcedChange,
  type IdentityPolicy,
  isVerified,
  masked,
  methodsFor,
  passwordNotice,
} from '#identity';
import { Instant, UNREADABLE } from '#kernel';
import type { CodeMethod, ContactView, SecondStepView, SessionView } from './identity.types.js';
import type { IdentityStreams } from './identity-streams.js';
import { about, type IdentityPorts, readable } from './tools.js';

/** What people see of sessions and logins: sealed texts opened, contacts masked. */
export class SessionViews {
  constructor(
    private readonly streams: IdentityStreams,
    private readonly ports: () => IdentityPorts,
  ) {}

  loginId({ login, loginIdSealed }: { login: string; loginIdSealed: string }): string {
    return readable(this.ports().secrets, loginIdSealed, about.loginId(login)) ?? UNREADABLE;
  }

  /** The contacts of a login as they are listed. */
  contacts({ login, contacts }: Pick<ExistingLogin, 'login' | 'contacts'>): readonly ContactView[] {
    const { secrets } = this.ports();
    return contacts.map(({ contact, kind, sealed }) => {
      const value = readable(secrets, sealed, about.contact(login, contact));
      return { contact, kind, masked: value === null ? UNREADABLE : masked(kind, value) };
    });
  }

  contact(login: ExistingLogin, contact: string): { value: string; view: ContactView } | undefined {
    const known = login.contacts.find(one => one.contact === contact);
    if (!known) return undefined;
    const value = this.ports().secrets.open(known.sealed, about.contact(login.login, contact));
    return { value, view: { contact, kind: known.kind, masked: masked(known.kind, value) } };
  }

  /** How a code can be sent to a contact, by the rules and by what this provider can send. */
  methods(login: ExistingLogin, contact: string, policy: IdentityPolicy): readonly CodeMethod[] | null {
    const known = this.contact(login, contact);
    if (!known) return null;
    const { kinds } = this.ports();
    return methodsFor(known.view.kind, known.value, policy).filter(method => kinds.includes(method));
  }

  /** 強制変更 of the circle holds for its logins (ACC-18). */
  async notice(login: ExistingLogin, policy: IdentityPolicy): Promise<ForcedChange> {
    const demands: Demand[] = login.demand ? [login.demand] : [];
    if (login.level === 'circle' && login.account !== null && login.circle !== null) {
      const demand = circleOf(await this.streams.circles(login.account), login.circle)?.forcedChange;
      if (demand) demands.push(demand);
    }
    const { passwordChangedAt: changedAt } = login;
    return passwordNotice({ now: this.streams.now(), changedAt, demands }, policy);
  }

  /** The session proves that it knows this: made of what the cookie holds, and never stored. */
  csrfToken(session: Pick<BegunSession, 'session' | 'secretHash'>): string {
    return this.ports().secrets.mac(`csrf/${session.session}/${session.secretHash}`);
  }

  private secondStep(session: BegunSession, login: ExistingLogin, policy: IdentityPolicy): SecondStepView {
    const contacts = login.contacts.flatMap(({ contact }) => {
      const known = this.contact(login, contact);
      const methods = this.methods(login, contact, policy);
      return known && methods && methods.length > 0 ? [{ ...known.view, methods }] : [];
    });
    const { code } = session;
    const sentTo = code && this.contact(login, code.contact)?.view;
    return {
      contacts,
      totp: login.totp?.confirmedAt != null,
      passkey: login.passkeys.length > 0,
      sent:
        code && sentTo
          ? {
              contact: code.contact,
              method: code.method,
              masked: sentTo.masked,
              expiresAt: Instant.text(code.expiresAt),
              resendAt: Instant.text(Instant.plusMs(code.sentAt, policy.code.resendMs)),
            }
          : null,
    };
  }

  async session(session: BegunSession, login: ExistingLogin): Promise<SessionView> {
    const policy = await this.streams.policy();
    const { stage, language, viewing } = session;
    const { level, role, account, circle, unique, name } = login;
    const verified = isVerified(session);
    return {
      verified,
      stage,
      level,
      role: role ?? 'customer',
      account,
      circle,
      unique,
      name,
      loginId: this.loginId(login),
      language,
      csrfToken: this.csrfToken(session),
      expiresAt: Instant.text(session.expiresAt),
      passwordNotice: await this.notice(login, policy),
      viewing,
      accountOver: level === 'account' && (await this.streams.isOver(login)),
      secondStep: awaitsSecondStep(session) ? this.secondStep(session, login, policy) : null,
    };
  }
}
