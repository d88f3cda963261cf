import {
  type ContactKind,
  type IssuedKind,
  idOfHash,
  issuedIdStream,
  type LoginFacts,
  type LoginIdCommand,
  loginIdClaim,
  loginIdProblem,
  loginIdStream,
  passwordProblem,
  type UnmadeOwner,
} from '#identity';
import { InvalidInput, type Rejection, readName, saidId, valueProblems } from '#kernel';
import { answered } from '../engine/answered.js';
import { sha256, stepOf } from '../engine/command-log.js';
import type { Answer, Caller } from '../product.views.js';
import { loginIdHash, refused, runningIssuedId, runningLoginId } from './identity-streams.js';
import type { IdentityParts } from './sign-in.service.js';
import { about } from './tools.js';

/** Of two ids in ten billion that are the same by chance, the next one is taken; so often at most. */
const ISSUED_TRIES = 20;
const NAME_LENGTH_MAX = 100;

/**
 * The name of a login's owner, composed and trimmed.
 * @param printed it names what stands on statements: a circle or a terminal
 * @throws InvalidInput naming `name`
 */
export function ownerName(said: string, { printed = false } = {}): string {
  const name = readName('name', said.trim(), NAME_LENGTH_MAX, { printed });
  if (name === '') throw InvalidInput.of('name', valueProblems.EMPTY);
  return name;
}

/** What a new login is made of; the login id in the clear, the password not yet hashed. */
export interface NewLogin
  extends Pick<LoginFacts, 'level' | 'account' | 'circle' | 'unique' | 'role' | 'name' | 'language'> {
  readonly loginId: string;
  /** Null: nobody knows it, a link lets its owner choose one. */
  readonly password: string | null;
  readonly contacts: readonly { readonly kind: ContactKind; readonly value: string }[];
}

/** Ids that are given out, ids that are claimed, and the logins they open. */
export class LoginIds {
  constructor(private readonly parts: IdentityParts) {}

  /** The internal id of a login that a request makes: the same for every repeat of the request. */
  loginFor(caller: Caller, what: string): string {
    return sha256(`${caller.commandId}/${what}`).slice(0, 16);
  }

  /**
   * What stands for a password in the body of a request: the same request with another one is another request
   * (409). Keyed, so that nobody can guess passwords by the hash of the body.
   */
  passwordMark(password: string | null, caller: Caller): string | null {
    return password === null
      ? null
      : this.parts.ports().secrets.mac(`body/${saidId(caller.commandId)}/${password}`);
  }

  /** Why a chosen login id or a password cannot be taken. */
  async problem(loginId: string | undefined, password: string | null): Promise<Rejection | undefined> {
    const policy = await this.parts.streams.policy();
    const chosen = loginId === undefined || loginId === '' ? undefined : loginIdProblem(loginId, policy);
    return chosen ?? (password === null ? undefined : passwordProblem(password, policy));
  }

  /**
   * Claims a login id; undefined when it belongs to the login now. One whose login was never made, because
   * the process ended in between, is gone on with at once by the same request, and by any other after a
   * while.
   */
  async claim(hash: string, login: string, caller: Caller): Promise<Rejection | undefined> {
    const { streams } = this.parts;
    const { runner } = streams;
    const command = (unmade: UnmadeOwner | null): LoginIdCommand => ({
      type: 'ClaimLoginId',
      now: runner.clock.now(),
      hash,
      login,
      unmade,
    });
    const claimed = (unmade: UnmadeOwner | null) =>
      runner.run(
        runningLoginId,
        loginIdStream(hash),
        () => command(unmade),
        { claim: hash, login },
        stepOf(caller, `claim/${hash.slice(0, 16)}`),
      );
    const first = await claimed(null);
    const isSettled = first.kind === 'nothing' || (first.kind === 'done' && !first.replayed);
    if (isSettled) return undefined;
    const { state } = await runner.loadNewest(runningLoginId, loginIdStream(hash));
    if (first.kind === 'done') {
      // Carried out before: it may have been given up since, and another has the id.
      const now = (await streams.newestLogin(login)) ? undefined : loginIdClaim.decide(command(null), state);
      return now?.kind === 'rejected' ? now.rejection : undefined;
    }
    const { owner } = state;
    if (owner === null || (await streams.newestLogin(owner))) return first.rejection;
    const again = await claimed({ owner, keptMs: (await streams.policy()).claimKeptMs });
    return again.kind === 'rejected' ? again.rejection : undefined;
  }

