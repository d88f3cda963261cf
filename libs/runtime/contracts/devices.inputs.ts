import { z } from 'zod';
import { TAKEN_BACK_OUTCOMES, TAKEN_BACK_WHY } from '#contracts';
import { accountId, businessDay, described, instant, reason, words } from '../engine/inputs.js';

const ID = /^[A-Za-z0-9-]{1,80}$/;
export const shipmentId = described(z.string().regex(ID), {
  ja: '出荷のID。',
  en: 'Id of a shipment.',
  short: 'shipment',
});
const deviceId = described(z.string().regex(ID), {
  ja: '機器のID（代金の引き落としと同じ）。',
  en: 'Id of a device, which is that of the debit that paid for it.',
  short: 'device',
});

export const shippedDevices = z.strictObject({
  account: accountId,
  shipment: shipmentId,
  carrier: described(words(100), { ja: '運送会社。', en: 'The carrier.', short: 'name' }),
  trackingNumber: described(words(60), { ja: '追跡番号。', en: 'The tracking number.', short: 'number' }),
  shippedOn: described(businessDay, { ja: '出荷日。', en: 'The day of shipping.', short: 'date' }),
});
export type ShippedDevices = z.output<typeof shippedDevices>;

export const deliveredDevices = z.strictObject({
  account: accountId,
  shipment: shipmentId,
  arrivedOn: described(businessDay, { ja: '到着日。', en: 'The day of arrival.', short: 'date' }),
});
export type DeliveredDevices = z.output<typeof deliveredDevices>;

export const returnedDevice = z.strictObject({
  account: accountId,
  device: deviceId,
  why: described(z.enum(TAKEN_BACK_WHY), {
    ja: 'wrong_item=商品違い、faulty=不具合・当社の過失、unopened=未開封。',
    en: "Why: another item came, it is faulty or the provider's fault, or it is unopened.",
  }),
  outcome: described(z.enum(TAKEN_BACK_OUTCOMES), {
    ja: 'replaced=交換品を送る、refunded=代金を残高に戻す。',
    en: 'Whether another one is sent, or its price goes back to the balance.',
  }),
  reportedAt: described(instant.optional(), {
    ja: 'お客様から連絡があった日時。省略すると今。',
    en: 'When the customer asked for it; now, if left out.',
    short: 'time',
  }),
  reason,
});
export type ReturnedDevice = z.output<typeof returnedDevice>;
