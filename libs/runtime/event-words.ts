import { IDENTITY_WORDS } from './identity/event-words.js';
import type { EventWords } from './sentence.js';

export type { EventWords } from './sentence.js';

const account = 'account-<account>';
const wallet = 'wallet-<account>_<yyyy-mm>';
const importOf = 'import-<hash of the file>';
const apiKey = 'apiKey-<key>';
const job = 'job-<name>_<key>';
const close = 'close-<account>_<yyyy-mm>';
const closeRun = 'closeRun-<yyyy-mm>';

/**
 * Every stored type, in the order of the catalogue. A type without words is an error of the generator of
 * docs/reference/events.md; what one event of it says with its figures and names stands in
 * `event-sentences.ts`.
 */
export const EVENT_WORDS: Readonly<Record<string, EventWords>> = {
  'contracts.AccountOpened.v1': {
    stream: account,
    ja: 'アカウントを開設した。',
    en: 'An account was opened; the month of `openedOn` is the first of its wallet.',
  },
  'contracts.NumberAssigned.v1': {
    stream: account,
    ja: '電話番号をアカウントに割り当てた。',
    en: 'The account has this number.',
  },
  'contracts.TariffAssigned.v1': {
    stream: account,
    ja: 'アカウントの料金表を変更した。',
    en: 'Calls that begin from this instant on are priced with this tariff, however late they are reported.',
  },
  'contracts.IncomingDiscountAgreed.v1': {
    stream: account,
    ja: '着割（着信時間割引）の単価を決めた。その月から適用し、0で終了。',
    en: 'The discount in yen per minute of incoming talk was agreed, from this month on; 0 ends it.',
  },
  'contracts.NumberClaimed.v1': {
    stream: 'number-<digits>',
    ja: '電話番号の持ち主が決まった。',
    en: 'The number belongs to this account, and to no other one.',
  },
  'contracts.IssuerRegistered.v1': {
    stream: 'issuer',
    ja: '請求書の発行者を登録した。税の端数処理はここで固定される。',
    en: 'The issuer of the invoices was registered; with it the rounding of taxes is fixed (J-01).',
  },
  'contracts.PolicyDecided.v1': {
    stream: 'policies',
    ja: '規則の値を適用開始日とともに決めた。',
    en: 'A rule has this value from this day on.',
  },
  'contracts.TariffPublished.v1': {
    stream: 'tariff-<name>',
    ja: '料金表を新しい版として公開した。',
    en: 'A tariff was published, whole, as a new version.',
  },
  'identity.ApiKeyCreated.v1': {
    stream: apiKey,
    ja: 'APIキーを発行した。秘密はハッシュのみ残る。',
    en: 'An API key was made; of its secret only the SHA-256 is kept.',
  },
  'identity.ApiKeyRevoked.v1': {
    stream: apiKey,
    ja: 'APIキーを失効させた。',
    en: 'The key opens nothing any more.',
  },
  'operations.JobRetried.v1': {
    stream: job,
    ja: '担当者が止まったジョブをやり直した。',
    en: 'Somebody let a parked job begin anew: who, why, and what it had failed with.',
  },
  'operations.JobDiscarded.v1': {
    stream: job,
    ja: '担当者がジョブを破棄した。',
    en: 'Somebody took a job away: who, why, and in which state it was.',
  },
  'operations.JobActMissed.v1': {
    stream: job,
    ja: '直前の操作は間に合わず、ジョブには何も起きなかった。',
    en: 'The act before came too late: the job had gone on by itself, and nothing was done to it.',
  },
  ...IDENTITY_WORDS,
  'rating.CdrImportStarted.v1': {
    stream: importOf,
    ja: '通話明細ファイルの取込を始めた。',
    en: 'The import of a call file began.',
  },
  'rating.CdrSuspended.v1': {
    stream: importOf,
    ja: '課金できない行を保留にした。',
    en: 'A line that could not be charged waits on the suspense list.',
  },
  'rating.SuspenseCorrected.v1': {
    stream: importOf,
    ja: '保留の行を訂正した。元の行もそのまま残る。',
    en: 'A waiting line was mended by hand; the line that came is kept beside it.',
  },
  'rating.SuspenseResolved.v1': {
    stream: importOf,
    ja: '保留の行を課金した、または破棄した。',
    en: 'A waiting line was charged after all, or discarded with a reason.',
  },
  'rating.CdrImportCompleted.v1': {
    stream: importOf,
    ja: '通話明細ファイルの取込を終えた。',
    en: 'The import is complete; these are its counts.',
  },
  'ledger.WalletOpened.v1': {
    stream: wallet,
    ja: '月の財布を開き、前月の残高を繰り越した。',
    en: "A month of the wallet began with what the month before carried over; null for the wallet's first.",
  },
  'ledger.LotCredited.v1': {
    stream: wallet,
    ja: 'チャージされ、有効期限のあるロットができた。',
    en: 'A charge was completed: a lot with its expiry.',
  },
  'ledger.ReceivablePaid.v1': {
    stream: wallet,
    ja: '未収金をロットから支払った。',
    en: 'What was owed was paid from lots.',
  },
  'ledger.ReceivablePaymentReturned.v1': {
    stream: wallet,
    ja: '取り消された未収金の支払いを元のロットに戻した。',
    en: 'A debt that is taken back had been paid: the payment returned to its lots.',
  },
  'ledger.FundsHeld.v1': {
    stream: wallet,
    ja: '通話のために資金を確保した。',
    en: 'Funds were set aside for a running call.',
  },
  'ledger.HoldExtended.v1': { stream: wallet, ja: '確保を増額した。', en: 'More funds were set aside.' },
  'ledger.HoldReleased.v1': {
    stream: wallet,
    ja: '確保を解除した。',
    en: 'What was set aside is free again.',
  },
  'ledger.CallCharged.v1': {
    stream: wallet,
    ja: '通話料金を引き落とした。',
    en: 'A call was charged: its price, tax, the lots it drew and what is owed.',
  },
  'ledger.CallNoted.v1': {
    stream: wallet,
    ja: '無料の通話を記録した。',
    en: 'A call that costs nothing by its nature was counted.',
  },
  'ledger.Debited.v1': {
    stream: wallet,
    ja: '通話以外の料金を引き落とした。',
    en: 'A fee or purchase was debited.',
  },
  'ledger.DebitReversed.v1': {
    stream: wallet,
    ja: '引落を取り消し、元のロットに戻した。',
    en: 'A debit was taken back in full, to its original lots.',
  },
  'ledger.LotExpired.v1': {
    stream: wallet,
    ja: '期限切れの残額を失効益に計上した。',
    en: 'The rest of a lot that is past its day became breakage.',
  },
  'ledger.Adjusted.v1': {
    stream: wallet,
    ja: '調整金を加減した。',
    en: 'An adjustment, up or down, with its reason and who approved it.',
  },
  'ledger.IncomingDiscountGranted.v1': {
    stream: wallet,
    ja: '月締めで着割を戻した。',
    en: 'The incoming-time discount of the month was given back.',
  },
  'ledger.RoundingDifferenceBooked.v1': {
    stream: wallet,
    ja: '月の引落合計を請求額に一致させた。',
    en: "One difference makes the month's debits equal the invoice.",
  },
  'ledger.BillingMonthClosed.v1': {
    stream: wallet,
    ja: '請求月を締めた。',
    en: 'The billing month is closed for good; later calls of it go to the next one.',
  },
  'ledger.WalletClosed.v1': {
    stream: wallet,
    ja: '月の財布を閉じ、残高を引き渡した。',
    en: 'The month of the wallet ends with its closing balance; always the last event of the stream.',
  },
  'invoicing.InvoiceNumberAssigned.v1': {
    stream: 'invoiceNumbers-<yyyy-mm>',
    ja: '請求書番号を割り当てた。',
    en: 'The account has this invoice number for the month.',
  },
  'invoicing.CloseDrafted.v1': {
    stream: close,
    ja: '締めの内容を記帳前に書き留めた。',
    en: 'What is to be issued and booked was written down before it is booked.',
  },
  'invoicing.InvoiceIssued.v1': {
    stream: 'invoice-<number>',
    ja: '請求書を発行した。',
    en: 'The invoice was issued; the whole document is the fact.',
  },
  'invoicing.MonthClosed.v1': {
    stream: close,
    ja: 'アカウントの月締めが終わった。',
    en: "The account's month is closed.",
  },
  'invoicing.CloseRunStarted.v1': {
    stream: closeRun,
    ja: '月締めを始めた。',
    en: 'The close of a month began.',
  },
  'invoicing.AccountClosed.v1': {
    stream: closeRun,
    ja: '月締めの中で一つのアカウントが終わった。',
    en: 'One account of the run is done, with or without an invoice.',
  },
  'invoicing.CloseRunCompleted.v1': {
    stream: closeRun,
    ja: '月締めが完了した。',
    en: 'Every account of the month is closed.',
  },
};
