import { type AccountId, defineEvents, type EventOf, event, fact } from '#kernel';
import { PAYMENT_METHODS } from '../methods.js';

/** Where a piece of evidence came from. */
export const EVIDENCE_SOURCES = ['answer', 'inquiry', 'staff', 'bank'] as const;

/** How a gateway sees a payment. */
export const EVIDENCE_STATES = [
  'waits_for_customer',
  'waits_for_money',
  'paid',
  'failed',
  'cancelled',
] as const;

/** Why money that came in was not credited by itself. */
export const PARKED_FOR = [
  'different_amount',
  'after_deadline',
  'second_payment',
  'cancelled_order',
  'account_closed',
] as const;
export type ParkedFor = (typeof PARKED_FOR)[number];

/** What became of parked money. */
export const PARKED_ENDS = ['credited', 'returned'] as const;

const gateway = fact.text;
/** The gateway's own id of a payment. */
const reference = fact.text;
const slipNumber = fact.record({ kind: fact.text, value: fact.text });
/** What the customer needs to pay a slip or an account. */
const instructions = {
  /** Whoever has it may pay: nobody but the customer is shown it. */
  page: fact.secret(fact.orNull(fact.text)),
  chain: fact.orNull(fact.text),
  numbers: fact.listOf(slipNumber),
  transferTo: fact.orNull(
    fact.record({
      bank: fact.text,
      branch: fact.text,
      kind: fact.oneOf('ordinary', 'current'),
      number: fact.text,
      holder: fact.text,
    }),
  ),
};

/**
 * Events of `payment-<id>`: one order of prepaid value, from its order to its lot. An attempt is asked of a
 * gateway under a key of its own; whatever is heard of it is evidence; each yen that came in is decided on
 * once, by gateway and the gateway's id of the payment (ADR 0027).
 */
