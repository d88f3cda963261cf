import { accountRefusals } from '#contracts';
import {
  type CircleCommand,
  type CircleEvent,
  type CirclesState,
  circleOf,
  circleRefusals,
  circlesStream,
  type ForcedChange,
  type Outgoing,
  type Unique,
  uniqueOf,
} from '#identity';
import { type AccountId, Instant, PhoneNumber, type Rejection, rejection } from '#kernel';
import { answered } from '../engine/answered.js';
import { stepOf } from '../engine/command-log.js';
import { runningCircles } from '../engine/facts.js';
import type { Executed } from '../engine/run-command.js';
import type { Answer, Caller } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { circlesOf, uniquesOf } from './circles.queries.js';
import type { NewCircle, NewUnique } from './identity.inputs.js';
import type { CircleView, UniqueView } from './identity.types.js';
import { refused } from './identity-streams.js';
import { type LoginIds, ownerName } from './login-ids.js';
import { readContact } from './security.service.js';
import type { IdentityParts } from './sign-in.service.js';

const noAccount = rejection(accountRefusals.NO_SUCH_ACCOUNT);
const noUnique = rejection(circleRefusals.NO_SUCH_UNIQUE);
const noCircle = rejection(circleRefusals.NO_SUCH_CIRCLE);

/** Circles and uniques of an account. Lists come from read models, single ones and decisions from streams. */
export class Circles {
  constructor(
    private readonly parts: IdentityParts,
    private readonly loginIds: LoginIds,
    private readonly readModels: ReadModels,
  ) {}

  /** Circles and uniques as their own stream tells them. */
  known(account: AccountId): Promise<CirclesState> {
    return this.parts.streams.circles(account);
  }

  async circles(account: AccountId): Promise<readonly CircleView[]> {
    const rows = await circlesOf(this.readModels, account);
    return rows.map(row => ({
      circle: row.circle,
      name: row.name,
      loginId: this.parts.views.loginId({ login: row.login, loginIdSealed: row.login_id_sealed }),
      representative: row.representative === 1,
      forcedChange: row.forced_change,
      createdAt: Instant.text(row.created_at),
      uniques: row.uniques,
    }));
  }

  async circle(account: AccountId, circle: string): Promise<CircleView | undefined> {
    const { streams } = this.parts;
    const state = await streams.circles(account);
    const known = circleOf(state, circle);
    if (!known) return undefined;
    const { name, representative, createdAt } = known;
    return {
      circle,
      name,
      loginId: await this.loginIdOf(known.login),
      representative,
      forcedChange: known.forcedChange?.value ?? 'none',
      createdAt: Instant.text(createdAt),
      uniques: state.uniques.filter(one => one.circle === circle).length,
    };
  }

  private async loginIdOf(login: string): Promise<string> {
    const known = await this.parts.streams.login(login);
    return known ? this.parts.views.loginId(known) : '';
  }

  /** Without a login id a ten-digit one is issued (ID-04). */
  async createCircle(input: NewCircle, from: Caller): Promise<Answer<CircleView>> {
    const { account, password, mail } = input;
    const name = ownerName(input.name, { printed: true });
    if (mail !== undefined) readContact('mail', mail);
    if (!(await this.parts.streams.facts.account(account))) return refused(noAccount);
    const problem = await this.loginIds.problem(input.loginId, password);
    if (problem) return refused(problem);
    const caller = await this.parts.streams.runner.asRecorded(from, 'login');
    const circle = await this.loginIds.issue('circle', caller);
    const login = this.loginIds.loginFor(caller, 'circle');
    const made = await this.loginIds.create(
      login,
      {
        level: 'circle',
        account,
        circle,
        unique: null,
        role: null,
        name,
        language: 'ja',
        loginId: input.loginId || circle,
        password,
        contacts: mail === undefined ? [] : [{ kind: 'mail', value: mail }],
      },
      stepOf(caller, 'login'),
    );
    if (made.kind === 'rejected') return made;
    const mark = this.loginIds.passwordMark(password, caller);
    const body = { addCircle: account, name, loginId: input.loginId ?? null, password: mark };
    const done = await this.run(
      account,
      now => ({ type: 'AddCircle', now, account, circle, name, login }),
      body,
      caller,
    );
    return this.answer(done, await this.circle(account, circle), noCircle);
  }

