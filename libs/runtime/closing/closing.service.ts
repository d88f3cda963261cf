import { accountRefusals } from '#contracts';
import { closeRunStream, type InvoiceDocument, type UsageStatement } from '#invoicing';
import { type AccountId, BusinessMonth, canonicalJson, Money, MoneyTotal, rejected } from '#kernel';
import { openedAccounts } from '../accounts/accounts.queries.js';
import { derived, sha256 } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { ClockGuard } from '../operations/clock-trust.js';
import type { SpentLots } from '../prepaid/spent-lots.js';
import type { Wallets } from '../prepaid/wallets.js';
import type { Answer, Caller, Page, PageRequest, Progress } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { accountsBilledIn } from '../reports/usage.queries.js';
import { AccountClosing, runningRun } from './account-closing.js';
import type { CloseDrafts } from './close-drafts.js';
import { closeRefusal, isEarly } from './close-time.js';
import type { InvoiceSearch } from './closing.inputs.js';
import type { AccountClose, CloseReport, Difference, InvoiceRow, MonthSuspense } from './closing.shapes.js';
import { ClosingQueries } from './invoices.queries.js';
import { reconcileMonth } from './reconcile.js';
import type { SuspenseOfMonth } from './suspense-of-month.js';

/**
 * Accounts that are closed side by side: they share durable writes. Numbers are given before, in the order of
 * ids.
 */
const ACCOUNTS_AT_ONCE = 64;

export interface CloseInput {
  readonly month: BusinessMonth;
  /** Every account without it. */
  readonly account?: AccountId;
  /** Only say what the run would do now, refusals included. */
  readonly dryRun: boolean;
  /** Why the month is closed before its longest possible call can have ended; kept on an event. */
  readonly forced?: string;
}

/**
 * The month-end close (DECISIONS: Month-end close). Every step is a command of its own with a derived id:
 * running it again, twice at once or after a crash goes on where it stopped and gives the same invoices, byte
 * for byte.
 */
export class Closing {
  private readonly accounts: AccountClosing;
  private readonly queries: ClosingQueries;

  constructor(
    private readonly runner: CommandRunner,
    wallets: Wallets,
    private readonly facts: Facts,
    drafts: CloseDrafts,
    private readonly readModels: ReadModels,
    private readonly clocks: Pick<ClockGuard, 'refusal'>,
    private readonly suspense: SuspenseOfMonth,
    lots: SpentLots,
  ) {
    this.accounts = new AccountClosing(runner, wallets, drafts, lots);
    this.queries = new ClosingQueries(facts, readModels);
  }

  async run(input: CloseInput, caller: Caller, progress?: Progress): Promise<Answer<CloseReport>> {
    const { month, account, dryRun, forced } = input;
    const untrusted = await this.clocks.refusal();
    if (untrusted) return { kind: 'rejected', rejection: untrusted };
    const now = this.runner.clock.now();
    const longestCallS = await this.facts.policy('calls.max-duration-s', BusinessMonth.lastDay(month));
    const moment = { now, month, longestCallS, forced };
    const rejection = closeRefusal(moment);
    if (rejection) return { kind: 'rejected', rejection };
    const accounts = account ? [account] : await this.accountsOf(month);
    if (account && !(await this.facts.account(account))) {
      return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    }
    if (!dryRun) {
      const start = () => ({ type: 'StartCloseRun' as const, now, month, by: caller.actor.id });
      await this.runner.run(
        runningRun,
        closeRunStream(month),
        start,
        { start: month },
        derived(caller, `closeRun/${BusinessMonth.text(month)}/start`),
      );
      if (forced !== undefined && isEarly(moment)) await this.recordForce(input, forced, caller);
    }
    const closed: AccountClose[] = [];
    for (let from = 0; from < accounts.length; from += ACCOUNTS_AT_ONCE) {
      const some = accounts.slice(from, from + ACCOUNTS_AT_ONCE);
      if (!dryRun) await this.accounts.giveNumbers(some, month, caller);
      const results = some.map(one =>
        dryRun ? this.accounts.preview(one, month) : this.accounts.close(one, month, caller),
      );
      closed.push(...(await Promise.all(results)));
      progress?.(closed.length, accounts.length, 'closing');
    }
    if (!dryRun && !account) await this.complete(month, accounts, caller);
    const position = await this.runner.events.headPosition();
    const value = {
      ...reportOf(month, dryRun, closed),
      suspense: await this.suspense.figures(month, account),
    };
    return { kind: 'done', value, position, replayed: false };
  }

