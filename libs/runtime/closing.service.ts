import { policyInForce } from '#contracts';
import {
  accountClose,
  accountCloseCodec,
  accountCloseStream,
  closeRun,
  closeRunCodec,
  closeRunStream,
  drawInvoice,
  type InvoiceDocument,
  type InvoiceDraft,
  invoice,
  invoiceCodec,
  invoiceDocument,
  invoiceNumbersStream,
  invoiceStream,
  numbering,
  numberingCodec,
  numberOf,
  usageStatement,
  type UsageStatement,
} from '#invoicing';
import { type AccountId, BusinessDay, BusinessMonth, canonicalJson, Instant, Money, type Rejection } from '#kernel';
import { balanceAt, monthUsage, type WalletState } from '#ledger';
import type { ReadStore } from '#ports';
import { derived, sha256 } from './command-log.js';
import type { Facts } from './facts.js';
import { keyOfCursor, limitOf, pageOf } from './paging.js';
import type { PrepaidQueries } from './prepaid.queries.js';
import type { AccountClose, Answer, Caller, CloseReport, ClosingService, Difference, InvoiceRow, Page, PageRequest, Progress } from './product.js';
import { reconcileMonth } from './reconcile.js';
import type { CommandRunner } from './run-command.js';
import type { Wallets } from './wallets.js';

const runningRun = { decider: closeRun, codec: closeRunCodec };
const runningClose = { decider: accountClose, codec: accountCloseCodec };
const runningNumbers = { decider: numbering, codec: numberingCodec };
const runningInvoice = { decider: invoice, codec: invoiceCodec };

/** A close draws again when usage came in between; more often than this it is not a close but a storm. */
const DRAFTS_AT_MOST = 10;

const refusal = (code: string, message: string, details?: Record<string, string>): Rejection =>
  details ? { code, message, details } : { code, message };

/**
 * The month-end close (DECISIONS: Month-end close). Every step is a command of its own with a derived id: running it
 * again, twice at once or after a crash goes on where it stopped and gives the same invoices, byte for byte.
 */