  async uniques(account: AccountId, circle: string): Promise<readonly UniqueView[]> {
    const rows = await uniquesOf(this.readModels, account, circle);
    return rows.map(row => ({
      unique: row.unique_id,
      circle: row.circle,
      name: row.name,
      loginId: this.parts.views.loginId({ login: row.login, loginIdSealed: row.login_id_sealed }),
      numbers: row.numbers === '' ? [] : row.numbers.split(','),
      outgoing: row.outgoing,
      createdAt: Instant.text(row.created_at),
    }));
  }

  async unique(account: AccountId, unique: string): Promise<UniqueView | undefined> {
    const known = uniqueOf(await this.parts.streams.circles(account), unique);
    if (!known) return undefined;
    const { circle, name, numbers, outgoing, createdAt } = known;
    const loginId = await this.loginIdOf(known.login);
    return { unique, circle, name, loginId, numbers, outgoing, createdAt: Instant.text(createdAt) };
  }

  async createUnique(input: NewUnique, from: Caller): Promise<Answer<UniqueView>> {
    const { account, circle, password, mail } = input;
    const name = ownerName(input.name, { printed: true });
    if (mail !== undefined) readContact('mail', mail);
    const { streams } = this.parts;
    if (!(await streams.facts.account(account))) return refused(noAccount);
    if (!circleOf(await streams.circles(account), circle)) return refused(noCircle);
    const problem = await this.loginIds.problem(input.loginId, password);
    if (problem) return refused(problem);
    const caller = await this.parts.streams.runner.asRecorded(from, 'login');
    const unique = await this.loginIds.issue('unique', caller);
    const login = this.loginIds.loginFor(caller, 'unique');
    const made = await this.loginIds.create(
      login,
      {
        level: 'unique',
        account,
        circle,
        unique,
        role: null,
        name,
        language: 'ja',
        loginId: input.loginId || unique,
        password,
        contacts: mail === undefined ? [] : [{ kind: 'mail', value: mail }],
      },
      stepOf(caller, 'login'),
    );
    if (made.kind === 'rejected') return made;
    const mark = this.loginIds.passwordMark(password, caller);
    const body = { addUnique: account, circle, name, loginId: input.loginId ?? null, password: mark };
    const done = await this.run(
      account,
      now => ({ type: 'AddUnique', now, account, circle, unique, name, login }),
      body,
      caller,
    );
    return this.answer(done, await this.unique(account, unique), noCircle);
  }

  /** The ten digits of a unique that is about to be bought. */
  issueUnique(caller: Caller): Promise<string> {
    return this.loginIds.issue('unique', caller);
  }

  /**
   * A unique that was bought, under the id that was issued for it. Its password is nobody's: the circle gives
   * it one when somebody is to sign in with it. Once per command; later ones change nothing.
   */
  async addBoughtUnique(
    {
      account,
      circle,
      unique,
      name,
    }: Omit<Unique, 'login' | 'numbers' | 'outgoing' | 'createdAt'> & { account: AccountId },
    caller: Caller,
  ): Promise<void> {
    const { streams } = this.parts;
    if (!circleOf(await streams.circles(account), circle) || (await this.unique(account, unique))) return;
    const login = this.loginIds.loginFor(caller, 'unique');
    const owner = { level: 'unique', account, circle, unique, role: null, language: 'ja' } as const;
    const created = { ...owner, name, loginId: unique, password: null, contacts: [] };
    const made = await this.loginIds.create(login, created, stepOf(caller, 'login'));
    if (made.kind === 'rejected') throw new Error(`unique ${unique} gets no login: ${made.rejection.code}`);
    const command = (now: Instant) =>
      ({ type: 'AddUnique', now, account, circle, unique, name, login }) as const;
    await this.run(account, command, { addBoughtUnique: unique, account, circle, name }, caller);
  }

