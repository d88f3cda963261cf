import { defineRefusals } from '#kernel';

/** Of the refusals of a contract book: those of devices on their way, returned or guaranteed. */
export const shippingRefusals = defineRefusals({
  NO_SUCH_SHIPMENT: {
    status: 404,
    field: 'shipment',
    ja: 'その出荷はありません。',
    en: 'The account has no such shipment.',
  },
  SHIPPED_ALREADY: {
    status: 409,
    field: 'shipment',
    ja: 'この機器は既に出荷済みです。',
    en: 'These devices are shipped already.',
  },
  SHIPPED_LATER: {
    status: 422,
    field: 'shippedOn',
    ja: '出荷日に、今日より後の日は指定できません。',
    en: 'The day of shipping cannot be after today.',
  },
  SHIPPED_BEFORE_ORDER: {
    status: 422,
    field: 'shippedOn',
    ja: '出荷日に、出荷待ちになるより前の日は指定できません。',
    en: 'Nothing can be shipped before it is due.',
  },
  NOT_SHIPPED: {
    status: 409,
    field: 'shipment',
    ja: 'この機器はまだ出荷されていません。',
    en: 'These devices are not shipped yet.',
  },
  DELIVERED_ALREADY: {
    status: 409,
    field: 'shipment',
    ja: 'この機器は既に到着済みです。',
    en: 'These devices have arrived already.',
  },
  ARRIVED_LATER: {
    status: 422,
    field: 'arrivedOn',
    ja: '到着日に、今日より後の日は指定できません。',
    en: 'The day of arrival cannot be after today.',
  },
  ARRIVED_BEFORE_SHIPPED: {
    status: 422,
    field: 'arrivedOn',
    ja: '到着日に、出荷日より前の日は指定できません。',
    en: 'Nothing arrives before it is shipped.',
  },
  NO_SUCH_DEVICE: {
    status: 404,
    field: 'device',
    ja: 'その機器はありません。',
    en: 'The account has no such device.',
  },
  DEVICE_REFUNDED: {
    status: 409,
    field: 'device',
    ja: 'この機器の代金は既に返金されています。',
    en: 'The price of this device was paid back already.',
  },
  NOT_DELIVERED: {
    status: 409,
    field: 'device',
    ja: 'この機器はまだ到着していません。',
    en: 'This device has not arrived yet.',
  },
  NOT_UNDER_WARRANTY: {
    status: 422,
    field: 'why',
    ja: '品質保証の対象は不具合だけです。',
    en: 'The guarantee is about faults only.',
  },
  REPORTED_LATER: {
    status: 422,
    field: 'reportedAt',
    ja: '連絡の日時に、今より後の日時は指定できません。',
    en: 'Nobody can have asked for it later than now.',
  },
  REPORTED_BEFORE_ARRIVAL: {
    status: 422,
    field: 'reportedAt',
    ja: '連絡の日時に、到着日より前の日時は指定できません。',
    en: 'Nobody can have asked for it before the arrival.',
  },
  RETURN_TOO_LATE: {
    status: 409,
    field: 'reportedAt',
    ja: '返品の受付は{until}までです。',
    en: 'A return could be asked for until {until}.',
  },
  WARRANTY_OVER: {
    status: 409,
    field: 'reportedAt',
    ja: '品質保証は{until}までです。',
    en: 'The guarantee was until {until}.',
  },
});
