import {
  assertNever,
  BusinessMonth,
  type CodeOf,
  common,
  type Decider,
  defineEvents,
  defineRefusals,
  defineUnchanged,
  type EventOf,
  event,
  fact,
  happened,
  type Instant,
  Money,
  MoneyTotal,
  nothing,
  rejected,
} from '#kernel';
import { numberingRefusals } from './numbering.js';

/** Events of `closeRun-<yyyy-mm>`: who closed the month, which accounts are done, with which invoices. */
export const closeRunEvents = defineEvents(
  { context: 'invoicing', stream: 'closeRun-<yyyy-mm>' },
  {
    CloseRunStarted: event(
      { month: fact.month, by: fact.text },
      {
        word: { ja: '月締めを始めた。', en: 'The close of a month began.' },
        sentence: { ja: '{by} が {month} の月締めを始めた。', en: '{by} began the close of {month}.' },
      },
    ),
    /** The month was closed before its longest possible call can have ended, because somebody said so. */
    CloseForced: event(
      {
        month: fact.month,
        /** Only this account; null: all of them. */
        account: fact.orNull(fact.text),
        by: fact.text,
        reason: fact.text,
      },
      {
        word: {
          ja: '最長通話時間の経過前に、担当者が理由を添えて月締めを行った。',
          en: 'Somebody closed before the longest possible call of the month can have ended: who, and why.',
        },
        sentence: {
          ja: '{by} が最長通話時間の経過を待たずに {month} の月締めを行った[（アカウント {account} のみ）]: {reason}',
          en: '{by} closed {month}[ for {account}] before its longest possible call can have ended: {reason}',
        },
      },
    ),
    AccountClosed: event(
      {
        account: fact.text,
        /** The invoice's number; null when there was nothing to bill. */
        invoice: fact.orNull(fact.text),
        total: fact.money,
      },
      {
        word: {
          ja: '月締めの中で一つのアカウントが終わった。',
          en: 'One account of the run is done, with or without an invoice.',
        },
        sentence: {
          ja: 'アカウント {account} の締めが終わった[（請求書 {invoice}、{total|yen}）]。',
          en: 'Account {account} is done[: invoice {invoice}, {total|yen}].',
        },
      },
    ),
    CloseRunCompleted: event(
      { accounts: fact.whole, invoices: fact.whole, total: fact.moneyTotal },
      {
        word: { ja: '月締めが完了した。', en: 'Every account of the month is closed.' },
        sentence: {
          ja: '月締めが完了した: {accounts} アカウント、請求書 {invoices} 通、合計 {total|yen}。',
          en: 'The close is complete: {accounts} account(s), {invoices} invoice(s), {total|yen} in all.',
        },
      },
    ),
  },
);
export type CloseRunEvent = EventOf<typeof closeRunEvents>;

export type CloseRunCommand =
  | {
      readonly type: 'StartCloseRun';
      readonly now: Instant;
      readonly month: BusinessMonth;
      readonly by: string;
    }
  | {
      readonly type: 'ForceClose';
      readonly now: Instant;
      readonly month: BusinessMonth;
      readonly account: string | null;
      readonly by: string;
      readonly reason: string;
    }
  | {
      readonly type: 'RecordAccountClosed';
      readonly now: Instant;
      readonly account: string;
      readonly invoice: string | null;
      readonly total: Money;
    }
  /** `accounts`: every account that must be closed for the month to be complete. */
  | { readonly type: 'CompleteCloseRun'; readonly now: Instant; readonly accounts: readonly string[] };

/** In the order in which they are tested. */
export const closeRunRefusals = defineRefusals({
  OTHER_MONTH: numberingRefusals.OTHER_MONTH,
  CLOSE_RUN_NOT_STARTED: {
    status: 409,
    ja: 'この月の締めはまだ始まっていません。',
    en: 'The close of this month has not been started.',
  },
  REASON_REQUIRED: common.REASON_REQUIRED,
  CLOSED_WITH_ANOTHER_RESULT: {
    status: 409,
    ja: 'このアカウントは、別の請求書または合計額で締められています。',
    en: 'This account is closed with another invoice or total.',
  },
  INVOICE_OF_ANOTHER_ACCOUNT: {
    status: 409,
    ja: '請求書番号{invoice}は別のアカウントのものです。',
    en: 'Invoice number {invoice} belongs to another account.',
  },
  ACCOUNTS_NOT_CLOSED: {
    status: 409,
    ja: 'この月が締められていないアカウントが{accounts}件あります。',
    en: 'There are {accounts} accounts of this month that are not closed yet.',
  },
});

/** Why a command may have nothing to do. */
const closeRunUnchanged = defineUnchanged({
  CLOSE_RUNNING: { ja: 'この月の締め処理は、既に始まっています。', en: 'the close of this month is running' },
  ACCOUNT_CLOSED: { ja: 'このアカウントの締めは、既に済んでいます。', en: 'this account is closed' },
  CLOSE_COMPLETED: {
    ja: 'この月の締め処理は、既に完了しています。',
    en: 'the close of this month is completed',
  },
});
export type CloseRunRejection = CodeOf<typeof closeRunRefusals>;

