import { z } from 'zod';
import { valueProblems } from '#kernel';
import { MAIL_WISHES } from '#payments';
import { accountId, amount, described, money, saying } from '../engine/inputs.js';
import { mailList } from '../parties/parties.inputs.js';
import { cardId } from './payments.inputs.js';

/** PRE-03, PRE-09 */
const ADDRESSES_AT_MOST = 5;
/** PRE-04 */
const ALERT_AMOUNTS_AT_MOST = 2;

const wish = z.enum(MAIL_WISHES).default('off');
const set = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null);
const notNegative = money.refine(value => value >= 0, saying(valueProblems.NOT_ABOVE_ZERO));

export const changeOfPrepaidSettings = z.strictObject({
  account: accountId,
  alert: described(wish, {
    ja: '残額アラート。off：送らない、ja：日本語のメール、en：英語のメール。',
    en: 'Balance alert: off, or a mail in Japanese or English.',
  }),
  alertAmounts: described(
    z
      .array(amount)
      .max(ALERT_AMOUNTS_AT_MOST)
      .default([])
      .transform(amounts => [...new Set(amounts)]),
    {
      ja: 'アラート通知額。残額がこれを下回るとメールを送る。2つまで。',
      en: 'Amounts, two at most: a balance that falls below one of them is told.',
      short: 'yen',
    },
  ),
  alertMails: mailList(
    '残額アラートの送信先。カンマ区切りで5件まで。',
    'Addresses of the balance alert, five at most, separated by commas.',
    ADDRESSES_AT_MOST,
  ),
  recharge: described(z.boolean().default(false), {
    ja: 'オートリチャージを行う。',
    en: 'Charge a registered card when the balance is low.',
  }),
  trigger: described(set(notNegative), {
    ja: 'オートリチャージを実行する残高。利用可能残高がこの額以下になると実行する。',
    en: 'It is charged when the available balance is at or below this.',
    short: 'yen',
  }),
  amount: described(set(amount), {
    ja: '1回のチャージ額。クレジットカードの下限・上限の範囲の整数の円。',
    en: 'What is charged each time: whole yen within the limits of a card payment.',
    short: 'yen',
  }),
  limit: described(set(amount), {
    ja: '1か月（日本時間の暦月）の限度額。',
    en: 'The most of a calendar month of Japan.',
    short: 'yen',
  }),
  card: set(cardId),
  limitAlert: described(wish, {
    ja: 'オートリチャージ限度額アラート。off：送らない、ja：日本語、en：英語。',
    en: 'Mail when the limit of the month stops it: off, in Japanese or in English.',
  }),
  limitMails: mailList(
    '限度額アラートの送信先。カンマ区切りで5件まで。',
    'Addresses of the limit alert, five at most, separated by commas.',
    ADDRESSES_AT_MOST,
  ),
});
export type ChangeOfPrepaidSettings = z.output<typeof changeOfPrepaidSettings>;

export const oneCard = z.strictObject({ account: accountId, card: cardId });
export type OneCard = z.output<typeof oneCard>;
