import { accountRefusals } from '#contracts';
import {
  type ExistingLogin,
  type ForcedChange,
  type LoginCommand,
  type LoginLevel,
  loginRefusals,
  loginUnchanged,
  type StaffRole,
} from '#identity';
import {
  type AccountId,
  Instant,
  InvalidInput,
  type Language,
  nothing,
  type Rejection,
  rejected,
  rejection,
  UNREADABLE,
} from '#kernel';
import type { OutboxEntry } from '#ports';
import { readableStream } from '../audit/readable-event.js';
import { actsOfStaff } from '../audit/staff-acts.queries.js';
import { answered } from '../engine/answered.js';
import { stepOf } from '../engine/command-log.js';
import { limitOf, pageOf } from '../engine/paging.js';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { NewAccountLogin, NewStaff } from './identity.inputs.js';
import type { OutboxViewer, StaffActRow, StaffView } from './identity.types.js';
import { loginIdHash, refused } from './identity-streams.js';
import { type LoginIds, ownerName } from './login-ids.js';
import { accountLogins, staffLogins } from './logins.queries.js';
import { outboxView } from './outbox-view.js';
import { identityProblems, identityRefusals } from './refusals.js';
import type { Reminders } from './reminders.service.js';
import { readContact } from './security.service.js';
import type { IdentityParts } from './sign-in.service.js';
import { about, readable } from './tools.js';

/** Whoever lets others in stays in: so there is always an admin left, and nobody promotes himself. */
const ownLogin = rejection(identityRefusals.OWN_LOGIN);
const isOwn = (login: string, { actor }: Caller): boolean => actor.id === `staff:${login}`;
const noLogin = rejection(loginRefusals.NO_SUCH_LOGIN);

/** The id of a login itself. */
const LOGIN = /^[0-9a-f]{16}$/;

/** Logins as staff manage them, and what staff did. */
export class Logins {
  constructor(
    private readonly parts: IdentityParts,
    private readonly loginIds: LoginIds,
    private readonly reminders: Reminders,
    private readonly readModels: ReadModels,
  ) {}

  async staff(): Promise<readonly StaffView[]> {
    const rows = await staffLogins(this.readModels);
    return rows.map(row => ({
      login: row.login,
      loginId: this.parts.views.loginId({ login: row.login, loginIdSealed: row.login_id_sealed }),
      name: row.name,
      role: row.role!,
      disabled: row.disabled_at !== null,
      createdAt: Instant.text(row.created_at),
    }));
  }

  /** The language of whoever signs in for an account; Japanese where nobody does. */
  async languageOf(account: AccountId): Promise<Language> {
    const [first] = await accountLogins(this.readModels, account);
    const login = first && (await this.parts.streams.login(first.login));
    return login?.language ?? 'ja';
  }

  private viewOf(login: ExistingLogin): StaffView {
    return {
      login: login.login,
      loginId: this.parts.views.loginId(login),
      name: login.name,
      role: login.role!,
      disabled: login.phase === 'disabled',
      createdAt: Instant.text(login.createdAt),
    };
  }

  async createStaff(input: NewStaff, from: Caller): Promise<Answer<StaffView>> {
    const { loginId, role, password, mail, language = 'ja', forcedChange } = input;
    const name = ownerName(input.name);
    if (mail !== null) readContact('mail', mail);
    const problem = (await this.loginIds.problem(loginId, password)) ?? emptyProblem(loginId);
    if (problem) return refused(problem);
    const caller = await this.parts.streams.runner.asRecorded(from);
    const id = this.loginIds.loginFor(caller, 'staff');
    const made = await this.loginIds.create(
      id,
      {
        level: 'staff',
        account: null,
        circle: null,
        unique: null,
        role,
        name,
        language,
        loginId,
        password,
        contacts: mail === null ? [] : [{ kind: 'mail', value: mail }],
      },
      caller,
    );
    if (made.kind !== 'done') return made;
    const problemOfStep = await this.firstPassword(
      id,
      { forcedChange, invite: password === null && mail !== null },
      caller,
    );
    if (problemOfStep) return refused(problemOfStep);
    return { ...made, value: this.viewOf((await this.parts.streams.login(id))!) };
  }

  /** How a login that was just made comes to a password of its owner's own. */
  private async firstPassword(
    id: string,
    { forcedChange = 'none', invite }: { forcedChange: ForcedChange | undefined; invite: boolean },
    caller: Caller,
  ): Promise<Rejection | undefined> {
    if (forcedChange !== 'none') {
      const demand = stepOf(caller, 'forced-change');
      const command = (now: Instant): LoginCommand => ({ type: 'SetForcedChange', now, value: forcedChange });
      const done = await this.parts.streams.runLogin(id, command, { forcedChange }, demand);
      if (done.kind === 'rejected') return done.rejection;
    }
    return invite ? this.reminders.sendLink(id, stepOf(caller, 'invite')) : undefined;
  }