export interface ClosedAccount {
  readonly invoice: string | null;
  readonly total: Money;
}

/** What is done is remembered per account: a run that broke off goes on where it stopped. */
export interface CloseRunState {
  phase: 'none' | 'running' | 'completed';
  month: BusinessMonth | null;
  readonly closed: Map<string, ClosedAccount>;
  readonly invoices: Set<string>;
  /** Sum of the closed accounts' totals. */
  total: MoneyTotal;
}

type Outcome = ReturnType<(typeof closeRun)['decide']>;
type CommandOf<T extends CloseRunCommand['type']> = Extract<CloseRunCommand, { type: T }>;

export const closeRunStream = (month: BusinessMonth): string => `closeRun-${BusinessMonth.text(month)}`;

/** The accounts that a run still has to close, in the given order. */
export const accountsLeft = (state: CloseRunState, accounts: readonly string[]): string[] =>
  accounts.filter(account => !state.closed.has(account));

function start({ now, month, by }: CommandOf<'StartCloseRun'>, state: CloseRunState): Outcome {
  if (state.month !== null && state.month !== month) {
    return rejected(closeRunRefusals.OTHER_MONTH, {
      month: BusinessMonth.text(state.month),
    });
  }
  if (state.phase !== 'none') {
    const { CLOSE_COMPLETED, CLOSE_RUNNING } = closeRunUnchanged;
    return nothing(state.phase === 'completed' ? CLOSE_COMPLETED : CLOSE_RUNNING);
  }
  return happened<CloseRunEvent>({ type: 'CloseRunStarted', at: now, month, by });
}

function force(command: CommandOf<'ForceClose'>, state: CloseRunState): Outcome {
  const { now: at, month, account, by, reason } = command;
  if (state.phase === 'none') return rejected(closeRunRefusals.CLOSE_RUN_NOT_STARTED);
  if (reason.trim() === '') return rejected(closeRunRefusals.REASON_REQUIRED);
  return happened<CloseRunEvent>({ type: 'CloseForced', at, month, account, by, reason: reason.trim() });
}

/** Also after completion: an account opened or found late is closed by a later run of the same month. */
function record(command: CommandOf<'RecordAccountClosed'>, state: CloseRunState): Outcome {
  const { now, account, invoice, total } = command;
  if (state.phase === 'none') return rejected(closeRunRefusals.CLOSE_RUN_NOT_STARTED);
  const known = state.closed.get(account);
  if (known?.invoice === invoice && known.total === total) return nothing(closeRunUnchanged.ACCOUNT_CLOSED);
  if (known) {
    return rejected(closeRunRefusals.CLOSED_WITH_ANOTHER_RESULT, {
      invoice: known.invoice ?? '',
      total: Money.text(known.total),
    });
  }
  if (invoice !== null && state.invoices.has(invoice)) {
    return rejected(closeRunRefusals.INVOICE_OF_ANOTHER_ACCOUNT, {
      invoice,
    });
  }
  return happened<CloseRunEvent>({ type: 'AccountClosed', at: now, account, invoice, total });
}

function complete({ now, accounts }: CommandOf<'CompleteCloseRun'>, state: CloseRunState): Outcome {
  if (state.phase === 'none') return rejected(closeRunRefusals.CLOSE_RUN_NOT_STARTED);
  const left = accountsLeft(state, accounts);
  if (left.length > 0) {
    const details = { accounts: String(left.length), first: left[0]! };
    return rejected(closeRunRefusals.ACCOUNTS_NOT_CLOSED, details);
  }
  if (state.phase === 'completed') return nothing(closeRunUnchanged.CLOSE_COMPLETED);
  return happened<CloseRunEvent>({
    type: 'CloseRunCompleted',
    at: now,
    accounts: state.closed.size,
    invoices: state.invoices.size,
    total: state.total,
  });
}

const fresh = (): CloseRunState => ({
  phase: 'none',
  month: null,
  closed: new Map(),
  invoices: new Set(),
  total: MoneyTotal.zero,
});

export const closeRun: Decider<CloseRunCommand, CloseRunEvent, CloseRunState, CloseRunRejection> = {
  name: 'closeRun',
  fresh,
  decide(command, state) {
    switch (command.type) {
      case 'StartCloseRun':
        return start(command, state);
      case 'ForceClose':
        return force(command, state);
      case 'RecordAccountClosed':
        return record(command, state);
      case 'CompleteCloseRun':
        return complete(command, state);
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'CloseRunStarted':
        state.phase = 'running';
        state.month = event.month;
        return state;
      case 'CloseForced':
        return state;
      case 'AccountClosed':
        // A late account opens a completed run again: the next completion counts it.
        state.phase = 'running';
        state.closed.set(event.account, { invoice: event.invoice, total: event.total });
        if (event.invoice !== null) state.invoices.add(event.invoice);
        state.total = MoneyTotal.add(state.total, event.total);
        return state;
      case 'CloseRunCompleted':
        state.phase = 'completed';
        return state;
      default:
        return assertNever(event);
    }
  },
};