  /** All numbers of the unique from now on; each must be the account's. One that another unique had moves. */
  async setUniqueNumbers(
    input: {
      account: AccountId;
      unique: string;
      numbers: readonly string[];
      /** Left out: it stays as it is. */
      outgoing?: Outgoing | undefined;
    },
    caller: Caller,
  ): Promise<Answer<UniqueView>> {
    const { account, unique, outgoing } = input;
    const numbers = input.numbers.map(number => PhoneNumber.parse(number, 'numbers'));
    const known = await this.parts.streams.facts.account(account);
    if (!known) return refused(noAccount);
    const done = await this.run(
      account,
      now => ({ type: 'SetUniqueNumbers', now, account, unique, numbers, outgoing, own: known.numbers }),
      { setNumbers: account, unique, numbers, ...(outgoing !== undefined && { outgoing }) },
      caller,
    );
    return this.asItIs(done, await this.unique(account, unique), noCircle);
  }

  async setForcedChange(
    input: { account: AccountId; circle: string; value: ForcedChange },
    caller: Caller,
  ): Promise<Answer<CircleView>> {
    const { account, circle, value } = input;
    if (!(await this.parts.streams.facts.account(account))) return refused(noAccount);
    const done = await this.run(
      account,
      now => ({ type: 'SetCircleForcedChange', now, account, circle, value }),
      { forcedChange: account, circle, value },
      caller,
    );
    return this.asItIs(done, await this.circle(account, circle), noCircle);
  }

  /**
   * Another password for the login of a circle, or of a unique of it, by the level above: its sessions end,
   * locks are lifted, and it must choose one of its own at the next sign-in.
   */
  async resetLowerPassword(
    input: { account: AccountId; circle: string; unique?: string | undefined; password: string },
    caller: Caller,
  ): Promise<Answer<{ login: string }>> {
    const { account, circle, unique, password } = input;
    const { streams, tries, messenger, ports } = this.parts;
    if (!(await streams.facts.account(account))) return refused(noAccount);
    const state = await streams.circles(account);
    const known = unique === undefined ? circleOf(state, circle) : uniqueOf(state, unique);
    if (!known || known.circle !== circle) return refused(unique === undefined ? noCircle : noUnique);
    const problem = await this.loginIds.problem(undefined, password);
    if (problem) return refused(problem);
    const login = (await streams.login(known.login))!;
    const passwordHash = await ports().passwords.hash(password);
    const done = await streams.runLogin(
      login.login,
      now => ({ type: 'ReplacePassword', now, passwordHash }),
      { replacePassword: login.login, password: this.loginIds.passwordMark(password, caller) },
      caller,
    );
    if (done.kind !== 'done') return done;
    const lifted = (what: 'id' | 'second') => stepOf(caller, `unlock-${what}`);
    await tries.clear('id', login.loginIdHash, { unlock: lifted('id') });
    await tries.clear('second', login.login, { unlock: lifted('second') });
    messenger.passwordChanged(login, done.events[0]!.at);
    return answered(done, { login: login.login });
  }

  /** Numbers that a circle or unique login may see calls of; by the streams. */
  async numbersOf(at: {
    account: AccountId;
    circle: string | null;
    unique: string | null;
  }): Promise<readonly string[]> {
    const { streams } = this.parts;
    if (at.circle === null && at.unique === null)
      return (await streams.facts.account(at.account))?.numbers ?? [];
    const { uniques } = await streams.circles(at.account);
    const seen = uniques.filter(one =>
      at.unique === null ? one.circle === at.circle : one.unique === at.unique,
    );
    return [...new Set(seen.flatMap(one => one.numbers))];
  }

  private run(
    account: AccountId,
    command: (now: Instant) => CircleCommand,
    body: unknown,
    caller: Caller,
  ): Promise<Executed<CircleEvent>> {
    const { streams } = this.parts;
    const stream = circlesStream(account);
    return streams.runner.run(runningCircles, stream, () => command(streams.now()), body, caller);
  }

  private answer<Value>(
    done: Executed<CircleEvent>,
    value: Value | undefined,
    absent: Rejection,
  ): Answer<Value> {
    if (done.kind !== 'done') return done;
    if (value === undefined) return refused(absent);
    return answered(done, value);
  }

  /** Shown as it is then, also when there was nothing to do. */
  private async asItIs<Value>(
    done: Executed<CircleEvent>,
    value: Value | undefined,
    absent: Rejection,
  ): Promise<Answer<Value>> {
    if (done.kind !== 'nothing' || value === undefined) return this.answer(done, value, absent);
    const position = await this.parts.streams.runner.events.headPosition();
    return { kind: 'done', value, position, replayed: false };
  }
}
