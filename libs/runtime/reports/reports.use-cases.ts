import { z } from 'zod';
import { BusinessDay, BusinessMonth, InvalidInput, valueProblems } from '#kernel';
import { lastReportDay } from '#ledger';
import {
  accountId,
  businessDay,
  businessMonth,
  DEFAULT_LIMIT,
  described,
  given,
  paging,
  words,
} from '../engine/inputs.js';
import { everyone, insiders } from '../engine/roles.js';
import { query } from '../engine/use-case.js';
import {
  BalanceHistory,
  CallPage,
  DestinationStatement,
  NumberStatement,
  UnusedBalanceReport,
  UsageByDay,
} from './reports.shapes.js';

/** 通話明細: who called whom, when and how much, call by call or in sums (AUT-08). */
const statement = {
  byHand: true,
  effect: 'read',
  roles: everyone,
  levels: ['account', 'circle', 'unique'],
  verified: true,
  waits: 'own',
} as const;

const part = words(40).optional();
const range = {
  from: businessDay.optional().meta({ description: 'First day of the calls, in Japan.' }),
  to: businessDay.optional().meta({ description: 'Last day of the calls, in Japan.' }),
};
const direction = z.enum(['out', 'in']).optional();
const kind = z.enum(['mobile', 'domestic', 'overseas']).optional();
/** Only calls of these own numbers, of an account whose login may see no others; null: all of it. */
const numbers = z.array(z.string()).readonly().nullable();

const daysOf = (month: BusinessMonth) => ({
  from: BusinessMonth.firstDay(month),
  to: BusinessMonth.lastDay(month),
});

export const listCalls = query({
  ...statement,
  route: 'GET /accounts/:account/calls',
  about: {
    ja: '通話と料金（新しい順）、検索全体の合計',
    en: 'Calls with their prices, newest first, and the total of the whole search',
  },
  description: 'With `Accept: text/csv` all calls of the search as a file (limit and cursor do not count).',
  input: z.strictObject({
    account: accountId,
    ...paging,
    ...range,
    month: businessMonth.optional().meta({ description: 'In place of from and to.' }),
    direction,
    caller: part.meta({ description: 'Part of the number that called.' }),
    callee: part.meta({ description: 'Part of the number that was called.' }),
    number: part.meta({ description: 'Part of either number.' }),
    class: kind.meta({ description: 'Kind of destination (発信先区分).' }),
    scope: z
      .enum(['outside', 'extension'])
      .optional()
      .meta({ description: 'Outside line or extension (外線・内線).' }),
    status: z.enum(['answered', 'missed']).optional(),
    numbers,
    total: z.boolean(),
  }),
  answer: CallPage,
  run: ({ reports }, { account, month, number, numbers: own, ...search }) =>
    reports.calls.page(account, {
      limit: DEFAULT_LIMIT,
      ...given({ ...search, party: number, numbers: own ?? undefined }),
      ...(month !== undefined && daysOf(month)),
    }),
});

export const showNumberStatement = query({
  ...statement,
  route: 'GET /accounts/:account/number-statement',
  about: {
    ja: '電話番号明細（自分の番号と発着ごとの料金、税抜）',
    en: 'Charges per own number and direction (電話番号明細), without tax',
  },
  input: z.strictObject({
    account: accountId,
    ...range,
    number: part.meta({ description: 'Part of the own number.' }),
    direction,
    numbers,
  }),
  answer: NumberStatement,
  run: ({ reports }, { account, numbers: own, ...search }) =>
    reports.statements.byNumber(account, given({ ...search, numbers: own ?? undefined })),
});

export const showDestinationStatement = query({
  ...statement,
  route: 'GET /accounts/:account/destination-statement',
  about: {
    ja: '通話先明細（自分の番号・プレフィックス・課金単位・単価ごと、税抜）',
    en: 'Charged calls by own number, prefix, unit and unit price (通話先明細), without tax',
  },
  input: showNumberStatement.input.extend({
    other: part.meta({ description: 'Part of the number of the other party.' }),
    class: kind,
  }),
  answer: DestinationStatement,
  run: ({ reports }, { account, numbers: own, ...search }) =>
    reports.statements.byDestination(account, given({ ...search, numbers: own ?? undefined })),
});

export const showUsage = query({
  ...statement,
  route: 'GET /accounts/:account/usage',
  about: { ja: '月の応答通話（日ごと・種別ごと）', en: 'Answered calls of a month by day and category' },
  input: z.strictObject({ account: accountId, month: businessMonth, numbers }),
  answer: UsageByDay,
  run: ({ reports }, { account, month, numbers: own }) =>
    reports.statements.byDay(account, month, own ?? undefined),
});

export const showBalanceHistory = query({
  route: 'GET /accounts/:account/balance-history',
  about: {
    ja: '営業日ごとの残高の推移とその内訳',
    en: 'What the wallet held at the end of each business day, and what moved it',
  },
  effect: 'read',
  roles: everyone,
  waits: 'own',
  input: z.strictObject({
    account: accountId,
    from: businessDay.optional().meta({ description: '29 days before `to` without it.' }),
    to: businessDay.optional().meta({ description: 'Today without it; at most 400 days after `from`.' }),
  }),
  answer: BalanceHistory,
  async run({ reports, now }, { account, to = BusinessDay.of(now()), from = BusinessDay.plus(to, -29) }) {
    return { points: await reports.balances.between(account, from, to) };
  },
});

export const showUnusedBalance = query({
  route: 'GET /unused-balance',
  about: {
    ja: '未使用のプリペイド残高（前受金）を発行日と残り日数で集計する',
    en: 'Unused prepaid balance of all accounts, by day of issue and by days until it expires (J-08)',
  },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({
    asOf: described(businessDay.optional(), {
      ja: 'この日の終わりの時点。省略時は直近の3月31日または9月30日。',
      en: 'At the end of this day; without it of the last 31 March or 30 September.',
    }),
  }),
  cli: {
    usage: 'unused-balance',
    about: {
      ja: '未使用のプリペイド残高（発行日別・残り日数別）',
      en: 'unused prepaid balance, by day of issue and by days until it expires',
    },
  },
  answer: UnusedBalanceReport,
  async run({ reports, now }, { asOf }) {
    const today = BusinessDay.of(now());
    if (asOf !== undefined && asOf > today) throw InvalidInput.of('asOf', valueProblems.AFTER_TODAY);
    return reports.unused.asOf(asOf ?? lastReportDay(today));
  },
});
