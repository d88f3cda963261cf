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
