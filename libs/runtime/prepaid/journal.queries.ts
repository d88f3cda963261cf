import {
  type AccountId,
  type BusinessDay,
  BusinessMonth,
  type Instant,
  InvalidInput,
  MoneyTotal,
  valueProblems,
} from '#kernel';
import { ledgerAccountName, postingsOf, type WalletEvent, walletStream } from '#ledger';
import { type EventStore, NO_STREAM } from '#ports';
import { decodeEvent } from '../engine/codecs.js';
import type { Facts } from '../engine/facts.js';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';
import type { TrialBalanceRow, TrialBalanceView } from './prepaid.shapes.js';

type Sums = Pick<ReadTables['journal_balances'], 'ledger_account' | 'debit' | 'credit'>;

/** Debits and credits per ledger account, as they are or as they were. */
export class TrialBalances {
  constructor(
    private readonly events: EventStore,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
  ) {}

  /**
   * Of all accounts or one; of one also as of an instant: that of all would read every wallet's month.
   * @throws InvalidInput for an instant without an account
   */
  async read(account?: AccountId, asOf?: Instant): Promise<TrialBalanceView> {
    if (asOf !== undefined && account === undefined)
      throw InvalidInput.of('account', valueProblems.REQUIRED_WITH, { other: 'asOf' });
    const found =
      account === undefined || asOf === undefined
        ? await this.months(account)
        : await this.until(account, asOf);
    const total = (side: 'debit' | 'credit'): string =>
      MoneyTotal.text(MoneyTotal.sum(found.map(row => row[side])));
    return { rows: found.map(rowOf), debit: total('debit'), credit: total('credit') };
  }

  private async months(account?: AccountId, before?: BusinessMonth): Promise<Sums[]> {
    let query = this.readModels.db
      .selectFrom('journal_balances')
      .select('ledger_account')
      .select(({ fn }) => fn.sum<MoneyTotal>('debit').as('debit'))
      .select(({ fn }) => fn.sum<MoneyTotal>('credit').as('credit'))
      .groupBy('ledger_account')
      .orderBy('ledger_account');
    if (account !== undefined) query = query.where('account', '=', account);
    if (before !== undefined) query = query.where('month', '<', before);
    return query.execute();
  }

  /** The sums of the months before, and what the wallet's own events of the month add up to the instant. */
  private async until(account: AccountId, asOf: Instant): Promise<Sums[]> {
    const known = await this.facts.account(account);
    if (!known) return [];
    const month = BusinessMonth.of(asOf);
    const sums = new Map((await this.months(account, month)).map(row => [row.ledger_account, row]));
    for await (const event of walletEventsFrom(this.events, account, known.openedOn, month)) {
      // An opening moves no time; after the instant nothing comes that was decided before it.
      if (event.type === 'WalletOpened') continue;
      if (event.at > asOf) break;
      if (BusinessMonth.of(event.at) !== month) continue;
      for (const { account: name, debit, credit } of postingsOf(event)) {
        const sum = sums.get(name) ?? { debit: MoneyTotal.zero, credit: MoneyTotal.zero };
        sums.set(name, {
          ledger_account: name,
          debit: MoneyTotal.add(sum.debit, debit),
          credit: MoneyTotal.add(sum.credit, credit),
        });
      }
    }
    return [...sums.values()].sort((a, b) => (a.ledger_account < b.ledger_account ? -1 : 1));
  }
}

/** Accounts whose debits and credits are not the same: none, in a sound journal. */
export const unbalancedAccounts = ({ db }: ReadModels) =>
  db
    .selectFrom('journal_balances')
    .select('account')
    .select(({ fn }) => fn.sum<MoneyTotal>('debit').as('debit'))
    .select(({ fn }) => fn.sum<MoneyTotal>('credit').as('credit'))
    .groupBy('account')
    .having(({ eb, fn }) => eb(fn.sum('debit'), '<>', fn.sum('credit')))
    .execute();

/**
 * What was decided in a month of a wallet, and after it, in order: the wallet's stream of that month or,
 * where none was begun, the last one before it, and all that follow. A stream that was begun for a later
 * month may hold what was decided before; one of an earlier month never holds what was decided after it.
 */
async function* walletEventsFrom(
  events: EventStore,
  account: AccountId,
  openedOn: BusinessDay,
  month: BusinessMonth,
): AsyncIterable<WalletEvent> {
  const first = BusinessMonth.ofDay(openedOn);
  let next: BusinessMonth | null = Math.max(month, first) as BusinessMonth;
  while (next > first && (await events.streamRevision(walletStream(account, next))) === NO_STREAM)
    next = BusinessMonth.plus(next, -1);
  while (next !== null) {
    const stream: string = walletStream(account, next);
    next = null;
    for await (const stored of events.readStream(stream)) {
      const event = decodeEvent(stored.stream, stored.type, stored.data) as WalletEvent;
      if (event.type === 'WalletClosed') next = event.next;
      else yield event;
    }
  }
}

function rowOf({ ledger_account: ledgerAccount, debit, credit }: Sums): TrialBalanceRow {
  const { en, ja } = ledgerAccountName(ledgerAccount);
  const { text } = MoneyTotal;
  return { ledgerAccount, name: en, nameJa: ja, debit: text(debit), credit: text(credit) };
}
