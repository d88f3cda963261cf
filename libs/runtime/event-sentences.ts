import { EVENT_WORDS } from './event-words.js';
import { IDENTITY_SENTENCES } from './identity/event-sentences.js';
import type { Sentence } from './sentence.js';
import { sentenceOf } from './sentence.js';

const CALL_JA = '{call.startedAt|time} {call.from} から {call.to}';
const CALL_EN = 'from {call.from} to {call.to} at {call.startedAt|time}';

/**
 * What one event of each stored type says, with its money and names: templates over the stored form (see
 * `sentenceOf`). A stored form never changes, so neither do these; a new version of a type gets its own.
 */
export const EVENT_SENTENCES: Readonly<Record<string, Sentence>> = {
  'contracts.AccountOpened.v1': {
    ja: 'アカウント {account}（{name}）を {openedOn} 付け、料金表 {tariff} で開設した。',
    en: 'Account {account} ({name}) was opened as of {openedOn} with tariff {tariff}.',
  },
  'contracts.NumberAssigned.v1': {
    ja: '電話番号 {number} をアカウント {account} に割り当てた。',
    en: 'Number {number} was assigned to account {account}.',
  },
  'contracts.TariffAssigned.v1': {
    ja: 'アカウント {account} の料金表を {tariff} にした。',
    en: 'Account {account} has tariff {tariff} from now on.',
  },
  'contracts.IncomingDiscountAgreed.v1': {
    ja: 'アカウント {account} の着割を1分あたり {perMinute|yen} とした。',
    en: 'An incoming-time discount of {perMinute|yen} per minute was agreed with account {account}.',
  },
  'contracts.NumberClaimed.v1': {
    ja: '電話番号 {number} はアカウント {account} のものになった。',
    en: 'Number {number} belongs to account {account}.',
  },
  'contracts.IssuerRegistered.v1': {
    ja: '請求書の発行者 {name}[（登録番号 {registrationNumber}）]を登録した。',
    en: 'Issuer {name}[ (registration number {registrationNumber})] was registered.',
  },
  'contracts.PolicyDecided.v1': {
    ja: '規則 {name} の値を {validFrom} から「{value}」とした。',
    en: 'Policy {name} is "{value}" from {validFrom} on.',
  },
  'contracts.TariffPublished.v1': {
    ja: '料金表 {tariff} の第{version}版（{rows} 行）を公開した。',
    en: 'Version {version} of tariff {tariff} was published with {rows} row(s).',
  },
  'identity.ApiKeyCreated.v1': {
    ja: '役割 {role} のAPIキー {key}「{label}」を発行した[（アカウント {account}）]。',
    en: 'API key {key} "{label}" of role {role} was made[ for account {account}].',
  },
  'identity.ApiKeyRevoked.v1': {
    ja: 'APIキー {key} を失効させた。',
    en: 'API key {key} was revoked.',
  },
  'operations.JobRetried.v1': {
    ja: '{by} がジョブ {name}/{key} をやり直した。理由「{why}」[（失敗: {failure}）]。',
    en: '{by} let job {name}/{key} begin anew: "{why}"[ (it had failed: {failure})].',
  },
  'operations.JobDiscarded.v1': {
    ja: '{by} がジョブ {name}/{key} を破棄した。理由「{why}」[（失敗: {failure}）]。',
    en: '{by} discarded job {name}/{key}: "{why}"[ (it had failed: {failure})].',
  },
  'operations.JobActMissed.v1': {
    ja: '{by} の操作は間に合わなかった。ジョブ {name}/{key} は先に進んでおり、何も起きなかった。',
    en: 'The act of {by} came too late: job {name}/{key} had gone on, and nothing was done to it.',
  },
  ...IDENTITY_SENTENCES,
  'rating.CdrImportStarted.v1': {
    ja: '通話明細 {file}（{bytes} バイト）の取込 {import} を始めた。',
    en: 'Import {import} of call file {file} ({bytes} bytes) began.',
  },
  'rating.CdrSuspended.v1': {
    ja: '{file} の {line} 行目を保留にした: {reason}[、項目 {field}]: {problem}',
    en: 'Line {line} of {file} was suspended: {reason}[, field {field}]: {problem}',
  },
  'rating.SuspenseCorrected.v1': {
    ja: '取込 {import} の保留 {line} 行目を訂正した: {raw}',
    en: 'Suspended line {line} of import {import} was corrected to: {raw}',
  },
  'rating.SuspenseResolved.v1': {
    ja: '取込 {import} の保留 {line} 行目を{how|code}[（{reason}）]。',
    en: 'Suspended line {line} of import {import} {how|code}[ ({reason})].',
  },
  'rating.CdrImportCompleted.v1': {
    ja:
      '取込 {import} を終えた: 課金 {counts.charged}、無料 {counts.noted}、' +
      '重複 {counts.duplicates}、保留 {counts.suspended}。',
    en:
      'Import {import} is complete: {counts.charged} charged, {counts.noted} free, ' +
      '{counts.duplicates} duplicates, {counts.suspended} suspended.',
  },
  'ledger.WalletOpened.v1': {
    ja: 'アカウント {account} の {month} の財布を開いた[（前月から {carried.lots} ロットを繰越）]。',
    en: 'The wallet of account {account} began {month}[ with {carried.lots} lot(s) carried over].',
  },
  'ledger.LotCredited.v1': {
    ja:
      '{amount|yen}（{kind|code}、{method|code}）をロット {lot} にチャージした' +
      '[（入金 {issuedAt|time}）]。有効期限 {expiresOn}。',
    en:
      '{amount|yen} ({kind|code}, {method|code})[, paid at {issuedAt|time},] ' +
      'was charged as lot {lot}, valid through {expiresOn}.',
  },
  'ledger.ReceivablePaid.v1': {
    ja: '未収金 {amount|yen} を {parts} ロットから充当した。',
    en: 'A receivable of {amount|yen} was paid from {parts} lot(s).',
  },
  'ledger.ReceivablePaymentReturned.v1': {
    ja: '未収金の支払い {amount|yen} を元のロットに戻した。',
    en: 'A payment of {amount|yen} of a receivable returned to its lots.',
  },
  'ledger.FundsHeld.v1': {
    ja: '{purpose} のために {amount|yen} を確保した（{hold}）。',
    en: '{amount|yen} was set aside for {purpose} (hold {hold}).',
  },
  'ledger.HoldExtended.v1': {
    ja: '確保 {hold} に {amount|yen} を加えた。',
    en: '{amount|yen} more was set aside for hold {hold}.',
  },
  'ledger.HoldReleased.v1': {
    ja: '確保 {hold} を解除した。',
    en: 'Hold {hold} was released.',
  },
  'ledger.CallCharged.v1': {
    ja:
      `${CALL_JA} への通話（{category}、{price.destination}、{call.durationMs|talk}）を ` +
      '{net|yen}、税 {tax|yen} で課金した[。うち未収 {receivable|yen}]。',
    en:
      `A call ${CALL_EN} ({category}, {price.destination}, {call.durationMs|talk}) was charged: ` +
      '{net|yen} and {tax|yen} tax[; {receivable|yen} is owed].',
  },
  'ledger.CallNoted.v1': {
    ja: `${CALL_JA} への無料の通話（{why|code}、{call.durationMs|talk}）を記録した。`,
    en: `A free call ${CALL_EN} ({why|code}, {call.durationMs|talk}) was noted.`,
  },
  'ledger.Debited.v1': {
    ja: '{category}（{kind|code}）{net|yen}、税 {tax|yen} を引き落とした（{debit}）[。うち未収 {receivable|yen}]。',
    en:
      '{category} ({kind|code}) was debited: {net|yen} and {tax|yen} tax ({debit})' +
      '[; {receivable|yen} is owed].',
  },
  'ledger.DebitReversed.v1': {
    ja: '{debit}（{category}）の {net|yen}、税 {tax|yen} を取り消した: {reason}',
    en: '{debit} ({category}) was taken back: {net|yen} and {tax|yen} tax. Reason: {reason}',
  },
  'ledger.LotExpired.v1': {
    ja: 'ロット {lot}（{kind|code}）の残額 {amount|yen} が有効期限切れで消失した。',
    en: '{amount|yen} left in lot {lot} ({kind|code}) expired.',
  },
  'ledger.Adjusted.v1': {
    ja:
      '調整金 {adjustment}: [+amount {amount|size} を加えた][-amount {amount|size} を引いた]。' +
      '理由: {reason}[（承認 {approvedBy}）]',
    en:
      'Adjustment {adjustment}: {amount|size} [+amount was added][-amount was taken]. ' +
      'Reason: {reason}[ (approved by {approvedBy})]',
  },
  'ledger.IncomingDiscountGranted.v1': {
    ja: '{billingMonth} の着割 {net|yen}、税 {tax|yen} を戻した。',
    en: 'The incoming-time discount of {billingMonth} was given back: {net|yen} and {tax|yen} tax.',
  },
  'ledger.RoundingDifferenceBooked.v1': {
    ja: '{billingMonth} の端数 {amount|size} を[+amount 引き落とした][-amount 戻した]。',
    en:
      'The rounding difference of {billingMonth}, {amount|size}, ' +
      'was [+amount debited][-amount given back].',
  },
  'ledger.BillingMonthClosed.v1': {
    ja: '請求月 {month} を合計 {total|yen} で締めた[（請求書 {invoice}）]。',
    en: 'Billing month {month} was closed with a total of {total|yen}[, invoice {invoice}].',
  },
  'ledger.WalletClosed.v1': {
    ja: '財布を {closing.lots} ロットで閉じ、{next} に引き渡した。',
    en: 'The wallet closed with {closing.lots} lot(s) and goes on in {next}.',
  },
  'invoicing.InvoiceNumberAssigned.v1': {
    ja: 'アカウント {account} の {month} に請求書番号 {number} を割り当てた。',
    en: 'Account {account} has invoice number {number} for {month}.',
  },
  'invoicing.CloseDrafted.v1': {
    ja: 'アカウント {account} の {month} の締めを書き留めた[（請求書 {document.number}、合計 {document.total|yen}）]。',
    en:
      'The close of {month} for account {account} was written down' +
      '[: invoice {document.number}, total {document.total|yen}].',
  },
  'invoicing.InvoiceIssued.v1': {
    ja: '{document.recipient.name} 宛ての請求書 {document.number}（{document.total|yen}）を発行した。',
    en: 'Invoice {document.number} to {document.recipient.name} was issued: {document.total|yen}.',
  },
  'invoicing.MonthClosed.v1': {
    ja: 'アカウント {account} の {month} を締めた[（請求書 {invoice}、{total|yen}）]。',
    en: 'Account {account} is closed for {month}[ with invoice {invoice}, {total|yen}].',
  },
  'invoicing.CloseRunStarted.v1': {
    ja: '{by} が {month} の月締めを始めた。',
    en: '{by} began the close of {month}.',
  },
  'invoicing.AccountClosed.v1': {
    ja: 'アカウント {account} の締めが終わった[（請求書 {invoice}、{total|yen}）]。',
    en: 'Account {account} is done[: invoice {invoice}, {total|yen}].',
  },
  'invoicing.CloseRunCompleted.v1': {
    ja: '月締めが完了した: {accounts} アカウント、請求書 {invoices} 通、合計 {total|yen}。',
    en: 'The close is complete: {accounts} account(s), {invoices} invoice(s), {total|yen} in all.',
  },
};

/**
 * What a stored event says in both languages.
 * @param data the stored form, parsed; a type without a sentence of its own is told by its words
 */
export function describeEvent(type: string, data: unknown): Sentence {
  const template = EVENT_SENTENCES[type];
  if (template) {
    return { ja: sentenceOf(template.ja, data, 'ja'), en: sentenceOf(template.en, data, 'en') };
  }
  const words = EVENT_WORDS[type];
  return words ? { ja: words.ja, en: words.en } : { ja: type, en: type };
}