export const paymentEvents = defineEvents(
  { context: 'payments', stream: 'payment-<id>' },
  {
    PaymentOrdered: event(
      {
        payment: fact.text,
        account: fact.id<AccountId>(),
        method: fact.oneOf(...PAYMENT_METHODS),
        amount: fact.money,
        /** Of a konbini payment: the chain that was chosen with the order. */
        chain: fact.orNull(fact.text),
        payableUntil: fact.instant,
        policy: fact.text,
        /** A registered card, by our id of it. */
        card: fact.optional(fact.text),
        /** The gateway shall keep the card that is typed. */
        keepsCard: fact.optional(fact.flag),
        /** Charged by itself, with nobody before a browser. */
        recharge: fact.optional(fact.flag),
      },
      {
        word: {
          ja: 'プリペイドの購入を申し込んだ。',
          en: 'Prepaid value was ordered; it is yet to be paid.',
        },
        sentence: {
          ja:
            'アカウント {account} がプリペイド {amount|yen}（{method|code}）の購入を申し込んだ。' +
            '支払期限 {payableUntil|time}。',
          en:
            'Account {account} ordered prepaid value of {amount|yen} ({method|code}), ' +
            'payable until {payableUntil|time}.',
        },
      },
    ),
    AttemptBegun: event(
      { attempt: fact.text, gateway, environment: fact.oneOf('test', 'live') },
      {
        word: {
          ja: '決済代行会社に支払いの手続きを申し込む。',
          en: 'The gateway is asked for a payment, under a key that is used once.',
        },
        sentence: {
          ja: '決済代行会社 {gateway}（{environment|code}）に {attempt} として申し込む。',
          en: 'Gateway {gateway} ({environment|code}) is asked, as {attempt}.',
        },
        act: false,
      },
    ),
    AttemptAnswered: event(
      { attempt: fact.text, reference, ...instructions },
      {
        word: {
          ja: '決済代行会社が支払い方法を案内した。まだ入金されていない。',
          en: 'The gateway said how it can be paid; nothing is paid yet.',
        },
        sentence: {
          ja: '決済代行会社が {attempt} を {reference} として受け付けた。',
          en: 'The gateway took {attempt} as {reference}.',
        },
        act: false,
      },
    ),
    PaymentNotified: event(
      { gateway, notification: fact.text },
      {
        word: {
          ja: '決済代行会社から通知が届いた。内容は照会で確かめる。',
          en: 'The gateway sent a notification: it is asked what happened.',
        },
        sentence: {
          ja: '決済代行会社 {gateway} から通知 {notification} が届いた。',
          en: 'Gateway {gateway} sent notification {notification}.',
        },
        act: false,
      },
    ),
    EvidenceTaken: event(
      {
        gateway,
        reference,
        source: fact.oneOf(...EVIDENCE_SOURCES),
        state: fact.oneOf(...EVIDENCE_STATES),
        received: fact.money,
        returned: fact.money,
        paidAt: fact.orNull(fact.instant),
        decline: fact.orNull(fact.text),
      },
      {
        word: {
          ja: '決済代行会社が伝えた支払いの状況を記録した。',
          en: 'What the gateway says of the payment, as it was told.',
        },
        sentence: {
          ja:
            '{gateway} の {reference}: {state|code}、入金 {received|yen}、' +
            '返金 {returned|yen}[（{decline|code}）]。',
          en:
            '{gateway} {reference}: {state|code}, received {received|yen}, ' +
            'returned {returned|yen}[ ({decline|code})].',
        },
        act: false,
      },
    ),
    MoneyAccepted: event(
      { gateway, reference, amount: fact.money, lot: fact.text, paidAt: fact.instant },
      {
        word: {
          ja: '入金が申し込みと一致した。ロットとして計上する。',
          en: 'The money that came in is what was ordered: it becomes a lot.',
        },
        sentence: {
          ja: '入金 {amount|yen}（{gateway} {reference}）をロット {lot} として計上する。',
          en: '{amount|yen} ({gateway} {reference}) becomes lot {lot}.',
        },
        act: false,
      },
    ),
    MoneyParked: event(
      {
        ...{ gateway, reference, parked: fact.text, amount: fact.money, paidAt: fact.instant },
        why: fact.oneOf(...PARKED_FOR),
      },
      {
        word: {
          ja: '申し込みと一致しない入金を保留した。担当者が確認する。',
          en: 'Money came in that is not what was ordered: it waits for staff.',
        },
        sentence: {
          ja: '入金 {amount|yen}（{gateway} {reference}）を {parked} として保留した: {why|code}。',
          en: '{amount|yen} ({gateway} {reference}) is parked as {parked}: {why|code}.',
        },
        act: false,
      },
    ),
    MoneyReturned: event(
      { gateway, reference, back: fact.text, lot: fact.text, amount: fact.money },
      {
        word: {
          ja: 'チャージ済みの代金が支払元に返金された。残高から差し引く。',
          en: 'Money that had become a lot went back to whoever paid: its value is taken back.',
        },
        sentence: {
          ja: '{gateway} {reference} から {amount|yen} が返金されたため、ロット {lot} のチャージを取り消す（{back}）。',
          en: '{amount|yen} of {gateway} {reference} went back: it is taken back from lot {lot} ({back}).',
        },
        act: false,
      },
    ),
    ReturnSettled: event(
      { back: fact.text },
      {
        word: {
          ja: '返金された代金を残高から差し引いた。',
          en: 'What went back is taken from the wallet.',
        },
        sentence: { ja: '{back} の差し引きが済んだ。', en: '{back} is taken from the wallet.' },
        act: false,
      },
    ),
    PaymentCompleted: event(
      { lot: fact.text },
      {
        word: { ja: 'プリペイドの購入が完了した。', en: 'The order is paid, and its lot is there.' },
        sentence: {
          ja: 'ロット {lot} ができ、購入が完了した。',
          en: 'Lot {lot} is there: the order is complete.',
        },
        act: false,
      },
    ),
    AttemptEnded: event(
      { attempt: fact.text, why: fact.text },
      {
        word: { ja: '支払いの手続きが不成立に終わった。', en: 'This way of paying came to nothing.' },
        sentence: { ja: '{attempt} は不成立: {why|code}。', en: '{attempt} came to nothing: {why|code}.' },
        act: false,
      },
    ),
    PaymentCancelled: event(
      {},
      {
        word: { ja: 'プリペイドの購入を取り消した。', en: 'The order was cancelled before it was paid.' },
        sentence: { ja: '入金前に購入の申し込みを取り消した。', en: 'Cancelled, and nothing was paid.' },
      },
    ),
    PaymentExpired: event(
      {},
      {
        word: {
          ja: '支払期限を過ぎたため、プリペイドの購入を取り消した。',
          en: 'Nobody paid in time: the order is cancelled.',
        },
        sentence: { ja: '支払期限を過ぎ、申し込みは無効となった。', en: 'Its time to be paid is over.' },
        act: false,
      },
    ),
    ParkedResolved: event(
      { parked: fact.text, end: fact.oneOf(...PARKED_ENDS), reason: fact.text },
      {
        word: {
          ja: '保留していた入金の扱いを決めた。',
          en: 'Staff decided what becomes of parked money.',
        },
        sentence: {
          ja: '保留 {parked} の扱いを決めた: {end|code}。理由: {reason}',
          en: 'Parked {parked}: {end|code}. Reason: {reason}',
        },
      },
    ),
    ParkedSettled: event(
      { parked: fact.text },
      {
        word: {
          ja: '保留していた入金を、決めたとおりに処理した。',
          en: 'What was decided of parked money is done.',
        },
        sentence: { ja: '保留 {parked} の処理が済んだ。', en: 'Parked {parked} is dealt with.' },
        act: false,
      },
    ),
  },
);
export type PaymentEvent = EventOf<typeof paymentEvents>;