  /**
   * A login of an account; those of circles and uniques are made with them. Without a password its owner
   * chooses the first one by a link that is mailed.
   */
  async createCustomerLogin(
    input: NewAccountLogin,
    from: Caller,
  ): Promise<Answer<{ login: string; loginId: string }>> {
    const { account, password, mail, language = 'ja', forcedChange } = input;
    const name = ownerName(input.name);
    if (password === null && mail === undefined)
      throw InvalidInput.of('mail', identityProblems.MAIL_OR_PASSWORD);
    if (mail !== undefined) readContact('mail', mail);
    const phone = input.phone === undefined ? undefined : readContact('phone', input.phone);
    if (!(await this.parts.streams.facts.account(account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    const problem = await this.loginIds.problem(input.loginId, password);
    if (problem) return refused(problem);
    const caller = await this.parts.streams.runner.asRecorded(from);
    const id = this.loginIds.loginFor(caller, 'account');
    const loginId = input.loginId || (await this.loginIds.issuedLoginId(id, caller));
    const made = await this.loginIds.create(
      id,
      {
        level: 'account',
        account,
        circle: null,
        unique: null,
        role: null,
        name,
        language,
        loginId,
        password,
        contacts: [
          ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
          ...(mail === undefined ? [] : [{ kind: 'mail' as const, value: mail }]),
        ],
      },
      caller,
    );
    if (made.kind !== 'done') return made;
    const problemOfStep = await this.firstPassword(id, { forcedChange, invite: password === null }, caller);
    return problemOfStep ? refused(problemOfStep) : { ...made, value: { login: id, loginId } };
  }

  /**
   * The login that a login id opens, or that is called so itself; undefined for none of this level.
   */
  async findLogin({ level, loginId }: { level: LoginLevel; loginId: string }): Promise<string | undefined> {
    const { streams } = this.parts;
    const known =
      (await streams.loginOf(loginIdHash(level, loginId))) ??
      (LOGIN.test(loginId) ? await streams.newestLogin(loginId) : undefined);
    return known?.level === level ? known.login : undefined;
  }

  async setStaffRole(login: string, role: StaffRole, caller: Caller): Promise<Answer<StaffView>> {
    if (isOwn(login, caller)) return refused(ownLogin);
    const { streams } = this.parts;
    const done = await streams.runLogin(
      login,
      now => ({ type: 'SetStaffRole', now, role }),
      { setRole: login, role },
      caller,
    );
    if (done.kind !== 'done') return done;
    const value = this.viewOf((await streams.login(login))!);
    return answered(done, value);
  }

  async disableLogin(login: string, caller: Caller): Promise<Answer<{ login: string }>> {
    if (isOwn(login, caller)) return refused(ownLogin);
    const done = await this.parts.streams.runLogin(
      login,
      now => ({ type: 'DisableLogin', now }),
      { disable: login },
      caller,
    );
    if (done.kind !== 'done') return done;
    return answered(done, { login });
  }

  async unlockLogin(login: string, caller: Caller): Promise<Answer<{ login: string }>> {
    const { streams, tries } = this.parts;
    const known = await streams.login(login);
    if (!known) return refused(noLogin);
    const ids = await tries.clear('id', known.loginIdHash, { unlock: caller });
    const second = await tries.clear('second', login, { unlock: stepOf(caller, 'second') });
    if (!ids && !second) return nothing(loginUnchanged.LOGIN_NOT_LOCKED);
    return {
      kind: 'done',
      value: { login },
      position: await streams.runner.events.headPosition(),
      replayed: false,
    };
  }

  async staffActs(request?: PageRequest & { actor?: string }): Promise<Page<StaffActRow>> {
    const found = await actsOfStaff(this.readModels, request);
    return pageOf(
      found,
      limitOf(request),
      ({ origin_sealed: origin, at, ...row }) => ({
        ...row,
        stream: readableStream(row.stream),
        at: Instant.text(at),
        address: origin === null || row.session === null ? null : this.addressIn(origin, row.session),
      }),
      row => [row.position],
    );
  }

  private addressIn(sealed: string, session: string): string {
    const opened = readable(this.parts.ports().secrets, sealed, about.origin(session));
    return opened === null ? UNREADABLE : (JSON.parse(opened) as { address: string }).address;
  }

  /**
   * All messages of the sandbox senders, with their codes and links: for whoever has the machine itself.
   * Undefined when real senders are configured.
   */
  outbox(): readonly OutboxEntry[] | undefined {
    return this.parts.ports().outbox?.list();
  }

  /** Of the same what somebody may read. */
  outboxFor(viewer: OutboxViewer): readonly OutboxEntry[] | undefined {
    const kept = this.outbox();
    return kept && outboxView(kept, viewer);
  }
}

/** Staff choose their login ids: none is issued. */
const emptyProblem = (loginId: string): Rejection | undefined =>
  loginId === '' ? rejection(identityRefusals.LOGIN_ID_REQUIRED) : undefined;
