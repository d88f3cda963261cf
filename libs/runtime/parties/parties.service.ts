import {
  accountRefusals,
  changedFields,
  DATA_PARTS,
  type DataPart,
  type DataReference,
  dialledForm,
  type ErasedWhy,
  type IdentityPaper,
  isPaperDue,
  numberStream,
  PARTY_PARTS,
  type PartyCommand,
  type PartyData,
  type PartyMails,
  type PartyState,
  PICTURE_BYTES_MAX,
  party,
  partyEvents,
  partyStream,
  pictureOf,
  settlementMails,
  wantsMail,
} from '#contracts';
import { type AccountId, BusinessDay, common, Instant, Money, rejected } from '#kernel';
import { runningNumber } from '../accounts/number-claims.js';
import { answered } from '../engine/answered.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import { circlesOf } from '../identity/circles.queries.js';
import { prepaidRefusals } from '../prepaid/refusals.js';
import type { Answer, Caller, Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { CircleData } from './circle-data.js';
import type { NameFees } from './name-fees.js';
import { paperView } from './papers.view.js';
import type { ChangeOfMails, ChangeOfParty, NewPaper } from './parties.inputs.js';
import { papersIn } from './parties.queries.js';
import type { ErasedAccountView, IdentityPaperView, ListedPaperView, PartyView } from './parties.shapes.js';
import { PersonalLeftovers, type PersonalPorts } from './personal-leftovers.js';
import { partyServiceRefusals } from './refusals.js';
import { type CommandOfData, SealedParty } from './sealed-party.js';
import type { Sealing } from './sealing.js';

const NO_ACCOUNT = rejected(accountRefusals.NO_SUCH_ACCOUNT);

const NO_MAILS: PartyMails = { contract: '', billing: '', shipping: '' };

/**
 * Who the customers are: their data lie sealed in a store of their own, events say only that they changed.
 */
export class Parties {
  private readonly leftovers: PersonalLeftovers;
  private readonly sealing: SealedParty;
  /** What is known of circles. */
  readonly circles: CircleData;

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
    ports: PersonalPorts | undefined,
    sealing: Sealing,
    readonly nameFees: NameFees,
  ) {
    this.leftovers = new PersonalLeftovers(runner, readModels, ports);
    this.sealing = new SealedParty(runner, sealing);
    this.circles = new CircleData(this.sealing, facts);
  }

  /** As it is, or as it was at an instant. */
  async show(account: AccountId, at?: Instant): Promise<PartyView | undefined> {
    if (!(await this.facts.account(account))) return undefined;
    const state = await this.sealing.state(account);
    const then = at === undefined ? state : await this.stateAt(account, at);
    const { papers, circleStatement, closedAt, erasedAt } = then;
    const [contract, billing, shipping, delivery, mails] = await Promise.all([
      ...DATA_PARTS.map(part => this.sealing.read<PartyData>(account, then[part])),
      this.sealing.read<PartyMails>(account, then.mails),
    ] as const);
    const circles = await circlesOf(this.readModels, account);
    return {
      account,
      representativeCircle: circles.find(one => one.representative === 1)?.circle ?? null,
      contract: contract as PartyData | null,
      billing: billing as PartyData | null,
      shipping: shipping as PartyData | null,
      delivery: delivery as PartyData | null,
      mails: (mails as PartyMails | null) ?? NO_MAILS,
      papers: papers.map(paperView),
      paperDue: isPaperDue(then),
      nameChangeFee: Money.text((await this.nameFees.onDay(BusinessDay.of(at ?? this.now()))).fee),
      settlementMail: settlementMails((mails as PartyMails | null) ?? NO_MAILS)[0] ?? null,
      promotionMails: wantsMail('promotion', then),
      circleStatement,
      closedAt: closedAt === null ? null : Instant.text(closedAt),
      erasedAt: erasedAt === null ? null : Instant.text(erasedAt),
      changedAt: Object.fromEntries(
        [...DATA_PARTS, 'mails' as const].map(part => {
          const last = then.versions.findLast(one => one.part === part);
          return [part, last ? Instant.text(last.at) : null];
        }),
      ),
    };
  }

  /** The mail addresses of an account, opened; they are in no event. */
  async mailsOf(account: AccountId): Promise<PartyMails | 'erased'> {
    const { mails, erasedAt } = await this.sealing.state(account);
    if (erasedAt !== null) return 'erased';
    return (await this.sealing.read<PartyMails>(account, mails)) ?? NO_MAILS;
  }

  /** One of the three parts, whole: what is left out is empty from now on. */
  async change({ account, part, ...data }: ChangeOfParty, caller: Caller): Promise<Answer<PartyView>> {
    const ownNumber = part === 'contract' && (await this.isOurs(data.phone));
    return this.write(account, part, data, caller, async (reference, state, now) => {
      const before = await this.sealing.read<PartyData>(account, state[part]);
      const fields = changedFields(before, data);
      const { kind } = data;
      const follows = state[part]?.ref ?? null;
      return { type: 'ChangeData', now, account, part, kind, data: reference, fields, follows, ownNumber };
    });
  }

  async changeMails({ account, ...mails }: ChangeOfMails, caller: Caller): Promise<Answer<PartyView>> {
    return this.write(account, 'mails', mails, caller, async (reference, state, now) => {
      const before = (await this.sealing.read<PartyMails>(account, state.mails)) ?? NO_MAILS;
      const fields = PARTY_PARTS.filter(part => before[part] !== mails[part]);
      const follows = state.mails?.ref ?? null;
      return { type: 'ChangeMails', now, account, data: reference, fields, follows };
    });
  }

  async setPromotionMails(account: AccountId, wanted: boolean, caller: Caller): Promise<Answer<PartyView>> {
    const command = (now: Instant): PartyCommand => ({ type: 'SetPromotionMails', now, account, wanted });
    return this.plain(account, command, { promotionMails: account, wanted }, caller);
  }

  async setCircleStatement(account: AccountId, shown: boolean, caller: Caller): Promise<Answer<PartyView>> {
    const command = (now: Instant): PartyCommand => ({ type: 'SetCircleStatement', now, account, shown });
    return this.plain(account, command, { circleStatement: account, shown }, caller);
  }

  async close(
    account: AccountId,
    why: Extract<PartyCommand, { type: 'CloseAccount' }>['why'],
    caller: Caller,
  ): Promise<Answer<PartyView>> {
    const command = (now: Instant): PartyCommand => ({ type: 'CloseAccount', now, account, why });
    return this.plain(account, command, { closeAccount: account, why }, caller);
  }

  /** A picture of an identity paper, told by its content. It is never on a disk but sealed. */
  async upload(input: NewPaper, caller: Caller): Promise<Answer<IdentityPaperView>> {
    const { account, kind, issuedOn, validUntil, picture: bytes } = input;
    if (bytes.length > PICTURE_BYTES_MAX) return rejected(partyServiceRefusals.PICTURE_TOO_LARGE);
    const picture = pictureOf(bytes);
    if (!picture) return rejected(partyServiceRefusals.NOT_A_PICTURE);
    const paper = this.sealing.personal().random.id10();
    const stored = await this.sealing.sealed(
      account,
      'paper',
      bytes,
      { kind, issuedOn, validUntil },
      caller,
      reference => ({
        type: 'UploadPaper',
        now: this.now(),
        account,
        paper,
        kind,
        issuedOn,
        validUntil,
        picture: reference,
        format: picture.type,
        bytes: bytes.length,
      }),
    );
    if (stored.kind !== 'done') return stored;
    const [event] = stored.events;
    const known = (await this.sealing.state(account)).papers.find(
      one => event?.type === 'IdentityPaperUploaded' && one.paper === event.paper,
    );
    return answered(stored, paperView(known!));
  }

  async approve(account: AccountId, paper: string, caller: Caller): Promise<Answer<IdentityPaperView>> {
    const now = this.now();
    const nameFee = await this.nameFees.onDay(BusinessDay.of(now));
    const done = await this.decidePaper({ type: 'ApprovePaper', now, account, paper, nameFee }, caller);
    // Also what was approved before, by a process that ended.
    if (done.kind !== 'rejected') await this.nameFees.charge(account, caller);
    return done;
  }

  async askAgain(
    account: AccountId,
    paper: string,
    why: Extract<PartyCommand, { type: 'AskPaperAgain' }>['why'],
    caller: Caller,
  ): Promise<Answer<IdentityPaperView>> {
    return this.decidePaper({ type: 'AskPaperAgain', now: this.now(), account, paper, why }, caller);
  }

  /** An address as it was when it was referred to; null when it can no longer be read. */
  address(account: AccountId, reference: DataReference): Promise<PartyData | null> {
    return this.sealing.read<PartyData>(account, reference);
  }

  /** Of all accounts, the oldest upload first. */
  papers(state: ListedPaperView['state'], request: PageRequest): Promise<Page<ListedPaperView>> {
    return papersIn(this.readModels, state, request);
  }

  /** The picture itself; undefined when there is none, or none any more. */
  async picture(
    account: AccountId,
    paper: string,
  ): Promise<{ readonly type: IdentityPaper['format']; readonly bytes: Uint8Array } | undefined> {
    const known = (await this.sealing.state(account)).papers.find(one => one.paper === paper);
    if (!known) return undefined;
    const bytes = await this.sealing.personal().store.get(account, known.picture);
    return bytes instanceof Uint8Array ? { type: known.format, bytes } : undefined;
  }

  /**
   * Destroys the key of the account's personal data, for ever. The event comes first: killed after it, the
   * same request, a job or the next start destroys the key.
   */
  async erase(
    input: { readonly account: AccountId; readonly why: ErasedWhy; readonly approvedBy: string | null },
    caller: Caller,
  ): Promise<Answer<ErasedAccountView>> {
    const { account, why, approvedBy } = input;
    const { store } = this.sealing.personal();
    if (!(await this.facts.account(account))) return NO_ACCOUNT;
    if (approvedBy === null) return rejected(partyServiceRefusals.ERASURE_NEEDS_APPROVAL);
    if (approvedBy === caller.actor.id) return rejected(prepaidRefusals.APPROVER_IS_ACTOR);
    if (!caller.actor.reason?.trim()) return rejected(common.REASON_REQUIRED);
    const command = (): PartyCommand => ({ type: 'EraseAccount', now: this.now(), account, why, approvedBy });
    const done = await this.sealing.run(account, command, { eraseAccount: account, why, approvedBy }, caller);
    if (done.kind === 'rejected') return done;
    await store.destroyKey(account);
    if (done.kind === 'nothing') return done;
    const { erasedAt } = await this.sealing.state(account);
    return answered(done, { account, erasedAt: Instant.text(erasedAt ?? this.now()) });
  }

  /** @see PersonalLeftovers.left */
  left = () => this.leftovers.left();

  /** @see PersonalLeftovers.sweep */
  sweep = () => this.leftovers.sweep();

  private now(): Instant {
    return this.runner.clock.now();
  }

  private async stateAt(account: AccountId, at: Instant): Promise<PartyState> {
    let state = party.fresh();
    for await (const { type, data } of this.runner.events.readStream(partyStream(account))) {
      const event = partyEvents.codec.decode(type, JSON.parse(data));
      if (event.at > at) break;
      state = party.evolve(state, event);
    }
    return state;
  }

  private async isOurs(phone: string): Promise<boolean> {
    const number = dialledForm(phone);
    if (number === null) return false;
    return (await this.runner.look(runningNumber, numberStream(number))).owner !== null;
  }

  private async write(
    account: AccountId,
    part: DataPart | 'mails',
    data: object,
    caller: Caller,
    commandOf: CommandOfData,
  ): Promise<Answer<PartyView>> {
    const done = await this.sealing.write(account, part, data, caller, commandOf);
    return done.kind === 'done' ? answered(done, (await this.show(account))!) : done;
  }

  private async decidePaper(
    command: Extract<PartyCommand, { type: 'ApprovePaper' | 'AskPaperAgain' }>,
    caller: Caller,
  ): Promise<Answer<IdentityPaperView>> {
    const { account, paper, type } = command;
    if (!(await this.facts.account(account))) return NO_ACCOUNT;
    const body = { [type]: account, paper, ...('why' in command && { why: command.why }) };
    const done = await this.sealing.run(account, () => ({ ...command, now: this.now() }), body, caller);
    if (done.kind !== 'done') return done;
    const known = (await this.sealing.state(account)).papers.find(one => one.paper === paper);
    return answered(done, paperView(known!));
  }

  private async plain(
    account: AccountId,
    command: (now: Instant) => PartyCommand,
    body: object,
    caller: Caller,
  ): Promise<Answer<PartyView>> {
    if (!(await this.facts.account(account))) return NO_ACCOUNT;
    const done = await this.sealing.run(account, () => command(this.now()), body, caller);
    return done.kind === 'done' ? answered(done, (await this.show(account))!) : done;
  }
}
