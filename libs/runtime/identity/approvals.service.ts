import { timingSafeEqual } from 'node:crypto';
import { accountRefusals } from '#contracts';
import type { KnownApiKey } from '#identity';
import { Instant, Money, rejected } from '#kernel';
import type { Answer, Caller } from '../product.views.js';
import type { Approval, ApprovedAct, LiveSession, ToApprove } from './identity.types.js';
import type { IdentityParts } from './sign-in.service.js';

/** An approval is handed over and used at once. */
const APPROVAL_MS = 1_800_000;
/** `ap_<login>.<id>.<expiry in ms>.<mac>` */
const APPROVAL = /^ap_([0-9a-f]{16})\.(\d{10})\.(\d{13})\.([0-9A-Za-z_=-]{20,200})$/;
const APPROVERS: readonly string[] = ['approver', 'admin'];

/** What is known of API keys, which approve as well. */
export interface ApproverKeys {
  ofToken(token: string): Promise<KnownApiKey | undefined>;
  /** Who made the key, who made the key that made it, and so on. */
  makers(key: string): Promise<readonly string[]>;
}

interface Approved {
  readonly login: string;
  readonly id: string;
  readonly expires: string;
  readonly of: ToApprove;
}

/** What an approval is good for, in one text: no amount reads as another act. */
const actOf = (of: ToApprove): string =>
  `${of.account}/${'amount' in of ? Money.text(of.amount) : 'erasure'}`;

/**
 * The second person of a large adjustment or bonus (DECISIONS: Prepaid ledger), and of an erasure. An
 * approval is a text with a seal of ours: of who gives it, for which account and amount or act, until when.
 * It is used by whoever it is handed to, and once: the act that uses it is called by it, and a wallet gives
 * no name twice; an account is erased once. An act that is refused has no name, so it uses nothing up.
 */
export class Approvals {
  constructor(
    private readonly parts: IdentityParts,
    private readonly keys: ApproverKeys,
  ) {}

  private mac({ login, id, expires, of }: Approved): string {
    return this.parts.ports().secrets.mac(`approval/${login}/${id}/${expires}/${actOf(of)}`);
  }

  /** Whether the session's role may is asked before. */
  async approve(live: LiveSession, of: ToApprove): Promise<Answer<Approval>> {
    const { streams, ports } = this.parts;
    if (!(await streams.facts.account(of.account))) return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    const { login } = live;
    const id = ports().random.id10();
    const expiresAt = Instant.plusMs(streams.now(), APPROVAL_MS);
    const expires = String(expiresAt).padStart(13, '0');
    const approval = `ap_${login}.${id}.${expires}.${this.mac({ login, id, expires, of })}`;
    const value = { approval, expiresAt: Instant.text(expiresAt) };
    return { kind: 'done', value, position: 0, replayed: false };
  }

  /**
   * Who approves with this token: an approval of ours of just that, in time, by somebody who still may, or a
   * live key of staff; undefined for any other. Of a request that was carried out before, an approval stays
   * what it was then.
   */
  async approved(token: string, of: ToApprove, caller: Caller): Promise<ApprovedAct | undefined> {
    // What it was used for has its answer for ever, also when it is too late for anything new.
    const used = await this.parts.streams.isKnown(caller);
    const approved = token.startsWith('ap_')
      ? await this.ofCode(token, of, used)
      : await this.ofKey(token, used);
    if (!approved) return undefined;
    const { approvedBy } = approved;
    const actor = caller.actor.id;
    const same = await this.isOneHand(approvedBy, actor);
    return same ? { ...approved, approvedBy: actor } : approved;
  }

  private async ofCode(text: string, of: ToApprove, used: boolean): Promise<ApprovedAct | undefined> {
    const { streams } = this.parts;
    const [, login, id, expires, mac] = APPROVAL.exec(text) ?? [];
    if (login === undefined || id === undefined || expires === undefined || mac === undefined)
      return undefined;
    const expected = Buffer.from(this.mac({ login, id, expires, of }));
    const sent = Buffer.from(mac);
    if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) return undefined;
    const approved = { approvedBy: `staff:${login}`, name: `approved-${login}-${id}` };
    if (used) return approved;
    if (streams.now() >= Number.parseInt(expires, 10)) return undefined;
    const who = await streams.login(login);
    // Whoever was switched off since, or does something else now, approves no more.
    return who?.phase === 'live' && APPROVERS.includes(who.role ?? '') ? approved : undefined;
  }

  private async ofKey(token: string, used: boolean): Promise<ApprovedAct | undefined> {
    const known = await this.keys.ofToken(token);
    if (known?.role !== 'staff' || !(used || known.phase === 'live')) return undefined;
    return { approvedBy: `key:${known.key}`, name: null };
  }

  /**
   * A key in the hands of whoever made it is the same person, and so are two keys that one person made: their
   * tokens were answered to her. What the machine's owner made with the command line is handed out by him.
   */
  private async isOneHand(approver: string, actor: string): Promise<boolean> {
    const [makers, others] = await Promise.all([this.makers(approver), this.makers(actor)]);
    return (
      makers.includes(actor) ||
      others.includes(approver) ||
      makers.some(maker => others.includes(maker) && !maker.startsWith('cli:'))
    );
  }

  private async makers(actor: string): Promise<readonly string[]> {
    return actor.startsWith('key:') ? this.keys.makers(actor.slice('key:'.length)) : [];
  }
}