  /** Who closes early and why: once per person, account and reason, however often it is run. */
  private async recordForce(
    { month, account: only }: Pick<CloseInput, 'month' | 'account'>,
    reason: string,
    caller: Caller,
  ): Promise<void> {
    const account = only ?? null;
    const by = caller.actor.id;
    const body = { force: month, account, by, reason };
    const id = sha256(canonicalJson(body)).slice(0, 16);
    const force = () => ({
      type: 'ForceClose' as const,
      now: this.runner.clock.now(),
      ...{ month, account, by, reason },
    });
    await this.runner.run(
      runningRun,
      closeRunStream(month),
      force,
      body,
      derived(caller, `closeRun/${BusinessMonth.text(month)}/forced/${id}`),
    );
  }

  private async complete(month: BusinessMonth, accounts: readonly string[], caller: Caller): Promise<void> {
    const command = () => ({ type: 'CompleteCloseRun' as const, now: this.runner.clock.now(), accounts });
    const id = sha256(canonicalJson(accounts)).slice(0, 16);
    await this.runner.run(
      runningRun,
      closeRunStream(month),
      command,
      { complete: month, accounts },
      derived(caller, `closeRun/${BusinessMonth.text(month)}/complete/${id}`),
    );
  }

  /** Accounts that were open in the month, in the order of their ids: the order of the invoice numbers. */
  private async accountsOf(month: BusinessMonth): Promise<AccountId[]> {
    const billed = await accountsBilledIn(this.readModels, month);
    const inUse = new Set(billed.map(row => row.account));
    const accounts: AccountId[] = [];
    for (const { account } of await openedAccounts(this.readModels)) {
      const known = await this.facts.account(account);
      if (known && (known.openedOn <= BusinessMonth.lastDay(month) || inUse.has(account)))
        accounts.push(account);
    }
    return accounts;
  }

  statement(account: AccountId, month: BusinessMonth): Promise<UsageStatement | undefined> {
    return this.queries.statement(account, month);
  }

  invoices(request?: PageRequest & InvoiceSearch): Promise<Page<InvoiceRow>> {
    return this.queries.invoices(request);
  }

  invoice(number: string): Promise<InvoiceDocument | undefined> {
    return this.queries.invoice(number);
  }

  /** The calls of the month that no statement and no invoice has: they wait on the suspense list. */
  suspended(month: BusinessMonth): Promise<MonthSuspense> {
    return this.suspense.ofMonth(month);
  }

  /** Differences between CDRs, ledger, statements and invoices of the month; empty when all agree. */
  reconcile(month: BusinessMonth): Promise<readonly Difference[]> {
    return reconcileMonth(
      {
        ...{ events: this.runner.events, readModels: this.readModels },
        statement: (account, of) => this.queries.statement(account, of),
      },
      month,
    );
  }
}

function reportOf(month: BusinessMonth, dryRun: boolean, accounts: readonly AccountClose[]) {
  return {
    month: BusinessMonth.text(month),
    dryRun,
    accounts,
    // A preview takes no numbers: what would be closed would have an invoice.
    invoices: accounts.filter(one => one.invoice !== null || one.outcome === 'would_close').length,
    total: MoneyTotal.text(MoneyTotal.sum(accounts.map(one => Money.of(one.total)))),
  };
}