  /** Gives a login id up; undefined when it belongs to the login no more. */
  async release(hash: string, login: string, caller: Caller): Promise<Rejection | undefined> {
    const { runner } = this.parts.streams;
    const done = await runner.run(
      runningLoginId,
      loginIdStream(hash),
      () => ({ type: 'ReleaseLoginId', now: runner.clock.now(), hash, login }),
      { release: hash, login },
      stepOf(caller, `release/${hash.slice(0, 16)}`),
    );
    return done.kind === 'rejected' ? done.rejection : undefined;
  }

  /** A ten-digit id that nobody has, the same for every repeat of the request. */
  async issue(kind: IssuedKind, caller: Caller): Promise<string> {
    const { runner } = this.parts.streams;
    const request = sha256(`${caller.commandId}/${kind}`);
    for (let tried = 0; tried < ISSUED_TRIES; tried++) {
      const id = idOfHash(sha256(`${request}/${tried}`));
      const done = await runner.run(
        runningIssuedId,
        issuedIdStream(id),
        () => ({ type: 'IssueId', now: runner.clock.now(), id, kind, request }),
        { issue: id },
        stepOf(caller, `issue/${id}`),
      );
      if (done.kind !== 'rejected') return id;
    }
    throw new Error('no id could be issued: all that were tried are taken');
  }

  /** A login id of ten digits for a login of an account, where none was chosen (ID-04). */
  async issuedLoginId(login: string, caller: Caller): Promise<string> {
    for (let tried = 0; tried < ISSUED_TRIES; tried++) {
      const loginId = idOfHash(sha256(`${login}/${tried}`));
      if (!(await this.claim(loginIdHash('account', loginId), login, caller))) return loginId;
    }
    throw new Error('no login id could be issued: all that were tried are taken');
  }

  /**
   * Claims the login id and makes the login with its contacts. Done again with the same request, it is done
   * once.
   * @param caller of the command that makes the login
   */
  async create(id: string, input: NewLogin, caller: Caller): Promise<Answer<{ login: string }>> {
    const { streams, ports } = this.parts;
    const { passwords, secrets, random } = ports();
    const { loginId, password, contacts, ...facts } = input;
    const hash = loginIdHash(input.level, loginId);
    const taken = await this.claim(hash, id, caller);
    if (taken) return refused(taken);
    const passwordHash = await passwords.hash(password ?? random.token());
    const loginIdSealed = secrets.seal(loginId, about.loginId(id));
    const done = await streams.runLogin(
      id,
      now => ({
        type: 'CreateLogin',
        now,
        login: id,
        ...facts,
        loginIdSealed,
        loginIdHash: hash,
        passwordHash,
      }),
      { createLogin: hash, ...facts, password: this.passwordMark(password, caller) },
      caller,
    );
    if (done.kind !== 'done') return done;
    for (const [i, { kind, value }] of contacts.entries()) {
      const contact = idOfHash(sha256(`${id}/contact/${i}`));
      const sealed = secrets.seal(value, about.contact(id, contact));
      const mac = secrets.mac(`contact/${id}/${value}`);
      const registered = await streams.runLogin(
        id,
        now => ({ type: 'RegisterContact', now, contact, kind, sealed, mac }),
        { contact, mac },
        stepOf(caller, `contact/${i}`),
      );
      // A login without its second factor is not what was asked for.
      if (registered.kind === 'rejected') return registered;
    }
    return answered(done, { login: id });
  }
}
