import { type AccountId, BusinessMonth, Instant, Money, MoneyTotal } from '#kernel';
import { keyOfCursor, limitOf, pageOf } from '../engine/paging.js';
import type { Page, PageRequest } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { type Move, movesOf } from './moves.queries.js';
import { type PaidDebt, paidOn } from './paid-debts.js';
import type { HistoryRow } from './prepaid.shapes.js';

const HISTORY_JA: Readonly<Record<string, string>> = {
  'charge:card': 'チャージ (クレジットカード)',
  'charge:net_bank': 'チャージ (ネットバンク)',
  'charge:konbini': 'チャージ (コンビニ)',
  'charge:bank_transfer': 'チャージ (銀行振込)',
  'charge:bonus': 'チャージ (ボーナス)',
  call: '通話料金',
  recurring: 'クラウド費用',
  device: '機器購入',
  adjustment: '調整金',
  expiry: '有効期限切れ',
  reversal: '取消',
  chargeback: 'チャージの取消（返金）',
  discount: '着割',
  rounding: '端数調整',
  receivable_paid: '未払い分への充当',
  suspended: 'サービス停止（未払いのため）',
  resumed: 'サービス再開',
  other: 'その他',
};

const PAYMENT_RETURNED_JA = '未払い分への充当の取消';

/** Debts that one row names; a charge may pay thousands of calls. */
const NAMED_DEBTS = 100;

const itemOf = ({ item }: Move): string => (item.startsWith('charge:') ? 'charge' : item);
const itemJaOf = ({ item, owed }: Move): string =>
  item === 'receivable_paid' && owed > 0 ? PAYMENT_RETURNED_JA : (HISTORY_JA[item] ?? item);
const textOrNull = (amount: Money | null): string | null => (amount === null ? null : Money.text(amount));

const debtOf = ({ move, amount }: PaidDebt) => ({
  ref: move.ref,
  item: itemOf(move),
  itemJa: itemJaOf(move),
  detail: move.detail,
  at: Instant.text(move.at),
  amount: Money.text(amount),
});

function rowOf(move: Move, after: { posted: MoneyTotal; owed: MoneyTotal }, paid: PaidDebt[]): HistoryRow {
  const { net, tax, gross, owed, unreturned } = move;
  return {
    at: Instant.text(move.at),
    item: itemOf(move),
    itemJa: itemJaOf(move),
    amount: Money.text(move.amount),
    postedAfter: MoneyTotal.text(after.posted),
    net: textOrNull(net),
    tax: textOrNull(tax),
    gross: textOrNull(gross),
    covered: gross === null ? null : Money.text(Money.subtract(Money.zero, move.amount)),
    owed: Money.text(owed),
    owedAfter: MoneyTotal.text(after.owed),
    unreturned: Money.text(unreturned),
    pays: paid.slice(0, NAMED_DEBTS).map(debtOf),
    ref: move.ref,
    detail: move.item.startsWith('charge:') ? move.item.slice('charge:'.length) : move.detail,
    position: move.position,
  };
}

/** What moved a wallet: charges, calls, fees, and what was paid of what is owed. */
export class HistoryQueries {
  constructor(private readonly readModels: ReadModels) {}

  /** Newest first, calls among the rest; each row with the posted balance, and what is owed, after it. */
  async history(
    account: AccountId,
    request?: PageRequest & { month?: BusinessMonth },
  ): Promise<Page<HistoryRow>> {
    const limit = limitOf(request);
    const before = keyOfCursor<[number]>(request, 1)?.[0];
    const { db } = this.readModels;
    const month = request?.month;
    let query = db
      .selectFrom(movesOf(this.readModels, account))
      .selectAll()
      .orderBy('position', 'desc')
      .limit(limit + 1);
    if (before !== undefined) query = query.where('position', '<', before);
    if (month !== undefined)
      query = query.where('at', '>=', BusinessMonth.start(month)).where('at', '<=', BusinessMonth.end(month));
    const found = await query.execute();
    const paid = await paidOn(this.readModels, account, found.slice(0, limit));
    let after = await this.sumsAt(account, found[0]?.position ?? 0);
    return pageOf(
      found,
      limit,
      move => {
        const row = rowOf(move, after, paid.get(move.position) ?? []);
        after = {
          posted: MoneyTotal.subtract(after.posted, move.amount),
          owed: MoneyTotal.subtract(after.owed, move.owed),
        };
        return row;
      },
      row => [row.position],
    );
  }

  private async sumsAt(account: AccountId, position: number) {
    const sums = await this.readModels.db
      .selectFrom(movesOf(this.readModels, account))
      .select(({ fn }) => fn.sum<MoneyTotal | null>('amount').as('posted'))
      .select(({ fn }) => fn.sum<MoneyTotal | null>('owed').as('owed'))
      .where('position', '<=', position)
      .executeTakeFirst();
    return { posted: sums?.posted ?? MoneyTotal.zero, owed: sums?.owed ?? MoneyTotal.zero };
  }
}
