import { type ExistingLogin, loginRefusals } from '#identity';
import { type AccountId, Instant, type Rejection, rejection } from '#kernel';
import { answered } from '../engine/answered.js';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import type { AccountLoginRow } from './identity.types.js';
import { refused } from './identity-streams.js';
import { type LoginRow, loginsOf } from './logins.queries.js';
import { identityRefusals } from './refusals.js';
import type { IdentityParts } from './sign-in.service.js';

const noLogin = rejection(loginRefusals.NO_SUCH_LOGIN);
const own = rejection(identityRefusals.OWN_LOGIN);
const adminOnly = rejection(identityRefusals.ADMIN_ONLY);

/** What staff do for somebody who cannot get in, e.g. because a telephone was lost. */
export class LoginCare {
  constructor(
    private readonly parts: IdentityParts,
    private readonly readModels: ReadModels,
  ) {}

  /** The account's, its circles', its uniques', each oldest first; undefined without such an account. */
  async accountLogins(account: AccountId, request?: PageRequest): Promise<Page<AccountLoginRow> | undefined> {
    const { streams } = this.parts;
    if (!(await streams.facts.account(account))) return undefined;
    const page = await loginsOf(this.readModels, account, request);
    const rows: AccountLoginRow[] = [];
    for (const row of page.rows) rows.push(await this.rowOf(row));
    return { rows, next: page.next };
  }

  /** Contacts and locks come from their streams: they stand in no read model. */
  private async rowOf(row: LoginRow): Promise<AccountLoginRow> {
    const { streams, views } = this.parts;
    const { login, level, circle, unique_id: unique, name } = row;
    const known = await streams.login(login);
    const until = known ? await this.lockedUntil(known) : null;
    return {
      login,
      level,
      circle,
      unique,
      name,
      loginId: views.loginId({ login, loginIdSealed: row.login_id_sealed }),
      disabled: row.disabled_at !== null,
      lockedUntil: until === null ? null : Instant.text(until),
      contacts: known ? views.contacts(known) : [],
      lastSignInAt: row.signed_in_at === null ? null : Instant.text(row.signed_in_at),
      passwordChangedAt: Instant.text(row.password_changed_at),
    };
  }

  /** The later of what locks the password and what locks the second step. */
  private async lockedUntil({ login, loginIdHash }: ExistingLogin): Promise<Instant | null> {
    const { tries } = this.parts;
    const locks = [await tries.lockedUntil('id', loginIdHash), await tries.lockedUntil('second', login)];
    return locks.reduce((a, b) => (a === null || b === null ? (a ?? b) : Instant.later(a, b)), null);
  }

  /** Ends the login's sessions, tells its other mail contacts. */
  async withdrawContact(
    { login, contact }: { login: string; contact: string },
    caller: Caller,
  ): Promise<Answer<{ login: string }>> {
    const { streams, views, messenger } = this.parts;
    const known = await streams.newestLogin(login);
    if (!known) return refused(noLogin);
    const no = await this.problem(known, caller);
    if (no) return refused(no);
    // Seen before it is gone; a repeat of the request finds it gone, and tells nobody again.
    const masked = views.contacts(known).find(one => one.contact === contact)?.masked;
    const done = await streams.runLogin(
      login,
      now => ({ type: 'WithdrawContact', now, contact }),
      { withdrawContact: login, contact },
      caller,
    );
    if (done.kind !== 'done') return done;
    if (masked !== undefined)
      messenger.contactWithdrawn((await streams.login(login))!, { at: done.events[0]!.at, masked });
    return answered(done, { login });
  }

  /** Authenticator app and passkeys of a login of staff. */
  async withdrawSecondFactors(login: string, caller: Caller): Promise<Answer<{ login: string }>> {
    const { streams, messenger } = this.parts;
    const known = await streams.newestLogin(login);
    if (!known) return refused(noLogin);
    const no = await this.problem(known, caller);
    if (no) return refused(no);
    const done = await streams.runLogin(
      login,
      now => ({ type: 'WithdrawSecondFactors', now }),
      { withdrawSecondFactors: login },
      caller,
    );
    if (done.kind !== 'done') return done;
    messenger.secondFactorsWithdrawn(known, done.events[0]!.at);
    return answered(done, { login });
  }

  /**
   * Nobody gets around the password that the own login's pages ask for, and support must not open a way into
   * the logins of colleagues.
   */
  private async problem({ login, level }: ExistingLogin, { actor }: Caller): Promise<Rejection | undefined> {
    const [, helper] = /^staff:(.+)$/.exec(actor.id) ?? [];
    if (login === helper) return own;
    if (level !== 'staff') return undefined;
    const known = helper === undefined ? undefined : await this.parts.streams.login(helper);
    return known?.role === 'admin' ? undefined : adminOnly;
  }
}
