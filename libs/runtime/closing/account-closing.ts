import { accountRefusals } from '#contracts';
import {
  type AccountCloseEvent,
  accountClose,
  accountCloseEvents,
  accountCloseStream,
  type BookedDraft,
  type CorrectedMonth,
  closeRun,
  closeRunEvents,
  closeRunStream,
  type InvoiceDocument,
  type InvoiceDraft,
  invoice,
  invoiceDocument,
  invoiceEvents,
  invoiceNumbersStream,
  invoiceStream,
  monthsGivenBack,
  numbering,
  numberingEvents,
  numberOf,
} from '#invoicing';
import { type AccountId, BusinessMonth, canonicalJson, type Rejection, rejection } from '#kernel';
import { decodeEvent } from '../engine/codecs.js';
import { derived, KEY_REUSED, sha256 } from '../engine/command-log.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { SpentLots } from '../prepaid/spent-lots.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Caller } from '../product.views.js';
import type { CloseDrafts } from './close-drafts.js';
import { closeOf, closeOfDocument, refusedClose } from './close-results.js';
import type { AccountClose } from './closing.shapes.js';
import { closingRefusals } from './refusals.js';

export const runningRun = { decider: closeRun, codec: closeRunEvents.codec };
const runningClose = { decider: accountClose, codec: accountCloseEvents.codec };
const runningNumbers = { decider: numbering, codec: numberingEvents.codec };
const runningInvoice = { decider: invoice, codec: invoiceEvents.codec };

/** A close draws again when usage came in between; after so many times it gives up. */
const DRAFTS_AT_MOST = 10;

const closeId = (account: string, month: BusinessMonth): string =>
  `close/${account}/${BusinessMonth.text(month)}`;

/** The body of the command that books a draft, as its events carry it: it names exactly one draft. */
function bookingHash(account: AccountId, month: BusinessMonth, draft: BookedDraft): string {
  const paper = draft.document && sha256(canonicalJson(draft.document));
  return sha256(canonicalJson({ ...bookingBody(account, month, draft), paper }));
}

/** As bookings carried it in former versions: months that broke off then are finished now. */
function earlierBookingHashes(account: AccountId, month: BusinessMonth, draft: BookedDraft): string[] {
  const { rates: _, ...body } = bookingBody(account, month, draft);
  const discounts = body.discounts.map(({ usageMonth: _of, ...sums }) => sums);
  const paper = draft.document && sha256(canonicalJson(draft.document));
  return [
    { ...body, discounts, paper },
    { ...body, discounts },
  ].map(of => sha256(canonicalJson(of)));
}

function bookingBody(account: AccountId, month: BusinessMonth, { document, figures }: BookedDraft) {
  const { basis, discounts, rates, total } = figures;
  return { close: account, month, basis, discounts, rates, total, invoice: document?.number ?? null };
}

const numberId = (account: string, month: BusinessMonth): string => `${closeId(account, month)}/number`;

/**
 * The close of one account's month: compose, number, write down, book in the wallet, issue, record. Each step
 * is a command with a derived id, so a close that broke off anywhere goes on with the same invoice.
 */
