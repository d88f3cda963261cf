import type { Sentence } from '#kernel';
import { money, moneyRange, wholeNumber, wholeNumbers } from './kinds.js';

/** `1000-5000000` */
const LIMITS = /^[1-9]\d{0,9}-[1-9]\d{0,9}$/;

const limits = (standard: string, method: Sentence, cases: string) =>
  moneyRange({
    unit: 'yen',
    form: LIMITS,
    standard,
    about: {
      ja: `${method.ja}による1回のチャージの下限と上限。例: \`1000-5000000\`（${cases}）`,
      en: `least and most yen of one charge by ${method.en}, like \`1000-5000000\` (${cases})`,
    },
  });

/** Prepaid value: its expiry, what one charge may be (whole yen always), when a second person is asked. */
export const prepaidPolicies = {
  'prepaid.expiry-days': wholeNumber({
    unit: 'days',
    form: /^[1-9]\d{0,3}$/,
    standard: '180',
    about: {
      ja: 'プリペイド残高の有効日数。発行日の翌日から数える（PRX-01）',
      en: 'days a prepaid lot is valid after its day of issue (PRX-01)',
    },
  }),
  'prepaid.expiry-mail-days': wholeNumbers({
    unit: 'days',
    form: /^((0|[1-9]\d{0,2})(,(0|[1-9]\d{0,2})){0,9})?$/,
    standard: '30,7,1',
    about: {
      ja: '有効期限の何日前にメールで知らせるか。カンマ区切りで10件まで、空は送らない',
      en: 'days before the last usable day of value on which a mail tells of it, ten at most; empty: never',
    },
  }),
  'prepaid.expiry-mail-from': money({
    unit: 'yen',
    form: /^\d{1,9}$/,
    standard: '10',
    about: {
      ja: '失効する残高がこの額に満たないときは、有効期限のメールを送らない',
      en: 'yen that expire below which no mail tells of it',
    },
  }),
  'prepaid.most-at-once': money({
    unit: 'yen',
    form: /^[1-9]\d{0,9}$/,
    standard: '1000000000',
    about: {
      ja: '1回のチャージまたは調整金の上限。入力の誤りで帳簿を埋めないため',
      en: 'yen that one charge or adjustment may have at most: a typing error must not fill the ledger',
    },
  }),
  'charge.limits-card': limits('1000-5000000', { ja: 'クレジットカード', en: 'credit card' }, 'PL-01, PL-02'),
  'charge.limits-net-bank': limits('1000-5000000', { ja: 'ネット銀行', en: 'net bank' }, 'PL-03'),
  'charge.limits-konbini': limits(
    '2000-300000',
    { ja: 'コンビニ払い', en: 'convenience store' },
    'PL-04, PL-05',
  ),
  'charge.limits-bank-transfer': limits('1-5000000', { ja: '銀行振込', en: 'bank transfer' }, 'PL-06, PL-07'),
  'payment.days-to-pay': wholeNumber({
    unit: 'days',
    form: /^([1-9]|[1-5]\d|60)$/,
    standard: '7',
    about: {
      ja: 'チャージの申し込みを支払える日数。申込日の翌日から数える（PAY-06〜08）',
      en: 'days within which an order of prepaid value can be paid, from the day after it (PAY-06 to 08)',
    },
  }),
  'recharge.minutes-between': wholeNumber({
    unit: 'minutes',
    form: /^(3\d|[4-9]\d|[1-9]\d{2}|1[0-3]\d{2}|14[0-3]\d|1440)$/,
    standard: '30',
    about: {
      ja: 'オートリチャージを続けて行うまでの最短の分数。30〜1440（PRE-07）',
      en: 'minutes from one auto-recharge to the next at least, 30 to 1440 (PRE-07)',
    },
  }),
  'recharge.failures-in-a-row': wholeNumber({
    unit: 'times',
    form: /^[1-9]\d?$/,
    standard: '5',
    about: {
      ja: '同じカードの決済がこの回数続けて失敗すると、そのカードのオートリチャージを止める（PRE-11）',
      en: 'refusals of one card in a row after which it is not charged by itself any more (PRE-11)',
    },
  }),
  'adjustment.approval-above': money({
    unit: 'yen',
    form: /^\d{1,9}$/,
    standard: '10000',
    about: {
      ja: '調整金・ボーナスがこの額を超えると、2人目の承認が必要',
      en: 'yen above which an adjustment, or bonus value, needs a second person',
    },
  }),
  'posting.ask-again-minutes': wholeNumber({
    unit: 'minutes',
    form: /^\d{1,3}$/,
    standard: '10',
    about: {
      ja: '同じ計上をこの時間内に繰り返すと、画面で確認を求める。0は確認なし',
      en: 'minutes within which the pages ask before the same is posted to an account once more; 0: never',
    },
  }),
};
