import {
  type CodeOf,
  common,
  defineRefusals,
  defineUnchanged,
  InvalidInput,
  Money,
  MoneyTotal,
  type Outcome,
  rejected,
} from '#kernel';

/**
 * Every way in which a wallet refuses, in the order in which it is asked: of two that hold, the earlier is
 * named.
 */
export const walletRefusals = defineRefusals({
  WALLET_EXISTS: {
    status: 409,
    ja: 'この記録は別の残高のものです。',
    en: 'This stream is another wallet.',
  },
  NO_SUCH_WALLET: {
    status: 404,
    ja: 'その残高はありません。',
    en: 'There is no such wallet.',
  },
  WALLET_CLOSED: {
    status: 409,
    ja: 'この月の残高は既に締められています。',
    en: 'This month of the wallet is closed.',
  },
  MONTH_OVER: {
    status: 409,
    ja: 'この月の残高の期間は終わっています。',
    en: 'This month of the wallet is over.',
  },
  REASON_REQUIRED: common.REASON_REQUIRED,
  APPROVAL_REQUIRED: {
    status: 422,
    field: 'X-Approver-Key',
    ja: 'この金額の調整やボーナスには、別の担当者の承認が必要です。',
    en: 'An adjustment or a bonus of this size needs the approval of a second person.',
  },
  LOT_EXISTS: {
    status: 409,
    ja: '同じIDのチャージまたは調整が既にあります。承認は一度しか使えません。',
    en: 'The account had a lot with this id. An approval is good for one act.',
  },
  ADJUSTMENT_EXISTS: {
    status: 409,
    ja: '同じIDの調整が既にあります。承認は一度しか使えません。',
    en: 'The account had an adjustment with this id. An approval is good for one act.',
  },
  POSTED_RECENTLY: {
    status: 409,
    ja: '同じ内容が、このアカウントに少し前に計上されています。',
    en: 'The same was posted to this account a moment ago.',
  },
  HOLD_EXISTS: {
    status: 409,
    ja: '同じIDの確保が既にあります。',
    en: 'A hold with this id is open.',
  },
  NO_SUCH_HOLD: {
    status: 404,
    ja: 'その確保はありません。',
    en: 'There is no open hold with this id.',
  },
  ALREADY_REVERSED: {
    status: 409,
    field: 'debit',
    ja: '既に取り消されています。',
    en: 'This debit has been reversed already.',
  },
  NOT_REVERSED: {
    status: 409,
    ja: '訂正する通話の記録が取り消されていません。表示を更新してください。',
    en: 'The entry of this call that is to be corrected stands still. Look again.',
  },
  REVERSAL_EXISTS: {
    status: 409,
    ja: '同じIDの取り消しが既にあります。',
    en: 'The account had a reversal with this id.',
  },
  MONTH_CLOSED: {
    status: 409,
    ja: 'この月は既に締められています。訂正は次の月に計上されます。',
    en: 'The month is closed; corrections go to the next one.',
  },
  EARLIER_MONTH_OPEN: {
    status: 409,
    ja: '{month}の利用がまだ締められていません。',
    en: 'The earlier month {month} has usage and is not closed yet.',
  },
  USAGE_CHANGED: {
    status: 409,
    ja: '請求書の作成中に利用額が変わりました。もう一度実行してください。',
    en: 'The usage of the month has changed since the invoice was drawn. Try again.',
  },
  TOTAL_BELOW_ZERO: {
    status: 422,
    ja: '請求額がマイナスになりますが、利用額はマイナスではありません。',
    en: 'The invoice total is below zero while the debits are not.',
  },
  INSUFFICIENT_FUNDS: {
    status: 422,
    ja: '残高が足りません（必要額{required}円、利用可能額{available}円）。',
    en: 'The available funds ({available} yen) do not cover the amount ({required} yen).',
  },
  SUM_OUT_OF_RANGE: {
    status: 422,
    ja: '残高が台帳で扱える上限（{most}円）を超えます。',
    en: 'A sum of the wallet would be larger than the ledger can hold ({most} yen).',
  },
});

/** Why a command may have nothing to do. */
export const walletUnchanged = defineUnchanged({
  NO_FEE_DUE: { ja: '引き落とす月額料はありません。', en: 'no fee is due' },
  COSTS_NOTHING: { ja: 'お支払いいただく金額はありません。', en: 'the order costs nothing' },
  WALLET_OPEN: { ja: 'このプリペイド残高は、既に開設されています。', en: 'the wallet is open' },
  NOT_OVERDUE: {
    ja: '猶予期間を過ぎた未払いはなく、サービスを停止する理由はありません。',
    en: 'nothing is owed for longer than the grace, or the service is suspended already',
  },
  NO_LOT_DUE: { ja: '期限を迎えたチャージ残高はありません。', en: 'no lot is due' },
  HOLD_OVER: {
    ja: 'この仮押さえは、既に確定または解放されています。',
    en: 'the hold was settled or released before',
  },
  CLOSED_WITH_THIS: {
    ja: 'この月は、既にこの請求書で締められています。',
    en: 'the month is closed with this invoice',
  },
});
export type WalletRejection = CodeOf<typeof walletRefusals>;

/** What a command comes to. */
export type Decision<Event> = Outcome<Event, WalletRejection>;

export const decided = <Event>(events: readonly Event[]): Decision<Event> => ({ kind: 'events', events });

export const insufficient = (available: MoneyTotal, required: Money): Decision<never> =>
  rejected(walletRefusals.INSUFFICIENT_FUNDS, {
    available: MoneyTotal.text(available),
    required: Money.text(required),
  });

/** @throws InvalidInput naming `field`. */
export function requirePositive(amount: Money, field = 'amount'): void {
  if (amount <= 0) throw new InvalidInput(field, 'must be above 0');
}

/** @throws InvalidInput naming `field`. */
export function requireNotNegative(amount: Money, field: string): void {
  if (amount < 0) throw new InvalidInput(field, 'must not be below 0');
}
