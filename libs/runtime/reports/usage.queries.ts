import type { AccountId, BusinessMonth, MoneyTotal } from '#kernel';
import type { ReadModels, ReadTables } from '../projecting/read-models.js';

export type UsageRow = Readonly<ReadTables['usage']>;

export const usageOfMonth = (
  { db }: ReadModels,
  account: AccountId,
  month: BusinessMonth,
): Promise<UsageRow[]> =>
  db
    .selectFrom('usage')
    .selectAll()
    .where('account', '=', account)
    .where('usage_month', '=', month)
    .execute();

/** Every category that an account has calls of. */
export const categoriesOf = ({ db }: ReadModels, account: AccountId) =>
  db
    .selectFrom('usage')
    .select(['category', 'tax_category'])
    .distinct()
    .where('account', '=', account)
    .execute();

/** What is counted as billed in a month, by account: what `billedCalls` adds up call by call. */
export const billedUsage = ({ db }: ReadModels, month: BusinessMonth) =>
  db
    .selectFrom('usage')
    .select('account')
    .select(({ fn }) => fn.sum<MoneyTotal>('net').as('net'))
    .select(({ fn }) => fn.sum<MoneyTotal>('tax').as('tax'))
    .select(({ fn }) => fn.sum<number>('calls').as('calls'))
    .where('billing_month', '=', month)
    .where('why', 'not like', 'reversed%')
    .groupBy('account')
    .execute();

/** Accounts that something was billed to in a month. */
export const accountsBilledIn = ({ db }: ReadModels, month: BusinessMonth) =>
  db.selectFrom('usage').select('account').distinct().where('billing_month', '=', month).execute();

/** Usage of a month, whenever it was billed, and what was billed in it, of whichever month it is. */
export const usageAround = ({ db }: ReadModels, month: BusinessMonth) =>
  db
    .selectFrom('usage')
    .select(['account', 'usage_month', 'billing_month', 'category', 'tax_category', 'tax_rate'])
    .select(({ fn }) => fn.sum<MoneyTotal>('net').as('net'))
    .where(({ or, eb }) => or([eb('usage_month', '=', month), eb('billing_month', '=', month)]))
    .groupBy(['account', 'usage_month', 'billing_month', 'category', 'tax_category', 'tax_rate'])
    .orderBy('account')
    .execute();
export type UsageSums = Awaited<ReturnType<typeof usageAround>>[number];
