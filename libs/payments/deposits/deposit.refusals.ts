import { type CodeOf, defineRefusals, defineUnchanged } from '#kernel';

export const depositRefusals = defineRefusals({
  NO_SUCH_DEPOSIT: {
    status: 404,
    field: 'deposit',
    ja: 'この入金はありません。',
    en: 'There is no such deposit.',
  },
  DEPOSIT_NOT_OPEN: {
    status: 409,
    field: 'deposit',
    ja: 'この入金は、既に処理されています。',
    en: 'The deposit is dealt with already.',
  },
  DEPOSIT_IS_NO_MONEY: {
    status: 409,
    field: 'end',
    ja: '銀行が取り消した入金です。チャージも返金もできません。確認済みにしてください。',
    en: 'The bank took this deposit back: it can only be noted.',
  },
  DEPOSIT_IS_MONEY: {
    status: 409,
    field: 'end',
    ja: '入金されたお金です。確認済みにするだけでは済みません。チャージするか、返金してください。',
    en: 'This is money that came in: it is credited, or goes back.',
  },
  ORDER_NOT_BY_TRANSFER: {
    status: 409,
    field: 'payment',
    ja: '自社口座への銀行振込の申し込みではありません。',
    en: "The order is not paid by a transfer to the provider's own account.",
  },
  ORDER_OF_OTHER_AMOUNT: {
    status: 409,
    field: 'payment',
    ja: '申込額は{ordered}円、入金額は{amount}円です。金額が違うときは、アカウントへのチャージか返金を選んでください。',
    en: 'The order is of {ordered} yen, the deposit of {amount}: credit it to the account, or give it back.',
  },
  ORDER_NOT_PAYABLE: {
    status: 409,
    field: 'payment',
    ja: 'この申し込みは、支払い済みか、取り消し済みか、入金日が支払期限の後です。',
    en: 'The order is paid, was cancelled, or could be paid only before the day of this deposit.',
  },
});
export type DepositRejection = CodeOf<typeof depositRefusals> | 'ACCOUNT_ENDED';

/** Why a command may have nothing to do. */
export const depositUnchanged = defineUnchanged({
  SEEN_ALREADY: { ja: 'この入金は、既に取り込まれています。', en: 'the deposit is known already' },
  SETTLED_ALREADY: { ja: 'この入金は、既に計上されています。', en: 'the deposit is booked already' },
  TAKEN_BACK_ALREADY: {
    ja: 'この入金は、既に取り消されています。',
    en: 'the deposit was taken back already',
  },
});