export class Closing implements ClosingService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly wallets: Wallets,
    private readonly facts: Facts,
    private readonly queries: PrepaidQueries,
    private readonly readModels: ReadStore,
  ) {}

  async run(input: Parameters<ClosingService['run']>[0], caller: Caller, progress?: Progress): Promise<Answer<CloseReport>> {
    const { month, account, dryRun } = input;
    const now = this.runner.clock.now();
    if (now <= BusinessMonth.end(month)) {
      const rejection = refusal('MONTH_NOT_OVER', 'the month is not over yet', { over: Instant.text(BusinessMonth.start(BusinessMonth.plus(month, 1))) });
      return { kind: 'rejected', rejection };
    }
    const accounts = account ? [account] : await this.accountsOf(month);
    if (account && !(await this.facts.account(account))) {
      return { kind: 'rejected', rejection: refusal('NO_SUCH_ACCOUNT', 'there is no such account') };
    }
    if (!dryRun) {
      const start = () => ({ type: 'StartCloseRun' as const, now, month, by: caller.actor.id });
      await this.runner.run(runningRun, closeRunStream(month), start, { start: month }, derived(caller, `closeRun/${BusinessMonth.text(month)}/start`));
    }
    const closed: AccountClose[] = [];
    for (const one of accounts) {
      closed.push(dryRun ? await this.preview(one, month) : await this.close(one, month, caller));
      progress?.(closed.length, accounts.length, 'closing');
    }
    if (!dryRun && !account) await this.complete(month, accounts, caller);
    const { head } = { head: await this.runner.events.headPosition() };
    return { kind: 'done', value: reportOf(month, dryRun, closed), position: head, replayed: false };
  }

  private async complete(month: BusinessMonth, accounts: readonly string[], caller: Caller): Promise<void> {
    const command = () => ({ type: 'CompleteCloseRun' as const, now: this.runner.clock.now(), accounts });
    const id = sha256(canonicalJson(accounts)).slice(0, 16);
    await this.runner.run(runningRun, closeRunStream(month), command, { complete: month, accounts }, derived(caller, `closeRun/${BusinessMonth.text(month)}/complete/${id}`));
  }

  /** Accounts that were open in the month, in the order of their ids: the order of the invoice numbers. */
  private async accountsOf(month: BusinessMonth): Promise<AccountId[]> {
    const rows = await this.readModels.db.selectFrom('accounts').select(['account']).orderBy('account').execute();
    const used = await this.readModels.db.selectFrom('usage').select('account').distinct().where('billing_month', '=', month).execute();
    const inUse = new Set((used as { account: string }[]).map(row => row.account));
    const accounts: AccountId[] = [];
    for (const { account } of rows as { account: AccountId }[]) {
      const known = await this.facts.account(account);
      if (known && (known.openedOn <= BusinessMonth.lastDay(month) || inUse.has(account))) accounts.push(account);
    }
    return accounts;
  }

  private async draft(account: AccountId, month: BusinessMonth, state: WalletState): Promise<InvoiceDraft> {
    const known = (await this.facts.account(account))!;
    const issuer = await this.facts.issuer();
    const available = policyInForce(await this.facts.policies(), 'invoice.available-business-day', BusinessMonth.lastDay(month));
    return drawInvoice({
      account,
      recipient: { name: known.name, honorific: '御中', postalCode: '', address: '' },
      issuer,
      month,
      usage: monthUsage(state, month),
      incomingDiscountPerMinute: known.incomingDiscount,
      extraLines: [],
      policy: {
        name: available.reference,
        totalRounding: 'half_up',
        availableFromBusinessDay: Number.parseInt(available.value, 10),
        closedDays: [],
      },
    });
  }

  private async preview(account: AccountId, month: BusinessMonth): Promise<AccountClose> {
    const done = await this.alreadyClosed(account, month);
    if (done) return done;
    const known = (await this.facts.account(account))!;
    const state = await this.queries.stateAsOf(account, BusinessMonth.ofDay(known.openedOn), this.runner.clock.now());
    const draft = await this.draft(account, month, state);
    return closeOf(account, draft.lines.length === 0 ? 'nothing_to_bill' : 'would_close', null, draft);
  }

  private async alreadyClosed(account: AccountId, month: BusinessMonth): Promise<AccountClose | undefined> {
    const { state } = await this.runner.load(runningClose, accountCloseStream(account, month));
    return state.closed && state.draft ? closeOfDocument(account, 'already_closed', state.draft.document, state.draft.figures) : undefined;
  }

  /** One account's month. The wallet is locked from the drawing of the invoice to its booking. */
  private async close(account: AccountId, month: BusinessMonth, caller: Caller): Promise<AccountClose> {
    const before = await this.alreadyClosed(account, month);
    const booked = before ? undefined : await this.wallets.lock(account, () => this.book(account, month, caller));
    if (booked) {
      const rejection = booked;
      return { ...closeOfDocument(account, 'refused', null, null), rejection };
    }
    const { state } = await this.runner.load(runningClose, accountCloseStream(account, month));
    const { document, figures } = state.draft!;
    await this.finish(account, month, document, figures.total, caller);
    return before ?? closeOfDocument(account, document ? 'closed' : 'nothing_to_bill', document, figures);
  }

  /** Draws, numbers and books; undefined when the wallet's month is closed now. */
  private async book(account: AccountId, month: BusinessMonth, caller: Caller): Promise<Rejection | undefined> {
    const id = `close/${account}/${BusinessMonth.text(month)}`;
    if ((await this.runner.events.findCommands([`${id}/wallet`])).size > 0) return undefined;
    for (let n = 0; n < DRAFTS_AT_MOST; n++) {
      const segment = await this.wallets.segment(account, derived(caller, id));
      if (!segment) return refusal('NO_SUCH_ACCOUNT', 'there is no such account');
      const running = await this.callsRunning(segment.state, month);
      if (running) return running;
      const draft = await this.draft(account, month, segment.state);
      if (draft.unbooked.length > 0) return refusal('LINES_NOT_BOOKED', 'there are lines that the wallet was not debited for');
      const document = draft.lines.length === 0 ? null : invoiceDocument(draft, await this.number(account, month, caller));
      await this.writeDown(account, month, document, draft, caller);
      const { basis, discounts, total } = draft.close;
      const invoiceNumber = document?.number ?? null;
      const done = await this.wallets.runAlone(
        account,
        () => ({ type: 'CloseBillingMonth', now: this.runner.clock.now(), month, basis, discounts, total, invoice: invoiceNumber }),
        sha256(canonicalJson({ close: account, month, basis, discounts, total, invoice: invoiceNumber })),
        derived(caller, `${id}/wallet`),
      );
      if (done.kind !== 'rejected') return undefined;
      if (done.rejection.code !== 'USAGE_CHANGED') return done.rejection;
    }
    return refusal('USAGE_CHANGES_ALL_THE_TIME', 'calls of the month keep coming in; try again later');
  }

  /** A call that began in the month and still runs is waited for, up to the longest possible call. */
  private async callsRunning(state: WalletState, month: BusinessMonth): Promise<Rejection | undefined> {
    const longest = await this.facts.wholeNumber('calls.max-duration-s', BusinessMonth.lastDay(month));
    const until = Instant.plusMs(BusinessMonth.end(month), longest * 1000);
    if (this.runner.clock.now() > until) return undefined;
    const running = balanceAt(state, this.runner.clock.now()).holds.filter(hold => hold.heldAt <= BusinessMonth.end(month));
    if (running.length === 0) return undefined;
    return refusal('CALLS_RUNNING', 'calls of the month are still running', { calls: String(running.length), until: Instant.text(until) });
  }

  private async number(account: AccountId, month: BusinessMonth, caller: Caller): Promise<string> {
    const stream = invoiceNumbersStream(month);
    const id = `close/${account}/${BusinessMonth.text(month)}/number`;
    const command = () => ({ type: 'AssignNumber' as const, now: this.runner.clock.now(), month, account });
    await this.runner.run(runningNumbers, stream, command, { assign: account, month }, derived(caller, id));
    const assigned = numberOf((await this.runner.load(runningNumbers, stream)).state, account);
    if (!assigned) throw new Error(`no invoice number for ${account}`);
    return assigned;
  }

  private async writeDown(account: AccountId, month: BusinessMonth, document: InvoiceDocument | null, draft: InvoiceDraft, caller: Caller): Promise<void> {
    const stream = accountCloseStream(account, month);
    const figures = draft.close;
    const { drafts } = (await this.runner.load(runningClose, stream)).state;
    const command = () => ({ type: 'DraftClose' as const, now: this.runner.clock.now(), account, month, document, figures });
    await this.runner.run(runningClose, stream, command, { document, figures }, derived(caller, `close/${account}/${BusinessMonth.text(month)}/draft/${drafts}`));
  }

  /** What follows from the booked month; each step once, whoever does it. */
  private async finish(account: AccountId, month: BusinessMonth, document: InvoiceDocument | null, total: Money, caller: Caller): Promise<void> {
    const now = () => this.runner.clock.now();
    const id = `close/${account}/${BusinessMonth.text(month)}`;
    const number = document?.number ?? null;
    if (document) {
      const issue = () => ({ type: 'IssueInvoice' as const, now: now(), document });
      const issued = await this.runner.run(runningInvoice, invoiceStream(document.number), issue, document, derived(caller, `${id}/invoice`));
      if (issued.kind === 'rejected') throw new Error(`${document.number}: ${issued.rejection.code}`);
    }
    await this.runner.run(runningClose, accountCloseStream(account, month), () => ({ type: 'FinishClose' as const, now: now() }), { finish: id }, derived(caller, `${id}/finish`));
    const record = () => ({ type: 'RecordAccountClosed' as const, now: now(), account, invoice: number, total });
    const recorded = await this.runner.run(runningRun, closeRunStream(month), record, { recorded: id, number, total }, derived(caller, `${id}/recorded`));
    if (recorded.kind === 'rejected') throw new Error(`${id}: ${recorded.rejection.code}`);
  }

  async statement(account: AccountId, month: BusinessMonth): Promise<UsageStatement | undefined> {
    const known = await this.facts.account(account);
    if (!known) return undefined;
    const rows = await this.readModels.db.selectFrom('usage').selectAll().where('account', '=', account).where('usage_month', '=', month).execute();
    const found = rows as { direction: string; why: string; category: string; calls: number; duration_ms: number; net: Money }[];
    const listed = found.filter(row => ['charged', 'reversed', 'internal', 'emergency'].includes(row.why));
    const incoming = found.filter(row => row.why === 'incoming');
    const sum = (of: typeof found, key: 'calls' | 'duration_ms'): number => of.reduce((total, row) => total + row[key], 0);
    return usageStatement({
      account,
      month,
      rows: listed.map(row => ({
        category: row.category,
        calls: row.why === 'reversed' ? 0 : row.calls,
        durationMs: row.duration_ms,
        net: row.net,
      })),
      incoming: { calls: sum(incoming, 'calls'), durationMs: sum(incoming, 'duration_ms') },
      unansweredCalls: sum(found.filter(row => row.why === 'unanswered'), 'calls'),
      incomingDiscountPerMinute: known.incomingDiscount,
    });
  }

  /** Newest month first, numbers ascending within it. */
  async invoices(request?: PageRequest & { account?: AccountId; month?: BusinessMonth }): Promise<Page<InvoiceRow>> {
    const limit = limitOf(request);
    const after = keyOfCursor(request, 2) as [number, string] | undefined;
    let query = this.readModels.db
      .selectFrom('invoices')
      .select(['number', 'account', 'month', 'date', 'subject', 'total', 'available_from'])
      .orderBy('month', 'desc')
      .orderBy('number')
      .limit(limit + 1);
    if (after) {
      const [month, number] = after;
      query = query.where(({ eb, or, and }) => or([eb('month', '<', month), and([eb('month', '=', month), eb('number', '>', number)])]));
    }
    if (request?.account !== undefined) query = query.where('account', '=', request.account);
    if (request?.month !== undefined) query = query.where('month', '=', request.month);
    const found = (await query.execute()) as {
      number: string;
      account: AccountId;
      month: BusinessMonth;
      date: BusinessDay;
      subject: string;
      total: Money;
      available_from: BusinessDay;
    }[];
    return pageOf(
      found,
      limit,
      row => ({
        number: row.number,
        account: row.account,
        month: BusinessMonth.text(row.month),
        date: BusinessDay.text(row.date),
        subject: row.subject,
        total: Money.text(row.total),
        availableFrom: BusinessDay.text(row.available_from),
      }),
      row => [row.month, row.number],
    );
  }

  async invoice(number: string): Promise<InvoiceDocument | undefined> {
    const row = await this.readModels.db.selectFrom('invoices').select('document').where('number', '=', number).executeTakeFirst();
    return row ? (JSON.parse((row as { document: string }).document) as InvoiceDocument) : undefined;
  }

  reconcile(month: BusinessMonth): Promise<readonly Difference[]> {
    return reconcileMonth(this.runner.events, this.readModels, month);
  }
}

