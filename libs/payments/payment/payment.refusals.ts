import { type CodeOf, defineRefusals, defineUnchanged } from '#kernel';

export const paymentRefusals = defineRefusals({
  NO_SUCH_PAYMENT: {
    status: 404,
    field: 'payment',
    ja: 'このお支払いはありません。',
    en: 'There is no such payment.',
  },
  PAYMENT_METHOD_CLOSED: {
    status: 409,
    field: 'method',
    ja: 'この支払方法は、現在お取り扱いしていません。',
    en: 'This way of paying is not offered at present.',
  },
  NO_SUCH_CHAIN: {
    status: 422,
    field: 'chain',
    ja: 'このコンビニでは、お支払いいただけません。',
    en: 'It cannot be paid in this chain of shops.',
  },
  NO_CARD_PAYMENT: {
    status: 422,
    field: 'method',
    ja: 'カードは、クレジットカードでのお支払いだけに使えます。',
    en: 'A card goes with a payment by card only.',
  },
  CARDS_NOT_KEPT: {
    status: 422,
    field: 'keepCard',
    ja: 'この決済代行会社では、カードの登録はできません。',
    en: 'The payment gateway keeps no cards.',
  },
  ATTEMPT_UNDER_WAY: {
    status: 409,
    field: 'payment',
    ja: '前のお支払い手続きの結果を確認中です。確認できるまで、別の手続きは始められません。',
    en: 'What became of the last attempt is not known yet: another one has to wait.',
  },
  PAYMENT_NOT_OPEN: {
    status: 409,
    field: 'payment',
    ja: 'このお支払いは、既に受け付けを終えています。',
    en: 'The payment is not open any more.',
  },
  DEADLINE_PASSED: {
    status: 409,
    field: 'payment',
    ja: 'お支払い期限（{until}）を過ぎています。',
    en: 'It could be paid until {until}.',
  },
  STILL_PAYABLE: {
    status: 409,
    field: 'payment',
    ja: 'お支払い期限（{until}）まで、または手続きが終わるまで、期限切れにはできません。',
    en: 'It can be paid until {until}, or somebody is paying it: it has not expired.',
  },
  UNKNOWN_ATTEMPT: {
    status: 409,
    field: 'attempt',
    ja: 'このお支払いに、この手続きはありません。',
    en: 'The payment has no such attempt.',
  },
  TEST_AND_LIVE: {
    status: 409,
    field: 'attempt',
    ja: 'テスト環境と本番環境の決済は混ぜられません。',
    en: 'Payments of the test and of the live environment are never mixed.',
  },
  NOT_PARKED: {
    status: 409,
    field: 'parked',
    ja: 'この入金は保留されていません。',
    en: 'No money is parked under this name, or it is dealt with already.',
  },
  ACCOUNT_ENDED: {
    status: 409,
    field: 'account',
    ja: 'このアカウントは解約または閉鎖されているため、チャージできません。',
    en: 'The account is over: nothing can be charged to it.',
  },
});
export type PaymentRejection = CodeOf<typeof paymentRefusals>;

/** Why a command may have nothing to do. */
export const paymentUnchanged = defineUnchanged({
  KNOWN_ALREADY: { ja: '既に分かっていることです。', en: 'this is known already' },
  ATTEMPT_ANSWERED: {
    ja: 'この手続きには、既に回答がありました。',
    en: 'the attempt has its answer already',
  },
  ATTEMPT_OVER: { ja: 'この手続きは既に終わっています。', en: 'the attempt is over already' },
  COMPLETED_ALREADY: { ja: 'このお支払いは既に完了しています。', en: 'the payment is complete already' },
  CANCELLED_ALREADY: { ja: 'このお支払いは既に取り消されています。', en: 'the payment is cancelled already' },
});