export class AccountClosing {
  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly drafts: CloseDrafts,
    private readonly lots: SpentLots,
  ) {}

  /** What a close would do now; nothing is written. */
  async preview(account: AccountId, month: BusinessMonth): Promise<AccountClose> {
    const done = await this.alreadyClosed(account, month);
    if (done) return done;
    const outlook = await this.drafts.outlook(account, month, await this.drafts.stateNow(account));
    // Looked at afterwards: a month that is booked has no usage any more, only an end to come.
    if ((await this.runner.events.findCommands([`${closeId(account, month)}/wallet`])).size > 0) {
      const { document, figures } = await this.booked(account, month);
      return closeOfDocument(account, document ? 'would_close' : 'nothing_to_bill', document, figures);
    }
    if (outlook.kind === 'refused') return refusedClose(account, outlook.rejection);
    const { draft } = outlook;
    const number = (await this.givenNumber(account, month)) ?? null;
    const hasPaper = draft.lines.length > 0 || number !== null;
    return closeOf(account, hasPaper ? 'would_close' : 'nothing_to_bill', number, draft);
  }

  private async alreadyClosed(account: AccountId, month: BusinessMonth): Promise<AccountClose | undefined> {
    const { state } = await this.runner.load(runningClose, accountCloseStream(account, month));
    return state.closed && state.draft
      ? closeOfDocument(account, 'already_closed', state.draft.document, state.draft.figures)
      : undefined;
  }

  /** One account's month. The wallet is locked from the drawing of the invoice to its booking. */
  async close(account: AccountId, month: BusinessMonth, caller: Caller): Promise<AccountClose> {
    const before = await this.alreadyClosed(account, month);
    const refused = before
      ? undefined
      : await this.wallets.lock(account, () => this.book(account, month, caller));
    if (refused) return refusedClose(account, refused);
    const draft = await this.booked(account, month);
    await this.finish(account, month, draft, caller);
    const { document, figures } = draft;
    return before ?? closeOfDocument(account, document ? 'closed' : 'nothing_to_bill', document, figures);
  }

  /** Draws, numbers and books; undefined when the wallet's month is closed now. */
  private async book(
    account: AccountId,
    month: BusinessMonth,
    caller: Caller,
  ): Promise<Rejection | undefined> {
    const id = closeId(account, month);
    if ((await this.runner.events.findCommands([`${id}/wallet`])).size > 0) return undefined;
    for (let n = 0; n < DRAFTS_AT_MOST; n++) {
      const segment = await this.wallets.segment(account);
      if (!segment) return rejection(accountRefusals.NO_SUCH_ACCOUNT);
      // Before anything is given or written: who is refused takes no number and leaves no draft.
      const outlook = await this.drafts.outlook(account, month, segment.state);
      if (outlook.kind === 'refused') return outlook.rejection;
      const { draft } = outlook;
      const document = await this.documentOf(account, draft, caller);
      await this.writeDown(account, month, document, draft, caller);
      const number = document?.number ?? null;
      const day = BusinessMonth.lastDay(month);
      const done = await this.wallets.runAlone(
        account,
        async segment => this.drafts.bookingOf(draft, number, await this.lots.of({ account, segment, day })),
        bookingHash(account, month, { document, figures: draft.close }),
        derived(caller, `${id}/wallet`),
      );
      // Another close booked the month under this id, from another draft: that one stands.
      if (done.kind !== 'rejected' || done.rejection.code === KEY_REUSED.code) return undefined;
      if (done.rejection.code !== 'USAGE_CHANGED') return done.rejection;
    }
    return rejection(closingRefusals.USAGE_CHANGES_ALL_THE_TIME);
  }

  /**
   * The paper of a draft. Nothing to bill: none, and no number is taken; but a number that was given before
   * (the calls were taken back since) is used, so that the numbers have no gap.
   */
  private async documentOf(
    account: AccountId,
    draft: InvoiceDraft,
    caller: Caller,
  ): Promise<InvoiceDocument | null> {
    const { month } = draft;
    const given = await this.givenNumber(account, month);
    if (draft.lines.length === 0 && given === undefined) return null;
    const number = given ?? (await this.number(account, month, caller));
    return invoiceDocument(draft, number, await this.corrected(account, draft));
  }

  /** The earlier months that a draft gives something back of, and the invoices on which they stand (J-02). */
  private async corrected(account: AccountId, draft: InvoiceDraft): Promise<CorrectedMonth[]> {
    const months = monthsGivenBack(draft);
    const found: CorrectedMonth[] = [];
    for (const used of months) {
      const month = BusinessMonth.text(used);
      const invoices: string[] = [];
      for (let billed = used; billed < draft.month; billed = BusinessMonth.plus(billed, 1)) {
        const number = await this.givenNumber(account, billed);
        const { state } = number
          ? await this.runner.load(runningInvoice, invoiceStream(number))
          : { state: undefined };
        if (state?.phase !== 'issued') continue;
        if (state.document.lines.some(line => line.usageMonth === month)) invoices.push(number!);
      }
      found.push({ month, invoices });
    }
    return found;
  }

  /**
   * Gives numbers to those of the accounts that will have an invoice, in their order: whatever is done side
   * by side after this, the numbers are the same.
   */
  async giveNumbers(accounts: readonly AccountId[], month: BusinessMonth, caller: Caller): Promise<void> {
    const commands = [];
    for (const account of accounts) {
      if (await this.alreadyClosed(account, month)) continue;
      const state = (await this.wallets.lock(account, () => this.wallets.segment(account)))?.state;
      if (!state) continue;
      const outlook = await this.drafts.outlook(account, month, state);
      if (outlook.kind === 'refused' || outlook.draft.lines.length === 0) continue;
      commands.push(this.numbering(account, month, caller));
    }
    if (commands.length > 0) await this.runner.runMany(runningNumbers, invoiceNumbersStream(month), commands);
  }

  private numbering(account: AccountId, month: BusinessMonth, caller: Caller) {
    return {
      command: { type: 'AssignNumber' as const, now: this.runner.clock.now(), month, account },
      body: { assign: account, month },
      caller: derived(caller, numberId(account, month)),
    };
  }

  /** A number for the account's month, given now because `giveNumbers` had no reason to. */
  private async number(account: AccountId, month: BusinessMonth, caller: Caller): Promise<string> {
    await this.runner.runMany(runningNumbers, invoiceNumbersStream(month), [
      this.numbering(account, month, caller),
    ]);
    const assigned = await this.givenNumber(account, month);
    if (!assigned) throw new Error(`no invoice number for ${account}`);
    return assigned;
  }

  private async givenNumber(account: AccountId, month: BusinessMonth): Promise<string | undefined> {
    const { state } = await this.runner.loadNewest(runningNumbers, invoiceNumbersStream(month));
    return numberOf(state, account);
  }

  /**
   * Makes the draft the last one of the stream, so that it is the one that is issued when it gets booked.
   * Other closes draft beside this one: an id that another close has used is skipped.
   */
  private async writeDown(
    account: AccountId,
    month: BusinessMonth,
    document: InvoiceDocument | null,
    draft: InvoiceDraft,
    caller: Caller,
  ): Promise<void> {
    const stream = accountCloseStream(account, month);
    const figures = draft.close;
    const now = () => this.runner.clock.now();
    const command = () => ({ type: 'DraftClose' as const, now: now(), account, month, document, figures });
    for (let n = 0; n < DRAFTS_AT_MOST; n++) {
      const { drafts } = (await this.runner.load(runningClose, stream)).state;
      const id = derived(caller, `${closeId(account, month)}/draft/${drafts}`);
      const written = await this.runner.run(runningClose, stream, command, { document, figures }, id);
      if (written.kind === 'nothing' || (written.kind === 'done' && !written.replayed)) return;
      if (written.kind === 'rejected' && written.rejection.code !== KEY_REUSED.code) {
        if (written.rejection.code === 'MONTH_IS_CLOSED') return;
        throw new Error(`${stream}: ${written.rejection.code}`);
      }
      this.runner.forget(stream);
    }
    throw new Error(`others draft ${stream} all the time`);
  }

  /**
   * The draft that the wallet booked. Several closes may have written drafts of their own (the issuer or a
   * policy changed in between): the body of the booking's command tells which of them it was.
   */
  private async booked(account: AccountId, month: BusinessMonth): Promise<BookedDraft> {
    const { events } = this.runner;
    const stream = accountCloseStream(account, month);
    const { state } = await this.runner.loadNewest(runningClose, stream);
    // A draft is written down before it is booked: the only one is it, and at the end the last one.
    if (state.draft && (state.drafts === 1 || state.closed)) return state.draft;
    const bookingId = `${closeId(account, month)}/wallet`;
    const bodyHash = (await events.findCommands([bookingId])).get(bookingId)?.bodyHash;
    let found: BookedDraft | undefined;
    for await (const { type, data } of events.readStream(stream)) {
      const event = decodeEvent(stream, type, data) as AccountCloseEvent;
      if (event.type !== 'CloseDrafted') continue;
      const hashes = [bookingHash(account, month, event), ...earlierBookingHashes(account, month, event)];
      if (bodyHash !== undefined && hashes.includes(bodyHash)) found = event;
    }
    if (!found) throw new Error(`${stream}: none of the drafts was booked`);
    return found;
  }

  /** What follows from the booked month; each step once, whoever does it. */
  private async finish(
    account: AccountId,
    month: BusinessMonth,
    booked: BookedDraft,
    caller: Caller,
  ): Promise<void> {
    const now = () => this.runner.clock.now();
    const id = closeId(account, month);
    const { document, figures } = booked;
    const { total } = figures;
    const number = document?.number ?? null;
    if (document) {
      const issue = () => ({ type: 'IssueInvoice' as const, now: now(), document });
      const issued = await this.runner.run(
        runningInvoice,
        invoiceStream(document.number),
        issue,
        document,
        derived(caller, `${id}/invoice`),
      );
      if (issued.kind === 'rejected') throw new Error(`${document.number}: ${issued.rejection.code}`);
    }
    const finished = await this.runner.run(
      runningClose,
      accountCloseStream(account, month),
      () => ({ type: 'FinishClose' as const, now: now(), booked }),
      { finish: id },
      derived(caller, `${id}/finish`),
    );
    if (finished.kind === 'rejected') throw new Error(`${id}: ${finished.rejection.code}`);
    const record = () => ({
      type: 'RecordAccountClosed' as const,
      now: now(),
      account,
      invoice: number,
      total,
    });
    const recorded = await this.runner.run(
      runningRun,
      closeRunStream(month),
      record,
      { recorded: id, number, total },
      derived(caller, `${id}/recorded`),
    );
    if (recorded.kind === 'rejected') throw new Error(`${id}: ${recorded.rejection.code}`);
  }
}
