import { z } from 'zod';
import { accountId, described, money } from '../engine/inputs.js';
import { circleId, newOrder } from './contracts.inputs.js';

/** Whose cart: that of the account, or of one of its circles. */
export const ofCart = { account: accountId, circle: circleId.optional() };

const line = described(z.string().regex(/^[1-9]\d{0,8}$/), {
  ja: 'カートの行番号。',
  en: 'Id of a line of the cart.',
  short: 'line',
});

/** What comes into a cart is what an order is made of. */
export const addedToCart = newOrder;
export const changedLine = z.strictObject({
  ...ofCart,
  line,
  quantity: described(z.int().min(1).max(9999), { ja: '数量。', en: 'How many.', short: 'n' }),
});
export const removedLines = z.strictObject({
  ...ofCart,
  lines: described(z.array(line).max(200).optional(), {
    ja: '削除する行。省略するとカートを空にします。',
    en: 'The lines that are taken out; without them all are.',
    short: 'line',
  }),
});
export const setUpDevices = z.strictObject({
  ...ofCart,
  line,
  uniques: described(
    z
      .array(
        z
          .string()
          .regex(/^\d{10}$/)
          .nullable(),
      )
      .max(1000),
    {
      ja: '機器1台ごとの、設定するユニーク（数字10桁）。null は設定無し。',
      en: 'For each device the terminal (ten digits) that it is set up for; null: the customer sets it up.',
      short: 'unique',
    },
  ),
});
export const deliveryWish = z.strictObject({
  ...ofCart,
  anyDay: described(z.boolean().default(false), {
    ja: '土日・祝日の配送を希望する。',
    en: 'Delivery also on a Saturday, a Sunday or a holiday.',
  }),
  payOnDelivery: described(z.boolean().default(false), {
    ja: '送料だけを着払いにする。',
    en: 'The receiver pays the carrier for the shipping.',
  }),
});
export const orderedCart = z.strictObject({
  ...ofCart,
  total: described(money, {
    ja: '画面で確認したお支払い額（税込）。',
    en: 'What is paid at once, with tax, as it was shown.',
    short: 'yen',
  }),
});
