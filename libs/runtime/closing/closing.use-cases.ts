import { z } from 'zod';
import {
  accountId,
  businessMonth,
  DEFAULT_LIMIT,
  described,
  given,
  paging,
  words,
} from '../engine/inputs.js';
import { closers, everyone, insiders } from '../engine/roles.js';
import { allOf, pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { invoiceSearch } from './closing.inputs.js';
import {
  CloseMonth,
  CloseReport,
  Invoice,
  InvoiceRow,
  MonthReport,
  Reconciliation,
  Statement,
} from './closing.shapes.js';

export const runClose = command({
  route: 'POST /closes',
  about: {
    ja: '月の締め（何度実行しても締めるのは1回だけ）',
    en: 'Close a month: provably once, however often it is run',
  },
  effect: 'money',
  roles: closers,
  // All accounts of the month, or some would have no invoice.
  waits: 'head',
  input: z.strictObject({
    month: businessMonth,
    account: described(accountId.optional(), {
      ja: 'このアカウントだけ。省略時は全アカウント。',
      en: 'Only this account; every account without it.',
    }),
    dryRun: described(z.boolean().default(false), {
      ja: '何も行わず、拒否も含めて結果だけを示す。',
      en: 'Say what would be done, refusals included; do nothing.',
    }),
    force: described(z.boolean().default(false), {
      ja: '最長の通話が終わり得る時刻より前に締める。理由が必要。',
      en: 'Close before the longest possible call of the month can have ended; needs a reason.',
    }),
    reason: described(words(500).optional(), {
      ja: '締めを急ぐ理由。イベントに残る。',
      en: 'Why it is forced; kept on an event.',
    }),
  }),
  cli: {
    usage: 'close',
    about: {
      ja: '月の締め（請求書、端数、帳簿）。再実行すれば続きから進む',
      en: 'Close a month: invoices, rounding, books; run it again and it goes on where it was',
    },
  },
  answer: CloseReport,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'MONTH_NOT_OVER', 'CLOSE_TOO_EARLY', 'REASON_REQUIRED'],
  run: ({ closing }, { month, account, dryRun, force, reason = '' }, caller, { progress }) =>
    closing.run({ month, dryRun, ...given({ account }), ...(force && { forced: reason }) }, caller, progress),
});

export const showStatement = query({
  route: 'GET /accounts/:account/statements/:month',
  byHand: true,
  about: {
    ja: '利用明細（月ごと、種別ごとの件数・時間・金額と合計）',
    en: 'Usage statement (利用明細) of a month: counts, times and amounts per category, with a total',
  },
  effect: 'read',
  roles: everyone,
  verified: true,
  waits: 'own',
  input: z.strictObject({ account: accountId, month: businessMonth }),
  cli: {
    usage: 'statement',
    about: {
      ja: 'アカウントの月の利用明細（ご利用明細）',
      en: "An account's usage statement of a month (ご利用明細)",
    },
  },
  answer: Statement,
  sought: 'STATEMENT',
  run: ({ closing }, { account, month }) => closing.statement(account, month),
});

export const listInvoices = query({
  route: 'GET /invoices',
  byHand: true,
  about: {
    ja: '請求書の一覧（新しい順。顧客は公開日から自分のものだけ）',
    en: 'Invoices, newest first; a customer sees its own from their first day',
  },
  description: 'Searched by date, amount and counterparty, in ranges, any of them together (J-12).',
  effect: 'read',
  roles: everyone,
  waits: 'own',
  input: z.strictObject({ ...paging, ...invoiceSearch }),
  cli: {
    usage: 'invoice list',
    about: {
      ja: '請求書の一覧・検索（日付・金額・取引先の範囲を組み合わせられる）',
      en: 'List or search the invoices: by date, amount and counterparty, in ranges, together',
    },
  },
  answer: pageOf(InvoiceRow),
  run: ({ closing }, filter) => closing.invoices({ limit: DEFAULT_LIMIT, ...given(filter) }),
});

export const showInvoice = query({
  route: 'GET /invoices/:number',
  byHand: true,
  about: { ja: '請求書1通の全体', en: 'One invoice, complete' },
  effect: 'read',
  roles: everyone,
  waits: 'own',
  input: z.strictObject({ number: words(50) }),
  cli: { usage: 'invoice show <number>', about: { ja: '請求書の表示', en: 'Show an invoice' } },
  answer: Invoice,
  sought: 'INVOICE',
  run: ({ closing }, { number }) => closing.invoice(number),
});

export const reconcileMonth = query({
  route: 'GET /reconciliations/:month',
  about: {
    ja: '通話明細・元帳・利用明細・請求書の差異（一致していれば空）',
    en: 'Differences between call records, ledger, statements and invoices; none when all agree',
  },
  description: 'Lines of call files that wait on the suspense list are no difference; they are named apart.',
  effect: 'read',
  roles: insiders,
  waits: 'head',
  input: z.strictObject({ month: businessMonth }),
  cli: {
    usage: 'reconcile',
    about: {
      ja: '月の通話・元帳・利用明細・請求書を照合する（差異があれば終了コード1）',
      en: 'Compare calls, ledger, statements and invoices of a month; exit code 1 when they differ',
    },
  },
  answer: Reconciliation,
  async run({ closing }, { month }) {
    const [rows, suspense] = await Promise.all([closing.reconcile(month), closing.suspended(month)]);
    return { rows, suspense };
  },
});

export const listCloses = query({
  route: 'GET /closes',
  about: { ja: '月ごとの締めの状況（新しい順）', en: 'Months, newest first, with how far each is closed' },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({}),
  answer: allOf(CloseMonth),
  run: async ({ reports }) => ({ rows: await reports.months.all() }),
});

export const showClose = query({
  route: 'GET /closes/:month',
  about: {
    ja: '月の締めの進み具合（アカウントごと）',
    en: 'What the close of a month has done so far, account by account',
  },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({ month: businessMonth, ...paging }),
  answer: MonthReport,
  run: ({ reports }, { month, ...page }) =>
    reports.months.report(month, { limit: DEFAULT_LIMIT, ...given(page) }),
});

/** Tells how far it is until it is closed, nothing has moved for a minute, or nobody listens any more. */
export const watchClose = query({
  route: 'GET /closes/:month/progress',
  byHand: true,
  about: {
    ja: '進行中の月の締めの進捗（どこで実行されていても。サーバー送信イベント）',
    en: 'The close of a month as it goes on, wherever it runs, as server-sent events',
  },
  description:
    '`progress` {done, total, what}: accounts. `end` {report}: the month as it stands, when it is closed ' +
    'or nothing has moved for a minute.',
  effect: 'read',
  roles: insiders,
  input: z.strictObject({ month: businessMonth }),
  run: ({ reports }, { month }, { progress = () => {}, signal = new AbortController().signal } = {}) =>
    reports.months.watch(month, progress, { signal }),
});
