import { z } from 'zod';
import { PARKED_ENDS, PAYMENT_METHODS } from '#payments';
import type { RawNotification } from '#ports';
import { accountId, amount, described, type Given, reason } from '../engine/inputs.js';

// What is asked of payments, in the words of whoever asks.

export const paymentId = described(z.string().regex(/^[a-z0-9]{1,40}$/), {
  ja: 'お支払いのID。',
  en: 'The id of a payment.',
  short: 'payment',
});
const parkedId = described(z.string().regex(/^[a-z0-9]{1,40}\.\d{1,6}$/), {
  ja: '保留された入金のID。',
  en: 'The id of parked money.',
  short: 'parked',
});
/** A card goes by the payment with which it was registered. */
export const cardId = described(z.string().regex(/^[a-z0-9]{1,40}$/), {
  ja: '登録済みカードのID。',
  en: 'The id of a registered card.',
  short: 'card',
});
const chain = described(
  z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  {
    ja: 'コンビニ。省略時は決済画面で選ぶ。',
    en: 'The chain of shops; chosen on the page of the gateway without it.',
  },
);

export const newPayment = z.strictObject({
  account: accountId,
  method: described(z.enum(PAYMENT_METHODS), { ja: '支払方法。', en: 'How it is paid.' }),
  amount,
  chain,
  card: described(cardId.optional(), {
    ja: '登録済みカードのID。省略時は決済画面で入力する。',
    en: 'The id of a registered card; without it one is typed on the page of the gateway.',
  }),
  keepCard: described(z.boolean().optional(), {
    ja: '入力したカードを次回のために登録する。',
    en: 'Keep the card that is typed for later charges.',
  }),
});
export type NewPayment = Given<z.output<typeof newPayment>>;

export const onePayment = z.strictObject({ account: accountId, payment: paymentId });
export type OnePayment = z.output<typeof onePayment>;

export const resolvedMoney = z.strictObject({
  parked: parkedId,
  end: described(z.enum(PARKED_ENDS), {
    ja: '扱い。credited：このお支払いのアカウントにチャージする、returned：お客様に返金する。',
    en: 'What becomes of it: credited to the account of the payment, or returned to whoever paid.',
  }),
  reason,
});
export type ResolvedMoney = z.output<typeof resolvedMoney>;

/** As it came over HTTP: its bytes are what is signed. */
const gateway = z.string().regex(/^[a-z][a-z0-9]{0,19}$/);
export const heardNotification = z.strictObject({ gateway, raw: z.custom<RawNotification>() });
/** What stands in the address of the page belongs to the gateway. */
export const askedForm = z.strictObject({ gateway, query: z.custom<Readonly<Record<string, string>>>() });
