import { z } from 'zod';
import { buyers } from '../contracts/contracts.use-cases.js';
import { accountId, DEFAULT_LIMIT, described, given, paging } from '../engine/inputs.js';
import { correctors, everyone, insiders } from '../engine/roles.js';
import { pageOf } from '../engine/shapes.js';
import { command, query } from '../engine/use-case.js';
import { askedForm, heardNotification, newPayment, onePayment, resolvedMoney } from './payments.inputs.js';
import { HeardNotification, ListedPayment, ParkedMoney, Payment, PaymentWays } from './payments.shapes.js';

export const listPaymentWays = query({
  route: 'GET /payment-ways',
  about: {
    ja: 'チャージの支払方法と、1回の下限・上限（PAY-01）',
    en: 'How prepaid value can be paid for, and the least and most of one charge (PAY-01)',
  },
  effect: 'read',
  roles: everyone,
  waits: 'log',
  input: z.strictObject({}),
  answer: PaymentWays,
  run: ({ payments }) => payments.ways(),
});

export const orderPayment = command({
  route: 'POST /accounts/:account/payments',
  about: {
    ja: 'プリペイドの購入を申し込む。入金されるとチャージされる',
    en: 'Order prepaid value; it is charged when it is paid',
  },
  effect: 'money',
  roles: buyers,
  waits: 'log',
  input: newPayment,
  answer: Payment,
  status: 201,
  refusals: [
    ...(['PAYMENT_METHOD_CLOSED', 'NO_SUCH_ACCOUNT', 'NOT_WHOLE_YEN', 'OUTSIDE_METHOD_LIMITS'] as const),
    ...(['NO_SUCH_CHAIN', 'ACCOUNT_ENDED', 'CARDS_NOT_KEPT'] as const),
  ],
  run: ({ payments }, input, caller) => payments.order(given(input), caller),
});

export const listPayments = query({
  route: 'GET /accounts/:account/payments',
  about: { ja: 'プリペイドの購入申し込み（新しい順）', en: 'Orders of prepaid value, newest first' },
  effect: 'read',
  roles: everyone,
  waits: 'own',
  input: z.strictObject({ account: accountId, ...paging }),
  answer: pageOf(ListedPayment),
  run: ({ payments }, { account, ...page }) =>
    payments.payments(account, { limit: DEFAULT_LIMIT, ...given(page) }),
});

export const showPayment = query({
  route: 'GET /accounts/:account/payments/:payment',
  about: { ja: '1件の購入申し込みと、支払い方の案内', en: 'One order, and how it can be paid' },
  effect: 'read',
  roles: everyone,
  waits: 'log',
  input: onePayment,
  answer: Payment,
  sought: 'PAYMENT',
  run: ({ payments }, input) => payments.payment(input),
});

export const payAgain = command({
  route: 'POST /accounts/:account/payments/:payment/attempts',
  about: {
    ja: '同じ申し込みの支払いをやり直す。前の手続きは先に取り消す',
    en: 'Pay the same order in a new attempt; what was issued before is cancelled first',
  },
  effect: 'money',
  roles: buyers,
  waits: 'log',
  input: onePayment,
  answer: Payment,
  status: 201,
  blames: { method: null },
  refusals: [
    ...([
      'NO_SUCH_ACCOUNT',
      'NO_SUCH_PAYMENT',
      'PAYMENT_METHOD_CLOSED',
      'ATTEMPT_UNDER_WAY',
      'PAYMENT_NOT_OPEN',
    ] as const),
    'DEADLINE_PASSED',
  ],
  run: ({ payments }, input, caller) => payments.again(input, caller),
});

export const cancelPayment = command({
  route: 'POST /accounts/:account/payments/:payment/cancellation',
  about: {
    ja: '入金前の購入申し込みを取り消す',
    en: 'Cancel an order that is not paid yet',
  },
  effect: 'money',
  roles: buyers,
  waits: 'log',
  input: onePayment,
  answer: Payment,
  unchanged: true,
  refusals: ['NO_SUCH_ACCOUNT', 'NO_SUCH_PAYMENT', 'ATTEMPT_UNDER_WAY', 'PAYMENT_NOT_OPEN'],
  run: ({ payments }, input, caller) => payments.cancel(input, caller),
});

export const listParkedMoney = query({
  route: 'GET /parked-money',
  about: {
    ja: '申し込みと一致せず保留した入金（古い順）',
    en: 'Money that came in and is not what was ordered, the oldest first',
  },
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({
    ...paging,
    open: described(z.stringbool().default(true), {
      ja: 'true：担当者の確認待ち、false：処理済み。',
      en: 'true: staff have yet to decide; false: dealt with.',
    }),
  }),
  answer: pageOf(ParkedMoney),
  run: ({ payments }, { open, ...page }) => payments.parked(open, { limit: DEFAULT_LIMIT, ...given(page) }),
});

export const resolveParkedMoney = command({
  route: 'POST /parked-money/:parked/resolution',
  about: {
    ja: '保留した入金を、チャージするか返金するか決める。理由が必要',
    en: 'Credit parked money, or give it back; with the reason',
  },
  effect: 'money',
  roles: correctors,
  waits: 'log',
  input: resolvedMoney,
  answer: Payment,
  blames: { account: 'parked' },
  refusals: ['NOT_PARKED', 'ACCOUNT_ENDED'],
  run: ({ payments }, input, caller) => payments.resolve(input, caller),
});

/** Nobody is known here: what it says is never believed, only asked about. */
export const hearNotification = command({
  route: 'POST /payment-gateways/:gateway/notifications',
  byHand: true,
  door: 'open',
  about: {
    ja: '決済代行会社からの通知。内容は照会で確かめる',
    en: 'A notification of a payment gateway; what happened is asked for, never believed',
  },
  effect: 'write',
  roles: [],
  input: heardNotification,
  answer: HeardNotification,
  unchanged: true,
  blames: { payment: 'body' },
  refusals: ['NO_SUCH_GATEWAY', 'NOTIFICATION_REFUSED', 'NO_SUCH_PAYMENT'],
  run: ({ payments }, { gateway, raw }) => payments.hear(gateway, raw),
});

/** Agencies with link forms tell by GET, and read a short text. */
export const hearResult = command({
  ...hearNotification,
  route: 'GET /payment-gateways/:gateway/notifications',
  about: {
    ja: '決済代行会社からの結果通知（GET）。内容は照会で確かめる',
    en: 'A result of a payment gateway by GET; what happened is asked for, never believed',
  },
});

export const showPaymentForm = query({
  route: 'GET /payment-gateways/:gateway/form',
  byHand: true,
  door: 'open',
  about: {
    ja: '決済代行会社の支払画面へ進むページ。カード情報は扱わない',
    en: 'The page that leads to the form of a payment gateway; no card is typed on it',
  },
  effect: 'read',
  roles: [],
  waits: 'log',
  input: askedForm,
  run: ({ payments }, { gateway, query: asked }) => payments.form(gateway, asked),
});
