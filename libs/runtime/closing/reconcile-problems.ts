import { defineProblems, type FillingsFor, type ProblemKind, problem, problemSaid } from '#kernel';

/** What two books can say of the same that is not the same. */
export const differing = defineProblems({
  CALLS_USAGE: {
    ja: '1通話ごとの{field}と利用の集計が一致しません。',
    en: '{field} of single calls and of the usage sums differ',
  },
  INVOICE_LEDGER: {
    ja: '請求書 {number} とその月の利用額が一致しません。',
    en: 'invoice {number} and the debits of the month differ',
  },
  TRIAL_BALANCE: { ja: '借方と貸方が一致しません。', en: 'debits and credits differ' },
  STATEMENT_INVOICE: {
    ja: '{usageMonth} に利用し {billingMonth} に請求した {name}：利用明細と請求書が一致しません。',
    en: '{name} used in {usageMonth} and billed in {billingMonth}: statement and invoice differ',
  },
  PAYMENT_LOT: {
    ja: '支払い {of} の入金額とロットが一致しません。',
    en: 'the money of payment {of} and its lot differ',
  },
  PARKED_LOT: {
    ja: 'チャージした保留入金 {of} とロットが一致しません。',
    en: 'parked money {of}, which was credited, and its lot differ',
  },
  DEPOSIT_LOT: {
    ja: '銀行の入金 {of} とロットが一致しません。',
    en: 'deposit {of} and its lot differ',
  },
  DEPOSIT_PARKED: {
    ja: '銀行の入金 {of} と入金の保留が一致しません。',
    en: 'deposit {of} and the parked money differ',
  },
  LOT_DEPOSIT: {
    ja: '自社口座への振込 {of} を計上しましたが、銀行の入金がありません。',
    en: 'payment {of} was booked as a transfer to us, and no deposit tells of it',
  },
  DEPOSIT_TAKEN_BACK: {
    ja: '計上後に銀行が取り消した入金 {of} を、まだ確認していません。',
    en: 'deposit {of} was taken back by the bank after it was booked; nobody has noted it yet',
  },
  DISCOUNT_INVOICE: {
    ja: '{month} の着信時間割引：利用明細と請求書が一致しません。',
    en: 'the incoming-time discount of {month}: statement and invoices differ',
  },
});

/** The sentence of a difference, as it is answered. */
export function saying<Code extends string, En extends string>(
  kind: ProblemKind<Code, En>,
  ...values: FillingsFor<En>
): { readonly message: string; readonly messageJa: string } {
  const { en: message, ja: messageJa } = problemSaid(problem(kind, ...values));
  return { message, messageJa };
}