function closeOf(account: AccountId, outcome: AccountClose['outcome'], invoiceNumber: string | null, draft: InvoiceDraft): AccountClose {
  const figures = closeFigures(draft.close);
  return { account, outcome, invoice: invoiceNumber, net: Money.text(draft.net), tax: Money.text(draft.tax), ...figures, rejection: null };
}

function closeOfDocument(
  account: AccountId,
  outcome: AccountClose['outcome'],
  document: InvoiceDocument | null,
  figures: InvoiceDraft['close'] | null,
): AccountClose {
  const amounts = figures ? closeFigures(figures) : { total: '0', roundingDifference: '0' };
  return { account, outcome, invoice: document?.number ?? null, net: document?.net ?? '0', tax: document?.tax ?? '0', ...amounts, rejection: null };
}

/** What the close books besides the debits: the total, and the difference that makes the debits equal it. */
function closeFigures({ basis, discounts, total }: InvoiceDraft['close']): { total: string; roundingDifference: string } {
  const given = Money.sum(discounts.map(part => Money.add(part.net, part.tax)));
  const debited = Money.subtract(Money.add(basis.net, basis.tax), given);
  return { total: Money.text(total), roundingDifference: Money.text(Money.subtract(total, debited)) };
}

function reportOf(month: BusinessMonth, dryRun: boolean, accounts: readonly AccountClose[]): CloseReport {
  return {
    month: BusinessMonth.text(month),
    dryRun,
    accounts,
    invoices: accounts.filter(one => one.invoice !== null).length,
    total: Money.text(Money.sum(accounts.map(one => Money.of(one.total)))),
  };
}
